"""Calling a meeting: why, about whom, under which procedure, who is asked to come."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, count
from types import MappingProxyType

from meeting.before.mailboxes import require_mailbox, require_mailboxes
from meeting.before.preparing import Prepare, Prepared
from meeting.before.subject import kind_for, require_subject
from meeting.before.timely import before_concern, start_errors
from meeting.flags import CONVENING, outside
from meeting.model import (
    CONVENED,
    Answer,
    Answers,
    Child,
    ChildId,
    Local,
    Meeting,
    Note,
    PersonId,
    Seat,
    SeatId,
)
from meeting.procedure import FieldSpec
from meeting.refusals import FieldErrors, HeldBack, Obstacle, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.roles import require_may_chair
from meeting.steps import fields
from meeting.values import with_key

__all__ = ["AddSeat", "Convene", "LinkChat", "Prepare", "Prepared"]

URGENT = "urgent, started at once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Convene:
    """Write down a meeting that is called: answers on the procedure's convening fields, children, seats."""

    reference: str
    procedure_hash: str
    answers: Answers
    children: tuple[Child, ...]
    seats: tuple[Seat, ...]
    chair_seat: SeatId
    note_taker_seat: SeatId | None = None
    deputy_seat: SeatId | None = None
    subject_type: str = ""  # "": what fits so many children
    starts: datetime | None = None
    place: str = ""
    reason: str = ""  # passes the convening gate
    start_now: bool = False
    draft: bool = False  # the rest follows piece by piece; what is asked is looked at when the meeting starts
    circumstances: frozenset[str] = frozenset()
    local: Local = field(default_factory=Local)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChat:
    """Hold this meeting in that chat."""

    chat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSeat:
    """Ask one more agency to come, and say why."""

    seat: Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingConvened:
    reference: str
    procedure: str
    procedure_hash: str
    answers: Answers
    children: tuple[Child, ...]
    seats: tuple[Seat, ...]
    chair_seat: SeatId
    note_taker_seat: SeatId | None
    deputy_seat: SeatId | None
    subject_type: str
    starts: datetime | None
    place: str
    linked_from: str = ""
    draft: bool = False
    circumstances: frozenset[str] = frozenset()
    local: Local = field(default_factory=Local)
    started_now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveningGatePassed:
    missing: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLinked:
    chat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAdded:
    seat: Seat


@decides(Convene)
def convene(case: Case, command: Convene) -> Events:
    """Call the meeting; a blank that the procedure requires is held back unless a reason passes it (SAN-8.1)."""
    if case.meeting.sequence:
        raise Refused("convened_already")
    _require_complete(case, command)
    _require_well_formed(case, command)
    reason = URGENT if command.start_now else command.reason  # what an urgent start leaves is asked again (WMT-2.1)
    blank = fields.missing(_asked(case), command.answers, outside(case.meeting, case.procedure))
    if blank and not (reason or command.draft):
        gate = case.procedure.convening.gate
        raise HeldBack(tuple(Obstacle(code="convening", gate=gate, label=f.label) for f in blank))
    passed = ConveningGatePassed(missing=tuple(f.label for f in blank), reason=reason)
    return (_called(case, command), *((passed,) if blank and reason else ()))


def _called(case: Case, command: Convene) -> MeetingConvened:
    return MeetingConvened(
        reference=command.reference,
        procedure=case.procedure.id,
        procedure_hash=command.procedure_hash,
        answers=command.answers,
        children=command.children,
        seats=command.seats,
        chair_seat=command.chair_seat,
        note_taker_seat=command.note_taker_seat,
        deputy_seat=command.deputy_seat,
        subject_type=command.subject_type or kind_for(case.procedure, len(command.children)),
        starts=command.starts,
        place=command.place,
        draft=command.draft,
        circumstances=command.circumstances,
        local=command.local,
        started_now=command.start_now,
    )


def _require_complete(case: Case, command: Convene) -> None:
    """Raise Refused for a meeting about nobody, of nobody, without a chair's seat, or at a time that cannot be."""
    if not command.children:
        raise Refused("no_children")
    require_subject(case.procedure, command.subject_type, command.children)
    if not command.seats:
        raise Refused("no_seats")
    led = next((s for s in command.seats if s.id == command.chair_seat), None)
    if led is None:
        raise Refused("no_such_seat")
    require_may_chair(case.procedure, led)
    require_mailboxes(command.local, command.seats)
    early = {} if command.start_now else before_concern(command.starts, command.answers, case.procedure)
    if errors := {**early, **start_errors(command.starts, case.now)}:
        raise FieldErrors(errors)


