"""Handing over the chair, the notes, or one step's form; keeping a child from an agency."""

from __future__ import annotations

from dataclasses import dataclass

from cards.kit import Card
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, verb, view
from dialogs.doors import chair_only
from meeting.model import ChildId, PersonId, SeatId
from meeting.refusals import FieldErrors
from meeting.running.handover import HandChair, HandForm, NameNoteTaker, RestrictChild
from meeting.screens import handover as screens
from meeting.screens.frame import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoForm(Form):
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepForm(Form):
    which: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictForm(Form):
    child: str = ""
    agency: str = ""


@verb("handover.give", form=WhoForm)
async def give(ask: Ask[WhoForm]) -> Reply:
    """Hand the chair to somebody present."""
    await ask.do(HandChair(person=_named(ask.form.who)))
    return Show(view="chairing.panel", done="handed")


@verb("handover.name_note_taker", form=WhoForm)
async def name_note_taker(ask: Ask[WhoForm]) -> Reply:
    """Say who takes notes."""
    await ask.do(NameNoteTaker(person=_named(ask.form.who)))
    return Show(view="chairing.panel", done="saved")


@verb("handover.give_form", form=StepForm)
async def give_form(ask: Ask[StepForm]) -> Reply:
    """Give a step's questions to another seat."""
    form = ask.form
    blank = {key: "required" for key, value in (("which", form.which), ("seat", form.seat)) if not value}
    if blank:
        raise FieldErrors(blank)
    await ask.do(HandForm(step=form.which, seat=SeatId(form.seat)))
    return Show(view="chairing.panel", done="handed")


@verb("handover.restrict", form=RestrictForm)
async def restrict(ask: Ask[RestrictForm]) -> Reply:
    """Keep one child from one agency: it is asked nothing of that child, and shown nothing."""
    form = ask.form
    blank = {key: "required" for key, value in (("child", form.child), ("agency", form.agency)) if not value}
    if blank:
        raise FieldErrors(blank)
    await ask.do(RestrictChild(child=ChildId(form.child), agency=form.agency))
    return Show(view="chairing.panel", done="saved")


@view("handover.handover")
@chair_only
def draw_chair(look: Look) -> Card:
    """To whom the chair goes."""
    return small_card(screens.chair_form(look))


@view("handover.note_taker")
@chair_only
def draw_notes(look: Look) -> Card:
    """Who takes notes."""
    return small_card(screens.notes_form(look))


@view("handover.handform")
@chair_only
def draw_form(look: Look) -> Card:
    """Which form goes to whom."""
    return small_card(screens.step_form(look))


@view("handover.restrict")
@chair_only
def draw_restrict(look: Look) -> Card:
    """Which child is kept from which agency."""
    return small_card(screens.restrict_form(look))


def _named(who: str) -> PersonId:
    if not who:
        raise FieldErrors({"who": "required"})
    return PersonId(who)
