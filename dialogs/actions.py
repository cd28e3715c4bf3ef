"""Agreeing actions: what is asked for, what is added, who owns it and by when; accepting and reading back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from cards.action_form import form_card
from cards.actions import actions_card, own_list_card
from cards.kit import Card
from cards.times import moment
from dialogs.asking import Ask, Form, NumberForm, Reply, Show, ticket, verb, view
from dialogs.carrying import carried
from dialogs.doors import content, scribes_only
from dialogs.drafts import draft_of, place_of, with_page
from dialogs.dues import clock_end, quick_dues, with_dues
from dialogs.reading import by_question
from meeting.flags import outside
from meeting.model import NO_ANSWERS, ActionState, Answers, Status
from meeting.procedure import FieldSpec
from meeting.refusals import FieldErrors
from meeting.screens.action_form import (
    Wanted,
    action_form,
    action_pages,
    covers_of,
    offered_due,
    owner_of,
    seat_named,
    wanted,
)
from meeting.screens.actions import actions_screen
from meeting.screens.frame import Look
from meeting.steps import fields
from meeting.steps.actions import Agree, Change, Meet, actions_data
from meeting.steps.agreeing import Accept, ReadBack
from meeting.steps.wording import agency_names

ADDRESS = ("origin", "subjects", "way", "number", "suggested", "people")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm(Form):
    origin: str = ticket()
    subjects: str = ticket()
    way: str = ticket()
    number: str = ticket()
    suggested: str = ticket()
    people: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionInputs(Form):
    answers: Answers = NO_ANSWERS
    covers: tuple[str, ...] = ()
    state: str = ""
    at: str = ticket("{}")
    keep: str = ticket()
    way: str = ticket()
    people: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadForm(Form):
    start: str = ticket("0")


@verb("actions.open", form=OpenForm)
async def open_form(ask: Ask[OpenForm]) -> Reply:
    """Show the form of one action."""
    return Show(view="actions.form", args={k: ask.args[k] for k in ADDRESS if k in ask.args})


@verb("actions.redraw", form=ActionInputs)
async def redraw(ask: Ask[ActionInputs]) -> Reply:
    """Show the form with another way to satisfy it, or with room to type a name; what was typed stays."""
    place = place_of(ask.form.at) | {k: v for k in ("way", "people") if (v := getattr(ask.form, k))}
    return Show(view="actions.form", args=place, typed=ask.inputs)


@verb("actions.save", form=ActionInputs)
async def save(ask: Ask[ActionInputs]) -> Reply:
    """Put the action on the list; a page before the last is kept and the next one shown."""
    form = ask.form
    look = replace(await ask.look(), args=place_of(form.at))
    want = wanted(look)
    answers = with_dues(want.specs, {**by_question(draft_of(look.args)), **form.answers})
    page = int(look.args.get("page") or 1)
    pages = _pages(look, want, answers)
    if page < len(pages):
        _check(look, want, answers, only=frozenset(f.key for f in pages[page - 1]))
        along = carried(ask.args)
        draft = with_page(look.args, {k: v for k, v in ask.inputs.items() if k not in along})
        return Show(view="actions.form", args={**look.args, "page": str(page + 1), "draft": draft}, typed=along)
    covers = tuple(draft_of(look.args).get("covers", "").split(",")) if "covers" not in ask.inputs else form.covers
    await ask.do(_command(look, want, answers, form=form, covers=tuple(c for c in covers if c)))
    return Show(view=_list_of(look), done="action_agreed")


@verb("actions.back", form=NumberForm)
async def back(ask: Ask[NumberForm]) -> Reply:
    """Show the list that a form was opened from."""
    return Show(view=_list_of(await ask.look()))


def _list_of(look: Look) -> str:
    """Return where the list stands: in one's part of the running meeting, before and after it by itself."""
    over = look.meeting.status in (Status.PREPARING, Status.CLOSED, Status.CANCELLED)
    return "actions.list" if over else "chairing.mine"


@verb("actions.read", form=ReadForm)
async def read(ask: Ask[ReadForm]) -> Reply:
    """Show the whole list, from a line on."""
    return Show(view="actions.list", args={"start": ask.form.start})


