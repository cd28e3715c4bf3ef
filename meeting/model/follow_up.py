"""What follows from a meeting: challenges, escalations, news, further meetings, who read its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting.model.words import MeetingId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    id: str
    by: PersonId
    ground: str
    text: str
    at: datetime
    about: str = ""  # the decision challenged, in words
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A disagreement that went to the local escalation protocol, and the stage at which it stands."""

    id: str
    challenge: str
    by: PersonId
    at: datetime
    stage: int = 0  # index of the protocol's stages
    stage_since: datetime
    moves: tuple[tuple[datetime, str], ...] = ()  # (when, what was said on leaving a stage)
    resolved: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What the chair told everybody after the meeting: a later decision, or news."""

    id: str
    by: PersonId
    at: datetime
    text: str
    decision: bool = False  # it answers what was to be decided later


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRequest:
    """An attendee's question what became of it."""

    id: str
    by: PersonId
    at: datetime
    text: str = ""
    answered: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """Something that changed after the meeting, which may point to a different plan."""

    id: str
    by: PersonId
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A further meeting on the same matter."""

    meeting: MeetingId
    reference: str
    at: datetime
    starts: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What an earlier meeting left open, as this one was called."""

    reference: str
    held: datetime | None = None
    decided: tuple[str, ...] = ()  # its plan: what was decided, for whom
    questions: tuple[tuple[str, str], ...] = ()  # (to whom, text)
    developments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The record stays readable, whatever its age, and why."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Somebody read a paper of the meeting outside its cards."""

    reader: PersonId
    paper: str
    way: str  # "page", "download html", …
    at: datetime
