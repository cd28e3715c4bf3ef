"""Times that are chosen rather than typed: quick due times, the end of a demand's own clock, and how both are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from cards.times import LONDON, clock, moment
from dialogs.reading import answers_from, local_to_utc, when
from meeting.procedure import FieldSpec, FieldType, Procedure, WorkingDays
from meeting.refusals import FieldErrors
from meeting.screens.frame import Look
from meeting.steps.fields import is_left_out
from meeting.timing.moments import earliest
from meeting.timing.working_days import at_local, end_of, is_working_day, local_day, working_days_after

_ROUND = timedelta(minutes=5)
NOON, FIVE = time(12, 0), time(17, 0)


def quick_dues(procedure: Procedure, now: datetime, clock_due: datetime | None = None) -> tuple[tuple[str, str], ...]:
    """Return (time as aware ISO, what the button says) of times that need no typing."""
    days = procedure.working_days
    today = now.astimezone(LONDON).date()
    soon = _rounded(now + timedelta(hours=2))
    tonight = at_local(today, FIVE, days)
    noon = at_local(today + timedelta(days=1), NOON, days)
    later = at_local(working_days_after(today, 3, days), FIVE, days)
    made = [(soon, f"In 2 hours ({clock(soon)})")]
    if tonight > soon:
        made.append((tonight, "Today 17:00"))
    made += [(noon, f"Tomorrow 12:00 ({_weekday(noon, days)})"), (later, f"In 3 working days ({moment(later)})")]
    if clock_due is not None:
        made.insert(0, (clock_due, f"By {moment(clock_due)}"))
    return tuple((at.isoformat(), words) for at, words in made)


def _weekday(at: datetime, days: WorkingDays) -> str:
    """Return the day of the week, and whether nobody works on it."""
    on = local_day(at, days)
    off = "" if is_working_day(on, days) else ", weekend" if on.weekday() > 4 else ", bank holiday"
    return f"{on:%a}{off}"


def _rounded(at: datetime) -> datetime:
    """Return the next full five minutes."""
    over = timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    return at + _ROUND - over if over else at


def promised(look: Look, clock_id: str | None) -> date | None:
    """Return the day on which a clock ends; before its event, as if that were today. None where there is no clock."""
    limit = look.procedure.clock(clock_id) if clock_id else None
    if limit is None:
        return None
    since = earliest(look.meeting, look.procedure, limit) or look.now
    return local_day(end_of(limit, since, look.procedure.working_days), look.procedure.working_days)


def clock_end(look: Look, clock_id: str | None, subjects: Sequence[str]) -> tuple[datetime, bool] | None:
    """Return when the clock of a demand about these subjects ends, and whether it is a default.

    Before its event it runs from now. None where a demand has no clock, or it has run out.
    """
    limit, now = look.procedure.clock(clock_id) if clock_id else None, look.now
    if limit is None:
        return None
    since = earliest(look.meeting, look.procedure, limit, subjects) or now
    days = look.procedure.working_days
    end = end_of(limit, since, days)
    if limit.unit != "hours":  # an action for a day is done before the office closes
        end = at_local(local_day(end, days), FIVE, days)
    return (end, not limit.src) if end > now else None


def with_dues(specs: tuple[FieldSpec, ...], raw: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that inputs mean; a time chosen by one press stands where none was typed."""
    chosen = dict(raw)
    for spec in specs:
        quick = raw.get(f"{spec.key}.quick", "")
        typed = raw.get(f"{spec.key}.date") or raw.get(f"{spec.key}.time")
        if spec.type is FieldType.DATETIME and quick and not typed and _is_time(quick):
            chosen.pop(f"{spec.key}.date", None)
            chosen.pop(f"{spec.key}.time", None)
            chosen[spec.key] = quick
    return answers_from(specs, chosen)


def _is_time(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).astimezone(UTC) is not None
    except ValueError:
        return False


def chosen_time(due: Mapping[str, str], key: str = "due") -> datetime | None:
    """Return the time that a form's due inputs mean: what was typed, else what was pressed, else None.

    Raises FieldErrors at this question where what was typed is no time, or the time of no day.
    """
    if due.get("date") or due.get("time"):
        typed = when(due.get("date", ""), due.get("time", ""))
        if typed is None:
            left_out = is_left_out(local_to_utc(due.get("date", ""), due.get("time", "")))
            raise FieldErrors({key: "skipped" if left_out else "datetime"})
        return typed
    quick = due.get("quick", "")
    return datetime.fromisoformat(quick).astimezone(UTC) if quick and _is_time(quick) else None


def typed_time(typed: Mapping[str, str], key: str = "due") -> dict[str, str]:
    """Return the inputs of a form that comes back, with its time, or what was typed for one, under the question."""
    given = local_to_utc(typed.get(f"{key}.date", ""), typed.get(f"{key}.time", "")) or typed.get(f"{key}.quick", "")
    return {**typed, **({key: given} if given else {})}
