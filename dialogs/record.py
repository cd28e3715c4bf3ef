"""Filling in a step: open a part, save it, say it aloud, confirm what was prepared, be in the right meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cards.kit import Card
from cards.record import choose_card, part_card, right_meeting_card, step_card
from dialogs.asking import Ask, Form, Reply, Show, SlotForm, ticket, verb, view
from dialogs.chairing import after_hearing, onward
from dialogs.doors import admitted, content
from dialogs.reading import answers_from, by_question
from meeting.flags import outside
from meeting.model import NO_ANSWERS, Answers, How, Meeting, Slot
from meeting.procedure import Kind, Part, Procedure, Step
from meeting.refusals import Refused
from meeting.running import agenda
from meeting.screens.asked import paged
from meeting.screens.duty import duty_screen
from meeting.screens.frame import Args, Look
from meeting.screens.step import next_gap, part_screen, slot_lines, step_screen
from meeting.steps import fields
from meeting.steps.record import NEW_ROW, ConfirmPrepared, Enter, RemoveRow, RightMeeting, SayNone
from meeting.steps.sharing import Allow


@dataclass(frozen=True, slots=True, kw_only=True)
class PartForm(SlotForm):
    answers: Answers = NO_ANSWERS
    also: tuple[str, ...] = ()
    page: str = ticket("1")
    visit: str = ticket("0")
    keep: str = ticket()
    then: str = ticket()  # the next gap is shown instead of the step


@dataclass(frozen=True, slots=True, kw_only=True)
class PickForm(Form):
    slot: str = ""
    step: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class RightForm(Form):
    right: str = ticket("yes")
    all: str = ticket()
    visit: str = ticket()  # the press goes on as well


@verb("record.open", form=SlotForm)
async def open_part(ask: Ask[SlotForm]) -> Reply:
    """Show the form of one part."""
    return Show(view="record.part", args=_place(ask.args))


@verb("record.choose", form=SlotForm)
async def choose(ask: Ask[SlotForm]) -> Reply:
    """Show the questions of a step, to open one of them."""
    return Show(view="record.choose", args=_place(ask.args))


@verb("record.pick", form=PickForm)
async def pick(ask: Ask[PickForm]) -> Reply:
    """Show the form that was chosen, if the step asks it of somebody whom the chooser may see."""
    look = await ask.look()
    part, _, subject = ask.form.slot.partition("|")
    known = {(line.part, line.subject) for line in slot_lines(look, look.procedure.step(ask.form.step))}
    if (part, subject) not in known:
        raise Refused("no_such_part")
    return Show(view="record.part", args={**_place(ask.args), "part": part, "subject": subject})


@verb("record.step", form=SlotForm)
async def back_to_step(ask: Ask[SlotForm]) -> Reply:
    """Show the step again."""
    return _step_again(await ask.look(), ask.form.step, ask.args.get("visit", ""))


@verb("record.save", form=PartForm)
async def save(ask: Ask[PartForm]) -> Reply:
    """Store one page of a part; the last page must be complete. Then the next gap, or the step."""
    return await _store(ask, How.TYPED)


@verb("record.said_aloud", form=PartForm)
async def said_aloud(ask: Ask[PartForm]) -> Reply:
    """Store what was chosen, owe what was said."""
    return await _store(ask, How.SAID_ALOUD)


async def _store(ask: Ask[PartForm], how: How) -> Reply:
    form = ask.form
    look = await ask.look()
    step, part = _find(look.procedure, form.step, form.part)
    typed = answers_from(part.fields, form.answers)
    only = _only(look.meeting, look.procedure, part, form, typed)
    slot = Slot(step=step.id, part=part.id, subject=form.subject)
    also = tuple(s for s in form.also if s in dict(agenda.subjects(look.meeting, look.procedure, step, part)))
    seat = look.meeting.seat_of(ask.person)
    command = Enter(
        slot=slot,
        answers=typed,
        how=how,
        seat=seat.id if seat else None,
        keep=bool(form.keep),
        only=only,
        adds=int(form.page or 1) > 1,
        also=also,
        visit=int(form.visit or 0),
    )
    done_so_far = await ask.do(command)
    if only is not None:
        place = _place(ask.args)
        if form.subject == NEW_ROW:  # from here on it is the line that was just added
            place["subject"] = done_so_far.meeting.rows[step.id, part.id][-1]
        return Show(view="record.part", args={**place, "page": str(int(form.page) + 1)}, done="saved")
    return _stored(ask, replace(look, meeting=done_so_far.meeting), "said_aloud" if how is How.SAID_ALOUD else "saved")


def _stored(ask: Ask[PartForm], look: Look, done: str) -> Reply:
    """Return the step, or the next gap in it where the press asked for that."""
    form = ask.form
    step = look.procedure.step(form.step)
    gap = next_gap(look, step, form.part, form.subject) if form.then else None
    if gap is not None:
        return Show(view="record.part", args={**_place(ask.args), "part": gap.part, "subject": gap.subject}, done=done)
    return _step_again(look, form.step, form.visit, done)


def _step_again(look: Look, step: str, visit: str, done: str = "") -> Show:
    """Return the step that a form belongs to: one's part of the open step, or an earlier step as it stands.

    The closing lists by itself what is open in earlier steps: whoever came from there goes back to it.
    """
    here = int(visit or 0) == look.meeting.visit and look.procedure.step(look.meeting.step).kind is not Kind.CLOSING
    if here and step != look.meeting.step and look.procedure.step(step).kind is Kind.RECORD:
        return Show(view="record.step", args={"step": step}, done=done)
    return Show(view="chairing.mine", args={"visit": visit}, done=done)


def _only(meeting: Meeting, procedure: Procedure, part: Part, form: PartForm, typed: Answers) -> frozenset[str] | None:
    """Return the fields of this page where another page follows, else None: then everything must be there."""
    before = meeting.answer(form.step, part.id, form.subject)
    values = {**(before.answers if before else {}), **typed}
    look = outside(meeting, procedure, agenda.child_or_meeting(meeting, form.subject))
    pages = paged(fields.active(part.fields, values, look))
    page = int(form.page or 1)
    return frozenset(f.key for f in pages[page - 1]) if page < len(pages) else None


@verb("record.confirm", form=SlotForm)
async def confirm(ask: Ask[SlotForm]) -> Reply:
    """Let what was prepared stand."""
    await ask.do(ConfirmPrepared(step=ask.form.step))
    return Show(view="chairing.mine", done="confirmed")


@verb("record.none", form=SlotForm)
async def none(ask: Ask[SlotForm]) -> Reply:
    """Answer a table with "none"."""
    await ask.do(SayNone(step=ask.form.step, part=ask.form.part))
    return Show(view="chairing.mine", done="saved")


@verb("record.remove", form=SlotForm)
async def remove(ask: Ask[SlotForm]) -> Reply:
    """Take a line out of its table."""
    form = ask.form
    await ask.do(RemoveRow(slot=form.slot))
    return Show(view="chairing.mine", done="saved")


@verb("record.allow", form=SlotForm)
async def allow(ask: Ask[SlotForm]) -> Reply:
    """Agree, for one's agency, to what is to be shared; chair and note-taker as they heard it."""
    await ask.do(Allow(slot=ask.form.slot))
    return Show(view="chairing.mine", done="saved")


