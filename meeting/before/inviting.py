"""What happened to invitations: the entries, how they change the meeting, and which messages they cause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.before.passing import InvitationPassed, told_former
from meeting.flags import CONVENING
from meeting.ids import spoken
from meeting.model import (
    Contact,
    Invitation,
    Meeting,
    Note,
    Override,
    PersonId,
    ReplyKind,
    SeatId,
    Status,
)
from meeting.registry import evolves
from meeting.telling.notices import Cancel, Notice, NoticeKind, Send
from meeting.values import with_key


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationSent:
    """An invitation is on its way; `contact` where it goes to somebody else than before."""

    seat: SeatId
    number: int
    chase_at: datetime
    cover_at: datetime | None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAnswered:
    seat: SeatId
    reply: ReplyKind
    mode: str
    must_leave_at: datetime | None
    reason: str
    supplied: str
    behalf: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationUnanswered:
    """Nobody answered, and nobody is left to ask."""

    seat: SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsidePathway:
    seats: tuple[SeatId, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingMoved:
    starts: datetime
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatWithdrawn:
    seat: SeatId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionLeftOut:
    role: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingConfirmed:
    seat: SeatId
    lines: tuple[int, ...]


@evolves(InvitationSent)
def _sent(meeting: Meeting, event: InvitationSent, by: PersonId, at: datetime) -> Meeting:
    before = meeting.invitations.get(event.seat)
    made = Invitation(seat=event.seat, number=event.number, sent=at, asked=before.asked if before else ())
    if before is not None and not before.number:  # they answered by telephone before anything was sent
        made = replace(before, number=event.number, sent=at)
    return replace(meeting, invitations=with_key(meeting.invitations, event.seat, made))


@evolves(InvitationAnswered)
def _answered(meeting: Meeting, event: InvitationAnswered, by: PersonId, at: datetime) -> Meeting:
    before = meeting.invitations.get(event.seat) or Invitation(seat=event.seat, number=0, sent=at)
    answered = replace(
        before, reply=event.reply, mode=event.mode, answered=at, by=by, behalf=event.behalf, exhausted=False
    )
    away = event.reply is ReplyKind.APOLOGIES
    seat = replace(
        meeting.seats[event.seat],
        apologies=event.reason if away else "",
        supplied=event.supplied or meeting.seats[event.seat].supplied,
        must_leave_at=event.must_leave_at,
    )
    invitations = with_key(meeting.invitations, event.seat, answered)
    return replace(meeting, invitations=invitations, seats=with_key(meeting.seats, seat.id, seat))


@evolves(InvitationUnanswered)
def _unanswered(meeting: Meeting, event: InvitationUnanswered, by: PersonId, at: datetime) -> Meeting:
    held = replace(meeting.invitations[event.seat], exhausted=True)
    return replace(meeting, invitations=with_key(meeting.invitations, event.seat, held))


@evolves(OutsidePathway)
def _outside(meeting: Meeting, event: OutsidePathway, by: PersonId, at: datetime) -> Meeting:
    labels = tuple(f"{meeting.seats[s].label}: outside the local pathway" for s in event.seats)
    passed = Override(step=CONVENING, missing=labels, reason=event.reason, by=by, at=at)
    return replace(meeting, overrides=(*meeting.overrides, passed))


@evolves(MeetingMoved)
def _moved(meeting: Meeting, event: MeetingMoved, by: PersonId, at: datetime) -> Meeting:
    if meeting.status is Status.ADJOURNED:  # it has begun, and goes on when it is called for now
        until = (*meeting.adjourned[:-1], event.starts)
        return replace(meeting, place=event.place, resume_at=event.starts, adjourned=until)
    return replace(meeting, starts=event.starts, place=event.place)


@evolves(SeatWithdrawn)
def _withdrawn(meeting: Meeting, event: SeatWithdrawn, by: PersonId, at: datetime) -> Meeting:
    seat = meeting.seats[event.seat]
    note = Note(at=at, text=f"{seat.label} no longer invited: {event.reason}", step=CONVENING, by=by)
    seats = {k: v for k, v in meeting.seats.items() if k != event.seat}
    gone = with_key(meeting.withdrawn, seat.id, seat)
    return replace(meeting, seats=seats, withdrawn=gone, notes=(*meeting.notes, note))


@evolves(SuggestionLeftOut)
def _left_out(meeting: Meeting, event: SuggestionLeftOut, by: PersonId, at: datetime) -> Meeting:
    note = Note(at=at, text=f"Not invited, {spoken(event.role)}: {event.reason}", step=CONVENING, by=by)
    left = with_key(meeting.left_out, event.role, event.reason)
    return replace(meeting, left_out=left, notes=(*meeting.notes, note))


@evolves(BriefingConfirmed)
def _briefed(meeting: Meeting, event: BriefingConfirmed, by: PersonId, at: datetime) -> Meeting:
    known = meeting.briefed.get(event.seat, frozenset()) | frozenset(event.lines)
    return replace(meeting, briefed=with_key(meeting.briefed, event.seat, known))


def told(before: Meeting, after: Meeting, event: object) -> Iterator[Notice]:
    """Yield what has to be told of invitations: to the seat they are for, or to the chair's."""
    match event:
        case InvitationSent(seat=seat, number=number, chase_at=chase, cover_at=cover):
            yield from _stop(before, seat)
            key, subject = f"{seat}:{number}", str(number)
            yield Send(key=f"invite:{key}", kind=NoticeKind.INVITATION, subject=subject, seat=seat, urgency=2)
            yield Send(key=f"chase:{key}", kind=NoticeKind.CHASE, subject=subject, seat=seat, due=chase, urgency=3)
            if cover is not None:
                yield Send(key=f"cover:{key}", kind=NoticeKind.COVER, subject=subject, seat=seat, due=cover, urgency=1)
        case InvitationAnswered(seat=seat, reply=reply, behalf=behalf):
            yield from _stop(after, seat)
            if reply is ReplyKind.APOLOGIES and not behalf:
                yield from _to_chair(after, seat, "apologies")
        case InvitationPassed(seat=seat):
            yield from told_former(before, after, seat)
        case InvitationUnanswered(seat=seat):
            yield from _to_chair(after, seat, "unanswered")
        case SeatWithdrawn(seat=seat) if seat in before.invitations:
            yield from _stop(before, seat)
            yield Send(key=f"off:{seat}", kind=NoticeKind.CANCELLATION, subject="seat", seat=seat, urgency=2)


def called_off(after: Meeting) -> Iterator[Notice]:
    """Yield the word to everybody invited that the meeting will not be held."""
    for seat in after.invitations:
        if seat in after.seats:
            yield from _stop(after, seat)
            yield Send(key=f"off:{seat}", kind=NoticeKind.CANCELLATION, subject="meeting", seat=seat, urgency=1)


def _stop(meeting: Meeting, seat: SeatId) -> Iterator[Notice]:
    """Yield the end of waiting for an answer."""
    held = meeting.invitations.get(seat)
    if held is not None:
        yield Cancel(key=f"chase:{seat}:{held.number}")
        yield Cancel(key=f"cover:{seat}:{held.number}")


def _to_chair(after: Meeting, seat: SeatId, code: str) -> Iterator[Notice]:
    if after.chair_seat not in (None, seat):
        number = after.invitations[seat].number
        subject = f"{code}:{after.seats[seat].label}"
        key = f"alert:{code}:{seat}:{number}"
        yield Send(key=key, kind=NoticeKind.ALERT, subject=subject, seat=after.chair_seat, urgency=2)
