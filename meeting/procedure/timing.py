"""Time limits, reminders, and the days and hours that count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from meeting.conditions import Condition
from meeting.procedure.parts import Gate, Src


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time limit that runs from a stated event."""

    id: str
    what: str
    from_event: str
    limit: int
    unit: str  # hours (clock), calendar_days, working_days
    gate: Gate = Gate.WARN
    when: Condition | None = None
    overdue_next_working_day: bool = False  # a chase: overdue only once the next working day begins
    until: str = ""  # the recorded event that stops it
    holder: str = "chair"  # who is reminded
    bounds: str = ""  # "STEP.part.field": a date that it is not to exceed
    reminded: bool = True  # False: a date that is shown, and nobody is reminded of it
    basis: str = ""  # a law or an order that sets it, where the procedure's document does not
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """How long the meeting waits for somebody, and for whom others step in."""

    chair_silent_minutes: int = 2
    stand_in_agency: str = "social_care"  # whose manager may take a silent chair's place, where no deputy is here
    must_leave_offer_minutes: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """When an owner is reminded, in working days before and after the time itself, and who is told next."""

    before_working_days: tuple[int, ...] = (1,)
    after_working_days: tuple[int, ...] = (1,)
    then: tuple[str, ...] = ("owner_manager", "chair")
    then_working_days: int = 1  # between one step of `then` and the next
    repeat_working_days: int = 5  # after the last step, until it is done


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When people are disturbed for what is not statutory, on the clock of the procedure's zone."""

    opens: time = time(8, 0)
    closes: time = time(19, 0)
    days: time = time(9, 0)  # when what is counted in days is reminded of, and a chair is told what is open


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """Which days count; `off` holds the weekdays on which nobody works, in order."""

    country: str = "England and Wales"
    zone: str = "Europe/London"
    off: tuple[date, ...] = ()
