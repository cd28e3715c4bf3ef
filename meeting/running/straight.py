"""Going straight to the agencies' turns: an urgent meeting passes what nobody has prepared with one reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from meeting.model import Meeting, Status
from meeting.procedure import Kind, Procedure, Step
from meeting.refusals import Refused
from meeting.registry import Case, Events, decides, evolvers
from meeting.running import agenda
from meeting.running.chairing import MoveOn, move_on


@dataclass(frozen=True, slots=True, kw_only=True)
class GoStraight:
    """Leave every step before the agencies' turns; `reason` passes the gates of each that a reason may pass."""

    visit: int  # the step visit that the press belongs to
    reason: str


def turns_ahead(meeting: Meeting, procedure: Procedure) -> Step | None:
    """Return the step of the agencies' turns, if it lies further ahead than the next step."""
    if meeting.status is not Status.RUNNING:
        return None
    steps = agenda.steps(meeting, procedure)
    ids = [s.id for s in steps]
    if meeting.step not in ids:
        return None
    beyond = steps[ids.index(meeting.step) + 2 :]
    return next((s for s in beyond if s.kind is Kind.TURNS), None)


@decides(GoStraight)
def go_straight(case: Case, command: GoStraight) -> Events:
    """Move on step by step to the turns; a hard gate, such as the right meeting, holds, and then nothing moved."""
    target = turns_ahead(case.meeting, case.procedure)
    if target is None:
        raise Refused("no_turns_ahead")
    if not command.reason.strip():
        raise Refused("reason_needed")
    made: list[object] = []
    visit = command.visit
    while case.meeting.step != target.id:
        moved = move_on(case, MoveOn(visit=visit, reason=command.reason))
        made.extend(moved)
        case = replace(case, meeting=_after(case, moved))
        visit = case.meeting.visit
    return tuple(made)


def _after(case: Case, events: Events) -> Meeting:
    meeting = case.meeting
    for event in events:
        meeting = evolvers()[type(event)](meeting, event, case.by, case.now)
    return meeting