def _asked(case: Case) -> tuple[FieldSpec, ...]:
    """Return what convening asks; the children have their own place in the command."""
    return tuple(f for f in case.procedure.convening.part.fields if f.key != "children")


def _require_well_formed(case: Case, command: Convene) -> None:
    """Raise FieldErrors for a malformed answer, or for a blank that is asked for at once and that nothing lets wait."""
    asked, may_wait = _asked(case), command.start_now or command.draft or command.reason
    fields.check_times(asked, command.answers, case.now, case.procedure.working_days.zone)
    at_once = frozenset() if may_wait else frozenset(f.key for f in asked if f.at_once)
    fields.check(asked, command.answers, outside(case.meeting, case.procedure), only=at_once)


@decides(LinkChat)
def link_chat(case: Case, command: LinkChat) -> Events:
    """Tie the meeting to the chat that it is held in."""
    return () if case.meeting.chat == command.chat else (ChatLinked(chat=command.chat),)


@decides(AddSeat)
def add_seat(case: Case, command: AddSeat) -> Events:
    """Give one more agency a seat; the procedure may want to know why (SAN-1.6)."""
    asked = case.procedure.invitations.added_agency_needs_reason and not command.seat.via  # a pathway says why
    if asked and not command.seat.reason.strip():
        raise FieldErrors({"reason": "required"})
    if command.seat.id in case.meeting.seats:
        raise Refused("seat_exists")
    require_mailbox(case.meeting, command.seat.agency, command.seat.email, field="email")
    return (SeatAdded(seat=replace(command.seat, id=_unheld(case.meeting, command.seat.id))),)


def _unheld(meeting: Meeting, wanted: SeatId) -> SeatId:
    """Return the id for a seat that is added: one that was taken back keeps its own, with what was sent to it."""
    names = chain((wanted,), (SeatId(f"{wanted}_{n}") for n in count(2)))
    return next(name for name in names if name not in meeting.withdrawn and name not in meeting.seats)


@evolves(MeetingConvened)
def _convened(meeting: Meeting, event: MeetingConvened, by: PersonId, at: datetime) -> Meeting:
    return replace(
        meeting,
        reference=event.reference,
        procedure=event.procedure,
        procedure_hash=event.procedure_hash or meeting.procedure_hash,
        seats=MappingProxyType({s.id: s for s in event.seats}),
        children=MappingProxyType({c.id: c for c in event.children}),
        chair_seat=event.chair_seat,
        note_taker_seat=event.note_taker_seat,
        deputy_seat=event.deputy_seat,
        subject_type=event.subject_type,
        starts=event.starts,
        place=event.place,
        linked_from=event.linked_from,
        draft=event.draft,
        started_now=event.started_now,
        circumstances=event.circumstances,
        local=event.local,
        answers=MappingProxyType({CONVENED: Answer(answers=event.answers, by=by, at=at)}),
    )


@evolves(ConveningGatePassed)
def _gate_passed(meeting: Meeting, event: ConveningGatePassed, by: PersonId, at: datetime) -> Meeting:
    text = f"Called without {', '.join(event.missing)}: {event.reason}"
    return replace(meeting, notes=(*meeting.notes, Note(at=at, text=text, step=CONVENING, by=by)))


@evolves(ChatLinked)
def _linked(meeting: Meeting, event: ChatLinked, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, chat=event.chat)


@evolves(SeatAdded)
def _seat_added(meeting: Meeting, event: SeatAdded, by: PersonId, at: datetime) -> Meeting:
    text = f"{event.seat.label} added: {event.seat.reason}"
    notes = (*meeting.notes, Note(at=at, text=text, by=by)) if event.seat.reason else meeting.notes
    kept_from = frozenset[ChildId]().union(
        *(s.restricted for s in meeting.seats.values() if s.agency == event.seat.agency)
    )
    seat = replace(event.seat, restricted=event.seat.restricted | kept_from)
    return replace(meeting, seats=with_key(meeting.seats, seat.id, seat), notes=notes)
