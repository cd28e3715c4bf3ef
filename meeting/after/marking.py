"""Lines of the minutes that the family may have, and lines that an agency's copy does not show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import SHAREABLE, WITHHELD, Meeting, PersonId
from meeting.refusals import Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.values import with_key, without_key


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLines:
    """Mark lines as shareable with the family (with each text's fingerprint), or withhold them from agencies."""

    mark: str
    on: Mapping[str, tuple[str, ...]]
    off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesMarked:
    mark: str
    on: Mapping[str, tuple[str, ...]]
    off: tuple[str, ...] = ()


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
