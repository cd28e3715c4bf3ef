"""Reminders as notices: what an entry changes in deadlines is told later, or no more. Ids, never content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from meeting.model import Action, Entry, Meeting, SeatId, Status
from meeting.procedure import Procedure
from meeting.steps.action_list import found
from meeting.telling.delivery import MessageDelivered, MessageUndelivered
from meeting.telling.notices import Cancel, Notice, NoticeKind, Send
from meeting.telling.readers import Reader, attended, chair_seat, manager_of, note_taker_seat, owner, places
from meeting.timing.deadlines import Deadline, deadlines, running
from meeting.timing.moments import touches
from meeting.timing.reminding import AGAIN, Rung, next_morning, rungs

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


def reminders(before: Meeting, after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    """Yield the reminders that an entry brings, and the cancelling of those that it makes pointless."""
    if not _touched(before, after, entry, procedure):
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


def _touched(before: Meeting, after: Meeting, entry: Entry, procedure: Procedure) -> bool:
    """Tell whether an entry may have changed a deadline, or who is told of one: most do not, and cost nothing here."""
    if any(getattr(before, name) is not getattr(after, name) for name in _WATCHED):
        return True
    if isinstance(entry.event, MessageUndelivered | MessageDelivered) and entry.event.kind == NoticeKind.MINUTES:
        return True  # whether a copy arrived decides whether its limit still runs
    if before.people is not after.people and places(before) != places(after):
        return True
    then, now = before.answers, after.answers
    changed = {s for s in {*then, *now} if then.get(s) is not now.get(s)} if then is not now else ()
    return any(touches(procedure, slot, then.get(slot), now.get(slot)) for slot in changed)


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
        key=f"remind:{deadline.id}:{rung.name}:{stamp}:{reader.key}",
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
        due = next_morning(entry.at, procedure)
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


def overdue(meeting: Meeting, procedure: Procedure, now: datetime) -> tuple[Deadline, ...]:
    """Return what somebody owes and should have done by now."""
    return tuple(d for d in deadlines(meeting, procedure) if d.ended is None and d.reminded and d.late(now))
