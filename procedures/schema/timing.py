"""Time limits, reminders, and the days and hours that count, as written."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from procedures.schema.written import BOUNDS_PATTERN, ClockTime, GateName, Key, SrcIds, Text, When, Written


class ClockEntry(Written):
    """A time limit; joined with the default's by id."""

    id: Key
    what: Text
    from_event: Key
    limit: int = Field(ge=0)
    unit: Literal["hours", "calendar_days", "working_days"]
    gate: GateName = "warn"
    when: When | None = None
    overdue: Literal["next_day", "next_working_day"] = "next_day"
    until: Key | None = Field(default=None, description="the recorded event that stops it")
    holder: Literal["chair", "note_taker", "attendees"] = Field(default="chair", description="who is reminded")
    bounds: str | None = Field(
        default=None, pattern=BOUNDS_PATTERN, description="STEP.part.field: a later date needs the gate's reason"
    )
    reminded: bool = Field(default=True, description="false: shown as a latest date, nobody is reminded")
    basis: Text | None = Field(default=None, description="a law or an order that sets it, where no document here does")
    src: SrcIds = []


class LadderEntry(Written):
    """When an owner is reminded, and who is told next."""

    before_working_days: list[int]
    after_working_days: list[int]
    then: list[Literal["owner_manager", "chair"]]
    then_working_days: int = Field(default=1, ge=1, description="between one step of `then` and the next")
    repeat_working_days: int = Field(default=5, ge=0, description="after the last step, until it is done; 0: never")


class HoursEntry(Written):
    """When people are disturbed for what is not statutory; at `days` comes what is counted in days, and a digest."""

    opens: ClockTime = "08:00"
    closes: ClockTime = "19:00"
    days: ClockTime = "09:00"


class RemindersEntry(Written):
    """Reminder times; those of a clock's own replace the ladder's before."""

    ladder: LadderEntry | None = None
    hours: HoursEntry = HoursEntry()
    before_hours: dict[Key, list[int]] = {}
    before_working_days: dict[Key, list[int]] = {}
    statutory: list[Key] = Field(default=[], description="clocks whose reminders cannot be muted")


class PresenceEntry(Written):
    """How long the meeting waits, and who steps in."""

    chair_silent_minutes: int = Field(default=2, ge=1)
    stand_in_agency: Key = Field(default="social_care", description="whose manager may take a silent chair's place")
    must_leave_offer_minutes: int = Field(default=10, ge=1)


class WorkingDaysEntry(Written):
    """Which days count."""

    country: Literal["England and Wales", "Scotland", "Northern Ireland"] = "England and Wales"
    zone: Text = "Europe/London"
    added: list[date] = Field(default=[], description="further days on which nobody works, such as a proclaimed one")
    removed: list[date] = Field(default=[], description="bank holidays that are worked")
