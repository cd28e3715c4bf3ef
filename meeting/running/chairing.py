"""Moving through the agenda: start, next, back, skip, hold, adjourn; only the chair moves the meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.before.amending import called_without
from meeting.model import Meeting, Override, PersonId, Status, StepId, StepVisit
from meeting.procedure import Gate, Kind, Procedure, Step
from meeting.refusals import HeldBack, Obstacle, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.running import agenda
from meeting.running.gates import obstacles
from meeting.running.pausing import Adjourn, Hold, MeetingAdjourned, MeetingHeld, MeetingResumed, Resume
from meeting.steps import turns, views
from meeting.steps.closing import MeetingClosed

__all__ = [  # the kind's names, wherever in the house they stand
    "Adjourn",
    "AskForm",
    "Hold",
    "MeetingAdjourned",
    "MeetingHeld",
    "MeetingResumed",
    "MoveBack",
    "MoveOn",
    "Resume",
    "Skip",
    "Start",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    reason: str = ""  # passes what a drafted meeting still asks


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOn:
    """Leave the open step; at the last one, close the meeting. `reason` passes gates that a reason may pass."""

    visit: int  # the step visit that the press belongs to
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveBack:
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    visit: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForm:
    """Have a form posted for oneself: on the board it would be lost with the next edit."""

    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAsked:
    form: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingStarted:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEntered:
    step: StepId
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSkipped:
    step: StepId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePassed:
    step: StepId
    missing: tuple[str, ...]
    reason: str


@decides(Start)
def start(case: Case, command: Start) -> Events:
    """Open the meeting at the first step that applies; lateness never blocks it (SAN-7.1)."""
    if case.meeting.status is not Status.PREPARING:
        raise Refused("already_started")
    if case.meeting.chair is None:
        raise Refused("no_chair")
    first = agenda.steps(case.meeting, case.procedure)[0]
    return (*called_without(case, command.reason), MeetingStarted(), *_enter(case, first))


@decides(MoveOn)
def move_on(case: Case, command: MoveOn) -> Events:
    """Go to the next step that applies, or close; what a gate wants is asked for first."""
    here = _here(case, command.visit)
    following = agenda.following(case.meeting, case.procedure)
    standing = obstacles(case, leaving=here, entering=following)
    held = tuple(o for o in standing if o.gate in (Gate.HARD, Gate.OVERRIDE))
    hard = any(o.gate is Gate.HARD for o in held)
    if hard or (held and not command.reason.strip()):
        raise HeldBack(held)
    passed = _passed(here, held, command.reason)
    if following is None:
        return (*passed, *_leave(case, here), MeetingClosed())
    return (*passed, *_leave(case, here), *_enter(case, following))


def _passed(here: Step, held: tuple[Obstacle, ...], reason: str) -> Events:
    labels = tuple(o.label for o in held)
    return (GatePassed(step=here.id, missing=labels, reason=reason.strip()),) if held else ()


@decides(MoveBack)
def move_back(case: Case, command: MoveBack) -> Events:
    """Reopen the step before; nothing recorded is lost."""
    here = _here(case, command.visit)
    before = agenda.preceding(case.meeting, case.procedure)
    if before is None:
        raise Refused("first_step")
    paused = turns.leaving(case, here) if here.kind is Kind.TURNS else ()
    return (*paused, StepEntered(step=before.id, back=True))


@decides(Skip)
def skip(case: Case, command: Skip) -> Events:
    """Pass a step over with a reason, where the procedure lets steps vary or does not require this one.

    The reason passes what this step wants, and what a reason may pass of the next; a hard gate of another step holds.
    """
    here = _here(case, command.visit)
    if not skippable(case.procedure, here):
        raise Refused("step_required", here.label)
    if not command.reason.strip():
        raise Refused("reason_needed")
    following = agenda.following(case.meeting, case.procedure)
    if following is None:
        raise Refused("step_required", here.label)
    standing = obstacles(case, leaving=here, entering=following)
    others = tuple(o for o in standing if o.step != here.id and o.gate in (Gate.HARD, Gate.OVERRIDE))
    if any(o.gate is Gate.HARD for o in others):
        raise HeldBack(others)
    skipped = StepSkipped(step=here.id, reason=command.reason.strip())
    passed = _passed(here, others, command.reason)
    return (*passed, *_leave(case, here), skipped, *_enter(case, following))


def skippable(procedure: Procedure, step: Step) -> bool:
    """Tell whether a step may be passed over: it is not required, or the procedure lets it vary."""
    vary = procedure.steps_may_vary is not Gate.NONE and step.id not in procedure.steps_fixed
    return vary or not step.required


def _leave(case: Case, step: Step) -> Events:
    """Return what going on from a step brings: a live turn waits, the views are shown."""
    match step.kind:
        case Kind.TURNS:
            return turns.leaving(case, step)
        case Kind.VIEWS if agenda.applies(case.meeting, case.procedure, step):
            return views.leaving(case, step)
        case _:
            return ()


@decides(AskForm)
def ask_form(case: Case, command: AskForm) -> Events:
    """Ask for a form of one's own."""
    return (FormAsked(form=command.form, number=case.meeting.sequence + 1),)


@evolves(FormAsked)
def _form_asked(meeting: Meeting, event: FormAsked, by: PersonId, at: datetime) -> Meeting:
    return meeting


def _here(case: Case, visit: int) -> Step:
    """Return the open step; a press that belongs to an earlier visit is answered with where the meeting is now."""
    if case.meeting.status is Status.ON_HOLD or case.meeting.status is Status.ADJOURNED:
        raise Refused("paused")
    if case.meeting.status is not Status.RUNNING:
        raise Refused("not_running")
    if visit != case.meeting.visit:
        raise Refused("moved_on", agenda.current(case.meeting, case.procedure).label)
    return agenda.current(case.meeting, case.procedure)


def _enter(case: Case, step: Step) -> Events:
    entered = StepEntered(step=step.id)
    match step.kind:
        case Kind.TURNS:
            return (entered, *turns.opening(case, step))
        case Kind.VIEWS:
            return (entered, *views.opening(case, step))
        case _:
            return (entered,)


@evolves(MeetingStarted)
def _started(meeting: Meeting, event: MeetingStarted, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, status=Status.RUNNING, started=at)


@evolves(StepEntered)
def _entered(meeting: Meeting, event: StepEntered, by: PersonId, at: datetime) -> Meeting:
    visits = meeting.visits
    if visits and visits[-1].left is None:
        visits = (*visits[:-1], replace(visits[-1], left=at))
    visit = StepVisit(step=event.step, entered=at)
    return replace(meeting, step=event.step, visit=meeting.visit + 1, visits=(*visits, visit))


@evolves(StepSkipped)
def _skipped(meeting: Meeting, event: StepSkipped, by: PersonId, at: datetime) -> Meeting:
    visits = (*meeting.visits[:-1], replace(meeting.visits[-1], left=at, skipped=True))
    passed = Override(step=event.step, missing=("the step itself",), reason=event.reason, by=by, at=at)
    return replace(meeting, visits=visits, overrides=(*meeting.overrides, passed))


@evolves(GatePassed)
def _gate_passed(meeting: Meeting, event: GatePassed, by: PersonId, at: datetime) -> Meeting:
    passed = Override(step=event.step, missing=event.missing, reason=event.reason, by=by, at=at)
    return replace(meeting, overrides=(*meeting.overrides, passed))
