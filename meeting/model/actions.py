"""The action list: what somebody does by when, and what was said of it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from meeting.model.words import NO_ANSWERS, Answers, PersonId, SeatId


class ActionState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DONE = "done"
    NOT_POSSIBLE = "not possible"
    NOT_DONE = "not done"
    WITHDRAWN = "withdrawn"
    CARRIED = "carried over"  # into a further meeting, whose list it stands on now


class Told(StrEnum):
    """What is said of an action once it is agreed: by its owner, or by the chair."""

    SEEN = "seen"
    ACCEPTED = "accepted"
    PROGRESS = "progress"
    DONE = "done"
    NOT_POSSIBLE = "not possible"  # circumstances changed
    NOT_DONE = "not done"
    MORE_TIME = "more time"
    HANDED_OVER = "handed over"
    GRANTED = "more time granted"
    REFUSED = "more time refused"
    CLOSED = "closed"
    REOPENED = "reopened"
    CARRIED = "carried over"


class Demand(StrEnum):
    """What puts an action on the list, where it is not simply agreed in the meeting."""

    REQUIRED = "required"  # the procedure requires it: the id of its required action
    OUTCOME = "outcome"  # a decision brings it: the outcome's id
    CHECKPOINT = "checkpoint"  # an answer asks for it: the id of the question's part
    PROMISE = "promise"  # an answer names who does it by when: "STEP.part", and what the answer is about
    URGENT = "urgent"  # somebody raised it
    CARRIED = "carried"  # an earlier meeting left it open: that meeting's reference, and the action's number there


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an action came from; what of it a kind of demand has no use for is blank."""

    kind: Demand
    id: str = ""
    subject: str = ""

    @property
    def key(self) -> str:
        """Return what a button addresses a demand by."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionNote:
    """One thing that was said of an action: progress, evidence, a reason."""

    at: datetime
    by: PersonId
    told: Told
    text: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    number: int
    what: str
    owner: str  # a named person
    owner_seat: SeatId | None
    due: datetime
    extra: Answers = NO_ANSWERS
    subjects: tuple[str, ...] = ()
    origin: Origin | None = None  # None: simply agreed
    suggested: str = ""  # the id of the procedure's suggestion that it came of
    clock: str = ""  # the clock that it was agreed under in an earlier meeting
    urgent: bool = False
    state: ActionState = ActionState.OPEN
    by: PersonId
    at: datetime
    default_due: bool = False  # the time comes from a default, not from this procedure
    kept: tuple[str, ...] = ()  # the words that were asked about and kept (LCS-5.7)
    log: tuple[ActionNote, ...] = ()
    entry: str = ""  # its name in calendars, where an earlier meeting gave it one
    moved: int = 0  # how often its time or its owner changed, or it ended: its version in calendars
    asked_until: datetime | None = None  # more time that waits for the chair's answer
    quiet: bool = False  # seen by its owner: reminded again only once it is due
    ended: datetime | None = None  # since when nobody has to do it any more
    closed: datetime | None = None  # the chair has closed it
