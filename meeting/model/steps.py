"""What the steps of the agenda leave behind: turns, questions, views, decisions, permissions, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from meeting.model.words import Answers, How, PersonId, SeatId, StepId


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaker's time: who, and whether it has ended."""

    seat: SeatId
    number: int
    began: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The announced order of one turns step, who has spoken, and who speaks now."""

    order: tuple[SeatId, ...] = ()
    live: Turn | None = None
    done: tuple[SeatId, ...] = ()
    count: int = 0  # turns begun so far
    next_up: tuple[SeatId, ...] = ()  # late arrivals put ahead of the announced order


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    id: str
    asked_by: PersonId
    to: str  # a seat's id or an agency
    to_label: str
    text: str
    at: datetime
    during_turn: bool = False
    before: str = ""  # the earlier meeting that left it open, by its reference
    answer: str = ""
    answered_by: PersonId | None = None
    answered_how: How | None = None

    @property
    def open(self) -> bool:
        """Tell whether nobody has answered yet."""
        return self.answered_how is None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One attendee's view on one subject: the threshold, the scale, or both; private until revealed."""

    person: PersonId
    seat: SeatId | None
    subject: str
    option: str = ""
    scale: int | None = None
    reason: str = ""
    at: datetime
    how: How = How.TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """The round of views: whom it reached, what they said, and whether all may see it."""

    invited: Mapping[PersonId, str] = field(default_factory=dict)  # person -> the way they were asked
    given: tuple[View, ...] = ()
    silent: frozenset[PersonId] = frozenset()
    revealed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the chair decided for one subject."""

    subject: str
    outcomes: tuple[str, ...]
    needs: Mapping[str, str]  # "outcome.field" -> answer
    rationale: Answers
    how: How
    by: PersonId
    at: datetime
    lead_criminal: str = ""
    lead_welfare: str = ""
    dissent: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """A request to share what was said, and the chair's answer."""

    id: str
    by: PersonId
    what: str
    at: datetime
    granted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A line for the minutes, or something worth telling: times of joining, conversion, hand-over."""

    at: datetime
    text: str
    step: StepId = ""
    by: PersonId | None = None
