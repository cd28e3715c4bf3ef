"""What becomes of an action once it is agreed: its owner says how far it is, the chair answers. Nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Action, ActionNote, ActionState, Meeting, PersonId, SeatId, Told
from meeting.refusals import FieldErrors, KeepOrChange, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.steps.action_list import OVER, day_off, due_errors, found, owner_errors
from meeting.steps.suggestions import bound_by

OWNERS = (
    Told.SEEN,
    Told.ACCEPTED,
    Told.PROGRESS,
    Told.DONE,
    Told.MORE_TIME,
    Told.NOT_POSSIBLE,
    Told.NOT_DONE,
    Told.HANDED_OVER,
)
CHAIRS = (Told.GRANTED, Told.REFUSED, Told.CLOSED, Told.REOPENED)
_ENDS = {
    Told.DONE: ActionState.DONE,
    Told.NOT_POSSIBLE: ActionState.NOT_POSSIBLE,
    Told.CARRIED: ActionState.CARRIED,
}
_SAYS_WHY = (Told.PROGRESS, Told.DONE, Told.MORE_TIME, Told.NOT_POSSIBLE, Told.NOT_DONE, Told.REOPENED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAction:
    """Say of an action what its owner may say: progress, done with its evidence, more time, cannot, handed over."""

    number: int
    told: Told
    text: str = ""
    until: datetime | None = None
    owner: str = ""
    owner_seat: SeatId | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleAction:
    """Answer as the chair: grant or refuse more time, close what is done, send it back."""

    number: int
    told: Told
    text: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReported:
    number: int
    told: Told
    text: str = ""
    until: datetime | None = None
    owner: str = ""
    owner_seat: SeatId | None = None


@decides(ReportAction)
def report(case: Case, command: ReportAction) -> Events:
    """Note what an owner says (STY-4.4e); done says by what it shows, and who cannot says why."""
    action = found(case.meeting, command.number)
    if command.told not in OWNERS:
        raise Refused("chair_only")
    if action.state in OVER:
        raise Refused("action_over")
    errors = _errors(case, command.told, command.text, command.until)
    if command.told is Told.HANDED_OVER:
        errors |= owner_errors(case, command.owner)
    if errors:
        raise FieldErrors(errors)
    bound = bound_by(case.meeting, case.procedure, action)
    warned = day_off(case, "due", command.until, bound=bound) if command.told is Told.MORE_TIME else ()
    if warned and not command.keep:
        raise KeepOrChange(warned)
    if command.told is Told.ACCEPTED and action.state is not ActionState.OPEN:
        return ()
    over = command.told is Told.HANDED_OVER
    return (
        ActionReported(
            number=action.number,
            told=command.told,
            text=command.text.strip(),
            until=command.until if command.told is Told.MORE_TIME else None,
            owner=command.owner.strip() if over else "",
            owner_seat=command.owner_seat if over else None,
        ),
    )


@decides(SettleAction)
def settle(case: Case, command: SettleAction) -> Events:
    """Note the chair's answer: more time only where it was asked for, closed only what was reported as ended."""
    action = found(case.meeting, command.number)
    match command.told:
        case Told.GRANTED | Told.REFUSED if action.asked_until is None:
            raise Refused("no_time_asked")
        case Told.CLOSED if action.state not in (ActionState.DONE, ActionState.NOT_POSSIBLE):
            raise Refused("not_reported")
        case Told.REOPENED if action.state is ActionState.CARRIED:
            raise Refused("action_over")
        case told if told not in CHAIRS:
            raise Refused("chair_only")
        case _:
            until = command.until or (action.asked_until if command.told is Told.GRANTED else None)
    errors = _errors(case, command.told, command.text, until)
    if errors:
        raise FieldErrors(errors)
    return (ActionReported(number=action.number, told=command.told, text=command.text.strip(), until=until),)


def _errors(case: Case, told: Told, text: str, until: datetime | None) -> dict[str, str]:
    errors = {"text": "required"} if told in _SAYS_WHY and not text.strip() else {}
    if told is Told.MORE_TIME and until is None:
        errors["due"] = "required"
    return errors | due_errors(case, "due", until)


@evolves(ActionReported)
def _reported(meeting: Meeting, event: ActionReported, by: PersonId, at: datetime) -> Meeting:
    action = found(meeting, event.number)
    note = ActionNote(at=at, by=by, told=event.told, text=event.text, until=event.until)
    changed = _changed(replace(action, log=(*action.log, note)), event, at)
    if by == meeting.chair and event.told in (Told.DONE, Told.NOT_POSSIBLE):
        changed = replace(changed, closed=at)  # what the chair says is over waits for no further word of theirs
    return replace(meeting, actions=tuple(changed if a.number == event.number else a for a in meeting.actions))


def _changed(action: Action, event: ActionReported, at: datetime) -> Action:
    match event.told:
        case Told.MORE_TIME:
            return replace(action, asked_until=event.until)
        case Told.GRANTED:
            due = event.until or action.due
            return replace(action, due=due, moved=action.moved + 1, asked_until=None, quiet=False)
        case Told.HANDED_OVER:
            given = replace(action, owner=event.owner, owner_seat=event.owner_seat)
            return replace(given, state=ActionState.OPEN, quiet=False, moved=action.moved + 1)
        case Told.REOPENED:
            again = replace(action, state=ActionState.OPEN, ended=None, closed=None, quiet=False)
            return replace(again, due=event.until or action.due, moved=action.moved + 1)
        case told if told in _ENDS:
            return replace(action, state=_ENDS[told], ended=at, asked_until=None, moved=action.moved + 1)
        case _:
            return _noted(action, event.told, at)


def _noted(action: Action, told: Told, at: datetime) -> Action:
    """Return the action after a word that neither ends nor moves it."""
    match told:
        case Told.SEEN:
            return replace(action, quiet=True)
        case Told.ACCEPTED:
            return replace(action, state=ActionState.ACCEPTED)
        case Told.NOT_DONE:
            return replace(action, state=ActionState.NOT_DONE)
        case Told.REFUSED:
            return replace(action, asked_until=None)
        case Told.CLOSED:
            return replace(action, closed=at)
        case _:
            return action
