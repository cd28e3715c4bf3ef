"""Coming to the door: who somebody says they are, how sure we are, and whether the invitation lets them in at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Assurance, Meeting, Person, PersonId, Seat, SeatId, Standing
from meeting.registry import Case, Events, decides, evolves
from meeting.values import with_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive:
    """Somebody came into the chat or the call. An invited and signed-in person takes their seat at once."""

    person: PersonId
    name: str
    tenant: str
    assurance: Assurance
    address: str
    email: str = ""
    joined: bool = False  # in the call, not only in the chat
    seat: SeatId | None = None  # the seat whose link a guest came by
    digits: str = ""  # what a guest without a code reads aloud


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonArrived:
    person: PersonId
    name: str
    tenant: str
    assurance: Assurance
    address: str
    email: str
    seat: SeatId | None = None
    digits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdmitted:
    person: PersonId
    seat: SeatId | None
    turn_wish: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonJoined:
    person: PersonId


def invited_seat(meeting: Meeting, arrival: Arrive) -> Seat | None:
    """Return the seat that this person was invited to; only a proved identity is matched, a guest by their link."""
    if arrival.assurance not in (Assurance.SIGNED_IN, Assurance.GUEST_CODE):
        return None
    if arrival.seat is not None:
        return meeting.seats.get(arrival.seat) if arrival.assurance is Assurance.GUEST_CODE else None
    for seat in meeting.seats.values():
        if seat.aad and seat.aad == arrival.person:
            return seat
        if seat.email and seat.email.lower() == arrival.email.lower():
            return seat
    return None


def leads_to(seat: Seat, person: Person) -> bool:
    """Tell whether a seat's invitation leads to this person: by their Entra id or their mailbox."""
    mailbox = person.email.strip().casefold()
    return seat.aad == person.id or seat.email.strip().casefold() == mailbox != ""


def sent_away(meeting: Meeting, seat: Seat) -> bool:
    """Tell whether somebody whom a seat's invitation leads to was removed: no other way of theirs opens the door."""
    return any(p.standing is Standing.REMOVED and leads_to(seat, p) for p in meeting.people.values())


def leads_anywhere(meeting: Meeting, seat: SeatId | None) -> bool:
    """Tell whether a seat may be written to: not once everybody of it was sent away and it invites nobody else."""
    asked = meeting.seats.get(seat) if seat is not None else None
    if asked is None:
        return False
    gone = [p for p in meeting.people.values() if p.standing is Standing.REMOVED and p.seat == asked.id]
    if meeting.occupants(asked.id):
        return True
    return not sent_away(meeting, asked) and (bool(asked.email or asked.aad) or not gone)


@decides(Arrive)
def arrive(case: Case, command: Arrive) -> Events:
    """Note an arrival; whoever was not invited by name waits for chair or note-taker.

    Whoever waits and comes again, better known or invited since, is looked at afresh. Whoever was removed and comes
    back by another way, by the link of their letter or in Teams, waits too.
    """
    known = case.meeting.people.get(command.person)
    if known is not None and known.standing is Standing.REMOVED:
        return ()
    happened: list[object] = []
    if known is None or known.standing in (Standing.WAITING, Standing.REPLACED) or _returns(known, command):
        seat = invited_seat(case.meeting, command)
        if seat is not None and sent_away(case.meeting, seat):
            seat = None
        if known is None or seat is not None or _differs(known, command):
            happened.append(PersonArrived(**{k: getattr(command, k) for k in _TOLD}))
        if seat is not None:
            happened.append(PersonAdmitted(person=command.person, seat=seat.id))
    if command.joined and (known is None or not known.present):
        happened.append(PersonJoined(person=command.person))
    return tuple(happened)


_KEPT = ("present", "stays", "acknowledged", "heard", "introduced", "accepted", "right_meeting", "right_meeting_heard")
_TOLD = ("person", "name", "tenant", "assurance", "address", "email", "seat", "digits")


def _returns(known: Person, command: Arrive) -> bool:
    """Tell whether a guest who was let in by their voice, and has left, asks to come in from another browser."""
    return bool(command.digits) and known.assurance is Assurance.VOUCHED and not known.present


def _differs(known: Person, command: Arrive) -> bool:
    """Tell whether somebody was replaced and comes all the same, is better known now, or waits with other digits."""
    fresh = known.standing is Standing.REPLACED
    return fresh or known.assurance is not command.assurance or known.digits != command.digits


@evolves(PersonArrived)
def _arrived(meeting: Meeting, event: PersonArrived, by: PersonId, at: datetime) -> Meeting:
    person = Person(
        id=event.person,
        name=event.name,
        tenant=event.tenant,
        assurance=event.assurance,
        address=event.address,
        email=event.email,
        arrived=at,
        link=event.seat,
        digits=event.digits,
    )
    before = meeting.people.get(event.person)
    if before is not None and before.standing is not Standing.REPLACED:  # by the same link another came
        person = replace(person, **{name: getattr(before, name) for name in _KEPT})
    return replace(meeting, people=with_key(meeting.people, person.id, person))
