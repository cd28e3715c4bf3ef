"""Links to a seat's own page: opaque, sealed, the same page whoever the seat's person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from meeting.model import MeetingId, SeatId

SEAT_PATH = "/seat/"


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
    organiser: str = ""  # the mailbox that letters come from, as calendar entries name it

    def seat_link(self, meeting: MeetingId, seat: SeatId) -> str:
        """Return the address of a seat's page, or "" where there is none; it names nobody and nothing."""
        return f"{self.public_url}{SEAT_PATH}{self.handles.seal(meeting, seat)}" if self.public_url else ""
