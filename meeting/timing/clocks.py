"""Time limits: from which recorded event they run, and when they end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from meeting.model import Meeting
from meeting.procedure import Clock, Procedure
from meeting.timing.working_days import end_of, overdue_from

_UNITS = {"hours": "hour", "calendar_days": "day", "working_days": "working day"}
#: From what the meeting itself is to be held within a time, and the question at convening that says when that was.
HOLD_FROM: Mapping[str, str] = {"concern_received": "concern_received", "immediate_action": "acted_at"}


def hold_clocks(procedure: Procedure) -> tuple[Clock, ...]:
    """Return the clocks within which the meeting itself is to be held."""
    return tuple(c for c in procedure.clocks if c.from_event in HOLD_FROM)


def asked_of_one_meeting(procedure: Procedure) -> frozenset[str]:
    """Return what is asked at convening about one meeting alone: from when its hold clocks run, and what hangs on it.

    The concern that brought the first meeting about is none of a further one's, and makes that no later.
    """
    asked = procedure.convening.part.fields
    keys = frozenset(f.key for f in asked)
    named = {f.key: {t.name for t in f.when.terms()} & keys if f.when is not None else set[str]() for f in asked}
    own = set(HOLD_FROM.values()).union(*(named.get(key, ()) for key in HOLD_FROM.values()))
    return frozenset(own | {key for key, opened_by in named.items() if opened_by & own})


def event_time(meeting: Meeting, clock: Clock) -> datetime | None:
    """Return the recorded time (aware UTC) from which a clock runs that the meeting is to be held within, if known."""
    return convened(meeting, HOLD_FROM[clock.from_event])


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
