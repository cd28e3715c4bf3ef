"""Times as people read them: the clock of Europe/London, plain UK dates. Stored times stay aware UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def moment(at: datetime) -> str:
    """Return a time with its day: "Wed 23 Dec 2026, 14:05"; in the hour that comes twice a year, with which it is."""
    local = at.astimezone(LONDON)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}{_which(local)}"


def clock(at: datetime) -> str:
    """Return the time of day: "14:05"; in the hour that comes twice a year, with which it is: "01:30 GMT"."""
    local = at.astimezone(LONDON)
    return f"{local:%H:%M}{_which(local)}"


def odd_hour(local: datetime) -> str:
    """Return "skipped" for a time of Europe/London that the clocks going forward leave out, "twice" for one that comes
    again when they go back, "" for any other; `local` is without an offset.
    """
    first, second = (local.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return ""
    back = first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None, fold=0)
    return "twice" if back == local.replace(fold=0) else "skipped"


def _which(local: datetime) -> str:
    return f" {local:%Z}" if odd_hour(local.replace(tzinfo=None)) == "twice" else ""


def day(on: date) -> str:
    """Return a date: "23 Dec 2026"."""
    return f"{on.day} {on:%b %Y}"


def weekday(at: datetime) -> str:
    """Return the day on which something is due, as one plans by it: "Wed 23 Dec 2026"."""
    return moment(at).partition(",")[0]


def read_aloud(value: str) -> str:
    """Return a stored answer as people read it: ISO times and dates in UK form, anything else as it is."""
    try:
        if _ISO_TIME.match(value):
            return moment(datetime.fromisoformat(value))
        if _ISO_DATE.match(value):
            return day(date.fromisoformat(value))
    except ValueError:
        return value
    return value


def for_inputs(value: str) -> str:
    """Return a stored time as date and time inputs take it: local, "2026-12-23T14:05".

    One without an offset was typed so and is on no clock: it comes back as it is.
    """
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return (at.astimezone(LONDON) if at.tzinfo else at).strftime("%Y-%m-%dT%H:%M")


def day_first(value: str) -> str:
    """Return a stored date as people type it: "23/12/2026"."""
    try:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    except ValueError:
        return value


def spell(span: timedelta) -> str:
    """Return a span of time in hours and minutes."""
    minutes = int(span.total_seconds()) // 60
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
