"""What a reminder says when it is sent: what is still due or late by then, numbers and seats, never content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from meeting.model import Meeting, SeatId
from meeting.procedure import Procedure
from meeting.telling.chasing import action_of, overdue, still_open
from meeting.telling.readers import Reader, owner
from meeting.timing.deadlines import OWNER, Deadline, running
from meeting.timing.reminding import AGAIN, ATTENDEES, BEFORE, CHASED, LATE, rungs

OTHERS = SeatId("")  # the reader of a list in which nothing is their own to do, but others'


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLine:
    """One thing that is due: for its owner, or (`whose`) for somebody who is told of another's."""

    deadline: str  # its id
    what: str
    due: datetime
    by_day: bool = False
    late: bool = False
    again: bool = False
    now: bool = False  # it is due at this moment
    whose: str = ""  # the owner's seat
    action: int = 0
    asked: str = ""  # "sent" or "not sent" to whoever attended and is asked for it; "chair" where the chair is chased


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderScreen:
    """Everything that one reader is reminded of at once."""

    reference: str
    lines: tuple[ReminderLine, ...]
    own: bool  # all of it is the reader's own actions
    asked: bool = False  # all of it is asked of everybody who attended, and the reader is one of them
    team: bool = False  # the reader sends the minutes, and has nothing else to do here


def reminder_screen(
    meeting: Meeting, procedure: Procedure, subjects: Iterable[str], seat: SeatId | None, now: datetime
) -> ReminderScreen:
    """Return what is still to be said: each deadline once, by its last rung, and only where it still runs as it did."""
    still = {d.id: d for d in running(meeting, procedure)}
    last: dict[str, str] = {}
    for subject in subjects:
        deadline, name, stamp = subject.split("|")
        known = still.get(deadline)
        if known is not None and f"{known.due:%Y%m%d%H%M}" == stamp and not _muted(meeting, procedure, known, name):
            last[deadline] = name
    lines = tuple(_line(meeting, procedure, still[one], name, seat, now) for one, name in last.items())
    own = all(line.action and not line.whose for line in lines)
    asked = bool(lines) and all(line.asked in ("sent", "not sent") for line in lines)
    team = seat in meeting.minutes.team_seats
    return ReminderScreen(reference=meeting.reference, lines=lines, own=own, asked=asked, team=team)


def _muted(meeting: Meeting, procedure: Procedure, deadline: Deadline, name: str) -> bool:
    """Tell whether a rung is no longer on the ladder: its owner has seen what it says."""
    quiet = bool(deadline.action) and action_of(meeting, deadline).quiet
    return name not in {rung.name for rung in rungs(deadline, procedure, quiet=quiet)}


def _line(
    meeting: Meeting, procedure: Procedure, deadline: Deadline, name: str, seat: SeatId | None, now: datetime
) -> ReminderLine:
    return ReminderLine(
        deadline=deadline.id,
        what=deadline.what,
        due=deadline.due,
        by_day=deadline.by_day,
        late=now >= deadline.overdue and not _just_now(deadline, now),
        again=name == AGAIN,
        now=_just_now(deadline, now) and not name.startswith(BEFORE),
        whose="" if _mine(meeting, deadline, seat) else _whose(meeting, deadline),
        action=deadline.action,
        asked=_asked(meeting, deadline, name, seat),
    )


def _asked(meeting: Meeting, deadline: Deadline, name: str, seat: SeatId | None) -> str:
    """Return how everybody is asked for the minutes that are late, and how the chair hears of it (STY-5.1d)."""
    if deadline.holder != ATTENDEES or name not in (LATE, CHASED):
        return ""
    return "chair" if name == CHASED else "sent" if any(s.seat == seat for s in meeting.minutes.sent) else "not sent"


def _just_now(deadline: Deadline, now: datetime) -> bool:
    """Tell whether something that ends at a time of day ends in this quarter of an hour."""
    return not deadline.by_day and 0 <= (now - deadline.due).total_seconds() < 900


def _mine(meeting: Meeting, deadline: Deadline, seat: SeatId | None) -> bool:
    """Tell whether it is the reader's own to do: not where they are told because its owner cannot be reached."""
    if deadline.holder != OWNER:
        return True
    reader = owner(meeting, action_of(meeting, deadline))
    return reader.seat == seat and reader != Reader()


def _whose(meeting: Meeting, deadline: Deadline) -> str:
    action = action_of(meeting, deadline)
    known = (meeting.seats.get(s) for s in (action.owner_seat, owner(meeting, action).seat) if s)
    return next((seat.label for seat in known if seat is not None), "a named person")


def digest_screen(meeting: Meeting, procedure: Procedure, now: datetime) -> ReminderScreen:
    """Return what the chair of a closed meeting still waits for: the limits first, then what others owe, late first.

    So the chair's own minutes stand above forty actions of others, of which a card shows the first.
    """
    lines = _sorted(_line(meeting, procedure, d, "", OTHERS, now) for d in still_open(meeting, procedure))
    return ReminderScreen(
        reference=meeting.reference, lines=tuple(sorted(lines, key=lambda line: bool(line.action))), own=False
    )


def overdue_screen(meeting: Meeting, procedure: Procedure, now: datetime) -> ReminderScreen:
    """Return what is late in one meeting."""
    lines = _sorted(_line(meeting, procedure, d, "", OTHERS, now) for d in overdue(meeting, procedure, now))
    return ReminderScreen(reference=meeting.reference, lines=tuple(lines), own=False)


def _sorted(lines: Iterable[ReminderLine]) -> Iterator[ReminderLine]:
    yield from sorted(lines, key=lambda line: (not line.late, line.due))
