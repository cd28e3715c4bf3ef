"""Letters that wait because the mail server does not take them: the chair hears of it, and once none waits any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from meeting.model import Delivery, Entry, Meeting, PersonId, ReplyKind, SeatId
from meeting.registry import Case, Events, decides, evolves
from meeting.telling.delivery import seat_of
from meeting.telling.notices import Notice, NoticeKind, Send
from meeting.telling.readers import chair_seat

KEY = "delayed"
LATE_AFTER = timedelta(minutes=10)
NEAR = timedelta(hours=2)  # before the start, and after it while nobody has begun
GATHERED = timedelta(minutes=1)  # by then the other letters that were sent with the first have been tried too
_OUTAGE = timedelta(days=1)  # what is delayed later than that is told anew, whatever still waits
_INVITING = (NoticeKind.INVITATION, NoticeKind.CHASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDelay:
    """A letter was tried several times, and waits: the mail server is away, or does not take it yet."""

    seat: SeatId | None  # None: to a person, or to an address that has no seat
    key: str
    kind: str
    person: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteUnneeded:
    """A letter that waited is not sent: nobody needs it any more."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDelayed:
    seat: SeatId | None
    key: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayedUnneeded:
    key: str


def waiting(meeting: Meeting) -> tuple[Delivery, ...]:
    """Return the letters that wait for the mail server, to whom nothing has reached since; none to the chair."""
    led = chair_seat(meeting)
    known = (d for d in meeting.delayed if d.seat is None or (d.seat in meeting.seats and d.seat != led))
    return tuple(d for d in known if not _answered(meeting, d))


@decides(NoteDelay)
def note_delay(case: Case, command: NoteDelay) -> Events:
    """Write down once that a letter waits; the chair is told, unless it was theirs."""
    if any(d.key == command.key for d in case.meeting.delayed):
        return ()
    seat = command.seat or seat_of(case.meeting, command.person)
    return (MessageDelayed(seat=seat, key=command.key, kind=command.kind),)


@decides(NoteUnneeded)
def note_unneeded(case: Case, command: NoteUnneeded) -> Events:
    """Write down that a letter waits no more, since nobody needs it."""
    known = any(d.key == command.key for d in case.meeting.delayed)
    return (DelayedUnneeded(key=command.key),) if known else ()


@evolves(MessageDelayed)
def _delayed(meeting: Meeting, event: MessageDelayed, by: PersonId, at: datetime) -> Meeting:
    made = Delivery(seat=event.seat, key=event.key, kind=event.kind, at=at)
    return replace(meeting, delayed=(*meeting.delayed, made))


@evolves(DelayedUnneeded)
def _unneeded(meeting: Meeting, event: DelayedUnneeded, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, delayed=tuple(d for d in meeting.delayed if d.key != event.key))


def told_of_delay(before: Meeting, after: Meeting, entry: Entry) -> Iterator[Notice]:
    """Yield the one word of an outage, which looks at what waits when it is sent, and the word that it is over."""
    led, waited = chair_seat(after), waiting(before)
    match entry.event:
        case MessageDelayed(seat=seat) if led not in (None, seat):
            if not any(entry.at - d.at < _OUTAGE for d in waited):
                due = entry.at + (GATHERED if _near(after, entry.at) else LATE_AFTER)
                yield Send(key=KEY, kind=NoticeKind.DELAYED, seat=led, due=due, urgency=1, again=True)
        case _ if led is not None and waited and not waiting(after) and _heard(before, waited):
            key = f"alert:none_waits:{entry.sequence}"
            yield Send(key=key, kind=NoticeKind.ALERT, subject="none_waits", seat=led, urgency=1)


def _answered(meeting: Meeting, letter: Delivery) -> bool:
    """Tell whether a letter asked for an answer that has come meanwhile, as by telephone."""
    held = meeting.invitations.get(letter.seat) if letter.seat else None
    return letter.kind in _INVITING and held is not None and held.reply is not ReplyKind.NONE


def _near(meeting: Meeting, now: datetime) -> bool:
    return meeting.called_for is not None and abs(meeting.called_for - now) <= NEAR


def _heard(meeting: Meeting, waited: tuple[Delivery, ...]) -> bool:
    """Tell whether the chair was told of these letters, and so is to hear how it ended."""
    since = min(d.at for d in waited)
    return any(d.key == KEY and d.how and d.at >= since for d in meeting.deliveries)
