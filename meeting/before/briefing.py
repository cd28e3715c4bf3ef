"""The lines of the briefing that goes out with an invitation, confirmed one by one by the seat that reads them."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.before.inviting import BriefingConfirmed
from meeting.model import SeatId
from meeting.registry import Case, Events, decides


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmBriefing:
    """Confirm lines of the briefing for a seat: their numbers, from 0."""

    seat: SeatId
    lines: frozenset[int]


@decides(ConfirmBriefing)
def confirm_briefing(case: Case, command: ConfirmBriefing) -> Events:
    """Write down which lines of the briefing a seat has confirmed (STY-5.1a)."""
    lines = case.procedure.invitations.briefing
    known = frozenset(n for n, line in enumerate(lines) if line.acknowledge)
    fresh = (command.lines & known) - case.meeting.briefed.get(command.seat, frozenset())
    return (BriefingConfirmed(seat=command.seat, lines=tuple(sorted(fresh))),) if fresh else ()
