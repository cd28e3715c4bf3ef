"""Shutting somebody out of a closed meeting."""

from __future__ import annotations

from dataclasses import dataclass

from cards.kit import Card
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, verb, view
from dialogs.doors import chair_only
from meeting.after.shutting import ShutSomebodyOut
from meeting.model import PersonId
from meeting.refusals import FieldErrors
from meeting.screens.frame import Look
from meeting.screens.shutting import shutting_form


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutForm(Form):
    person: str = ""
    reason: str = ""


@verb("shutting.out", form=ShutForm)
async def shut_out(ask: Ask[ShutForm]) -> Reply:
    """End somebody's access to a closed meeting."""
    if not ask.form.person:
        raise FieldErrors({"person": "required"})
    await ask.do(ShutSomebodyOut(person=PersonId(ask.form.person), reason=ask.form.reason))
    return Show(view="shutting.form", done="shut_out")


@view("shutting.form")
@chair_only
def draw_form(look: Look) -> Card:
    """The form, with those who were shut out."""
    return small_card(shutting_form(look))
