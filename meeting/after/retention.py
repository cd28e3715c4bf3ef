"""How long a meeting stays readable here: until its minutes are safe on the case system and some days more; a hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from meeting.model import Held, Meeting, PersonId, Status
from meeting.refusals import Refused
from meeting.registry import Case, Events, decides, evolves


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRecord:
    """Keep this meeting readable, whatever its age: proceedings, a complaint, an inquiry."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRecord:
    """End the hold; retention takes its course."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHeld:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReleased:
    """The hold ended."""


def due(meeting: Meeting, *, days: int) -> tuple[datetime | None, str]:
    """Return when a meeting's key may be destroyed, or None and why it may not: days after it was filed elsewhere."""
    if meeting.held is not None:
        return None, f"held since {meeting.held.at:%-d %b %Y}"
    if meeting.status is Status.CANCELLED:
        return _after(meeting.ended, days), ""
    if meeting.status is not Status.CLOSED:
        return None, "not closed"
    if meeting.minutes.recorded is None:
        return None, "minutes not recorded on the case system"
    return _after(meeting.minutes.recorded.at, days), ""


def _after(at: datetime | None, days: int) -> datetime | None:
    return at + timedelta(days=days) if at is not None else None


@decides(HoldRecord)
def hold(case: Case, command: HoldRecord) -> Events:
    """Hold the record, with the reason."""
    if not command.reason.strip():
        raise Refused("reason_needed")
    return (RecordHeld(reason=command.reason.strip()),)


@decides(ReleaseRecord)
def release(case: Case, command: ReleaseRecord) -> Events:
    """Release it; where nothing was held nothing changes."""
    return (RecordReleased(),) if case.meeting.held is not None else ()


@evolves(RecordHeld)
def _held(meeting: Meeting, event: RecordHeld, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, held=Held(reason=event.reason, at=at))


@evolves(RecordReleased)
def _released(meeting: Meeting, event: RecordReleased, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, held=None)
