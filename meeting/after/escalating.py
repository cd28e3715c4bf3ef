"""A disagreement about a child's safety, taken through the stages of the local protocol; decision and actions stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Escalation, Meeting, PersonId
from meeting.refusals import Refused, said
from meeting.registry import Case, Events, decides, evolves


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate:
    """Take a challenge to the local escalation protocol (STY-5.2d); decision and actions stand meanwhile."""

    challenge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveEscalation:
    """Go on to the protocol's next stage, saying what this one came to."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveEscalation:
    id: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated:
    id: str
    challenge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationMoved:
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationResolved:
    id: str
    outcome: str


@decides(Escalate)
def escalate(case: Case, command: Escalate) -> Events:
    """Open an escalation at the protocol's first stage; once for each challenge."""
    if not any(c.id == command.challenge for c in case.meeting.challenges):
        raise Refused("no_such_choice")
    if any(e.challenge == command.challenge for e in case.meeting.escalations):
        raise Refused("escalated_already")
    return (Escalated(id=f"e{len(case.meeting.escalations) + 1}", challenge=command.challenge),)


@decides(MoveEscalation)
def move_escalation(case: Case, command: MoveEscalation) -> Events:
    """Go on to the next stage; the last one has none after it."""
    escalation = _open(case.meeting, command.id)
    if escalation.stage + 1 >= len(case.procedure.follow_up.stages):
        raise Refused("last_stage")
    return (EscalationMoved(id=command.id, text=said(command.text)),)


@decides(ResolveEscalation)
def resolve_escalation(case: Case, command: ResolveEscalation) -> Events:
    """Close an escalation with its outcome."""
    _open(case.meeting, command.id)
    return (EscalationResolved(id=command.id, outcome=said(command.outcome)),)


def _open(meeting: Meeting, escalation: str) -> Escalation:
    found = next((e for e in meeting.escalations if e.id == escalation and e.resolved is None), None)
    if found is None:
        raise Refused("answered_already")
    return found


@evolves(Escalated)
def _escalated(meeting: Meeting, event: Escalated, by: PersonId, at: datetime) -> Meeting:
    escalation = Escalation(id=event.id, challenge=event.challenge, by=by, at=at, stage_since=at)
    return replace(meeting, escalations=(*meeting.escalations, escalation))


@evolves(EscalationMoved)
def _moved(meeting: Meeting, event: EscalationMoved, by: PersonId, at: datetime) -> Meeting:
    def on(e: Escalation) -> Escalation:
        return replace(e, stage=e.stage + 1, stage_since=at, moves=(*e.moves, (at, event.text)))

    return replace(meeting, escalations=tuple(on(e) if e.id == event.id else e for e in meeting.escalations))


@evolves(EscalationResolved)
def _resolved(meeting: Meeting, event: EscalationResolved, by: PersonId, at: datetime) -> Meeting:
    done = (replace(e, resolved=at, outcome=event.outcome) if e.id == event.id else e for e in meeting.escalations)
    return replace(meeting, escalations=tuple(done))
