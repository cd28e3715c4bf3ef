"""Shutting somebody out of a closed meeting: they were here, and from now on nothing of it is theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.door.arriving import leads_to
from meeting.model import Meeting, Person, PersonId, Seat, SeatId, ShutOut, Standing, Status
from meeting.refusals import NotAllowed, Refused, said
from meeting.registry import Case, Events, decides, evolves
from meeting.values import with_key, without_key


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutSomebodyOut:
    """End somebody's access after the close: their papers, their cards, and the links of their seat."""

    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonShutOut:
    person: PersonId
    reason: str


def may_be_shut_out(meeting: Meeting) -> tuple[Person, ...]:
    """Return everybody who still has a way in, but the chair."""
    gone = (Standing.REMOVED, Standing.REPLACED)
    return tuple(p for p in meeting.people.values() if p.standing not in gone and p.id != meeting.chair)


@decides(ShutSomebodyOut)
def shut_out(case: Case, command: ShutSomebodyOut) -> Events:
    """Shut somebody out, once; while the meeting runs they are removed at the door instead."""
    if case.meeting.status is not Status.CLOSED:
        raise Refused("not_closed")
    if command.person not in case.meeting.people:
        raise Refused("nobody")
    if command.person == case.meeting.chair:
        raise NotAllowed("chair_stays")
    if case.meeting.people[command.person].standing is Standing.REMOVED:
        return ()
    return (PersonShutOut(person=command.person, reason=said(command.reason, "reason")),)


@evolves(PersonShutOut)
def _shut_out(meeting: Meeting, event: PersonShutOut, by: PersonId, at: datetime) -> Meeting:
    person = meeting.people[event.person]
    shut = ShutOut(at=at, by=by, reason=event.reason, was=person.standing)
    people = with_key(meeting.people, person.id, replace(person, standing=Standing.REMOVED, shut_out=shut))
    changed = replace(meeting, people=people)
    for seat in meeting.seats.values():
        if _theirs(seat, person):
            changed = _without_ways(changed, seat)
    return changed


def _theirs(seat: Seat, person: Person) -> bool:
    """Tell whether a seat's invitation leads to this person, wherever they were seated, or they came by its link."""
    return person.link == seat.id or leads_to(seat, person)


def _without_ways(meeting: Meeting, seat: Seat) -> Meeting:
    """Take from a seat what it is reached by: no letter is sent there any more, and no link and no code opens it."""
    bare = replace(seat, email="", aad="", chain=())
    seats, codes = with_key(meeting.seats, seat.id, bare), without_key(meeting.codes, seat.id)
    return replace(meeting, seats=seats, codes=codes)


def left_empty(meeting: Meeting, seat: SeatId) -> bool:
    """Tell whether everybody of a seat was shut out and nobody can be reached by it."""
    of_it = [p for p in meeting.people.values() if p.seat == seat]
    bare = not (meeting.seats[seat].email or meeting.seats[seat].aad)
    return bare and bool(of_it) and all(p.shut_out is not None for p in of_it)


def as_it_was_closed(meeting: Meeting) -> Meeting:
    """Return the meeting with everybody at the place they had when it closed: what the minutes tell of."""
    people = {
        id_: replace(p, standing=p.shut_out.was, shut_out=None) if p.shut_out else p
        for id_, p in meeting.people.items()
    }
    return replace(meeting, people=people) if people != dict(meeting.people) else meeting
