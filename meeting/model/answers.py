"""What stands in the record: answers in their slots, what is still to be written up, gates passed with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting.model.words import Answers, How, PersonId, SeatId, StepId


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place in the record: a part of a step, about one subject (a child, a row, a seat, or "" for the meeting)."""

    step: StepId
    part: str
    subject: str = ""


CONVENED = Slot(step="CONVENING", part="fields")  # what was said when the meeting was called
TERMS = Slot(step="INVITATIONS", part="fields")  # what the invitations themselves ask, such as joining from afar


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands in a slot, from whom, and how it came there."""

    answers: Answers
    by: PersonId
    at: datetime
    how: How = How.TYPED
    seat: SeatId | None = None  # for whom it stands, where that is not who wrote it
    kept: tuple[str, ...] = ()  # warnings that the author chose to keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """An agency's agreement to what stood in a slot at that time."""

    seat: SeatId
    by: PersonId
    at: datetime
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """Something said aloud, or left open, that must be written up before the minutes are authorised."""

    id: str
    slot: Slot
    what: str
    opened: datetime
    seat: SeatId | None = None
    written_up: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A gate that the chair passed with a reason."""

    step: StepId
    missing: tuple[str, ...]
    reason: str
    by: PersonId
    at: datetime