@verb("record.right_meeting", form=RightForm)
async def right_meeting(ask: Ask[RightForm]) -> Reply:
    """Say that this is, or is not, one's meeting; chair and note-taker for all whom they heard."""
    heard = RightMeeting(right=ask.form.right != "no", all_present=bool(ask.form.all))
    await ask.do(heard, *onward(ask.form.visit))
    return after_hearing(ask.form.visit, "saved")


@view("record.step")
@content
def draw_step(look: Look) -> Card:
    """The step that the address names, as this person sees it."""
    return step_card(step_screen(look, look.procedure.step(look.args["step"])))


@view("record.choose")
@content
def draw_choice(look: Look) -> Card:
    """The questions of a step, to choose one."""
    return choose_card(step_screen(look, look.procedure.step(look.args["step"])))


@view("record.part")
@content
def draw_part(look: Look) -> Card:
    """The form of one part, with what was typed where it comes back."""
    step, part = _find(look.procedure, look.args["step"], look.args["part"])
    raw = by_question(look.typed)
    typed = {**answers_from(part.fields, raw), **({"also": raw["also"]} if raw.get("also") else {})}
    return part_card(part_screen(replace(look, typed=typed), step, part))


@view("record.right_meeting")
@admitted
def draw_right_meeting(look: Look) -> Card:
    """The children's details, to be recognised."""
    return right_meeting_card(duty_screen(look, "right_meeting", look.procedure.step(look.args["step"])))


def _find(procedure: Procedure, step_id: str, part_id: str) -> tuple[Step, Part]:
    step = procedure.step(step_id)
    return step, agenda.part_of(step, part_id)


def _place(args: Args) -> dict[str, str]:
    return {k: args[k] for k in ("step", "part", "subject", "visit") if k in args}
