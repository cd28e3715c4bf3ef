"""The names of things in a record, and what an answer is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NewType

MeetingId = NewType("MeetingId", str)  # a UUID
PersonId = NewType("PersonId", str)
SeatId = NewType("SeatId", str)
ChildId = NewType("ChildId", str)
StepId = str
Answers = Mapping[str, str]  # field key -> answer; several choices are joined by ", "; dates are ISO 8601


class _Blank(Mapping[str, str]):
    """No answers: it can stand as a default in a dataclass (a mapping proxy has no hash before Python 3.12)."""

    def __getitem__(self, key: str) -> str:
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __hash__(self) -> int:
        return 0


NO_ANSWERS: Answers = _Blank()
UNKNOWN = "not known"
NONE = "none"


class How(StrEnum):
    """How an answer reached the record."""

    TYPED = "typed"
    PREPARED = "prepared"
    CONFIRMED = "confirmed"
    HEARD = "heard aloud"
    SAID_ALOUD = "said aloud"  # nothing typed: a debt to write up
    WRITTEN_UP = "written up"
    ON_BEHALF = "on behalf"
    NOTHING_HELD = "nothing held"
    NO_ANSWER = "invited, no answer"
    LATER = "left open"
