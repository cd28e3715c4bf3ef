"""Reading what people typed: dates as they write them, times on London's clock, lists as Teams sends them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from cards.times import LONDON, odd_hour
from meeting.procedure import FieldSpec, FieldType
from meeting.steps.fields import UNKNOWNS, time_of

_DAY_FIRST = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})\Z")
_NAMED_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[., -]+(\d{4})\Z", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def answers_from(specs: tuple[FieldSpec, ...], raw: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that inputs mean, keyed by field: ISO dates, ISO times in UTC, choices joined by ", "."""
    result: dict[str, str] = {}
    for spec in specs:
        value = _one(spec, raw)
        if value is not None:
            result[spec.key] = value
    return result


def by_question(inputs: Mapping[str, str]) -> dict[str, str]:
    """Return what inputs hold by the question's key: an input of a procedure's question is called `answers.<key>`."""
    return {name.removeprefix("answers."): value for name, value in inputs.items()}


def _one(spec: FieldSpec, raw: Mapping[str, str]) -> str | None:
    if spec.type is FieldType.DATETIME:
        day, clock = raw.get(f"{spec.key}.date", ""), raw.get(f"{spec.key}.time", "")
        if day or clock or f"{spec.key}.date" in raw:
            return local_to_utc(day, clock)
        return raw.get(spec.key)
    if spec.key not in raw:
        return None
    value = raw[spec.key].strip()
    match spec.type:
        case FieldType.DATE:
            return iso_date(value)
        case FieldType.CHOICES | FieldType.CHILDREN:
            return (
                ", ".join(one for v in value.split(",") if (one := v.strip())) if value not in spec.choices else value
            )
        case _:
            return value


def iso_date(value: str) -> str:
    """Return a date in ISO form; "5/3/2019" and "5 Mar 2019" are understood, anything else is returned as it is."""
    found = _DAY_FIRST.match(value.strip())
    if found:
        day, month, year = (int(part) for part in found.groups())
        return f"{year:04d}-{month:02d}-{day:02d}"
    named = _NAMED_MONTH.match(value.strip())
    if named and (short := named[2][:3].lower()) in _MONTHS:
        return f"{named[3]}-{_MONTHS.index(short) + 1:02d}-{int(named[1]):02d}"
    return value.strip().lower() if value.strip().lower() in UNKNOWNS else value.strip()


def local_to_utc(day: str, clock: str) -> str:
    """Return an aware UTC time for a local date and time; a day without a time means its end (17:00).

    What is no time, or a time of no day, is returned as it was typed, so that it is asked for again and not lost; so
    is one that the clocks leave out, without an offset. Of one that comes twice the first is meant: no limit runs on.
    """
    if not day and not clock:
        return ""
    try:
        local = datetime.fromisoformat(f"{iso_date(day)}T{clock or '17:00'}")
    except ValueError:
        return f"{day}T{clock}" if clock else day
    if odd_hour(local) == "skipped":
        return local.isoformat()
    return local.replace(tzinfo=LONDON).astimezone(UTC).isoformat()


def when(day: str, clock: str) -> datetime | None:
    """Return the time that a date and a time input mean, or None where there is none."""
    return time_of(local_to_utc(day, clock))
