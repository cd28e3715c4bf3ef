"""Bringing the meeting to its end: what is still open, and what everybody is told to expect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.after.updates import UpdatePosted
from meeting.before.amending import unanswered
from meeting.model import Meeting, PersonId, SeatId, Slot, Status
from meeting.procedure import ClosingData, FieldType, Gate, Kind, Step
from meeting.refusals import Obstacle
from meeting.registry import Case, Events, evolves, follows
from meeting.running.gates import AtStep, stands_at
from meeting.steps.record import Entered


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingClosed:
    pass


@evolves(MeetingClosed)
def _closed(meeting: Meeting, event: MeetingClosed, by: PersonId, at: datetime) -> Meeting:
    visits = meeting.visits
    if visits and visits[-1].left is None:
        visits = (*visits[:-1], replace(visits[-1], left=at))
    return replace(meeting, status=Status.CLOSED, ended=at, visits=visits)


@follows(MeetingClosed)
def told_at_the_end(case: Case, event: MeetingClosed) -> Events:
    """Tell the agencies that sent information and were not here what everybody else reads at the end (WMT-3.8)."""
    return _told(case, case.procedure.agenda[-1], absent=True) if sent_information(case.meeting) else ()


@follows(Entered)
def told_again(case: Case, event: Entered) -> Events:
    """Tell everybody, once more is known, what they were told at the end."""
    over = case.meeting.status is Status.CLOSED
    return _told(case, case.procedure.step(event.slot.step), absent=False) if over else ()


def _told(case: Case, step: Step, *, absent: bool) -> Events:
    """Return the news of what the closing asked, where the procedure sends it to those who took part."""
    data = step.data
    if not isinstance(data, ClosingData) or not data.sent_to:
        return ()
    asked = ((p, f) for p in data.parts for f in p.fields if f.type is not FieldType.DATETIME)  # a time is an action's
    held = ((f, case.meeting.answers.get(Slot(step=step.id, part=p.id))) for p, f in asked)
    said = [f"{f.label}: {a.answers[f.key]}" for f, a in held if a is not None and a.answers.get(f.key)]
    number = len(case.meeting.updates) + 1
    return (UpdatePosted(id=f"u{number}", text="; ".join(said), decision=False, absent=absent),) if said else ()


def sent_information(meeting: Meeting) -> tuple[SeatId, ...]:
    """Return the seats that nobody came to and that handed information in."""
    here = meeting.took_part()
    return tuple(s.id for s in meeting.seats.values() if s.supplied and s.id not in here)


@stands_at(Kind.CLOSING)
def standing(case: Case, step: Step) -> Iterator[AtStep]:
    """A challenge is answered before closing; what an urgent start left open is asked again (WMT-2.1)."""
    if case.meeting.started_now:
        gate = case.procedure.convening.gate
        for label in unanswered(case.meeting, case.procedure):
            yield step.id, Obstacle(code="convening", gate=gate, label=label, step=step.id)
    for challenge in case.meeting.challenges:
        if challenge.answered_at is None:
            name = case.meeting.people[challenge.by].name
            yield step.id, Obstacle(code="challenge", gate=Gate.OVERRIDE, label=f"Challenge by {name}", step=step.id)
    for permission in case.meeting.permissions:
        if permission.granted is None:
            name = case.meeting.people[permission.by].name
            yield step.id, Obstacle(code="permission", gate=Gate.WARN, label=f"Request to share: {name}", step=step.id)
