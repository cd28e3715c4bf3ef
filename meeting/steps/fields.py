"""Answers held against the procedure's questions: what is missing, what is malformed, what deserves a second look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from meeting.model import NONE, UNKNOWN
from meeting.procedure import FieldSpec, FieldType
from meeting.refusals import FieldErrors

CLOCKS_DIFFER = timedelta(minutes=5)  # between a telephone and the server
FARTHEST = timedelta(days=366)  # that anything is called for
MAX_TEXT = 4000  # characters of one answer
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+\Z")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{6,20}\Z")
UNKNOWNS = frozenset({UNKNOWN, NONE, "none known", "nothing further known", "not concluded"})
#: What is written and not chosen: it can be said aloud and written down later.
SPOKEN = frozenset(
    {
        FieldType.TEXT,
        FieldType.PERSON,
        FieldType.CONTACT,
        FieldType.PHONE,
        FieldType.DATE,
        FieldType.DATETIME,
    }
)
_NO = frozenset({"", "no", "false", NONE})
Lookup = Callable[[str, str | None], bool]


def answered(value: str | None) -> bool:
    """Tell whether an answer says yes or says something: blank, no, false and none do not."""
    return (value or "").strip().lower() not in _NO


def lookup_with(answers: Mapping[str, str], keys: Iterable[str], outside: Lookup) -> Lookup:
    """Answer a condition's term from the form's own fields first, then from the meeting's flags."""
    own = frozenset(keys)
    of_row = getattr(outside, "of_row", None)  # a lookup that knows facts which lie in the row itself
    beyond: Lookup = of_row(answers) if of_row is not None else outside

    def lookup(name: str, value: str | None) -> bool:
        if name not in own:
            return beyond(name, value)
        given = answers.get(name, "")
        return answered(given) if value is None else says(given, value)

    return lookup


def says(given: str, choice: str) -> bool:
    """Tell whether an answer is this choice, or holds it among several."""
    return choice == given or choice in given.split(", ")


def active(fields: tuple[FieldSpec, ...], answers: Mapping[str, str], outside: Lookup) -> tuple[FieldSpec, ...]:
    """Return the questions that are asked, given the answers so far."""
    lookup = lookup_with(answers, (f.key for f in fields), outside)
    return tuple(f for f in fields if f.when is None or f.when.holds(lookup))


def missing(fields: tuple[FieldSpec, ...], answers: Mapping[str, str], outside: Lookup) -> tuple[FieldSpec, ...]:
    """Return the required questions that have no answer."""
    return tuple(f for f in active(fields, answers, outside) if f.required and not _given(f, answers))


def check(
    fields: tuple[FieldSpec, ...],
    raw: Mapping[str, str],
    outside: Lookup,
    *,
    agencies: frozenset[str] = frozenset(),
    words_may_wait: bool = False,
    only: frozenset[str] | None = None,
) -> dict[str, str]:
    """Return the answers to the active questions, tidied; raises FieldErrors with a code for each bad field.

    `agencies` are names that are no person. With `words_may_wait` what is written and not chosen may be blank: it was
    said aloud. With `only`, no other question needs its answer yet.
    """
    tidy = {f.key: (raw.get(f.key) or "").strip() for f in fields if f.key in raw}
    errors: dict[str, str] = {}
    result: dict[str, str] = {}
    for spec in active(fields, tidy, outside):
        value = tidy.get(spec.key, "")
        if not _given(spec, tidy):
            later = spec.may_wait or (only is not None and spec.key not in only)
            waits = later or (words_may_wait and spec.type in SPOKEN)
            if spec.required and not waits:
                errors[spec.key] = "required"
            continue
        fault = _fault(spec, value, agencies)
        if fault:
            errors[spec.key] = fault
        result[spec.key] = value
    if errors:
        raise FieldErrors(errors)
    return result


