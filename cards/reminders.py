"""Reminders as their reader sees them: numbers, seats and times, with the way to what they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from cards import kit
from cards.kit import Card
from cards.times import moment, weekday
from meeting.model import Action
from meeting.screens.reminder import ReminderLine, ReminderScreen

SHOWN = 12  # lines of one card
_URGENT = {True: "urgent, and ", False: ""}
LATE = "Late, because I was not running when it was due."
ASKED: Mapping[str, str] = {
    "sent": "The minutes should have reached you by {0}. Have you received them?",
    "not sent": "The minutes should have reached you by {0}. No copy was sent to you yet, and the chair was chased. "
    "Have you received them in another way?",
    "chair": "The minutes should have reached everybody by {0}. "
    "All who attended are asked today whether they have them, and told that you were chased.",
}


def reminder_lines(screen: ReminderScreen, most: int = SHOWN) -> list[str]:
    """Return one sentence for each thing that is due or late; beyond so many the rest is counted."""
    shown = [sentence(line) for line in screen.lines[:most]]
    rest = len(screen.lines) - most
    return [*shown, f"And {rest} more."] if rest > 0 else shown


def sentence(line: ReminderLine) -> str:
    """Return what is due when, in one line without content: an action by number, a limit by its name."""
    what = f"{line.what} ({line.whose})" if line.whose else line.what
    by = weekday(line.due) if line.by_day else moment(line.due)
    if line.asked:
        return ASKED[line.asked].format(by)
    since = f"overdue; was due by {by}" if line.by_day else f"overdue since {by}"
    if line.again:
        return f"{what}: still open, {since}."
    if line.late:
        return f"{what}: {since}."
    begun = f"{what} is" if line.action else f"{what}:"
    return f"{begun} due now ({by})." if line.now else f"{begun} due by {by}."


def own_lines(mine: Sequence[Action], now: datetime) -> list[str]:
    """Return a line for each of somebody's actions, the soonest first: its number and its time, without content.

    One whose time has passed says since when: it was carried over, or handed over late.
    """
    soonest = sorted(mine, key=lambda a: (not a.urgent, a.due))
    lines = [f"Action {a.number} is {_URGENT[a.urgent]}yours to do{_until(a.due, now)}." for a in soonest[:SHOWN]]
    return [*lines, f"And {len(mine) - SHOWN} more."] if len(mine) > SHOWN else lines


def _until(due: datetime, now: datetime) -> str:
    return f", overdue since {moment(due)}" if due < now else f" by {moment(due)}"


def counted(screen: ReminderScreen) -> str:
    """Return how many things a meeting still waits for, and how many of them are late."""
    late, several = sum(line.late for line in screen.lines), len(screen.lines) != 1
    still = f"{len(screen.lines)} things are still open" if several else "1 thing is still open"
    return f"{still}, {late or 'none'} overdue: open your part."


def reminder_card(reference: str, lines: Sequence[str], *, late: bool = False, title: str = "Reminder") -> Card:
    """Return a reminder; what it is about is fetched by its reader's own client."""
    body = [kit.heading(f"{reference} · {title}"), *(kit.text(line) for line in lines)]
    if late:
        body.append(kit.text(LATE, subtle=True, size="small"))
    return kit.card(body, kit.button("Open my part", "chairing.open"), speak=f"{reference}: {lines[0]}")


_AT = datetime(2026, 12, 24, 17, 0, tzinfo=UTC)


def _preview() -> Card:
    screen = ReminderScreen(
        reference="SM-2026-0042",
        lines=(
            ReminderLine(deadline="action:3", what="Action 3", due=_AT, action=3),
            ReminderLine(deadline="action:5", what="Action 5", due=_AT, action=5, late=True, whose="Police"),
            ReminderLine(deadline="clock:minutes", what="Minutes distributed", due=_AT, by_day=True, again=True),
        ),
        own=False,
    )
    return reminder_card("SM-2026-0042", reminder_lines(screen), late=True)


PREVIEWS: Mapping[str, Callable[[], Card]] = {"reminders.reminder": _preview}
