"""Giving a view, writing down what somebody said, closing the round."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cards.kit import Card
from cards.view_form import view_card
from cards.views import views_card
from dialogs.asking import Ask, Form, Reply, Show, draw, ticket, verb, view
from dialogs.doors import content
from meeting.model import NO_ANSWERS, Answers, PersonId, Views
from meeting.screens.frame import Look
from meeting.screens.views import ALL, ViewFormScreen, view_form_screen, views_screen
from meeting.steps.view_round import asked_of, outstanding
from meeting.steps.views import GiveViews, InviteAloud, MarkSilent, Opinion, RevealViews

_WHOLE = re.compile(r"-?[0-9]{1,4}")
_OFF_EVERY_SCALE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewForm(Form):
    option: Answers = NO_ANSWERS
    scale: Answers = NO_ANSWERS
    reason: Answers = NO_ANSWERS
    step: str = ticket()
    person: str = ticket()
    page: str = ticket("1")
    each: str = ticket()
    keep: str = ticket()
    aloud: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundForm(Form):
    step: str = ticket()
    person: str = ticket()
    each: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm(Form):
    step: str = ticket()
    page: str = ticket("1")


@verb("views.open", form=RoundForm)
async def open_form(ask: Ask[RoundForm]) -> Reply:
    """Show the form of one's view, or of somebody's whom chair or note-taker heard."""
    form = ask.form
    return Show(view="views.form", args={"step": form.step, "person": form.person, "each": form.each})


@verb("views.step", form=RoundForm)
async def back(ask: Ask[RoundForm]) -> Reply:
    """Show the round again."""
    return Show(view="chairing.mine")


@verb("views.page", form=PageForm)
async def turn_page(ask: Ask[PageForm]) -> Reply:
    """Show what was said about another child."""
    return Show(view="views.page", args={"step": ask.form.step, "page": ask.form.page})


@verb("views.give", form=ViewForm)
async def give(ask: Ask[ViewForm]) -> Reply:
    """Give a view on the children of this page; it stays sealed until the views are shown."""
    form = ask.form
    look = replace(await ask.look(), args=ask.args)
    person = PersonId(form.person) if form.person else ask.person
    screen = view_form_screen(look, look.procedure.step(form.step), look.meeting.people[person])
    more = screen.page < screen.pages
    command = GiveViews(
        step=form.step,
        opinions=_opinions(form, _subjects(look, form, screen, person)),
        person=person if form.person else None,
        keep=bool(form.keep),
        more=more,
        reason_aloud=bool(form.aloud),
    )
    await ask.do(command)
    if more:
        at = {"step": form.step, "person": form.person, "each": form.each, "page": str(screen.page + 1)}
        return Show(view="views.form", args=at, done="kept")
    return Show(view="chairing.mine", done="heard" if form.person else "view_given")


def _subjects(look: Look, form: ViewForm, screen: ViewFormScreen, person: PersonId) -> Mapping[str, str]:
    """Return the children of this form, each with the input that answers for it."""
    asked = asked_of(look.meeting, look.procedure, form.step, look.meeting.people[person])
    shown = {q.subject for q in screen.questions}
    return {s: ALL if screen.same else s for s, _ in asked if screen.same or s in shown}


def _opinions(form: ViewForm, subjects: Mapping[str, str]) -> tuple[Opinion, ...]:
    return tuple(
        Opinion(
            subject=subject,
            option=form.option.get(at, ""),
            scale=_whole(form.scale.get(at, "")),
            reason=form.reason.get(at, "").strip(),
        )
        for subject, at in subjects.items()
    )


def _whole(text: str) -> int | None:
    """Return a whole number; anything else that was given stands off every scale, so that it is refused."""
    given = text.strip()
    if not given:
        return None
    return int(given) if _WHOLE.fullmatch(given) else _OFF_EVERY_SCALE


@verb("views.asked", form=RoundForm)
async def asked_aloud(ask: Ask[RoundForm]) -> Reply:
    """Note who was asked aloud: one person, or all who were not reached."""
    look = await ask.look()
    views = look.meeting.views.get(ask.form.step, Views())
    rest = tuple(p.id for p in outstanding(look.meeting, ask.form.step) if p.id not in views.invited)
    people = (PersonId(ask.form.person),) if ask.form.person else rest
    await ask.do(InviteAloud(step=ask.form.step, people=people))
    return Show(view="chairing.mine", done="asked_aloud")


@verb("views.silent", form=RoundForm)
async def silent(ask: Ask[RoundForm]) -> Reply:
    """Note who was invited and gave no view: one person, or all who remain."""
    people = (PersonId(ask.form.person),) if ask.form.person else ()
    await ask.do(MarkSilent(step=ask.form.step, people=people))
    return Show(view="chairing.mine", done="silent")


@verb("views.reveal", form=RoundForm)
async def reveal(ask: Ask[RoundForm]) -> Reply:
    """Show the views to everybody."""
    await ask.do(RevealViews(step=ask.form.step))
    return Show(view="chairing.mine", done="views_shown")


@view("views.step")
@content
def draw_round(look: Look) -> Card:
    """The round; somebody who is asked and has not answered sees their form at once."""
    step = look.procedure.step(look.args["step"])
    screen = views_screen(look, step)
    waits = screen.may_give and not screen.given and not look.scribe and look.meeting.step == step.id
    silent_now = look.person in look.meeting.views.get(step.id, Views()).silent
    if waits and not screen.frame.closed and not silent_now and asked_of_any(look):
        return view_card(view_form_screen(look, step, look.meeting.people[look.person]))
    return views_card(screen)


def asked_of_any(look: Look) -> bool:
    """Tell whether this person is asked about anybody: not where every child is restricted for their seat."""
    return bool(asked_of(look.meeting, look.procedure, look.args["step"], look.meeting.people[look.person]))


@view("views.page")
@content
def draw_page(look: Look) -> Card:
    """The views on one child."""
    return draw_round(look)


@view("views.form")
@content
def draw_form(look: Look) -> Card:
    """The form of one's own view, or for chair and note-taker of somebody's whom they heard."""
    person = PersonId(look.args.get("person") or look.person)
    own = person == look.person
    if not (own or look.scribe) or person not in look.meeting.people:
        return draw("chairing.mine", replace(look, args={}))
    return view_card(view_form_screen(look, look.procedure.step(look.args["step"]), look.meeting.people[person]))
