"""What went out to a seat, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from meeting.model.words import PersonId, SeatId


class ReplyKind(StrEnum):
    """What somebody answered to an invitation."""

    NONE = "no answer"
    ATTENDING = "attending"
    APOLOGIES = "apologies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """The newest invitation of one seat, and its answer."""

    seat: SeatId
    number: int  # counts what was sent: the calendar entry's SEQUENCE rises with it
    sent: datetime
    reply: ReplyKind = ReplyKind.NONE
    mode: str = ""  # in person, remote, phone
    answered: datetime | None = None
    by: PersonId | None = None
    behalf: bool = False
    asked: tuple[str, ...] = ()  # who was asked before, in order
    exhausted: bool = False  # nobody answered, and nobody is left to ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to a seat that counts: which, how it went out or why it could not."""

    seat: SeatId | None  # None: to an address that has no seat
    key: str  # the message's key in the outbox
    kind: str
    at: datetime
    how: str = ""  # "Teams" or "e-mail"; "" where it could not be delivered, or is being tried again
    failed: str = ""  # why it could not be delivered, as a code
