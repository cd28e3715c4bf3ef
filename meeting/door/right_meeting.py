"""Everybody says that this is the meeting they came for, before any information (CORE-4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Meeting, Note, PersonId
from meeting.procedure import Gate, Kind, RecordData, Step
from meeting.refusals import Obstacle
from meeting.registry import Case, Events, decides, evolves
from meeting.running import agenda
from meeting.running.gates import AtStep, stands_at
from meeting.values import with_key


@dataclass(frozen=True, slots=True, kw_only=True)
class RightMeeting:
    """This is, or is not, the meeting that somebody came for; chair and note-taker answer for those they heard."""

    right: bool
    people: tuple[PersonId, ...] = ()
    all_present: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RightMeetingAnswered:
    right: bool
    people: tuple[PersonId, ...]
    heard: bool


@decides(RightMeeting)
def right_meeting(case: Case, command: RightMeeting) -> Events:
    """Record the confirmation that everybody is in the right meeting, before any information (CORE-4)."""
    identity = agenda.identity_step(case.procedure)
    if identity is not None:
        agenda.require_reached(case.meeting, case.procedure, identity.id)
    people = command.people or (case.by,)
    if command.all_present:
        people = tuple(p.id for p in case.meeting.attendees() if p.right_meeting is None)
    fresh = tuple(p for p in people if case.meeting.people[p].right_meeting is not command.right)
    return (RightMeetingAnswered(right=command.right, people=fresh, heard=fresh != (case.by,)),) if fresh else ()


@evolves(RightMeetingAnswered)
def _right_meeting(meeting: Meeting, event: RightMeetingAnswered, by: PersonId, at: datetime) -> Meeting:
    people = meeting.people
    for person in event.people:
        changed = replace(people[person], right_meeting=event.right, right_meeting_heard=event.heard)
        people = with_key(people, person, changed)
    stood = () if event.right else tuple(_slipped(meeting, person, by, at) for person in event.people)
    return replace(meeting, people=people, notes=(*meeting.notes, *stood))


def _slipped(meeting: Meeting, person: PersonId, by: PersonId, at: datetime) -> Note:
    """Log what somebody in the wrong meeting was shown of this one (WMT-3.1b)."""
    kept, seat = meeting.people[person], meeting.seat_of(person)
    names = ", ".join(c.name for c in meeting.children.values() if seat is None or c.id not in seat.restricted)
    where = f" ({seat.label})" if seat is not None else ""
    text = f"{kept.name}{where} said that this is not their meeting. Shown to them until then: the details of {names}"
    return Note(at=at, text=text, step=meeting.step, by=by)


@stands_at(Kind.RECORD)
def standing(case: Case, step: Step) -> Iterator[AtStep]:
    """Everybody present says that this is their meeting, or is heard to; nobody silent holds it up (CORE-4).

    Whoever said that it is not holds it up until they have left or the chair has removed them (WMT-3.1b).
    """
    data = step.data
    assert isinstance(data, RecordData)
    if data.right_meeting is Gate.NONE:
        return
    for person in case.meeting.attendees():
        if person.right_meeting is not True:
            code = "right_meeting" if person.right_meeting is None else "wrong_meeting"
            label = f"{'Right' if person.right_meeting is None else 'Wrong'} meeting: {person.name}"
            yield step.id, Obstacle(code=code, gate=data.right_meeting, label=label, step=step.id)
