"""Who is told: where an action's owner is reached, their manager, chair and note-taker; nobody who was sent away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from meeting.door.arriving import leads_anywhere
from meeting.model import Action, Meeting, Person, PersonId, Seat, SeatId, Standing
from meeting.procedure import Procedure
from meeting.roles import manages
from meeting.steps.action_list import OVER
from meeting.steps.agreeing import owns


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who a message goes to: a seat, or somebody who holds none; neither where nobody is left who may be told.

    Both where several sit on one seat and it is for one of them.
    """

    seat: SeatId | None = None
    person: PersonId | None = None

    @property
    def key(self) -> str:
        """Return what tells this reader apart in the key of a message."""
        return ":".join(filter(None, (self.seat, self.person)))


def owner(meeting: Meeting, action: Action) -> Reader:
    """Return where an action's owner is reached: their own seat, the one that the action names, or they themselves."""
    name = action.owner.strip().lower()
    named = [p for p in meeting.people.values() if p.name.strip().lower() == name]
    person = next((p for p in named if p.standing is Standing.SEATED), next(iter(named), None))
    if person is not None and person.standing is Standing.SEATED:
        shared = person.seat is not None and len(meeting.names_on(person.seat)) > 1
        return Reader(seat=person.seat, person=person.id if shared else None)
    seat = next((s.id for s in meeting.seats.values() if s.name.strip().lower() == name), None) or action.owner_seat
    if seat is not None and leads_anywhere(meeting, seat):
        return Reader(seat=seat)
    return Reader(person=person.id) if person is not None and person.standing is Standing.OBSERVER else Reader()


def theirs(meeting: Meeting, person: PersonId, action: Action) -> bool:
    """Tell whether an action is somebody's own, as their list and their calendar have it; nobody's once sent away.

    Who was invited and never came has what is their seat's.
    """
    somebody = meeting.people.get(person)
    if somebody is not None and somebody.standing in (Standing.REMOVED, Standing.REPLACED):
        return False
    seat = meeting.seat_of(person)
    mine = seat.id if seat else next((s.id for s in meeting.seats.values() if s.aad == person), None)
    reader = owner(meeting, action)
    of_seat = mine is not None and reader.seat == mine and reader.person in (None, person)
    return owns(meeting, person, action) or of_seat


def owes(meeting: Meeting, seat: SeatId) -> bool:
    """Tell whether somebody on a seat still has something to do."""
    return any(owner(meeting, a).seat == seat for a in meeting.actions if a.state not in OVER)


def manager_of(meeting: Meeting, procedure: Procedure, action: Action) -> SeatId | None:
    """Return the seat of a manager of the owner's agency, other than the owner's own; None where none is invited."""
    own = owner(meeting, action).seat or action.owner_seat
    mine: Seat | None = meeting.seats.get(own) if own else None
    if mine is None:
        return None
    others = (s for s in meeting.seats.values() if s.agency == mine.agency and s.id != own)
    managers = (s for s in others if manages(procedure, s) and leads_anywhere(meeting, s.id))
    return next((s.id for s in sorted(managers, key=lambda s: s.id == meeting.chair_seat)), None)


def chair_seat(meeting: Meeting) -> SeatId | None:
    """Return the seat of whoever chairs, before that the one that will."""
    return _seat_of(meeting, meeting.chair) or meeting.led_from


def note_taker_seat(meeting: Meeting) -> SeatId | None:
    """Return the seat of whoever takes notes, before that the one that will; None once nobody does any more."""
    seat = _seat_of(meeting, meeting.note_taker) or meeting.note_taker_seat
    return seat if leads_anywhere(meeting, seat) else None


def _seat_of(meeting: Meeting, person: PersonId | None) -> SeatId | None:
    known = meeting.people.get(person) if person else None
    return known.seat if known is not None and known.standing is Standing.SEATED else None


def attended(meeting: Meeting) -> tuple[SeatId, ...]:
    """Return the seats of everybody who was in the meeting."""
    came = (p.seat for p in meeting.people.values() if p.stays and p.standing is Standing.SEATED and p.seat)
    return tuple(dict.fromkeys(came))


def places(meeting: Meeting) -> Collection[tuple[object, ...]]:
    """Return of everybody what decides who is told: where two meetings differ in it, somebody else may be."""
    return [_place(person) for person in meeting.people.values()]


def _place(person: Person) -> tuple[object, ...]:
    return person.id, person.name, person.email, person.standing, person.seat, bool(person.stays)
