"""An invitation that goes on to somebody else: who sits there now, and who no longer does and is told so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from meeting.flags import CONTRIBUTION, CONVENING
from meeting.model import (
    Answer,
    Codes,
    Contact,
    How,
    Meeting,
    Note,
    Person,
    PersonId,
    ReplyKind,
    Seat,
    SeatId,
    Slot,
    Standing,
)
from meeting.registry import evolves
from meeting.telling.notices import Notice, NoticeKind, Send
from meeting.values import with_key, without_key

_FORMER = "passed:"  # begins the subject, and the key, of the word to whoever was asked before


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPassed:
    """Somebody else is asked to sit there: a deputy who was named, or the next in the chain."""

    seat: SeatId
    to: Contact
    deputy: bool = False
    reason: str = ""  # why it was passed on, where no apologies say it
    handed_on: bool = False  # whoever was asked until now lets the other see what they prepared for the seat's turn


@evolves(InvitationPassed)
def _passed(meeting: Meeting, event: InvitationPassed, by: PersonId, at: datetime) -> Meeting:
    seat = meeting.seats[event.seat]
    former = seat.name or seat.email
    changed = _taken_by(seat, event.to, in_place_of=former if event.deputy else seat.in_place_of)
    before = meeting.invitations.get(event.seat)
    invitations = meeting.invitations
    if before is not None:
        anew = replace(before, asked=(*before.asked, former), reply=ReplyKind.NONE, mode="", behalf=False)
        invitations = with_key(invitations, event.seat, anew)
    note = Note(at=at, text=_told(event, seat, former), step=CONVENING)
    seats = with_key(meeting.seats, seat.id, changed)
    people = meeting.people
    for person in (p for p in meeting.people.values() if _gives_up(meeting, p, seat, named=event.deputy)):
        people = with_key(people, person.id, replace(person, standing=Standing.REPLACED, seat=None))
    moved = replace(
        meeting,
        seats=seats,
        people=people,
        invitations=invitations,
        notes=(*meeting.notes, note),
        briefed=without_key(meeting.briefed, seat.id),  # each confirms it for themselves (STY-5.1a)
        answers=meeting.answers if event.handed_on or _same(seat, changed) else _unprepared(meeting, seat),
    )
    codes = meeting.codes.get(seat.id)
    if codes is not None:  # the one that went to the former mailbox opens the seat no more
        moved = replace(moved, codes=with_key(meeting.codes, seat.id, Codes(number=codes.number, spent=True, since=at)))
    invited = before is not None and before.number
    return _with_former(moved, seat) if invited and not _same(seat, changed) else moved


def _unprepared(meeting: Meeting, seat: Seat) -> Mapping[Slot, Answer]:
    """Return the answers without what somebody prepared for a seat's turn: nobody but its author was to see it."""
    kept = {
        slot: answer
        for slot, answer in meeting.answers.items()
        if (slot.part, slot.subject, answer.how) != (CONTRIBUTION, seat.id, How.PREPARED)
    }
    return MappingProxyType(kept) if len(kept) < len(meeting.answers) else meeting.answers


def _told(event: InvitationPassed, seat: Seat, former: str) -> str:
    """Return what the minutes say of it; the reason is kept here, for the seat is another's now."""
    reason = event.reason or seat.apologies
    why = f"; their reason: {reason}" if reason else ""
    text = f"{seat.label}: {event.to.name or 'a colleague'} was asked in place of {former or 'nobody'}"
    return f"{text} ({'deputy named' if event.deputy else 'no answer'}{why})"


def _taken_by(seat: Seat, to: Contact, *, in_place_of: str) -> Seat:
    """Return a seat as somebody else's: what was said of whoever was asked before does not hold for them."""
    chain = tuple(c for c in seat.chain if c != to)
    return replace(
        seat,
        name=to.name,
        email=to.email,
        aad=to.aad,
        chain=chain,
        in_place_of=in_place_of,
        prefill={},
        apologies="",
        must_leave_at=None,
    )


def _gives_up(meeting: Meeting, person: Person, seat: Seat, *, named: bool) -> bool:
    """Tell whether somebody held this seat by their answer alone: what it is told and shown goes to the other now.

    Where another was named before the meeting began, an open page or an early call does not hold it either.
    """
    if person.seat != seat.id or person.id in (meeting.chair, meeting.note_taker):
        return False
    return (named and meeting.started is None) or not (person.present or person.stays)


def _with_former(meeting: Meeting, seat: Seat) -> Meeting:
    """Remember who was asked to a seat until now."""
    gone = Contact(name=seat.name, email=seat.email, aad=seat.aad)
    return replace(meeting, former=with_key(meeting.former, seat.id, (*meeting.former.get(seat.id, ()), gone)))


def _same(one: Seat, other: Seat) -> bool:
    return one.aad == other.aad != "" or one.email.casefold() == other.email.casefold() != ""


def asked_elsewhere(meeting: Meeting, seat: Seat) -> tuple[str, ...]:
    """Return the labels of the other seats that a seat's contact is asked to: one desk may answer for several."""
    return tuple(other.label for other in meeting.seats.values() if other.id != seat.id and _same(seat, other))


def told_former(before: Meeting, after: Meeting, seat: SeatId) -> Iterator[Notice]:
    """Yield the word to whoever was asked before that they need not come: the meeting leaves their calendar."""
    number = len(before.former.get(seat, ()))
    if len(after.former.get(seat, ())) > number:
        subject = f"{_FORMER}{number}"
        yield Send(key=f"{_FORMER}{seat}:{number}", kind=NoticeKind.CANCELLATION, subject=subject, seat=seat, urgency=3)


def is_former(notice: str) -> bool:
    """Tell by its key or its subject whether a message is for somebody who was asked to a seat before."""
    return notice.startswith(_FORMER)


def former_seat(meeting: Meeting, seat: Seat, subject: str) -> Seat:
    """Return a seat as it was for whom a message of this subject is: with the contact who was asked then."""
    if not is_former(subject):
        return seat
    gone = meeting.former[seat.id][int(subject.removeprefix(_FORMER))]
    return replace(seat, name=gone.name, email=gone.email, aad=gone.aad)
