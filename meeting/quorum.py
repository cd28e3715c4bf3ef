"""Whether the agencies that must be here are here; and what a meeting without them becomes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting import agenda
from meeting.model import Meeting, Note, Person, PersonId
from meeting.procedure import Gate, Kind, Procedure, Quorum, RollCallData
from meeting.refusals import Obstacle, Refused
from meeting.registry import Case, Events, decides, evolves

_ROLE_AGENCY = {
    "health_practitioner": "health",
    "police_representative": "police",
    "health": "health",
    "police": "police",
}


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


def _here(meeting: Meeting) -> tuple[tuple[Person, str, str], ...]:
    """Return (person, agency, role) of everyone seated and present."""
    return tuple(
        (p, meeting.seats[p.seat].agency, meeting.seats[p.seat].role) for p in meeting.attendees() if p.seat is not None
    )


def missing_agencies(meeting: Meeting, procedure: Procedure) -> tuple[str, ...]:
    """Return the core agencies of which nobody is present; a report in their stead does not count (SAN-1.5)."""
    present = {agency for _, agency, _ in _here(meeting)}
    return tuple(a for a in rules(procedure).agencies if a not in present)


def missing_roles(meeting: Meeting, procedure: Procedure) -> tuple[str, ...]:
    """Return the roles of which nobody is present; a role that an agency fills by itself counts with it."""
    present = {agency for _, agency, _ in _here(meeting)}
    roles = {role for _, _, role in _here(meeting)}
    return tuple(r for r in rules(procedure).roles if r not in roles and _ROLE_AGENCY.get(r, "") not in present)


def quorate(meeting: Meeting, procedure: Procedure) -> bool:
    """Tell whether every core agency is here."""
    return not missing_agencies(meeting, procedure)


def quorum_gap(meeting: Meeting, procedure: Procedure) -> tuple[Obstacle, ...]:
    """Return what the quorum lacks; a converted meeting lacks no agency any more (SAN-1.4)."""
    rule = rules(procedure)
    core = missing_agencies(meeting, procedure) if meeting.converted is None else ()
    gaps = [Obstacle(code="quorum", gate=rule.gate, label=agency) for agency in core]
    for role in missing_roles(meeting, procedure):
        if _ROLE_AGENCY.get(role) not in core:
            gaps.append(Obstacle(code="quorum_role", gate=rule.role_gate, label=role))
    if meeting.converted is not None:
        return tuple(o for o in gaps if o.gate is not Gate.HARD)
    return tuple(gaps)


@decides(Convert)
def convert(case: Case, command: Convert) -> Events:
    """Record the rest as a professionals meeting; views and outcomes on the threshold are withdrawn (SAN-1.4)."""
    absent = missing_agencies(case.meeting, case.procedure)
    if case.meeting.converted is not None:
        raise Refused("converted_already")
    if not absent:
        raise Refused("quorate")
    if not rules(case.procedure).converts:
        raise Refused("no_conversion")
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
    text = f"Not quorate ({', '.join(event.missing)} missing): recorded as a professionals meeting from here{date}"
    note = Note(at=at, text=text, step=meeting.step, by=by)
    return replace(meeting, converted=at, quorate_date=event.quorate_date, notes=(*meeting.notes, note))


@evolves(MeetingRestored)
def _restored(meeting: Meeting, event: MeetingRestored, by: PersonId, at: datetime) -> Meeting:
    note = Note(at=at, text="Quorate again: recorded as a strategy meeting from here", step=meeting.step, by=by)
    return replace(meeting, converted=None, notes=(*meeting.notes, note))
