"""What a procedure asks of one seat, drawn from its agenda: for the briefing that goes out with the invitation."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.model import Meeting, Seat
from meeting.procedure import DecisionData, Kind, Procedure
from meeting.roles import called
from meeting.steps.floor import questions_for, speaks

Duty = tuple[str, str]  # (when, what)
FOLLOW_UP: Duty = ("Afterwards", "see the actions that you take on through, within their time")
_JOINT = "If the enquiry is joint"


def asked_of(meeting: Meeting, procedure: Procedure, seat: Seat) -> tuple[Duty, ...]:
    """Return what is expected of a seat and when, in the procedure's own words where it has some (STY-5.1c)."""
    return (*to_prepare(meeting, procedure, seat), *_leads(procedure, seat), FOLLOW_UP)


def to_prepare(meeting: Meeting, procedure: Procedure, seat: Seat) -> tuple[Duty, ...]:
    """Return what a seat can have ready: the steps that it presents, and what it is asked at its turn."""
    return (*_steps(procedure, seat), *_turns(meeting, procedure, seat))


def _steps(procedure: Procedure, seat: Seat) -> Iterator[Duty]:
    """Yield what the seat has to say for everybody, by the labels of its steps."""
    owned = [s.label for s in procedure.agenda if called(procedure, s.owner, seat) and not s.owner_default]
    if owned:
        yield "Yours to present", "; ".join(owned)


def _turns(meeting: Meeting, procedure: Procedure, seat: Seat) -> Iterator[Duty]:
    if not speaks(meeting, procedure, seat):
        return
    for step in (s for s in procedure.agenda if s.kind is Kind.TURNS):
        asked = questions_for(meeting, procedure, step, seat)
        yield "At your turn", "; ".join(f.label for f in asked)


def _leads(procedure: Procedure, seat: Seat) -> Iterator[Duty]:
    """Yield what the seat's agency leads where the enquiry is joint."""
    for data in (s.data for s in procedure.agenda if isinstance(s.data, DecisionData)):
        if data.lead_criminal == seat.agency:
            yield _JOINT, "you lead the criminal investigation"
        if data.lead_welfare == seat.agency:
            yield _JOINT, "you lead the section 47 enquiry and the assessment of the child's welfare"
