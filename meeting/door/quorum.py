"""Whether the agencies that must be here are here; and what a meeting without them becomes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.ids import spoken
from meeting.model import Meeting, Note, PersonId, Seat, Status
from meeting.procedure import Gate, Kind, Procedure, Quorum, RollCallData
from meeting.refusals import Obstacle, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.roles import held, role_of, speaks_for_agency
from meeting.running import agenda


@dataclass(frozen=True, slots=True, kw_only=True)
class Convert:
    """Go on as a professionals meeting, and say when the quorate discussion will be held."""

    quorate_date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """Be a strategy meeting again, now that the missing agency is here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingConverted:
    missing: tuple[str, ...]
    quorate_date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRestored:
    pass


def rules(procedure: Procedure) -> Quorum:
    """Return the quorum rules of the roll call."""
    step = agenda.first_of(procedure, Kind.ROLL_CALL)
    return step.data.quorum if step is not None and isinstance(step.data, RollCallData) else Quorum()


def _here(meeting: Meeting, procedure: Procedure) -> tuple[Seat, ...]:
    """Return the seat of everyone who counts: seated, present, in the right meeting, there to decide."""
    seats = (meeting.seat_of(p.id) for p in meeting.attendees() if p.right_meeting is not False)
    return tuple(s for s in seats if s is not None and speaks_for_agency(procedure, s))


def missing_agencies(meeting: Meeting, procedure: Procedure) -> tuple[str, ...]:
    """Return the core agencies of which nobody is present; a report in their stead does not count (SAN-1.5)."""
    present = {seat.agency for seat in _here(meeting, procedure)}
    return tuple(a for a in rules(procedure).agencies if a not in present)


def missing_roles(meeting: Meeting, procedure: Procedure) -> tuple[str, ...]:
    """Return the roles of which nobody is present, but for those that an absent agency fills: it is named already."""
    here, absent = _here(meeting, procedure), missing_agencies(meeting, procedure)
    missing = (r for r in rules(procedure).roles if not any(held(procedure, r, seat) for seat in here))
    described = (role_of(procedure, r) for r in missing)
    return tuple(r.id for r in described if not (r.anybody and r.agency in absent))


def quorate(meeting: Meeting, procedure: Procedure) -> bool:
    """Tell whether every core agency is here."""
    return not missing_agencies(meeting, procedure)


def quorum_gap(meeting: Meeting, procedure: Procedure) -> tuple[Obstacle, ...]:
    """Return what the quorum lacks; a converted meeting lacks no agency any more (SAN-1.4)."""
    rule = rules(procedure)
    absent = missing_agencies(meeting, procedure)
    core = absent if meeting.converted is None else ()
    gaps = [Obstacle(code="quorum", gate=rule.gate, label=spoken(agency)) for agency in core]
    roles = missing_roles(meeting, procedure)
    gaps += [Obstacle(code="quorum_role", gate=rule.role_gate, label=spoken(role)) for role in roles]
    if meeting.converted is not None:
        return tuple(o for o in gaps if o.gate is not Gate.HARD)
    return tuple(gaps)


@decides(Convert)
def convert(case: Case, command: Convert) -> Events:
    """Record the rest as a professionals meeting; views and outcomes on the threshold are withdrawn (SAN-1.4)."""
    if case.meeting.status not in (Status.RUNNING, Status.ON_HOLD):
        raise Refused("not_running")
    absent = missing_agencies(case.meeting, case.procedure)
    if case.meeting.converted is not None:
        raise Refused("converted_already")
    if not absent:
        raise Refused("quorate")
    if not rules(case.procedure).converts:
        raise Refused("no_conversion")
    decided = agenda.first_of(case.procedure, Kind.DECISION)
    if decided is not None and decided in agenda.reached(case.meeting, case.procedure)[:-1]:
        raise Refused("decided_quorate")  # what was decided while everybody was here stands
    return (MeetingConverted(missing=absent, quorate_date=command.quorate_date.strip()),)


@decides(Restore)
def restore(case: Case, command: Restore) -> Events:
    """Make it a strategy meeting again; the late agency has come through statement, roll call and right meeting."""
    if case.meeting.converted is None:
        raise Refused("not_converted")
    if not quorate(case.meeting, case.procedure):
        raise Refused("not_quorate", *missing_agencies(case.meeting, case.procedure))
    return (MeetingRestored(),)


@evolves(MeetingConverted)
def _converted(meeting: Meeting, event: MeetingConverted, by: PersonId, at: datetime) -> Meeting:
    date = f"; quorate discussion: {event.quorate_date}" if event.quorate_date else ""
    missing = ", ".join(map(spoken, event.missing))
    text = f"Not quorate ({missing} missing): recorded as a professionals meeting from here{date}"
    note = Note(at=at, text=text, step=meeting.step, by=by)
    return replace(meeting, converted=at, quorate_date=event.quorate_date, notes=(*meeting.notes, note))


@evolves(MeetingRestored)
def _restored(meeting: Meeting, event: MeetingRestored, by: PersonId, at: datetime) -> Meeting:
    note = Note(at=at, text="Quorate again: recorded as a strategy meeting from here", step=meeting.step, by=by)
    return replace(meeting, converted=None, notes=(*meeting.notes, note))
