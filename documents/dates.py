"""Dates and times as people in the United Kingdom write them, in London time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def local(moment: datetime) -> datetime:
    """Return a time in London; one without a zone was meant so already."""
    return moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)


def plain_date(day: date) -> str:
    """Return a date as in "23 December 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def plain_time(moment: datetime) -> str:
    """Return a time as in "Wednesday 23 December 2026, 14:05"."""
    here = local(moment)
    return f"{_DAYS[here.weekday()]} {plain_date(here)}, {here:%H:%M}"


def clock_time(moment: datetime, day: datetime | None) -> str:
    """Return the hour and minute where the day is known from elsewhere, else the whole time."""
    return f"{local(moment):%H:%M}" if day and local(moment).date() == local(day).date() else plain_time(moment)


def month(text: str) -> str:
    """Return "2025-02" as "February 2025"; anything else as it is."""
    year, _, number = text.partition("-")
    known = number.isdecimal() and year.isdecimal() and 1 <= int(number) <= len(_MONTHS)
    return f"{_MONTHS[int(number) - 1]} {year}" if known else text


def parsed_date(text: str) -> str:
    """Return an ISO date as people write it; anything else ("not known") as it is."""
    try:
        return plain_date(date.fromisoformat(text))
    except ValueError:
        return text


def parsed_time(text: str) -> str:
    """Return an ISO time as people write it; anything else ("to be arranged") as it is."""
    try:
        return plain_time(datetime.fromisoformat(text))
    except ValueError:
        return text


def hours(span: timedelta) -> str:
    """Return a length of time as in "26 hours 15 minutes"."""
    minutes = int(span.total_seconds()) // 60
    parts = [_counted(minutes // 60, "hour"), _counted(minutes % 60, "minute")]
    return " ".join(p for p in parts if p) or "less than a minute"


def _counted(number: int, word: str) -> str:
    if not number:
        return ""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
