"""Whether time limits and scales can be meant as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import available_timezones

from procedures.draft import Draft
from procedures.faults import Finding
from procedures.spot import Spot

_YEAR_IN_HOURS = 8784
_TEN_YEARS_IN_DAYS = 3660


def findings(draft: Draft) -> Iterator[Finding]:
    """Yield impossible limits and scales."""
    for clock in draft.own.entries("clocks"):
        yield from _limit(clock)
    for name in ("before_hours", "before_working_days"):
        for _, spot in draft.own.at("reminders").pairs(name):
            for one in spot.each():
                if isinstance(one.data, int) and one.data <= 0:
                    yield Finding(place=one.place, wrong="a reminder before must be early", remedy="Use 1 or more.")
    zone = draft.whole.at("working_days").at("zone")
    if isinstance(zone.data, str) and zone.data not in available_timezones():
        yield Finding(place=zone.place, wrong=f"'{zone.data}' is no time zone", remedy="Write Europe/London.")
    for step in draft.of_kind("views"):
        for instrument in step.entries("instruments"):
            yield from _scale(instrument)
    for step in draft.of_kind("roll_call"):
        quorum = step.at("quorum")
        if quorum.text("if_missing") == "convert" and not quorum.has("agencies"):
            yield Finding(
                place=quorum.place,
                wrong="a missing agency would convert the meeting, and no agency is named",
                remedy="Give agencies: [social_care, health, police], or if_missing: override.",
            )


def _limit(clock: Spot) -> Iterator[Finding]:
    limit, unit, place = clock.number("limit", 1), clock.text("unit"), clock.at("limit").place
    if limit == 0 and unit in ("calendar_days", "working_days"):
        yield Finding(
            place=place,
            wrong="a limit of no days has no end of day to run to",
            remedy="Use 1 or more days, or unit: hours with limit 0 for at once.",
        )
    if unit == "hours" and limit > _YEAR_IN_HOURS:
        yield Finding(place=place, wrong=f"{limit} hours are more than a year", remedy="Use days, or a smaller limit.")
    if unit != "hours" and limit > _TEN_YEARS_IN_DAYS:
        yield Finding(place=place, wrong=f"{limit} days are more than ten years", remedy="Use a smaller limit.")


def _scale(instrument: Spot) -> Iterator[Finding]:
    if instrument.text("type") != "scale":
        return
    low, high = instrument.number("min", 0), instrument.number("max", 1)
    if low >= high:
        yield Finding(place=instrument.place, wrong=f"a scale from {low} to {high}", remedy="Let min be less than max.")
        return
    for anchor in instrument.entries("anchors"):
        if not low <= anchor.number("value", low) <= high:
            yield Finding(
                place=anchor.at("value").place,
                wrong=f"{anchor.number('value', low)} is not on the scale from {low} to {high}",
                remedy="Use a value on the scale.",
            )
