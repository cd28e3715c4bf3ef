"""The door: who is here, how sure we are, which seat they take, when they come and go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.door.arriving import Arrive, PersonAdmitted, PersonArrived, PersonJoined, invited_seat
from meeting.duties import barred, duties
from meeting.model import Assurance, Meeting, Note, Person, PersonId, SeatId, Standing, Status, Stay, TurnWish
from meeting.refusals import NotAllowed, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.values import with_key

__all__ = [  # the kind's names, wherever in the house they stand
    "Admit",
    "Arrive",
    "Leave",
    "MarkPresent",
    "PersonAdmitted",
    "PersonArrived",
    "PersonJoined",
    "Remove",
    "barred",
    "duties",
    "invited_seat",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Admit:
    """Give somebody at the door a seat, or (seat None) an observer's place."""

    person: PersonId
    seat: SeatId | None
    turn_wish: str = ""
    digits: str = ""  # which digits were heard, where a guest waits without a code


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Somebody left the call."""

    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPresent:
    """Chair or note-taker sees or hears somebody whom the roster does not show."""

    person: PersonId
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRemoved:
    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft:
    person: PersonId


@decides(Admit)
def admit(case: Case, command: Admit) -> Events:
    """Open the door. An anonymous identity may observe the chat's board, never content, and holds no seat."""
    person = _somebody(case.meeting, command.person)
    if person.standing is Standing.WAITING and person.digits != command.digits:
        raise Refused("digits_changed")  # somebody else asks by the same link, since the card was drawn
    if command.seat is None and person.id == case.meeting.chair:
        raise NotAllowed("chair_stays")
    if command.seat is not None:
        if command.seat not in case.meeting.seats:
            raise Refused("no_such_seat")
        if person.assurance is Assurance.ANONYMOUS:
            raise Refused("anonymous_no_seat")
    if command.turn_wish and command.turn_wish not in tuple(TurnWish):
        raise Refused("no_such_choice")
    return (PersonAdmitted(person=command.person, seat=command.seat, turn_wish=command.turn_wish),)


@decides(Remove)
def remove(case: Case, command: Remove) -> Events:
    """Send somebody away; from then on they see nothing more."""
    person = _somebody(case.meeting, command.person)
    if person.id == case.meeting.chair:
        raise NotAllowed("chair_stays")
    return (PersonRemoved(person=command.person, reason=command.reason),)


@decides(Leave)
def leave(case: Case, command: Leave) -> Events:
    """Note that somebody left the call; their answers stay."""
    person = case.meeting.people.get(command.person)
    return (PersonLeft(person=command.person),) if person and person.present else ()


@decides(MarkPresent)
def mark_present(case: Case, command: MarkPresent) -> Events:
    """Tick somebody present or gone."""
    person = _somebody(case.meeting, command.person)
    if person.standing is Standing.REMOVED:
        raise Refused("not_here")
    if person.present is command.present:
        return ()
    return (PersonJoined(person=person.id) if command.present else PersonLeft(person=person.id),)


def _somebody(meeting: Meeting, person: PersonId) -> Person:
    found = meeting.people.get(person)
    if found is None:
        raise Refused("nobody")
    return found


@evolves(PersonAdmitted)
def _admitted(meeting: Meeting, event: PersonAdmitted, by: PersonId, at: datetime) -> Meeting:
    standing = Standing.OBSERVER if event.seat is None else Standing.SEATED
    person = replace(meeting.people[event.person], standing=standing, seat=event.seat, turn_wish=event.turn_wish)
    changed = replace(meeting, people=with_key(meeting.people, person.id, person))
    if event.seat is None and changed.note_taker == person.id:
        changed = replace(changed, note_taker=None)
    if event.seat is not None and event.seat == meeting.led_from and meeting.chair is None:
        changed = replace(changed, chair=person.id, chair_last=at)
    if event.seat is not None and event.seat == meeting.note_taker_seat and meeting.note_taker is None:
        changed = replace(changed, note_taker=person.id)
    if meeting.status is Status.RUNNING:
        notes = (*changed.notes, Note(at=at, text=f"{person.name} joined", step=meeting.step))
        changed = replace(changed, notes=notes)
    return changed


@evolves(PersonRemoved)
def _removed(meeting: Meeting, event: PersonRemoved, by: PersonId, at: datetime) -> Meeting:
    person = _gone(meeting.people[event.person], at)
    person = replace(person, standing=Standing.REMOVED)
    note = Note(at=at, text=f"{person.name} was asked to leave: {event.reason or 'no reason given'}", by=by)
    notes, people = (*meeting.notes, note), with_key(meeting.people, person.id, person)
    note_taker = None if meeting.note_taker == person.id else meeting.note_taker
    return replace(meeting, people=people, note_taker=note_taker, notes=notes)


@evolves(PersonJoined)
def _joined(meeting: Meeting, event: PersonJoined, by: PersonId, at: datetime) -> Meeting:
    person = meeting.people[event.person]
    person = replace(person, present=True, stays=(*person.stays, Stay(since=at)))
    return replace(meeting, people=with_key(meeting.people, person.id, person))


@evolves(PersonLeft)
def _left(meeting: Meeting, event: PersonLeft, by: PersonId, at: datetime) -> Meeting:
    person = _gone(meeting.people[event.person], at)
    return replace(meeting, people=with_key(meeting.people, person.id, person))


def _gone(person: Person, at: datetime) -> Person:
    stays = person.stays
    if stays and stays[-1].until is None:
        stays = (*stays[:-1], replace(stays[-1], until=at))
    return replace(person, present=False, stays=stays)
