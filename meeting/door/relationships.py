"""How each attendee is related to each child: asked at the roll call without a name, then again for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting.model import Answer, Answers, ChildId, Meeting, Person, PersonId, Slot, StepId
from meeting.procedure import FieldSpec, Kind, Procedure, RollCallData
from meeting.refusals import FieldErrors, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.running import agenda
from meeting.steps.slots import put

RELATIONSHIP = "relationship"


@dataclass(frozen=True, slots=True, kw_only=True)
class SayRelationship:
    """Say how one is related to one child (SAN-4.1d, WOK-1.1)."""

    child: ChildId
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipSaid:
    slot: Slot
    answers: Answers


def asked_again(procedure: Procedure) -> tuple[StepId, tuple[FieldSpec, ...]]:
    """Return the roll call and those of its questions that are asked again for each child; none where it has none."""
    step = agenda.first_of(procedure, Kind.ROLL_CALL)
    if step is None or not isinstance(step.data, RollCallData):
        return "", ()
    keys = step.data.ask_after_identity
    return step.id, tuple(f for f in step.data.introduction.fields if f.key in keys)


def may_say(meeting: Meeting, procedure: Procedure, person: Person | None) -> bool:
    """Tell whether somebody may say how they are related to each child: introduced, and in the right meeting."""
    return bool(asked_again(procedure)[1]) and person is not None and person.introduced and bool(person.right_meeting)


def slot_of(step: StepId, person: PersonId, child: ChildId) -> Slot:
    """Return where somebody's relationship to one child stands."""
    return Slot(step=step, part=RELATIONSHIP, subject=f"{person}:{child}")


@decides(SayRelationship)
def say_relationship(case: Case, command: SayRelationship) -> Events:
    """Record it for that child only; blank fields come back."""
    step, specs = asked_again(case.procedure)
    person = case.meeting.people.get(case.by)
    seat = case.meeting.seat_of(case.by)
    hidden = seat.restricted if seat else frozenset()
    if not may_say(case.meeting, case.procedure, person):
        raise Refused("wrong_step")
    if command.child not in case.meeting.children or command.child in hidden:
        raise Refused("no_such_subject")
    answers = {f.key: command.answers.get(f.key, "").strip() for f in specs}
    blank = {f"{key}.{command.child}": "required" for key, value in answers.items() if not value}
    if blank:
        raise FieldErrors(blank)
    slot = slot_of(step, case.by, command.child)
    before = case.meeting.answers.get(slot)
    same = before is not None and dict(before.answers) == answers
    return () if same else (RelationshipSaid(slot=slot, answers=answers),)


@evolves(RelationshipSaid)
def _said(meeting: Meeting, event: RelationshipSaid, by: PersonId, at: datetime) -> Meeting:
    seat = meeting.seat_of(by)
    return put(meeting, event.slot, Answer(answers=event.answers, by=by, at=at, seat=seat.id if seat else None))
