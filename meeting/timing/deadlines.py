"""Every time that runs: the procedure's limits from their events, and the due times of the actions.

What is shown on the deadline panel and what is reminded of are the same list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.flags import holds
from meeting.model import CONVENED, Action, Escalation, Meeting, Status
from meeting.procedure import Clock, EscalationStage, Procedure, Src
from meeting.refusals import Refused
from meeting.steps.action_list import OVER
from meeting.steps.asked import Asked, asked_for, clock_of
from meeting.timing.moments import MOMENTS
from meeting.timing.working_days import end_of, overdue_from

OWNER = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something that is due: since when it runs, when it ends, whether it has been met."""

    id: str  # "clock:see_child:c1", "action:3", "escalation:e1"
    what: str  # a clock's own words, or a number: never content
    subject: str = ""  # a child, a challenge, a request
    since: datetime
    due: datetime
    overdue: datetime  # from when it is late: with a limit in days the next day
    by_day: bool = False
    ended: datetime | None = None
    holder: str  # owner, chair, note_taker, attendees
    clock: str = ""
    action: int = 0
    statutory: bool = False
    reminded: bool = True
    covered: bool = False  # by an action, whose owner is reminded before its time
    default: bool = False
    src: Src = ()
    basis: str = ""  # a law or an order that sets it, where no document does

    def late(self, now: datetime) -> bool:
        """Tell whether it was met too late, or is late now."""
        return (self.ended or now) > self.due if not self.by_day else (self.ended or now) >= self.overdue


def deadlines(meeting: Meeting, procedure: Procedure) -> tuple[Deadline, ...]:
    """Return what runs or ran, the limits in the procedure's order, then escalations, then the actions.

    Of a meeting that was cancelled no limit runs on; what somebody took on in it does, until it is done or withdrawn.
    """
    actions = tuple(_of_action(meeting, procedure, a) for a in meeting.actions)
    if meeting.status is Status.CANCELLED:
        return actions
    demands = _demands(meeting, procedure)
    limits = (d for clock in procedure.clocks for d in _of_clock(meeting, procedure, clock, demands))
    further = (_of_start(meeting),) if meeting.linked_from and meeting.starts else ()
    stages = (_of_escalation(e, procedure) for e in meeting.escalations if procedure.follow_up.stages)
    return (*further, *limits, *stages, *actions)


def running(meeting: Meeting, procedure: Procedure) -> tuple[Deadline, ...]:
    """Return what somebody still has to do."""
    return tuple(d for d in deadlines(meeting, procedure) if d.ended is None)


def _of_clock(
    meeting: Meeting, procedure: Procedure, clock: Clock, demands: Mapping[str, tuple[Asked, ...]]
) -> Iterator[Deadline]:
    ends = MOMENTS[clock.until](meeting, procedure) if clock.until else {}
    for subject, since in MOMENTS[clock.from_event](meeting, procedure).items():
        about = subject if subject in meeting.children else ""
        if not holds(meeting, procedure, clock.when, subject=about):
            continue
        if clock.id not in demands:
            yield _limit(procedure, clock, subject, since, ends.get(subject, ends.get("")))
        elif mine := [a for a in demands[clock.id] if a.subject in (subject, "")]:
            met = any(meeting.met.get((a.origin, a.subject)) == "action" for a in mine)
            yield replace(_limit(procedure, clock, subject, since, _met(meeting, mine)), covered=met)


def _limit(procedure: Procedure, clock: Clock, subject: str, since: datetime, ended: datetime | None) -> Deadline:
    due = end_of(clock, since, procedure.working_days)
    return Deadline(
        id=f"clock:{clock.id}:{subject}" if subject else f"clock:{clock.id}",
        what=clock.what,
        subject=subject,
        since=since,
        due=due,
        overdue=overdue_from(clock, due, procedure.working_days),
        by_day=clock.unit != "hours",
        ended=ended,
        holder=clock.holder,
        clock=clock.id,
        statutory=clock.id in procedure.statutory,
        reminded=clock.reminded,
        default=not clock.src,
        src=clock.src,
        basis=clock.basis,
    )


def _demands(meeting: Meeting, procedure: Procedure) -> Mapping[str, tuple[Asked, ...]]:
    """Return what is demanded under each clock that a required action or an outcome names."""
    parts = (getattr(s.data, "required_actions", ()) for s in procedure.agenda)
    outcomes = (getattr(s.data, "outcomes", ()) for s in procedure.agenda)
    named = {*(p.clock for some in parts for p in some), *(o.action_clock for some in outcomes for o in some)}
    if not meeting.decisions:
        return dict.fromkeys(filter(None, named), ())
    try:
        asked = asked_for(meeting, procedure)
    except Refused:
        asked = ()
    return {clock: tuple(a for a in asked if a.clock == clock) for clock in named if clock}


def _met(meeting: Meeting, demands: list[Asked]) -> datetime | None:
    """Return when a demand was met: by one of its other ways, or by its action's being done."""
    times = []
    for asked in demands:
        how = meeting.met.get((asked.origin, asked.subject))
        actions = [a for a in meeting.actions if a.origin == asked.origin and asked.subject in (a.subjects or ("",))]
        if how and how != "action":
            times.append(meeting.decisions[asked.subject].at if asked.subject in meeting.decisions else meeting.ended)
        else:
            times.append(next((a.ended or a.at for a in actions if a.state in OVER), None))
    return max(t for t in times if t) if times and all(times) else None


def _of_action(meeting: Meeting, procedure: Procedure, action: Action) -> Deadline:
    clock = action.clock or clock_of(procedure, action.origin)
    return Deadline(
        id=f"action:{action.number}",
        what=f"Action {action.number}",
        since=action.at,
        due=action.due,
        overdue=action.due,
        ended=(action.ended or action.at) if action.state in OVER else None,
        holder=OWNER,
        clock=clock,
        action=action.number,
        statutory=clock in procedure.statutory or action.urgent,
        default=action.default_due,
    )


def _of_start(meeting: Meeting) -> Deadline:
    """Return the time at which a further meeting is to be held, so that its chair is reminded (LCS-5.5e)."""
    assert meeting.starts is not None
    called = meeting.answers.get(CONVENED)
    return Deadline(
        id="start",
        what="Further meeting held",
        since=called.at if called else meeting.starts,
        due=meeting.starts,
        overdue=meeting.starts,
        ended=meeting.started,
        holder="chair",
        src=("agreed in the meeting before",),
    )


def _of_escalation(escalation: Escalation, procedure: Procedure) -> Deadline:
    stage = stage_of(escalation, procedure)
    clock = Clock(id=stage.id, what=stage.label, from_event="", limit=stage.limit, unit=stage.unit)
    due = end_of(clock, escalation.stage_since, procedure.working_days)
    return Deadline(
        id=f"escalation:{escalation.id}:{stage.id}",
        what=f"Escalation {escalation.id[1:]}, {stage.label.lower()}",
        subject=escalation.challenge,
        since=escalation.stage_since,
        due=due,
        overdue=overdue_from(clock, due, procedure.working_days),
        by_day=stage.unit != "hours",
        ended=escalation.resolved,
        holder="chair",
        clock="escalation",
        default=not stage.src,
        src=stage.src,
    )


def stage_of(escalation: Escalation, procedure: Procedure) -> EscalationStage:
    """Return the stage at which an escalation stands; the last one stays."""
    stages = procedure.follow_up.stages
    return stages[min(escalation.stage, len(stages) - 1)]