@verb("actions.accept", form=NumberForm)
async def accept(ask: Ask[NumberForm]) -> Reply:
    """Take one's own action on."""
    await ask.do(Accept(number=int(ask.form.number)))
    return Show(view="chairing.mine", done="accepted")


@verb("actions.read_back", form=NumberForm)
async def read_back(ask: Ask[NumberForm]) -> Reply:
    """Note that the list was read back as it stands."""
    await ask.do(ReadBack())
    return Show(view="chairing.mine", done="read_back")


@view("actions.step")
@content
def draw_step(look: Look) -> Card:
    """The list, and for chair and note-taker what is still asked for."""
    return actions_card(actions_screen(look, look.procedure.step(look.args["step"])))


@view("actions.list")
@content
def draw_list(look: Look) -> Card:
    """The list with its words, one's own actions first."""
    return own_list_card(actions_screen(look, actions_data(look.procedure)[0]))


@view("actions.form")
@scribes_only
def draw_form(look: Look) -> Card:
    """The form of one action, with what was typed where it comes back."""
    want = wanted(look)
    raw = by_question({**draft_of(look.args), **look.typed})
    end = clock_end(look, want.clock, want.subjects)
    if end is None and (due := offered_due(look, want)) is not None:
        end = (due, False)
    quick = quick_dues(look.procedure, look.now, end[0] if end else None)
    if want.action is not None:  # what stands is chosen, not typed: so another press takes its place
        quick = ((want.action.due.isoformat(), f"As it stands: {moment(want.action.due)}"), *quick)
    values = with_dues(want.specs, raw)
    clock_due, by_default = end or (None, False)
    return form_card(action_form(look, values, quick=quick, clock_due=clock_due, by_default=by_default))


def _pages(look: Look, want: Wanted, answers: Answers) -> tuple[tuple[FieldSpec, ...], ...]:
    asked = fields.active(want.specs, answers, outside(look.meeting, look.procedure))
    return action_pages(asked, covers=bool(covers_of(look, want)), states=want.action is not None)


def _check(look: Look, want: Wanted, answers: Answers, *, only: frozenset[str] | None) -> None:
    """Raise FieldErrors for what is wrong on a page, or on any."""
    look_up = outside(look.meeting, look.procedure)
    fields.check(want.specs, answers, look_up, agencies=agency_names(look.meeting, look.procedure), only=only)


def _command(
    look: Look, want: Wanted, answers: Answers, *, form: ActionInputs, covers: tuple[str, ...]
) -> Agree | Meet | Change:
    """Return what the form asks for: a new action, one that is demanded, or a change of one."""
    owner = owner_of(answers)
    seat = seat_named(look.meeting, owner)
    if want.action is not None:
        _check(look, want, answers, only=None)
        state = ActionState(form.state) if form.state in {s.value for s in ActionState} else None
        return Change(
            number=want.action.number,
            what=answers.get("what"),
            owner=owner,
            owner_seat=seat,
            due=_time(answers),
            state=state,
            keep=bool(form.keep),
        )
    subjects = covers or want.subjects
    if want.part is not None:
        way, keep = look.args.get("way", ""), bool(form.keep)
        return Meet(
            step=want.step.id,
            id=want.part.id,
            subjects=subjects,
            answers=answers,
            alternative=way,
            owner_seat=seat,
            keep=keep,
        )
    return _agree(look, want, answers, keep=bool(form.keep), subjects=subjects)


def _agree(look: Look, want: Wanted, answers: Answers, *, keep: bool, subjects: tuple[str, ...]) -> Agree:
    _check(look, want, answers, only=None)
    due, owner = _time(answers), owner_of(answers)
    end = clock_end(look, want.clock, want.subjects)
    extra = {k: v for k, v in answers.items() if k not in ("what", "owner", "due")}
    return Agree(
        what=answers.get("what", ""),
        owner=owner,
        owner_seat=seat_named(look.meeting, owner),
        due=due,
        extra=extra,
        subjects=subjects,
        origin=want.origin,
        suggested=want.suggested.id if want.suggested else "",
        default_due=end is not None and end[1] and end[0] == due,
        keep=keep,
    )


def _time(answers: Answers) -> datetime:
    try:
        return datetime.fromisoformat(answers.get("due", ""))
    except ValueError:
        raise FieldErrors({"due": "datetime" if answers.get("due") else "required"}) from None
