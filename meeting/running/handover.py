"""Who chairs, who takes notes, whose form it is: hand-over, stand-in, a form given to another seat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from meeting.ids import spoken
from meeting.model import ChildId, Meeting, Note, Person, PersonId, Seat, SeatId, Standing, Status, StepId
from meeting.procedure import Procedure, Step
from meeting.refusals import NotAllowed, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.roles import called, manages, may_chair, require_may_chair
from meeting.running.waiting import chair_waited_since
from meeting.values import with_key


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeChair:
    """Chair in the place of one who has been silent for long enough while waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandChair:
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class NameNoteTaker:
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class HandForm:
    """Let another seat fill in a step's form."""

    step: StepId
    seat: SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictChild:
    """Keep a child from an agency's screens, list and minutes; never for the core agencies."""

    child: ChildId
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairChanged:
    person: PersonId
    before: PersonId | None
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTakerNamed:
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHanded:
    step: StepId
    seat: SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildRestricted:
    child: ChildId
    agency: str


@decides(TakeChair)
def take_chair(case: Case, command: TakeChair) -> Events:
    """Let the named deputy, else any manager here of the agency that stands in, take the chair (WMT-1.1)."""
    meeting = case.meeting
    if case.by == meeting.chair:
        return ()
    limit = timedelta(minutes=case.procedure.presence.chair_silent_minutes)
    since = _waiting_since(case)
    if since is None or case.now - since < limit:
        raise NotAllowed("chair_not_silent", str(case.procedure.presence.chair_silent_minutes))
    if not may_stand_in(meeting, case.procedure, case.by):
        raise NotAllowed("no_stand_in", spoken(case.procedure.presence.stand_in_agency))
    return (ChairChanged(person=case.by, before=meeting.chair, taken=True),)


def _waiting_since(case: Case) -> datetime | None:
    """Return since when the chair is missed: silent while waited for, gone from the call, or never come.

    Nobody misses a chair who adjourned before the hour at which the meeting goes on.
    """
    meeting = case.meeting
    chair = meeting.people.get(meeting.chair) if meeting.chair else None
    if chair is not None and chair.present:
        return chair_waited_since(meeting, case.procedure)
    if chair is not None and chair.stays:
        return max((at for at in (chair.stays[-1].until, meeting.resume_at) if at), default=None)
    arrivals = (p.stays[0].since for p in meeting.attendees() if p.stays)
    return meeting.starts or min(arrivals, default=None)


def may_stand_in(meeting: Meeting, procedure: Procedure, person: PersonId) -> bool:
    """Tell whether somebody may take a silent chair's place: the deputy who is here, else a manager of the agency that
    the procedure names.
    """
    seat = meeting.seat_of(person)
    if seat is None or not _can_lead(meeting.people[person]) or not may_chair(procedure, seat):
        return False
    if meeting.deputy_seat is not None and any(_can_lead(p) for p in meeting.occupants(meeting.deputy_seat)):
        return seat.id == meeting.deputy_seat
    return seat.agency == procedure.presence.stand_in_agency and manages(procedure, seat)


def _can_lead(person: Person) -> bool:
    """Tell whether somebody is here with buttons to press, in what they take to be their meeting."""
    return person.present and not person.by_telephone and person.right_meeting is not False


@decides(HandChair)
def hand_chair(case: Case, command: HandChair) -> Events:
    """Hand the chair to somebody who is seated and present; to oneself it changes nothing."""
    if command.person == case.meeting.chair:
        return ()
    person, seat = case.meeting.people.get(command.person), case.meeting.seat_of(command.person)
    if person is None or seat is None or not person.present:
        raise Refused("not_here")
    if person.by_telephone:
        raise Refused("needs_buttons")
    require_may_chair(case.procedure, seat)
    return (ChairChanged(person=command.person, before=case.meeting.chair, taken=False),)


