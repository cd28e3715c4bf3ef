"""Stopping and going on: hold pauses every prompt, an adjournment says when the meeting resumes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Meeting, Note, PersonId, Status
from meeting.refusals import FieldErrors, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.steps.fields import ahead_error


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjourn:
    resume_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHeld:
    """Prompts pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingResumed:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAdjourned:
    resume_at: datetime
    reason: str


@decides(Hold)
def hold(case: Case, command: Hold) -> Events:
    """Pause every prompt; urgent action stays open to all."""
    if case.meeting.status is not Status.RUNNING:
        raise Refused("not_running")
    return (MeetingHeld(),)


@decides(Resume)
def resume(case: Case, command: Resume) -> Events:
    """Go on at the same step, after a hold or an adjournment."""
    if case.meeting.status not in (Status.ON_HOLD, Status.ADJOURNED):
        raise Refused("not_paused")
    return (MeetingResumed(),)


@decides(Adjourn)
def adjourn(case: Case, command: Adjourn) -> Events:
    """Stop until a stated time; everything stays as it is."""
    if case.meeting.status not in (Status.RUNNING, Status.ON_HOLD):
        raise Refused("not_running")
    if command.resume_at.tzinfo is None or command.resume_at <= case.now:
        raise Refused("past")
    if code := ahead_error(command.resume_at, case.now):
        raise FieldErrors({"due": code})
    return (MeetingAdjourned(resume_at=command.resume_at, reason=command.reason.strip()),)


@evolves(MeetingHeld)
def _held(meeting: Meeting, event: MeetingHeld, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, status=Status.ON_HOLD)


@evolves(MeetingResumed)
def _resumed(meeting: Meeting, event: MeetingResumed, by: PersonId, at: datetime) -> Meeting:
    note = Note(at=at, text="Resumed", step=meeting.step, by=by)
    notes = (*meeting.notes, note) if meeting.status is Status.ADJOURNED else meeting.notes
    return replace(meeting, status=Status.RUNNING, resume_at=None, notes=notes)


@evolves(MeetingAdjourned)
def _adjourned(meeting: Meeting, event: MeetingAdjourned, by: PersonId, at: datetime) -> Meeting:
    text = f"Adjourned until {event.resume_at.isoformat()}{': ' + event.reason if event.reason else ''}"
    note = Note(at=at, text=text, step=meeting.step, by=by)
    until = (*meeting.adjourned, event.resume_at)
    changed = replace(meeting, status=Status.ADJOURNED, resume_at=event.resume_at, adjourned=until)
    return replace(changed, notes=(*meeting.notes, note))
