"""Agreeing to the action list: owners accept what is theirs, and the list is read back before the end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Action, ActionState, Meeting, PersonId, Standing
from meeting.refusals import NotAllowed, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.steps.action_list import ActionChanged, found


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """Take an action on as one's own."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """Every action has been read back, with owner and time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsReadBack:
    count: int


def owns(meeting: Meeting, person: PersonId, action: Action) -> bool:
    """Tell whether an action is somebody's own: by name, or by their seat where it names nobody else here."""
    somebody = meeting.people.get(person)
    if somebody is None:
        return False
    if action.owner.strip().lower() == somebody.name.strip().lower():
        return True
    gone = (Standing.REMOVED, Standing.REPLACED)
    others = {p.name.strip().lower() for p in meeting.people.values() if p.standing not in gone}
    named_else = action.owner.strip().lower() in others
    return action.owner_seat is not None and action.owner_seat == somebody.seat and not named_else


@decides(Accept)
def accept(case: Case, command: Accept) -> Events:
    """Note that an owner accepts (WOK-6.4); chair and note-taker may note what they heard."""
    action = found(case.meeting, command.number)
    if not owns(case.meeting, case.by, action) and case.by not in (case.meeting.chair, case.meeting.note_taker):
        raise NotAllowed("not_your_action")
    if action.state is not ActionState.OPEN:
        return ()
    return (
        ActionChanged(
            number=action.number,
            what=action.what,
            owner=action.owner,
            owner_seat=action.owner_seat,
            due=action.due,
            state=ActionState.ACCEPTED,
        ),
    )


@decides(ReadBack)
def read_back(case: Case, command: ReadBack) -> Events:
    """Note that the list was read back as it stands; an action added later is read back anew (WOK-6.4)."""
    count = len(case.meeting.actions)
    if not count:
        raise Refused("no_such_action")
    return () if case.meeting.read_back == count else (ActionsReadBack(count=count),)


@evolves(ActionsReadBack)
def _read_back(meeting: Meeting, event: ActionsReadBack, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, read_back=event.count)
