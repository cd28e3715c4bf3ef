"""Reminders as notices: what an entry changes in deadlines is told later, or no more. Ids, never content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Action, Entry, Meeting, Person, PersonId, Seat, SeatId, Standing, Status
from meeting.procedure import Procedure
from meeting.roles import manages
from meeting.steps.action_list import found
from meeting.steps.record import Entered
from meeting.telling.delivery import MessageDelivered, MessageUndelivered
from meeting.telling.notices import Cancel, Notice, NoticeKind, Send
from meeting.timing.deadlines import OWNER, Deadline, deadlines, running
from meeting.timing.moments import touches
from meeting.timing.reminding import AGAIN, Rung, next_digest, next_morning, rungs

DIGEST = "digest"
_WATCHED = (
    "status",
    "started",
    "ended",
    "chair",
    "successor",
    "note_taker",
    "seats",
    "converted",
    "decisions",
    "actions",
    "met",
    "challenges",
    "escalations",
    "updates",
    "update_requests",
    "starts",
    "linked_from",
    "minutes",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who a reminder goes to: a seat, or somebody who holds none."""

    seat: SeatId | None = None
    person: PersonId | None = None


def reminders(before: Meeting, after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    """Yield the reminders that an entry brings, and the cancelling of those that it makes pointless."""
    if not _touched(before, after, entry):
        return
    old, new = _wanted(before, procedure), _wanted(after, procedure)
    yield from (Cancel(key=key) for key in old if key not in new)
    yield from _to_come((send for key, send in new.items() if key not in old), entry.at, procedure)
    yield from _digest(after, entry, procedure)


def _to_come(sends: Iterable[Send], now: datetime, procedure: Procedure) -> Iterator[Send]:
    """Yield what is still to come; where a ladder's last rung has passed, it comes again from the next morning on.

    Else whoever takes over what is long overdue, or has it sent back or carried into a further meeting, hears nothing.
    """
    for send in sends:
        if send.due and send.due > now:
            yield send
        elif f"|{AGAIN}|" in send.subject:
            yield replace(send, due=next_morning(now, procedure), again=True)


def _touched(before: Meeting, after: Meeting, entry: Entry) -> bool:
    """Tell whether an entry may have changed a deadline: most do not, and cost nothing here."""
    if any(getattr(before, name) is not getattr(after, name) for name in _WATCHED):
        return True
    if isinstance(entry.event, MessageUndelivered | MessageDelivered) and entry.event.kind == NoticeKind.MINUTES:
        return True  # whether a copy arrived decides whether its limit still runs
    return isinstance(entry.event, Entered) and touches(entry.event.slot, entry.event.answers)


def _wanted(meeting: Meeting, procedure: Procedure) -> Mapping[str, Send]:
    """Return every reminder of what still runs, by key."""
    if not meeting.seats:
        return {}
    made: dict[str, Send] = {}
    for deadline in running(meeting, procedure):
        quiet = bool(deadline.action) and action_of(meeting, deadline).quiet
        for rung in rungs(deadline, procedure, quiet=quiet):
            for reader in (*readers(meeting, procedure, deadline, rung.to), *_teams(meeting, procedure, deadline)):
                send = _send(deadline, rung, reader)
                made.setdefault(send.key, send)
    return made


def _teams(meeting: Meeting, procedure: Procedure, deadline: Deadline) -> tuple[Reader, ...]:
    """Return the teams that send the minutes, who are reminded beside the chair while a copy waits (WMT-4.6)."""
    clock = procedure.clock(deadline.clock) if deadline.clock and deadline.holder == "chair" else None
    if clock is None or clock.until != "minutes_distributed":
        return ()
    chair = meeting.seats.get(chair_seat(meeting) or SeatId(""))
    told = {chair.aad, chair.email} - {""} if chair else set()  # a chair who sends them is reminded once
    asked = (meeting.seats[t.seat] for t in meeting.minutes.teams if t.seat in meeting.seats)
    ways = ((s.id, {s.aad, s.email} - {""}) for s in asked)
    return tuple(Reader(seat=seat) for seat, way in ways if way and not way & told)


def _send(deadline: Deadline, rung: Rung, reader: Reader) -> Send:
    """Return one reminder; its key names the due time, so that a deadline that moved is another one."""
    stamp = f"{deadline.due:%Y%m%d%H%M}"
    return Send(
        key=f"remind:{deadline.id}:{rung.name}:{stamp}:{reader.seat or reader.person}",
        kind=NoticeKind.REMINDER,
        subject=f"{deadline.id}|{rung.name}|{stamp}",
        seat=reader.seat,
        person=reader.person or "",
        private=reader.seat is None,
        due=rung.at,
        urgency=rung.urgency,
    )


def _digest(after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    """The chair is told each working morning what is open, from the closing until nothing is."""
    seat = chair_seat(after)
    if after.status is Status.CLOSED and seat is not None and still_open(after, procedure):
        due = next_digest(entry.at, procedure)
        yield Send(key=DIGEST, kind=NoticeKind.DIGEST, seat=seat, due=due, urgency=4, again=True)


def still_open(meeting: Meeting, procedure: Procedure) -> tuple[Deadline, ...]:
    """Return what the chair of a closed meeting still waits for."""
    return tuple(d for d in running(meeting, procedure) if d.reminded)


def readers(meeting: Meeting, procedure: Procedure, deadline: Deadline, to: str) -> tuple[Reader, ...]:
    """Return who a rung is for; where nobody is known, the chair."""
    chair = chair_seat(meeting)
    match to:
        case "owner":
            told = (owner(meeting, action_of(meeting, deadline)),)
        case "owner_manager":
            told = (Reader(seat=manager_of(meeting, procedure, action_of(meeting, deadline))),)
        case "note_taker":
            told = (Reader(seat=note_taker_seat(meeting)),)
        case "attendees":
            return tuple(Reader(seat=s) for s in attended(meeting) if s != chair)
        case _:
            told = (Reader(seat=chair),)
    return tuple(r if r.seat or r.person else Reader(seat=chair) for r in told if r.seat or r.person or chair)


def action_of(meeting: Meeting, deadline: Deadline) -> Action:
    """Return the action that a deadline is about."""
    return found(meeting, deadline.action)


def owner(meeting: Meeting, action: Action) -> Reader:
    """Return where an action's owner is reached: their own seat, the one that the action names, or they themselves."""
    name = action.owner.strip().lower()
    person = next((p for p in meeting.people.values() if p.name.strip().lower() == name), None)
    if person is not None and person.standing is Standing.SEATED:
        return Reader(seat=person.seat)
    seat = next((s.id for s in meeting.seats.values() if s.name.strip().lower() == name), None) or action.owner_seat
    if seat is not None and seat in meeting.seats:
        return Reader(seat=seat)
    return Reader(person=person.id) if person is not None and _may_be_told(person) else Reader()


def _may_be_told(person: Person) -> bool:
    return person.standing in (Standing.SEATED, Standing.OBSERVER)


def manager_of(meeting: Meeting, procedure: Procedure, action: Action) -> SeatId | None:
    """Return the seat of a manager of the owner's agency, other than the owner's own; None where none is invited."""
    own = owner(meeting, action).seat
    mine: Seat | None = meeting.seats.get(own) if own else None
    if mine is None:
        return None
    others = (s for s in meeting.seats.values() if s.agency == mine.agency and s.id != own)
    managers = (s for s in others if manages(procedure, s))
    return next((s.id for s in sorted(managers, key=lambda s: s.id == meeting.chair_seat)), None)


def chair_seat(meeting: Meeting) -> SeatId | None:
    """Return the seat of whoever chairs, before that the one that will."""
    return _seat_of(meeting, meeting.chair) or meeting.led_from


def note_taker_seat(meeting: Meeting) -> SeatId | None:
    """Return the seat of whoever takes notes, before that the one that will."""
    return _seat_of(meeting, meeting.note_taker) or meeting.note_taker_seat


def _seat_of(meeting: Meeting, person: PersonId | None) -> SeatId | None:
    seat = meeting.seat_of(person)
    return seat.id if seat else None


def attended(meeting: Meeting) -> tuple[SeatId, ...]:
    """Return the seats of everybody who was in the meeting."""
    came = (p.seat for p in meeting.people.values() if p.stays and p.standing is Standing.SEATED and p.seat)
    return tuple(dict.fromkeys(came))


def overdue(meeting: Meeting, procedure: Procedure, now: datetime) -> tuple[Deadline, ...]:
    """Return what somebody owes and should have done by now."""
    return tuple(d for d in deadlines(meeting, procedure) if d.ended is None and d.reminded and d.late(now))


__all__ = [
    "DIGEST",
    "OWNER",
    "Reader",
    "action_of",
    "attended",
    "chair_seat",
    "manager_of",
    "note_taker_seat",
    "overdue",
    "owner",
    "readers",
    "reminders",
    "still_open",
]
