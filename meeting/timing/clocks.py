"""Time limits: from which recorded event they run, and when they end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from meeting.model import Meeting
from meeting.procedure import Clock, Procedure


def hold_clocks(procedure: Procedure) -> tuple[Clock, ...]:
    """Return the clocks within which the meeting itself is to be held."""
    return tuple(c for c in procedure.clocks if c.from_event in ("concern_received", "immediate_action"))


def event_time(meeting: Meeting, clock: Clock) -> datetime | None:
    """Return the recorded time (aware UTC) that a clock runs from, once it is known."""
    match clock.from_event:
        case "concern_received":
            return convened(meeting, "concern_received")
        case "immediate_action":
            return convened(meeting, "acted_at")
        case "decision":
            return min((d.at for d in meeting.decisions.values()), default=None)
        case "meeting_end" | "closing":
            return meeting.ended
        case _:
            return None


def convened(meeting: Meeting, key: str) -> datetime | None:
    """Return a time that was given at convening."""
    answer = meeting.answer("CONVENING", "fields")
    value = answer.answers.get(key, "") if answer else ""
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except ValueError:
        return None


def hours_due(meeting: Meeting, clock: Clock) -> datetime | None:
    """Return when an hours clock ends; days are counted by `WorkingCalendar` implementations outside."""
    since = event_time(meeting, clock)
    return since + timedelta(hours=clock.limit) if since and clock.unit == "hours" else None


def lateness(meeting: Meeting, procedure: Procedure) -> tuple[tuple[Clock, timedelta], ...]:
    """Return each hold clock that was missed at the actual start, with the time from its event to the start."""
    late = []
    for clock in hold_clocks(procedure):
        since = event_time(meeting, clock)
        if since and meeting.started and meeting.started - since > timedelta(hours=clock.limit):
            late.append((clock, meeting.started - since))
    return tuple(late)
