"""Rows of the outbox turned into letters, at the moment they are sent. A reference, times, a link: never a name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sending.messages import Moment
from cards import chairing as words
from dialogs.links import Links
from documents.letters import Calendar, Letter, letter
from meeting.door.guests import CODE_LIVES
from meeting.model import SeatId

OPEN = "Open your page"
NO_LINK = "Answer in Teams: write to Chairside in a 1:1 chat. Or telephone the chair."
CLOSING = "Chairside sent this by itself. It names nobody on purpose: if you reply, please name nobody either."


def seat_letter(
    at: Moment,
    links: Links,
    subject: str,
    lines: Sequence[str],
    *,
    facts: Sequence[tuple[str, str]] = (),
    link_text: str = OPEN,
    calendar: Calendar | None = None,
) -> Letter:
    """Return a letter to a row's seat, with the link to that seat's page; its subject begins with the reference."""
    seat = at.seat()
    link = links.seat_link(at.meeting.id, seat.id) if seat else ""
    again = " (again)" if at.row.repeat else ""
    return letter(
        f"{at.meeting.reference}: {subject}{again}",
        lines,
        facts=facts,
        link=link,
        link_text=link_text,
        closing=(CLOSING,) if link else (NO_LINK, CLOSING),
        calendar=calendar,
    )


def seat_of(at: Moment) -> SeatId | None:
    """Return the seat that a row goes to: the one it names, or its person's."""
    seat = at.seat()
    return seat.id if seat else None


def said(at: Moment, links: Links) -> Letter:
    """Return a sentence as a letter."""
    code, _, detail = at.row.subject.partition(":")
    line = words.spoken(code, at.meeting.reference, detail)
    return seat_letter(at, links, "a message for you", (line,))


def code(at: Moment, links: Links) -> Letter | None:
    """Return the letter with a guest's code; None where a newer one was asked for, or it no longer works."""
    seat = at.row.seat
    known = at.meeting.codes.get(seat) if seat else None
    if seat is None or known is None or known.spent or str(known.number) != at.row.subject:
        return None
    digits = links.codes.code(at.meeting.id, seat, known.number)
    minutes = CODE_LIVES.seconds // 60
    lines = (
        f"Your code: {digits[:3]} {digits[3:]}",
        f"It works once, until {minutes} minutes after you asked for it. Nobody will ever ask you for it by telephone.",
        "If you did not ask for a code, do nothing, and tell the chair.",
    )
    return letter(f"{at.meeting.reference}: your code", lines, closing=(CLOSING,))
