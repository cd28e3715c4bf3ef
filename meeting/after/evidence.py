"""What an agency can show of its part in meetings: invited, came, contributed, did what it took on. Numbers only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from meeting.after.preflight import came
from meeting.flags import contributed
from meeting.model import Action, ActionState, Meeting, PersonId, Seat
from meeting.procedure import Procedure
from meeting.roles import speaks_for_agency
from meeting.steps.action_list import OVER, on_time

_NOBODYS = (ActionState.WITHDRAWN, ActionState.CARRIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One agency's figures: seats that were invited, of which somebody came, that spoke; actions due, and in time."""

    invited: int = 0
    attended: int = 0
    contributed: int = 0
    due: int = 0
    on_time: int = 0

    def __add__(self, other: Evidence) -> Evidence:
        """Return the figures of two meetings together."""
        return Evidence(
            invited=self.invited + other.invited,
            attended=self.attended + other.attended,
            contributed=self.contributed + other.contributed,
            due=self.due + other.due,
            on_time=self.on_time + other.on_time,
        )


def evidence(meeting: Meeting, procedure: Procedure, agency: str, now: datetime) -> Evidence:
    """Return an agency's figures in one meeting as they stand at `now` (aware UTC); note-takers do not count."""
    seats = [s for s in counted(meeting, procedure) if s.agency == agency]
    told = contributed(meeting)
    owned = [a for a in meeting.actions if a.owner_seat in {s.id for s in seats}]
    due = [a for a in owned if was_due(a, now)]
    return Evidence(
        invited=len(seats),
        attended=sum(came(meeting, s) for s in seats),
        contributed=sum(s.id in told for s in seats),
        due=len(due),
        on_time=sum(map(on_time, due)),
    )


def was_due(action: Action, now: datetime) -> bool:
    """Tell whether an action is over or its time has come; what was withdrawn or carried on is nobody's here."""
    return action.state not in _NOBODYS and (action.state in OVER or action.due < now)


def counted(meeting: Meeting, procedure: Procedure) -> tuple[Seat, ...]:
    """Return the seats by which an agency takes part: not those who write, nor teams that only send the minutes on."""
    teams = meeting.minutes.team_seats
    return tuple(s for s in meeting.seats.values() if speaks_for_agency(procedure, s) and s.id not in teams)


def total(figures: Iterable[Evidence]) -> Evidence:
    """Return the figures of several meetings together."""
    return sum(figures, Evidence())


def may_see(meeting: Meeting, person: PersonId, agency: str) -> bool:
    """Tell whether somebody sees an agency's figures in this meeting: that agency and the chair (STY-5.2e)."""
    seat = meeting.seat_of(person)
    return person == meeting.chair or (seat is not None and seat.agency == agency)
