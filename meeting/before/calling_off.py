"""Calling a meeting off, with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Meeting, Note, PersonId, Status
from meeting.refusals import Refused
from meeting.registry import Case, Events, decides, evolves


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCancelled:
    reason: str


@decides(Cancel)
def cancel(case: Case, command: Cancel) -> Events:
    """Call the meeting off, with a reason."""
    if not command.reason.strip():
        raise Refused("reason_needed")
    return (MeetingCancelled(reason=command.reason.strip()),)


@evolves(MeetingCancelled)
def _cancelled(meeting: Meeting, event: MeetingCancelled, by: PersonId, at: datetime) -> Meeting:
    note = Note(at=at, text=f"Cancelled: {event.reason}", by=by)
    return replace(meeting, status=Status.CANCELLED, ended=at, notes=(*meeting.notes, note))
