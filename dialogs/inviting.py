"""What of the invitations somebody may see: their own, and for whoever convenes all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cards.invitations import invitation_card, table_card
from cards.invitations_preview import preview_card
from cards.kit import Card
from cards.small import small_card
from dialogs.asking import view
from dialogs.dues import typed_time
from meeting import standing
from meeting.model import SeatId
from meeting.registry import Case
from meeting.screens import inviting as screens
from meeting.screens.frame import Look
from meeting.screens.invitations import invitation_screen, table_screen


@view("invitations.mine")
def draw_mine(look: Look) -> Card:
    """One's own invitation; a convener may look at anybody's."""
    seat = asked_seat(look)
    return invitation_card(invitation_screen(look, seat)) if seat else small_card(screens.not_invited(look))


def asked_seat(look: Look) -> SeatId | None:
    """Return the seat whose invitation is looked at: one's own, or, for a convener, anybody's."""
    own = look.meeting.seat_of(look.person)
    named = SeatId(look.args.get("seat", ""))
    if named in look.meeting.seats and convenes(look):
        return named
    return own.id if own is not None else None


def convener(draw: Callable[[Look], Card]) -> Callable[[Look], Card]:
    """Return the view for whoever convenes, the chair and the note-taker; others see their own invitation."""

    def drawn(look: Look) -> Card:
        return draw(look) if convenes(look) else draw_mine(replace(look, args={}))

    return drawn


def convenes(look: Look) -> bool:
    """Tell whether this person calls the meeting, chairs it or takes its notes."""
    case = Case(meeting=look.meeting, procedure=look.procedure, by=look.person, now=look.now)
    return standing.convener(case, None) is None


@view("invitations.table")
@convener
def draw_table(look: Look) -> Card:
    """Everybody who is asked to come."""
    return table_card(table_screen(look))


@view("invitations.preview")
@convener
def draw_preview(look: Look) -> Card:
    """What is about to be sent."""
    return preview_card(table_screen(look))


@view("invitations.decline")
def draw_decline(look: Look) -> Card:
    """Why one cannot come, what one's agency knows, who comes instead."""
    return small_card(screens.decline_form(look) if asked_seat(look) else screens.not_invited(look))


@view("invitations.behalf")
@convener
def draw_behalf(look: Look) -> Card:
    """An answer on somebody's behalf."""
    return small_card(screens.behalf_form(look))


@view("invitations.move")
@convener
def draw_move(look: Look) -> Card:
    """Another time or place."""
    return small_card(screens.move_form(replace(look, typed=typed_time(look.typed, "starts"))))


@view("invitations.withdraw")
@convener
def draw_withdraw(look: Look) -> Card:
    """A seat to be taken back."""
    return small_card(screens.withdraw_form(look))


@view("invitations.leave_out")
@convener
def draw_leave_out(look: Look) -> Card:
    """Why a suggestion is not followed."""
    return small_card(screens.leave_out_form(look))
