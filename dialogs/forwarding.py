"""Passing an invitation on: a colleague is asked in the place of who was."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cards.kit import Card
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.inviting import asked_seat, convenes
from meeting.before.forwarding import Forward
from meeting.model import Contact, SeatId
from meeting.screens import inviting as screens
from meeting.screens.frame import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardForm(Form):
    deputy: str = ""
    deputy_email: str = ""
    reason: str = ""
    hand_on: bool = False
    seat: str = ticket()


@verb("forwarding.pass_on", form=ForwardForm)
async def pass_on(ask: Ask[ForwardForm]) -> Reply:
    """Have somebody else asked: in one's own place, or, for a convener, in anybody's."""
    form, look = ask.form, await ask.look()
    to = Contact(name=form.deputy.strip(), email=form.deputy_email.strip())
    own = look.meeting.seat_of(ask.person)
    await ask.do(Forward(seat=SeatId(form.seat), to=to, reason=form.reason, hand_on=form.hand_on))
    mine = own is not None and own.id == form.seat
    if mine:
        return Show(view="invitations.mine", done="answered_invitation")
    return Show(view="invitations.table", done="saved")


@view("forwarding.form")
def draw_form(look: Look) -> Card:
    """Who is asked instead, for a seat that is one's own or that one convenes."""
    seat = asked_seat(look)
    if seat is None:
        return small_card(screens.not_invited(look))
    own = look.meeting.seat_of(look.person)
    behalf = convenes(look) and (own is None or own.id != seat)
    return small_card(screens.forward_form(replace(look, args={"seat": seat}), behalf=behalf))
