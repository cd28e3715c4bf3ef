"""The call that a meeting is held in: its beginning brings the chair's start, its end the question how to go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from meeting.model import Meeting, PersonId, Status
from meeting.registry import Case, Events, decides, evolves
from meeting.telling.notices import Notice, NoticeKind, Send


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCall:
    """Teams tells that the call began, or that it ended for everybody."""

    began: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBegan:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded:
    pass


@decides(NoteCall)
def note_call(case: Case, command: NoteCall) -> Events:
    """Note the call where it matters: the beginning before the start, the end while the meeting is not closed."""
    status = case.meeting.status
    if command.began:
        return (CallBegan(),) if status is Status.PREPARING else ()
    return (CallEnded(),) if status in (Status.RUNNING, Status.ON_HOLD) else ()


@evolves(CallBegan)
def _began(meeting: Meeting, event: CallBegan, by: PersonId, at: datetime) -> Meeting:
    return meeting


@evolves(CallEnded)
def _ended(meeting: Meeting, event: CallEnded, by: PersonId, at: datetime) -> Meeting:
    return meeting


def told(after: Meeting, event: object) -> Iterator[Notice]:
    """Put the chair's panel before the chair: to start, or to adjourn or close; nobody else is asked."""
    form = {CallBegan: "begin", CallEnded: "ended"}.get(type(event))
    if form is not None and after.chair is not None:
        yield Send(key=f"call:{form}", kind=NoticeKind.FORM, subject=form, person=after.chair, urgency=1, again=True)
