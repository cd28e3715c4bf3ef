"""Who is about to be asked to come, and by which way it would reach them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meeting.before.invitations import to_invite
from meeting.model import Seat, SeatId
from meeting.screens.frame import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSend:
    """Somebody who is about to be asked to come."""

    label: str
    name: str
    mailbox: str
    way: str  # Teams, e-mail, the code of why neither would reach them, or "" where nobody has looked


def about_to_send(look: Look) -> tuple[ToSend, ...]:
    """Return who gets an invitation next; the way of each stands in the screen's address once somebody has looked."""
    seats = to_invite(look.meeting, look.person)
    return to_be_sent(seats, {seat.id: look.args.get(f"way.{seat.id}", "") for seat in seats})


def to_be_sent(seats: Iterable[Seat], ways: Mapping[SeatId, str]) -> tuple[ToSend, ...]:
    """Return for each seat who is asked, and by which way."""
    return tuple(ToSend(label=s.label, name=s.name, mailbox=s.email, way=ways.get(s.id, "")) for s in seats)
