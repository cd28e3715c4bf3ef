"""The ladder: who is reminded of a deadline and when, before it, at it, after it, and who is told next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from meeting.procedure import Hours, Procedure, WorkingDays
from meeting.timing.deadlines import OWNER, Deadline
from meeting.timing.working_days import at_local, is_working_day, local_day, working_days_after

BEFORE, DUE, LATE, AGAIN, CHASED = "before", "due", "late", "again", "chased"
ATTENDEES = "attendees"  # they owe nothing: they are asked once, in working hours, when the chair is chased for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One reminder of a deadline: its name on the ladder, its time (aware UTC), and who is told."""

    name: str  # "before 12h", "before 1", "due", "late", "late 1", "owner_manager", "chair", "again", "chased"
    at: datetime
    to: str  # owner, owner_manager, chair, note_taker, attendees
    urgency: int = 3


def rungs(deadline: Deadline, procedure: Procedure, *, quiet: bool = False) -> tuple[Rung, ...]:
    """Return a deadline's reminders in order of time; `quiet` (seen by its owner) leaves out those before it is due.

    A statutory one cannot be muted and comes at any hour; all others wait for the hours in which people work.
    """
    if not deadline.reminded:
        return ()
    muted = (quiet and not deadline.statutory) or deadline.covered or deadline.holder == ATTENDEES
    made = [*(() if muted else _before(deadline, procedure)), *_after(deadline, procedure)]
    open_at = made if deadline.statutory else [_in_hours(rung, deadline, procedure) for rung in made]
    return tuple(sorted(open_at, key=lambda rung: rung.at))


def next_time(now: datetime, procedure: Procedure) -> datetime:
    """Return when something that is still open is told again."""
    days = procedure.working_days
    on = working_days_after(local_day(now, days), procedure.ladder.repeat_working_days, days)
    return at_local(on, procedure.hours.days, days)


def next_morning(now: datetime, procedure: Procedure) -> datetime:
    """Return the next working morning, at the hour at which days are told, and a chair what is open."""
    days = procedure.working_days
    return at_local(working_days_after(local_day(now, days), 1, days), procedure.hours.days, days)


def _before(deadline: Deadline, procedure: Procedure) -> Iterator[Rung]:
    hours = procedure.reminders.get(deadline.clock, ())
    own_days = procedure.reminder_days.get(deadline.clock, ())
    for number in hours:
        yield _rung(deadline, f"{BEFORE} {number}h", deadline.due - timedelta(hours=number), deadline.holder, urgency=2)
    for number in own_days or (() if hours else procedure.ladder.before_working_days):
        yield _rung(deadline, f"{BEFORE} {number}", _shifted(deadline, procedure, -number), deadline.holder)
    if deadline.by_day:
        yield _rung(deadline, DUE, _shifted(deadline, procedure, 0), deadline.holder)


def _after(deadline: Deadline, procedure: Procedure) -> Iterator[Rung]:
    """Yield what comes at the time itself and later; a chair's own limit ends with the chair's being told."""
    ladder = procedure.ladder
    name = LATE if deadline.by_day or deadline.holder != OWNER else DUE
    yield _rung(deadline, name, deadline.overdue, deadline.holder, urgency=1)
    if deadline.holder == OWNER:
        for number in ladder.after_working_days:
            yield _rung(deadline, f"{LATE} {number}", _shifted(deadline, procedure, number), OWNER, urgency=2)
    last = max(ladder.after_working_days, default=0)
    for step, to in enumerate(ladder.then, start=1):
        if deadline.holder == OWNER:
            number = last + step * ladder.then_working_days
            yield _rung(deadline, to, _shifted(deadline, procedure, number), to, urgency=2)
    if deadline.holder == ATTENDEES:
        yield _rung(deadline, CHASED, deadline.overdue, "chair", urgency=1)
    elif ladder.repeat_working_days:
        number = last + len(ladder.then) * ladder.then_working_days + ladder.repeat_working_days
        yield _rung(deadline, AGAIN, _shifted(deadline, procedure, number), deadline.holder)


def _rung(deadline: Deadline, name: str, at: datetime, to: str, *, urgency: int = 3) -> Rung:
    return Rung(name=name, at=at, to=to, urgency=0 if deadline.statutory else urgency)


def _shifted(deadline: Deadline, procedure: Procedure, number: int) -> datetime:
    """Return the same time of day so many working days away; of a limit in days, the hour at which days are told."""
    days = procedure.working_days
    local = deadline.due.astimezone(ZoneInfo(days.zone))
    on = working_days_after(local.date(), number, days) if number else local.date()
    return at_local(on, procedure.hours.days if deadline.by_day else local.time(), days)


def _in_hours(rung: Rung, deadline: Deadline, procedure: Procedure) -> Rung:
    """Return a reminder within the day's hours: earlier where it comes before the deadline, else later.

    What a document itself limits is told when its day has ended, whatever the hour (LCS-6.2).
    """
    if rung.name == LATE and deadline.src and deadline.holder != ATTENDEES:
        return rung
    early = rung.at <= deadline.due and not rung.name.startswith((LATE, AGAIN, CHASED))
    moved = (_back if early else _on)(rung.at, procedure.hours, procedure.working_days)
    return replace(rung, at=moved) if moved > deadline.since else rung  # an action for tonight is told tonight


def open_hours(at: datetime, hours: Hours, days: WorkingDays) -> bool:
    """Tell whether people may be disturbed at this time."""
    local = at.astimezone(ZoneInfo(days.zone))
    return is_working_day(local.date(), days) and hours.opens <= local.time() <= hours.closes


def _back(at: datetime, hours: Hours, days: WorkingDays) -> datetime:
    """Return the last moment before in which people may be disturbed."""
    local = at.astimezone(ZoneInfo(days.zone))
    if open_hours(at, hours, days):
        return at
    late = is_working_day(local.date(), days) and local.time() > hours.closes
    on = local.date() if late else working_days_after(local.date(), -1, days)
    return at_local(on, hours.closes, days)


def _on(at: datetime, hours: Hours, days: WorkingDays) -> datetime:
    """Return the first moment after in which people may be disturbed."""
    local = at.astimezone(ZoneInfo(days.zone))
    if open_hours(at, hours, days):
        return at
    early = is_working_day(local.date(), days) and local.time() < hours.opens
    on = local.date() if early else working_days_after(local.date(), 1, days)
    return at_local(on, time(hours.opens.hour, hours.opens.minute), days)
