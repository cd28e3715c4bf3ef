"""The door: who is here, how sure we are, which seat they take, when they come and go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting import agenda
from meeting.model import Assurance, Meeting, Note, Person, PersonId, Seat, SeatId, Standing, Status, Stay, StepId
from meeting.procedure import Gate, Procedure, RollCallData, StatementData
from meeting.refusals import NotAllowed, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.values import with_key

TURN_WISHES = ("now", "after this speaker", "at questions")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Admit:
    """Give somebody at the door a seat, or (seat None) an observer's place."""

    person: PersonId
    seat: SeatId | None
    turn_wish: str = ""


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
class PersonArrived:
    person: PersonId
    name: str
    tenant: str
    assurance: Assurance
    address: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdmitted:
    person: PersonId
    seat: SeatId | None
    turn_wish: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRemoved:
    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonJoined:
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft:
    person: PersonId


def invited_seat(meeting: Meeting, arrival: Arrive) -> Seat | None:
    """Return the seat that this person was invited to; only a signed-in identity is matched."""
    if arrival.assurance not in (Assurance.SIGNED_IN, Assurance.GUEST_CODE):
        return None
    for seat in meeting.seats.values():
        if seat.aad and seat.aad == arrival.person:
            return seat
        if seat.email and seat.email.lower() == arrival.email.lower():
            return seat
    return None


@decides(Arrive)
def arrive(case: Case, command: Arrive) -> Events:
    """Note an arrival; whoever was not invited by name waits for chair or note-taker."""
    known = case.meeting.people.get(command.person)
    happened: list[object] = []
    if known is None:
        details = {k: getattr(command, k) for k in ("person", "name", "tenant", "assurance", "address", "email")}
        happened.append(PersonArrived(**details))
        seat = invited_seat(case.meeting, command)
        if seat is not None:
            happened.append(PersonAdmitted(person=command.person, seat=seat.id))
    if known is not None and known.standing is Standing.REMOVED:
        return ()
    if command.joined and (known is None or not known.present):
        happened.append(PersonJoined(person=command.person))
    return tuple(happened)


@decides(Admit)
def admit(case: Case, command: Admit) -> Events:
    """Open the door. An anonymous identity may observe the chat's board, never content, and holds no seat."""
    person = _somebody(case.meeting, command.person)
    if command.seat is not None:
        if command.seat not in case.meeting.seats:
            raise Refused("no_such_seat")
        if person.assurance is Assurance.ANONYMOUS:
            raise Refused("anonymous_no_seat")
    if command.turn_wish and command.turn_wish not in TURN_WISHES:
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
    if person.present is command.present:
        return ()
    return (PersonJoined(person=person.id) if command.present else PersonLeft(person=person.id),)


def _somebody(meeting: Meeting, person: PersonId) -> Person:
    found = meeting.people.get(person)
    if found is None:
        raise Refused("nobody")
    return found


@evolves(PersonArrived)
def _arrived(meeting: Meeting, event: PersonArrived, by: PersonId, at: datetime) -> Meeting:
    person = Person(
        id=event.person,
        name=event.name,
        tenant=event.tenant,
        assurance=event.assurance,
        address=event.address,
        email=event.email,
        arrived_at_step=meeting.step,
    )
    return replace(meeting, people=with_key(meeting.people, person.id, person))


@evolves(PersonAdmitted)
def _admitted(meeting: Meeting, event: PersonAdmitted, by: PersonId, at: datetime) -> Meeting:
    standing = Standing.OBSERVER if event.seat is None else Standing.SEATED
    person = replace(meeting.people[event.person], standing=standing, seat=event.seat, turn_wish=event.turn_wish)
    changed = replace(meeting, people=with_key(meeting.people, person.id, person))
    if event.seat == meeting.chair_seat and meeting.chair is None:
        changed = replace(changed, chair=person.id, chair_last=at)
    if event.seat == meeting.note_taker_seat and meeting.note_taker is None:
        changed = replace(changed, note_taker=person.id)
    if meeting.status is Status.RUNNING:
        changed = _late(changed, person, at)
    return changed


def _late(meeting: Meeting, person: Person, at: datetime) -> Meeting:
    """Put a late arrival into the floor where the chair wished, and into the minutes."""
    note = Note(at=at, text=f"{person.name} joined", step=meeting.step)
    meeting = replace(meeting, notes=(*meeting.notes, note))
    floor = meeting.floors.get(meeting.step)
    if floor is None or person.seat is None or person.seat in floor.order or person.seat in floor.done:
        return meeting
    ahead = person.turn_wish in ("now", "after this speaker")
    floor = replace(
        floor,
        order=(*floor.order, person.seat),
        next_up=(*floor.next_up, person.seat) if ahead else floor.next_up,
    )
    return replace(meeting, floors=with_key(meeting.floors, meeting.step, floor))


@evolves(PersonRemoved)
def _removed(meeting: Meeting, event: PersonRemoved, by: PersonId, at: datetime) -> Meeting:
    person = _gone(meeting.people[event.person], at)
    person = replace(person, standing=Standing.REMOVED)
    note = Note(at=at, text=f"{person.name} was asked to leave: {event.reason or 'no reason given'}", by=by)
    return replace(meeting, people=with_key(meeting.people, person.id, person), notes=(*meeting.notes, note))


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


def duties(meeting: Meeting, procedure: Procedure, person: Person) -> Iterator[tuple[str, StepId]]:
    """Yield what somebody still owes before they see content: (acknowledge | introduce | right_meeting, step).

    The order is the agenda's; a late arrival meets the same ones (procedures, section 3).
    """
    identity = agenda.identity_step(procedure)
    for step in agenda.reached(meeting, procedure):
        match step.data:
            case StatementData(acknowledge=True) if step.id not in person.acknowledged:
                yield "acknowledge", step.id
            case RollCallData() if not person.introduced:
                yield "introduce", step.id
        if step is identity and person.right_meeting is None:
            yield "right_meeting", step.id


def barred(meeting: Meeting, procedure: Procedure, person: Person) -> str | None:
    """Return why somebody may see no content yet, or None: a code for their screen.

    An unacknowledged confidentiality statement holds content to that person only (SAN-3.1).
    """
    if person.standing is not Standing.SEATED or person.assurance is Assurance.ANONYMOUS:
        return "not_admitted"
    if person.right_meeting is False:
        return "wrong_meeting"
    for duty, step_id in duties(meeting, procedure, person):
        data = procedure.step(step_id).data
        if duty == "acknowledge" and isinstance(data, StatementData) and data.person_gate is not Gate.HARD:
            continue
        if duty == "introduce" and step_id == meeting.step:
            continue
        return duty
    return None
