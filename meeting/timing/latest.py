"""Dates that a limit bounds: a later one is passed with a reason and minuted, never blocked for good (STY-4.3b)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from meeting.model import Answer, Meeting
from meeting.procedure import Clock, Kind, Part, Procedure, Step
from meeting.refusals import Obstacle
from meeting.registry import Case
from meeting.running.gates import AtStep, stands_at
from meeting.timing.clocks import limit_words
from meeting.timing.moments import earliest
from meeting.timing.working_days import end_of, local_day


def bounded(procedure: Procedure, step: str, part: str) -> tuple[Clock, ...]:
    """Return the clocks that bound an answer of this part."""
    return tuple(c for c in procedure.clocks if c.bounds.startswith(f"{step}.{part}."))


def latest(meeting: Meeting, procedure: Procedure, clock: Clock) -> date | None:
    """Return the latest day that a clock leaves, once its event is known."""
    since = earliest(meeting, procedure, clock)
    if since is None:
        return None
    return local_day(end_of(clock, since, procedure.working_days), procedure.working_days)


def told(meeting: Meeting, procedure: Procedure, step: Step, part: Part, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield the latest day that a limit leaves for a date of this part; one that has passed is said so."""
    for clock in bounded(procedure, step.id, part.id):
        day = latest(meeting, procedure, clock)
        if day is not None:
            past = ", which has passed" if day < local_day(now, procedure.working_days) else ""
            yield f"{clock.what}: latest", f"{day:%-d %B %Y} ({limit_words(clock)}){past}"


@stands_at(Kind.RECORD)
def standing(case: Case, step: Step) -> Iterator[AtStep]:
    """A day beyond the limit needs a reason, which goes into the minutes with it."""
    for clock in case.procedure.clocks:
        place, _, key = clock.bounds.rpartition(".")
        if not place.startswith(f"{step.id}.") or (day := latest(case.meeting, case.procedure, clock)) is None:
            continue
        for slot, answer in case.meeting.answers.items():
            given = _day(answer, key) if f"{slot.step}.{slot.part}" == place else None
            if given is not None and given > day:
                child = case.meeting.child(slot.subject)
                about = f" ({child.name})" if child else ""
                label = f"{clock.what}{about}: {given:%-d %B %Y} exceeds {limit_words(clock)}, {day:%-d %B %Y}"
                yield step.id, Obstacle(code="beyond", gate=clock.gate, label=label, step=step.id, part=slot.part)


def _day(answer: Answer, key: str) -> date | None:
    try:
        return date.fromisoformat(answer.answers.get(key, ""))
    except ValueError:
        return None