def time_errors(
    fields: tuple[FieldSpec, ...], answers: Mapping[str, str], now: datetime, zone: str
) -> Mapping[str, str]:
    """Return what is wrong with days and times, in this zone: to come where one that has come is asked for, or passed.

    A child is not born tomorrow (LCS-4.1b); no concern is received in an hour: its clock would run on (SAN-7.1); a
    further meeting is agreed for a time to come (LCS-5.5e, SAN-13.13a).
    """
    today = now.astimezone(ZoneInfo(zone)).date().isoformat()
    asked = tuple((f, answers.get(f.key, "")) for f in fields if f.past)
    dates = ((f.key, day) for f, day in asked if f.type is FieldType.DATE)
    errors = {key: "future" for key, day in dates if day and day[0].isdigit() and day > today}
    times = ((f.key, time_of(given)) for f, given in asked if f.type is FieldType.DATETIME)
    errors |= {key: "future_time" for key, at in times if at is not None and at > now + CLOCKS_DIFFER}
    ahead = ((f.key, time_of(answers.get(f.key, ""))) for f in fields if f.ahead)
    return errors | {key: code for key, at in ahead if at is not None and (code := ahead_error(at, now))}


def ahead_error(at: datetime, now: datetime) -> str:
    """Return the code of why nothing is held at a time: it has passed, or its year was mistyped; "" where it can be."""
    if at <= now:
        return "past"
    return "far_ahead" if at > now + FARTHEST else ""


def check_times(fields: tuple[FieldSpec, ...], answers: Mapping[str, str], now: datetime, zone: str) -> None:
    """Raise FieldErrors for days and times that cannot be."""
    if errors := time_errors(fields, answers, now, zone):
        raise FieldErrors(errors)


def flagged_words(answers: Mapping[str, str], words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return (field key, word) for each listed word found in a free text, whole words only, in any case."""
    patterns = _whole_words(tuple(words))
    return tuple((key, word) for key, text in answers.items() if text for word, found in patterns if found.search(text))


@lru_cache(maxsize=64)  # word lists are a procedure's: a few, used in every answer
def _whole_words(words: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((word, re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)) for word in words)


def _given(spec: FieldSpec, answers: Mapping[str, str]) -> bool:
    value = (answers.get(spec.key) or "").strip()
    return value == "true" if spec.type is FieldType.TICK else bool(value)


def _fault(spec: FieldSpec, value: str, agencies: frozenset[str]) -> str | None:
    """Return the code of what is wrong with an answer, or None."""
    if len(value) > MAX_TEXT:
        return "too_long"
    if spec.allow_unknown and value.lower() in UNKNOWNS:
        return None
    match spec.type:
        case FieldType.CHOICE:
            return None if value in spec.choices else "choice"
        case FieldType.CHOICES:
            return None if all(v in spec.choices for v in value.split(", ")) else "choice"
        case FieldType.YES_NO:
            return None if value in ("yes", "no") else "choice"
        case FieldType.DATE:
            return _parses(date.fromisoformat, value, "date")
        case FieldType.DATETIME:
            return "skipped" if is_left_out(value) else _parses(_aware, value, "datetime")
        case FieldType.PERSON:
            return "name_not_agency" if value.lower() in agencies else None
        case FieldType.CONTACT:
            return None if _EMAIL.match(value) or _PHONE.match(value) else "contact"
        case FieldType.PHONE:
            return None if _PHONE.match(value) else "phone"
        case FieldType.TEXT | FieldType.TICK | FieldType.AGENCY | FieldType.CHILDREN:
            return None


def is_mailbox(value: str) -> bool:
    """Tell whether a text is one e-mail address, and nothing else."""
    return _EMAIL.match(value) is not None


def time_of(value: str) -> datetime | None:
    """Return the time that an answer gives with its offset; None for one that gives none, or is not known."""
    try:
        return _aware(value)
    except ValueError:
        return None


def is_left_out(value: str) -> bool:
    """Tell whether a text is a time without an offset: the edge gives each one, but for those that no clock shows."""
    try:
        return len(value) > len("2026-11-25") and datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        return False


def _aware(value: str) -> datetime:
    """Return a time that says its offset: a time without one is nobody's (the edge adds Europe/London)."""
    time = datetime.fromisoformat(value)
    if time.tzinfo is None:
        raise ValueError(value)
    return time


def _parses(parse: Callable[[str], object], value: str, code: str) -> str | None:
    try:
        parse(value)
    except ValueError:
        return code
    return None
