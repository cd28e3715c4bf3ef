"""Time limits: from which recorded event they run, and when they end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from meeting.model import Meeting
from meeting.procedure import Clock, Procedure
from meeting.timing.working_days import end_of, overdue_from

_UNITS = {"hours": "hour", "calendar_days": "day", "working_days": "working day"}


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
    try:
        return datetime.fromisoformat(meeting.convened.get(key, "")).astimezone(UTC)
    except ValueError:
        return None


def hold_by(meeting: Meeting, procedure: Procedure, clock: Clock) -> datetime | None:
    """Return when a clock within which the meeting is to be held ends (aware UTC), once its event is known."""
    since = event_time(meeting, clock)
    return end_of(clock, since, procedure.working_days) if since is not None else None


def lateness(meeting: Meeting, procedure: Procedure, at: datetime | None) -> tuple[tuple[Clock, timedelta], ...]:
    """Return each hold clock that a meeting held `at` this time misses, with the time from its event until then."""
    late = []
    for clock in hold_clocks(procedure):
        since, due = event_time(meeting, clock), hold_by(meeting, procedure, clock)
        if since is not None and due is not None and at is not None and _is_over(procedure, clock, due, at):
            late.append((clock, at - since))
    return tuple(late)


def _is_over(procedure: Procedure, clock: Clock, due: datetime, at: datetime) -> bool:
    """Tell whether a limit has run out: one in hours after its last moment, one in days once its last day is over."""
    return at > due if clock.unit == "hours" else at >= overdue_from(clock, due, procedure.working_days)


def limit_words(clock: Clock) -> str:
    """Return how long a limit is: "24 hours", "1 working day"."""
    return f"{clock.limit} {_UNITS.get(clock.unit, clock.unit)}{'' if clock.limit == 1 else 's'}"


def within(clock: Clock) -> str:
    """Return a limit as a sentence says it: "within 3 working days", "at once"."""
    return f"within {limit_words(clock)}" if clock.limit else "at once"
