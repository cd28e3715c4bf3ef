"""Working days of the procedure's country, and when a time limit ends; day 0 is the day of the event."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from meeting.procedure import Clock, WorkingDays

END_OF_DAY = time(17, 0)  # local; a limit in days ends with the office's day
_PARTS = {"England and Wales": "ENG", "England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}


@cache
def _bank_holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv=_PARTS.get(country, "ENG"), years=year))


def is_working_day(on: date, days: WorkingDays) -> bool:
    """Tell whether a date is neither at a weekend nor a bank holiday of the country."""
    return on.weekday() < 5 and on not in _bank_holidays(days.country, on.year)


def working_days_after(start: date, number: int, days: WorkingDays) -> date:
    """Return the working day that is so many working days after a date."""
    on = start
    while number > 0:
        on += timedelta(days=1)
        number -= is_working_day(on, days)
    return on


def at_local(on: date, clock: time, days: WorkingDays) -> datetime:
    """Return the aware UTC time of a time of day in the procedure's zone."""
    return datetime.combine(on, clock, tzinfo=ZoneInfo(days.zone)).astimezone(UTC)


def end_of(clock: Clock, since: datetime, days: WorkingDays) -> datetime:
    """Return when a limit that runs from `since` (aware) ends, as aware UTC: hours by the clock, days at 17:00."""
    local = since.astimezone(ZoneInfo(days.zone)).date()
    match clock.unit:
        case "hours":
            return since + timedelta(hours=clock.limit)
        case "working_days":
            return at_local(working_days_after(local, clock.limit, days), END_OF_DAY, days)
        case _:
            return at_local(local + timedelta(days=clock.limit), END_OF_DAY, days)
