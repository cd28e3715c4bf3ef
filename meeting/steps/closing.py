"""Bringing the meeting to its end: what is still open, and what everybody is told to expect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Meeting, PersonId, Status
from meeting.procedure import Gate, Kind, Step
from meeting.refusals import Obstacle
from meeting.registry import Case, evolves
from meeting.running.gates import Standing, stands_at


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingClosed:
    pass


@evolves(MeetingClosed)
def _closed(meeting: Meeting, event: MeetingClosed, by: PersonId, at: datetime) -> Meeting:
    visits = meeting.visits
    if visits and visits[-1].left is None:
        visits = (*visits[:-1], replace(visits[-1], left=at))
    return replace(meeting, status=Status.CLOSED, ended=at, visits=visits)


@stands_at(Kind.CLOSING)
def standing(case: Case, step: Step) -> Iterator[Standing]:
    """A challenge is answered before closing; waiting requests to share and write-up debts are named."""
    for challenge in case.meeting.challenges:
        if challenge.answered_at is None:
            name = case.meeting.people[challenge.by].name
            yield step.id, Obstacle(code="challenge", gate=Gate.OVERRIDE, label=f"Challenge by {name}", step=step.id)
    for permission in case.meeting.permissions:
        if permission.granted is None:
            name = case.meeting.people[permission.by].name
            yield step.id, Obstacle(code="permission", gate=Gate.WARN, label=f"Request to share: {name}", step=step.id)
