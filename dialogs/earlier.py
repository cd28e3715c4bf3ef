"""Completing earlier steps while the meeting goes on."""

from __future__ import annotations

from dataclasses import dataclass

from cards.earlier import earlier_card
from cards.kit import Card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.doors import scribes_only
from meeting.screens.earlier import earlier_screen
from meeting.screens.frame import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierForm(Form):
    step: str = ticket()


@verb("earlier.open", form=EarlierForm)
async def open_step(ask: Ask[EarlierForm]) -> Reply:
    """Show one earlier step, to be filled in."""
    return Show(view="record.step", args={"step": ask.form.step})


@view("earlier.list")
@scribes_only
def draw_list(look: Look) -> Card:
    """The earlier steps that lack answers."""
    return earlier_card(earlier_screen(look))
