"""Opening words, etiquette, recording: read out, and acknowledged by each or heard aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Answer, Meeting, Note, Permission, PersonId, Slot, StepId
from meeting.procedure import Kind, StatementData, Step
from meeting.refusals import Obstacle, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.running import agenda
from meeting.running.gates import AtStep, stands_at
from meeting.values import with_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """I have heard this statement; or, from chair or note-taker, these people have."""

    step: StepId
    people: tuple[PersonId, ...] = ()  # empty: the one who asks
    all_present: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskToShare:
    """Ask the chair's permission to share what is said here."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerToShare:
    id: str
    granted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAcknowledged:
    step: StepId
    people: tuple[PersonId, ...]
    heard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionAsked:
    id: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionAnswered:
    id: str
    granted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRecording:
    """Say whether Teams records the meeting; it is off until somebody says so (WOK-1.3b)."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingSet:
    on: bool


RECORDING = Slot(step="CONVENING", part="recording")


def recording_on(meeting: Meeting) -> bool:
    """Tell whether Teams records the meeting, as chair or note-taker said last."""
    said = meeting.answers.get(RECORDING)
    return said is not None and said.answers.get("recording") == "on"


@decides(SetRecording)
def set_recording(case: Case, command: SetRecording) -> Events:
    """Note that recording was switched on or off; it is not switched from here."""
    return (RecordingSet(on=command.on),) if command.on is not recording_on(case.meeting) else ()


@evolves(RecordingSet)
def _recording(meeting: Meeting, event: RecordingSet, by: PersonId, at: datetime) -> Meeting:
    answer = Answer(answers={"recording": "on" if event.on else "off"}, by=by, at=at)
    note = Note(at=at, text=f"Teams recording is {'on' if event.on else 'off'}", step=meeting.step, by=by)
    changed = replace(meeting, answers=with_key(meeting.answers, RECORDING, answer))
    return replace(changed, notes=(*meeting.notes, note))


@decides(Acknowledge)
def acknowledge(case: Case, command: Acknowledge) -> Events:
    """Record who has heard the statement; a second press changes nothing (SAN-3.1)."""
    step = agenda.require_reached(case.meeting, case.procedure, command.step)
    if not isinstance(step.data, StatementData):
        raise Refused("wrong_step")
    named = command.people or (case.by,)
    if command.all_present:
        named = tuple(p.id for p in case.meeting.attendees())
    fresh = tuple(p for p in named if command.step not in case.meeting.people[p].acknowledged)
    if not fresh:
        return ()
    return (StatementAcknowledged(step=command.step, people=fresh, heard=fresh != (case.by,)),)


@decides(AskToShare)
def ask_to_share(case: Case, command: AskToShare) -> Events:
    """Put a request to share before the chair (SAN-3.1)."""
    if not command.what.strip():
        raise Refused("text_needed")
    return (PermissionAsked(id=f"p{len(case.meeting.permissions) + 1}", what=command.what.strip()),)


@decides(AnswerToShare)
def answer_to_share(case: Case, command: AnswerToShare) -> Events:
    """Grant or refuse a request to share; the answer stands in the record."""
    if not any(p.id == command.id and p.granted is None for p in case.meeting.permissions):
        raise Refused("answered_already")
    return (PermissionAnswered(id=command.id, granted=command.granted),)


@evolves(StatementAcknowledged)
def _acknowledged(meeting: Meeting, event: StatementAcknowledged, by: PersonId, at: datetime) -> Meeting:
    people = meeting.people
    for person in event.people:
        somebody = people[person]
        heard = somebody.heard | {event.step} if event.heard else somebody.heard
        changed = replace(somebody, acknowledged=somebody.acknowledged | {event.step}, heard=heard)
        people = with_key(people, person, changed)
    return replace(meeting, people=people)


@evolves(PermissionAsked)
def _asked(meeting: Meeting, event: PermissionAsked, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, permissions=(*meeting.permissions, Permission(id=event.id, by=by, what=event.what, at=at)))


@evolves(PermissionAnswered)
def _answered(meeting: Meeting, event: PermissionAnswered, by: PersonId, at: datetime) -> Meeting:
    done = tuple(replace(p, granted=event.granted) if p.id == event.id else p for p in meeting.permissions)
    return replace(meeting, permissions=done)


@stands_at(Kind.STATEMENT)
def standing(case: Case, step: Step) -> Iterator[AtStep]:
    """Who has not acknowledged is named; a procedure may want a reason for going on without them (WOK-1.3a)."""
    data = step.data
    assert isinstance(data, StatementData)
    if data.acknowledge:
        for person in case.meeting.attendees():
            if step.id not in person.acknowledged:
                gate = data.acknowledge_gate
                label = f"{person.name} (not acknowledged)"
                yield step.id, Obstacle(code="unacknowledged", gate=gate, label=label, step=step.id)
