"""Lines of the minutes that the family may have, and lines that an agency's copy does not show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.ids import titled
from meeting.model import SHAREABLE, WITHHELD, Meeting, PersonId, Seat
from meeting.refusals import Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.values import with_key, without_key


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLines:
    """Mark lines as shareable with the family (with each text's fingerprint), or withhold them from agencies, seats."""

    mark: str
    on: Mapping[str, tuple[str, ...]]
    off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesMarked:
    mark: str
    on: Mapping[str, tuple[str, ...]]
    off: tuple[str, ...] = ()


_SEAT = "seat:"  # before a seat's id, where a line is kept from that seat and not from its whole agency


def keepable_from(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Return (whom, label) of everybody from whom a line can be kept: each agency, and each seat of one with several.

    Two schools of brothers and sisters are one agency, and not one reader.
    """
    apart = {meeting.chair_seat, meeting.note_taker_seat, *(t.seat for t in meeting.minutes.teams)}
    seats = [s for s in meeting.seats.values() if s.id not in apart]
    agencies = tuple(dict.fromkeys(s.agency for s in seats))
    several = [s for s in seats if sum(s.agency == other.agency for other in seats) > 1]
    whole = {s.agency for s in several}
    named = ((a, titled(a) + (": all of them" if a in whole else "")) for a in agencies)
    return (*named, *((f"{_SEAT}{s.id}", s.label) for s in several))


def kept_from(seat: Seat, told: tuple[str, ...]) -> bool:
    """Tell whether a line that is kept from these is kept from a seat: by its agency, or by its own name."""
    return seat.agency in told or f"{_SEAT}{seat.id}" in told


@decides(MarkLines)
def mark_lines(case: Case, command: MarkLines) -> Events:
    """Keep which lines the family may have, or which agencies do not get a line."""
    if command.mark not in (SHAREABLE, WITHHELD):
        raise Refused("no_such_choice")
    return (LinesMarked(mark=command.mark, on=command.on, off=command.off),) if command.on or command.off else ()


@evolves(LinesMarked)
def _marked(meeting: Meeting, event: LinesMarked, by: PersonId, at: datetime) -> Meeting:
    marks = meeting.minutes.marks
    for place, detail in event.on.items():
        marks = with_key(marks, (place, event.mark), detail)
    for place in event.off:
        marks = without_key(marks, (place, event.mark))
    return replace(meeting, minutes=replace(meeting.minutes, marks=marks))
