"""Where somebody in a browser stands, at every request anew: the record decides, not what a session once was."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dialogs.ports import Session, Way
from meeting.model import Meeting, Person, Standing, Status
from meeting.procedure import Procedure

OVER = (Status.CLOSED, Status.CANCELLED)


class Place(StrEnum):
    """Where somebody with a session stands."""

    WAITING = "waiting"  # the chair has not let them in yet
    STATEMENT = "statement"  # the confidentiality statement is not accepted yet
    OPEN = "open"
    OVER = "over"  # the meeting has ended: papers need a fresh code
    PAPERS = "papers"
    REMOVED = "removed"
    OUT = "out"  # this browser was never let in, or another one took its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody in a browser, in one meeting, as of now."""

    session: Session
    meeting: Meeting
    procedure: Procedure
    place: Place

    @property
    def person(self) -> Person | None:
        """Who they are to the meeting."""
        return self.meeting.people.get(self.session.person)


def place_of(meeting: Meeting, session: Session) -> Place:
    """Return where the holder of a session stands now; the record decides, whatever the session once was."""
    person = meeting.people.get(session.person)
    if person is None or person.standing is Standing.REPLACED:
        return Place.OUT
    codes = meeting.codes.get(session.seat) if session.seat else None
    if session.way is Way.CODE and codes is not None and codes.since is not None and session.proved < codes.since:
        return Place.OUT  # it was proved to be whoever had the seat before
    if session.way is Way.VOICE and person.address != web_address(session.id):
        return Place.OUT
    if person.standing is Standing.REMOVED:
        return Place.REMOVED
    if meeting.status in OVER and (meeting.ended is None or session.proved <= meeting.ended):
        return Place.OVER
    if person.standing is Standing.WAITING:
        return Place.OVER if meeting.status in OVER else Place.WAITING
    if person.standing is Standing.SEATED and person.accepted is None and session.way is not Way.ENTRA:
        return Place.STATEMENT
    return Place.PAPERS if meeting.status in OVER else Place.OPEN


def web_address(session_id: str) -> str:
    """Return where the record says that somebody in a browser is reached."""
    return f"web:{session_id}"


def is_web(address: str) -> bool:
    """Tell whether an address is a browser's, which Teams does not know."""
    return address.startswith("web:")
