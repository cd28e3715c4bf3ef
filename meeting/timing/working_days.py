"""Working days, and when a time limit ends, by the calendar that the procedure carries; day 0 is the event's day."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from meeting.procedure import Clock, WorkingDays

END_OF_DAY = time(23, 59)  # local; the next minute is overdue
_DAY = timedelta(days=1)


def is_working_day(on: date, days: WorkingDays) -> bool:
    """Tell whether a date is neither at a weekend nor one of the days off that the procedure carries."""
    at = bisect_left(days.off, on)
    return on.weekday() < 5 and not (at < len(days.off) and days.off[at] == on)


def working_days_after(start: date, number: int, days: WorkingDays) -> date:
    """Return the working day that is so many working days after a date; before it, where the number is negative."""
    step = _DAY if number > 0 else -_DAY
    on, left = start, abs(number)
    while left > 0:
        on += step
        left -= is_working_day(on, days)
    return on


def nearest_working_day(on: date, days: WorkingDays) -> date:
    """Return the date itself, or the first working day after it."""
    return on if is_working_day(on, days) else working_days_after(on, 1, days)


def local_day(at: datetime, days: WorkingDays) -> date:
    """Return the date of a time (aware) in the procedure's zone."""
    return at.astimezone(ZoneInfo(days.zone)).date()


def at_local(on: date, clock: time, days: WorkingDays) -> datetime:
    """Return the aware UTC time of a time of day in the procedure's zone.

    A time that the change of clocks leaves out is the one an hour later; of one that comes twice, the first.
    """
    return datetime.combine(on, clock, tzinfo=ZoneInfo(days.zone)).astimezone(UTC)


def end_of(clock: Clock, since: datetime, days: WorkingDays) -> datetime:
    """Return when a limit that runs from `since` (aware) ends, as aware UTC: hours by the clock, days at 23:59."""
    local = local_day(since, days)
    match clock.unit:
        case "hours":
            return since + timedelta(hours=clock.limit)
        case "working_days":
            return at_local(working_days_after(local, clock.limit, days), END_OF_DAY, days)
        case _:
            return at_local(local + timedelta(days=clock.limit), END_OF_DAY, days)


def overdue_from(clock: Clock, due: datetime, days: WorkingDays) -> datetime:
    """Return from when a limit that ends at `due` is overdue: at once, the next day, or the next working day."""
    if clock.unit == "hours":
        return due
    last = local_day(due, days)
    first = working_days_after(last, 1, days) if clock.overdue_next_working_day else last + _DAY
    return at_local(first, time(0), days)
