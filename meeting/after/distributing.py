"""Authorised minutes on their way to each recipient, and what became of each copy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.after.shutting import left_empty
from meeting.model import Authorisation, Meeting, PersonId, Receipt, SeatId, Sending
from meeting.refusals import FieldErrors, Refused
from meeting.registry import Case, Events, decides, evolves

LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseRecipients:
    """Say which seats the minutes go to; nobody chosen means everybody who attended."""

    seats: tuple[SeatId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMinutes:
    """Send each of these seats its own copy's link."""

    seats: tuple[SeatId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSent:
    """Note that a copy went to a seat another way: by secure post, by hand."""

    seat: SeatId
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SayReceived:
    """Say whether one's copy has come."""

    received: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientsChosen:
    seats: tuple[SeatId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSent:
    seat: SeatId
    version: int
    how: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSaid:
    received: bool


def require_authorised(case: Case) -> Authorisation:
    """Return the chair's word; raises Refused before it is given (WMT-4.3, STY-5.1f)."""
    word = case.meeting.minutes.authorised
    if word is None:
        raise Refused("not_authorised_yet")
    return word


def recipients(meeting: Meeting) -> tuple[SeatId, ...]:
    """Return the seats that the minutes go to: the chosen ones, else everybody who took part (A20), but the makers."""
    chosen = meeting.minutes.recipients
    if chosen is None:
        readers = meeting.took_part() - {meeting.chair_seat, meeting.note_taker_seat}
        chosen = tuple(s for s in meeting.seats if s in readers)
    return tuple(s for s in chosen if s in meeting.seats and not left_empty(meeting, s))


def outstanding(meeting: Meeting) -> tuple[SeatId, ...]:
    """Return the recipients who wait: not sent the newest authorised version, not reached, or without it, they say."""
    word = meeting.minutes.authorised
    newest = {s.seat: s for s in meeting.minutes.sent if word is not None and s.version == word.version}
    return tuple(s for s in recipients(meeting) if s not in newest or _waits(meeting, newest[s]))


def _waits(meeting: Meeting, sent: Sending) -> bool:
    said = next((r for r in reversed(meeting.minutes.receipts) if r.seat == sent.seat and r.at >= sent.at), None)
    return failed(meeting, sent) if said is None else not said.received


def failed(meeting: Meeting, sent: Sending) -> bool:
    """Tell whether a copy could not be delivered, however often it was tried."""
    found = next((d for d in reversed(meeting.deliveries) if d.key == sent.key), None) if sent.key else None
    return found is not None and bool(found.failed)


def distributed_at(meeting: Meeting) -> datetime | None:
    """Return when the last recipient was first sent the minutes, or None while somebody waits (WMT-4.6).

    What could not be delivered was not sent: until it goes again, or another way, the limit runs.
    """
    first: dict[SeatId, datetime] = {}
    for one in meeting.minutes.sent:
        if not failed(meeting, one):
            first.setdefault(one.seat, one.at)
    wanted = recipients(meeting)
    return max(first[s] for s in wanted) if wanted and all(s in first for s in wanted) else None


def _require_recipients(meeting: Meeting, seats: tuple[SeatId, ...]) -> None:
    """Raise Refused where a copy would go to a seat that the minutes do not go to, whoever sends it."""
    if not set(seats) <= set(recipients(meeting)):
        raise Refused("not_a_recipient")


@decides(ChooseRecipients)
def choose_recipients(case: Case, command: ChooseRecipients) -> Events:
    """Keep which seats the minutes go to."""
    if not command.seats:
        raise FieldErrors({"seats": "required"})
    return (RecipientsChosen(seats=command.seats),)


@decides(SendMinutes)
def send(case: Case, command: SendMinutes) -> Events:
    """Send each seat the link to its own copy of the authorised version; a repeated press sends it again."""
    word = require_authorised(case)
    _require_recipients(case.meeting, command.seats)
    again = len(case.meeting.minutes.sent)
    return tuple(
        MinutesSent(seat=seat, version=word.version, how=LINK, key=f"minutes:{word.version}:{again + number}:{seat}")
        for number, seat in enumerate(command.seats)
    )


@decides(MarkSent)
def mark_sent(case: Case, command: MarkSent) -> Events:
    """Note another way by which a copy went, in the sender's words."""
    word = require_authorised(case)
    _require_recipients(case.meeting, (command.seat,))
    if not command.how.strip():
        raise FieldErrors({"how": "required"})
    return (MinutesSent(seat=command.seat, version=word.version, how=command.how.strip()),)


@decides(SayReceived)
def say_received(case: Case, command: SayReceived) -> Events:
    """Keep what somebody says about their copy; "not received" chases the chair (STY-5.1d)."""
    return (ReceiptSaid(received=command.received),)


@evolves(RecipientsChosen)
def _chosen(meeting: Meeting, event: RecipientsChosen, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, minutes=replace(meeting.minutes, recipients=event.seats))


@evolves(MinutesSent)
def _sent(meeting: Meeting, event: MinutesSent, by: PersonId, at: datetime) -> Meeting:
    one = Sending(seat=event.seat, version=event.version, how=event.how, by=by, at=at, key=event.key)
    return replace(meeting, minutes=replace(meeting.minutes, sent=(*meeting.minutes.sent, one)))


@evolves(ReceiptSaid)
def _receipt(meeting: Meeting, event: ReceiptSaid, by: PersonId, at: datetime) -> Meeting:
    seat = meeting.seat_of(by)
    said = Receipt(person=by, seat=seat.id if seat else None, received=event.received, at=at)
    return replace(meeting, minutes=replace(meeting.minutes, receipts=(*meeting.minutes.receipts, said)))
