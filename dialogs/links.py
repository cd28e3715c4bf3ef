"""Links to a seat's own page: opaque, sealed, the same page whoever the seat's person is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from meeting.model import MeetingId, PersonId, SeatId

SEAT_PATH = "/seat/"
CALENDAR_PATH = "/seat/calendar/"
CALENDAR_OPENS = timedelta(minutes=15)  # a link is made by a press, and pressed at once


class Kept(StrEnum):
    """What a calendar file holds."""

    MEETING = "meeting"
    ACTIONS = "actions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What one calendar link opens, for whom, and until when; the file names nobody and nothing."""

    meeting: MeetingId
    person: PersonId
    seat: SeatId
    kept: Kept
    until: datetime


class Passes(Protocol):
    """Seals a pass into one opaque word, and opens it again."""

    def seal(self, given: Pass) -> str: ...

    def open(self, word: str) -> Pass:
        """Return the pass; raises `dialogs.engine.Forged` for anything that was not sealed here."""
        ...


class Handles(Protocol):
    """Seals a seat's address into one opaque word, and opens it again."""

    def seal(self, meeting: MeetingId, seat: SeatId) -> str: ...

    def open(self, handle: str) -> tuple[MeetingId, SeatId]:
        """Return the meeting and the seat; raises `dialogs.engine.Forged` for anything that was not sealed here."""
        ...


class Codes(Protocol):
    """Makes and compares the codes that prove an address; they are stored nowhere."""

    def code(self, meeting: MeetingId, seat: SeatId, number: int) -> str: ...

    def right(self, meeting: MeetingId, seat: SeatId, number: int, typed: str) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Makes the links that stand in letters; the page behind one asks who is there, and opens nothing by itself."""

    public_url: str  # without a last slash; "" where this deployment has no page
    handles: Handles
    codes: Codes
    passes: Passes
    organiser: str = ""  # the mailbox that letters come from, as calendar entries name it

    def seat_link(self, meeting: MeetingId, seat: SeatId) -> str:
        """Return the address of a seat's page, or "" where there is none; it names nobody and nothing."""
        return f"{self.public_url}{SEAT_PATH}{self.handles.seal(meeting, seat)}" if self.public_url else ""

    def calendar_link(self, given: Pass) -> str:
        """Return the address of a calendar file; "" where there is no page."""
        return f"{self.public_url}{CALENDAR_PATH}{self.passes.seal(given)}" if self.public_url else ""

    @property
    def calendars_from(self) -> str:
        """The mailbox that calendar entries name: the one that letters come from, else one of the page's own host."""
        return self.organiser or f"chairside@{urlsplit(self.public_url).hostname or 'localhost'}"