@decides(NameNoteTaker)
def name_note_taker(case: Case, command: NameNoteTaker) -> Events:
    """Say who takes notes."""
    person = case.meeting.people.get(command.person)
    if person is None or person.standing is not Standing.SEATED:
        raise Refused("not_here")
    if person.by_telephone:
        raise Refused("needs_buttons")
    return (NoteTakerNamed(person=command.person),)


@decides(HandForm)
def hand_form(case: Case, command: HandForm) -> Events:
    """Give a step's form to another seat, for this step only."""
    if command.seat not in case.meeting.seats:
        raise Refused("no_such_seat")
    case.procedure.step(command.step)
    return (FormHanded(step=command.step, seat=command.seat),)


@decides(RestrictChild)
def restrict_child(case: Case, command: RestrictChild) -> Events:
    """Restrict a child for an agency; those that the procedure names always see every child."""
    if command.agency in (never := case.procedure.restrict_child_never):
        raise Refused("core_sees_all", *map(spoken, never))
    if command.child not in case.meeting.children:
        raise Refused("no_such_subject")
    if not any(s.agency == command.agency for s in case.meeting.seats.values()):
        raise Refused("no_such_seat")
    return (ChildRestricted(child=command.child, agency=command.agency),)


def restrictable(meeting: Meeting, procedure: Procedure) -> frozenset[str]:
    """Return the agencies with a seat that a child may be kept from (WOK-0.8)."""
    return frozenset(s.agency for s in meeting.seats.values()) - set(procedure.restrict_child_never)


def kept_from(meeting: Meeting, procedure: Procedure, step: Step, person: PersonId) -> bool:
    """Tell whether a step's form is its owner's, and not the chair's who would fill it in."""
    own = fills_in(meeting, procedure, step, meeting.seat_of(person))
    return step.kept_to_owner and person == meeting.chair != meeting.note_taker and not own


def fills_in(meeting: Meeting, procedure: Procedure, step: Step, seat: Seat | None) -> bool:
    """Tell whether a step's form is this seat's: it was handed to it, or the step is its role's."""
    if seat is None:
        return False
    return meeting.handed_to.get(step.id) == seat.id or called(procedure, step.owner, seat)


@evolves(ChairChanged)
def _chair_changed(meeting: Meeting, event: ChairChanged, by: PersonId, at: datetime) -> Meeting:
    name = meeting.people[event.person].name
    former = meeting.people.get(event.before) if event.before else None
    before = former.name if former else "nobody"
    word = "took the chair from" if event.taken else "was handed the chair by"
    note = Note(at=at, text=f"{name} {word} {before}", step=meeting.step, by=by)
    stood_in = (event.taken or meeting.stood_in) and not _holds_chair(meeting, event.person)
    return replace(meeting, chair=event.person, chair_last=at, stood_in=stood_in, notes=(*meeting.notes, note))


def _holds_chair(meeting: Meeting, person: PersonId) -> bool:
    """Tell whether the chair's seat is somebody's own: nobody stands in for oneself."""
    seat = meeting.seat_of(person)
    return seat is not None and seat.id == meeting.chair_seat


@evolves(NoteTakerNamed)
def _note_taker(meeting: Meeting, event: NoteTakerNamed, by: PersonId, at: datetime) -> Meeting:
    note = Note(at=at, text=f"{meeting.people[event.person].name} takes notes", step=meeting.step, by=by)
    notes = (*meeting.notes, note) if meeting.status is not Status.PREPARING else meeting.notes
    return replace(meeting, note_taker=event.person, notes=notes)


@evolves(FormHanded)
def _form_handed(meeting: Meeting, event: FormHanded, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, handed_to=with_key(meeting.handed_to, event.step, event.seat))


@evolves(ChildRestricted)
def _restricted(meeting: Meeting, event: ChildRestricted, by: PersonId, at: datetime) -> Meeting:
    seats = meeting.seats
    for seat in meeting.seats.values():
        if seat.agency == event.agency:
            seats = with_key(seats, seat.id, replace(seat, restricted=seat.restricted | {event.child}))
    return replace(meeting, seats=seats)
