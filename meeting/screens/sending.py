"""Whom the local pathway proposes, who is about to be asked to come, and by which way it would reach them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meeting.before.invitations import to_invite
from meeting.before.routes import Proposed, proposed
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayLine:
    """Somebody whom the local pathway proposes, and why; or why they were left out."""

    seat: str
    label: str
    name: str  # of the contact that would be asked
    why: str
    left_out: str = ""


def pathway_lines(look: Look) -> tuple[PathwayLine, ...]:
    """Return whom the local pathway proposes for what is known, and who of them was left out."""
    return tuple(_pathway_line(one) for one in proposed(look.meeting, look.procedure))


def _pathway_line(one: Proposed) -> PathwayLine:
    """Return a proposed seat with why it is proposed, and for which of the children where it is not for all."""
    why = f"{one.why} For {', '.join(one.children)}." if one.children else one.why
    return PathwayLine(seat=one.seat.id, label=one.seat.label, name=one.seat.name, why=why, left_out=one.left_out)
