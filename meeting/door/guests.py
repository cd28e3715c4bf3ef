"""People outside Teams: how a guest proves the invited address, accepts confidentiality, and what was read outside.

The code itself is never here: it is derived from the keyring where it is sent and where it is compared
(docs/adr, "A guest proves the invited address"). The record holds that one was asked for, and how each try ended.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from meeting.model import Codes, Meeting, MeetingId, Note, PersonId, Reading, SeatId, Status
from meeting.refusals import NotAllowed, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.telling.readers import owes
from meeting.values import with_key

CODE_LIVES = timedelta(minutes=10)
MAX_TRIES = 5  # of one code
SOON, MAX_SOON = timedelta(minutes=10), 3  # codes asked for in a short time
DAY, MAX_DAY = timedelta(hours=24), 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCode:
    """Send a code to the address that this seat was invited by."""

    seat: SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class TryCode:
    """A code was typed for this seat; whether it is the right one was compared where the keys are."""

    seat: SeatId
    number: int
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptStatement:
    """I accept the confidentiality statement for guests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReading:
    """Somebody opened or took away a paper of this meeting."""

    reader: PersonId
    paper: str
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAsked:
    seat: SeatId
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTried:
    seat: SeatId
    number: int
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAccepted:
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRead:
    reader: PersonId
    paper: str
    way: str


def guest_id(meeting: MeetingId, seat: SeatId) -> PersonId:
    """Return who the guest of a seat is: one invitation is one person, and nobody else in any other meeting."""
    return PersonId(f"guest:{meeting}:{seat}")


@decides(AskCode)
def ask_code(case: Case, command: AskCode) -> Events:
    """Have a code sent; at most three in ten minutes and ten in a day, so that nobody can guess or flood."""
    if case.meeting.status is Status.CANCELLED and not owes(case.meeting, command.seat):
        raise NotAllowed("over")
    if not case.meeting.seats[command.seat].email:
        raise Refused("no_address")
    known = case.meeting.codes.get(command.seat, Codes())
    recent = [at for at in known.asked if at > case.now - DAY]
    if len(recent) >= MAX_DAY or sum(at > case.now - SOON for at in recent) >= MAX_SOON:
        raise Refused("code_wait")
    return (CodeAsked(seat=command.seat, number=known.number + 1),)


@decides(TryCode)
def try_code(case: Case, command: TryCode) -> Events:
    """Take one try at the newest code: ten minutes, five tries, one use. What is past that is refused unseen."""
    known = case.meeting.codes.get(command.seat)
    if known is None or command.number != known.number or known.spent:
        raise Refused("code_gone")
    if case.now > known.asked[-1] + CODE_LIVES or known.tries >= MAX_TRIES:
        raise Refused("code_gone")
    return (CodeTried(seat=command.seat, number=command.number, right=command.right),)


@decides(AcceptStatement)
def accept_statement(case: Case, command: AcceptStatement) -> Events:
    """Note that a guest accepted; a second press changes nothing."""
    accepted = case.meeting.people[case.by].accepted is not None
    return () if accepted else (StatementAccepted(person=case.by),)


@decides(NoteReading)
def note_reading(case: Case, command: NoteReading) -> Events:
    """Note who read which paper, and by which way."""
    return (PaperRead(reader=command.reader, paper=command.paper, way=command.way),)


@evolves(CodeAsked)
def _asked(meeting: Meeting, event: CodeAsked, by: PersonId, at: datetime) -> Meeting:
    known = meeting.codes.get(event.seat, Codes())
    asked = (*(a for a in known.asked if a > at - DAY), at)
    return replace(meeting, codes=with_key(meeting.codes, event.seat, _anew(known, event.number, asked)))


def _anew(known: Codes, number: int, asked: tuple[datetime, ...]) -> Codes:
    return Codes(number=number, asked=asked, since=known.since)


@evolves(CodeTried)
def _tried(meeting: Meeting, event: CodeTried, by: PersonId, at: datetime) -> Meeting:
    known = meeting.codes[event.seat]
    changed = replace(known, tries=known.tries + 1, spent=event.right)
    return replace(meeting, codes=with_key(meeting.codes, event.seat, changed))


@evolves(StatementAccepted)
def _accepted(meeting: Meeting, event: StatementAccepted, by: PersonId, at: datetime) -> Meeting:
    person = meeting.people[event.person]
    came = "joined outside Teams" if meeting.started else "opened their page"
    note = Note(at=at, text=f"{person.name} {came} and accepted confidentiality", step=meeting.step)
    people = with_key(meeting.people, person.id, replace(person, accepted=at))
    return replace(meeting, people=people, notes=(*meeting.notes, note))


@evolves(PaperRead)
def _read(meeting: Meeting, event: PaperRead, by: PersonId, at: datetime) -> Meeting:
    reading = Reading(reader=event.reader, paper=event.paper, way=event.way, at=at)
    return replace(meeting, readings=(*meeting.readings, reading))
