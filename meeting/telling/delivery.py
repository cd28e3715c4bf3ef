"""What reached a seat, and what could not: the service writes down what it sent to somebody by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.before.passing import is_former
from meeting.model import Delivery, Meeting, PersonId, SeatId
from meeting.refusals import Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.telling.notices import NoticeKind

PROTOCOL = "the contact for escalations"  # an address that the procedure names
NO_SEAT = "somebody without a seat"  # as one who watches, and took on an action
ENCLOSED = "e-mail with the minutes in it"  # where the deployment allows it for the agency's domain


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDelivery:
    """A message went out: by "Teams", "e-mail" or ENCLOSED."""

    seat: SeatId | None
    key: str
    kind: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFailure:
    """A message to a seat, a person or an address without one cannot be delivered, however often it is tried."""

    seat: SeatId | None
    key: str
    kind: str
    why: str
    person: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendAgain:
    """Whatever could not be delivered is to be tried once more: an address was mended, somebody installed the bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDelivered:
    seat: SeatId | None
    key: str
    kind: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageUndelivered:
    seat: SeatId | None
    key: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesSentAgain:
    keys: tuple[str, ...]


def undelivered(meeting: Meeting) -> tuple[Delivery, ...]:
    """Return what could not be delivered to seats that nothing has reached since, or to an address without a seat."""
    last = {d.seat: d for d in meeting.deliveries if not is_former(d.key)}  # which reach another than sits there now
    newest = {d.key: d for d in meeting.deliveries}
    failed = (d for d in newest.values() if d.failed and (d.seat is None or d.seat in meeting.seats))
    return tuple(d for d in failed if d.seat is None or is_former(d.key) or last[d.seat].failed)


def reader(meeting: Meeting, message: Delivery | MessageUndelivered) -> str:
    """Return whom a message was for, as the chair knows them: the label of a seat, one that was taken back too, the
    contact of an escalation, or that they have no seat.
    """
    if message.seat is not None:
        return {**meeting.withdrawn, **meeting.seats}[message.seat].label
    return PROTOCOL if message.kind == NoticeKind.ESCALATION else NO_SEAT


def seat_of(meeting: Meeting, person: PersonId | None) -> SeatId | None:
    """Return the seat of somebody to whom a message goes by their id; None for who has none, and for an address."""
    seat = meeting.seat_of(person) if person else None
    return seat.id if seat else None


@decides(NoteDelivery)
def note_delivery(case: Case, command: NoteDelivery) -> Events:
    """Write down that a message to a seat went out, by which way."""
    return (MessageDelivered(seat=command.seat, key=command.key, kind=command.kind, how=command.how),)


@decides(NoteFailure)
def note_failure(case: Case, command: NoteFailure) -> Events:
    """Write down that a message could not reach a seat; the chair is told, unless it was theirs."""
    seat = command.seat or seat_of(case.meeting, command.person)
    return (MessageUndelivered(seat=seat, key=command.key, kind=command.kind, why=command.why),)


@decides(SendAgain)
def send_again(case: Case, command: SendAgain) -> Events:
    """Have everything tried again that could not be delivered; raises Refused where all of it was."""
    keys = tuple(d.key for d in undelivered(case.meeting))
    if not keys:
        raise Refused("all_delivered")
    return (MessagesSentAgain(keys=keys),)


@evolves(MessageDelivered)
def _delivered(meeting: Meeting, event: MessageDelivered, by: PersonId, at: datetime) -> Meeting:
    made = Delivery(seat=event.seat, key=event.key, kind=event.kind, at=at, how=event.how)
    waiting = tuple(d for d in meeting.delayed if d.key != event.key and (d.seat is None or d.seat != event.seat))
    return replace(meeting, deliveries=(*meeting.deliveries, made), delayed=waiting)


@evolves(MessageUndelivered)
def _undelivered(meeting: Meeting, event: MessageUndelivered, by: PersonId, at: datetime) -> Meeting:
    made = Delivery(seat=event.seat, key=event.key, kind=event.kind, at=at, failed=event.why)
    waiting = tuple(d for d in meeting.delayed if d.key != event.key)
    return replace(meeting, deliveries=(*meeting.deliveries, made), delayed=waiting)


@evolves(MessagesSentAgain)
def _sent_again(meeting: Meeting, event: MessagesSentAgain, by: PersonId, at: datetime) -> Meeting:
    """From now on it is not known whether they arrive."""
    tried = (replace(d, at=at, failed="") for d in undelivered(meeting) if d.key in event.keys)
    return replace(meeting, deliveries=(*meeting.deliveries, *tried))
