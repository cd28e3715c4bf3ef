"""Handing over, after the close, what the chair still has to do."""

from __future__ import annotations

from dataclasses import dataclass

from cards.kit import Card
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, verb, view
from dialogs.doors import chair_only
from meeting.after.succeeding import PassChairOn
from meeting.model import SeatId
from meeting.screens.frame import Look
from meeting.screens.succeeding import succeeding_form


@dataclass(frozen=True, slots=True, kw_only=True)
class SucceedForm(Form):
    who: str = ""
    name: str = ""
    email: str = ""
    reason: str = ""


@verb("succeeding.pass_on", form=SucceedForm)
async def pass_on(ask: Ask[SucceedForm]) -> Reply:
    """Let somebody take over; a seat that was chosen goes before a name that was typed."""
    form = ask.form
    seat = SeatId(form.who) if form.who else None
    await ask.do(PassChairOn(seat=seat, name=form.name, email=form.email, reason=form.reason))
    return Show(view="afterwards.card", done="handed")


@view("succeeding.form")
@chair_only
def draw_form(look: Look) -> Card:
    """To whom it goes, and why."""
    return small_card(succeeding_form(look))
