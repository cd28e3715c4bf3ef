"""From a card to the minutes as files: the link to one's own page, for somebody who has been reading in Teams."""

from __future__ import annotations

from dataclasses import dataclass

from cards.kit import Card
from cards.own_page import own_page_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.doors import content
from meeting.refusals import NotAllowed
from meeting.screens.frame import Look
from meeting.screens.own_page import own_page_screen


@dataclass(frozen=True, slots=True, kw_only=True)
class BackForm(Form):
    back: str = ticket("minutes.mine")


@verb("papers.offer", form=BackForm)
async def offer(ask: Ask[BackForm]) -> Reply:
    """Make the link to the papers of one's own seat."""
    look = await ask.look()
    seat = look.meeting.seat_of(ask.person)
    if seat is None or ask.links is None:
        raise NotAllowed("not_admitted")
    link = f"{ask.links.seat_link(look.meeting.id, seat.id)}/papers"
    return Show(view="papers.link", args={"link": link, "back": ask.form.back})


@view("papers.link")
@content
def draw_link(look: Look) -> Card:
    """The link, and the way back."""
    return own_page_card(own_page_screen(look))
