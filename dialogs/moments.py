"""Times that somebody wrote by hand in a file: by the words of every day, and in the nights when the clocks change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from cards.times import LONDON, odd_hour

HOW = "write it as 2026-11-25T10:00, tomorrow 10:00 or in 3 hours"
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_NAMED = re.compile(r"(yesterday|today|tomorrow),? (?:at )?(\d{1,2}:\d{2})\Z", re.IGNORECASE)
_SPAN = re.compile(r"(in )?(\d{1,3}) (minute|hour)s?( ago)?\Z", re.IGNORECASE)
_ODD = {
    "skipped": "is left out when the clocks go forward; write the hour before or after it",
    "twice": "comes twice when the clocks go back; write +01:00 behind it for the first, +00:00 for the second",
}


def written_moment(value: object) -> datetime:
    """Return a time as aware UTC; one without an offset is on the clock of Europe/London.

    Raises ValueError with the remedy: for what is no time, and for one that the clocks leave out or have twice.
    """
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
    except ValueError:
        raise ValueError(f"'{value}' is no time; {HOW}") from None
    if at.tzinfo is None:
        if odd := odd_hour(at):
            raise ValueError(f"'{at:%Y-%m-%dT%H:%M}' {_ODD[odd]}")
        at = at.replace(tzinfo=LONDON)
    return at.astimezone(UTC)


def with_times(data: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return a convene file with "in 3 hours", "2 hours ago" and "tomorrow 10:00" as the times that they mean now."""
    told = {"starts": _meant(data["starts"], now)} if "starts" in data else {}
    answers = data.get("answers")
    if isinstance(answers, Mapping):
        told["answers"] = {key: _meant(value, now) for key, value in answers.items()}
    return {**data, **told}


def _meant(value: object, now: datetime) -> object:
    """Return the time that words of every day mean, any other value as it is."""
    text = value.strip() if isinstance(value, str) else ""
    if (found := _SPAN.match(text)) and bool(found[1]) != bool(found[4]):
        span = timedelta(**{f"{found[3].lower()}s": int(found[2])})
        return now + span if found[1] else now - span
    if found := _NAMED.match(text):
        on = now.astimezone(LONDON).date() + timedelta(days=_DAYS[found[1].lower()])
        return f"{on.isoformat()}T{found[2]:0>5}"
    return value
