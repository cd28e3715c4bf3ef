"""The word to the chair that letters wait for the mail server: how many, and whom to telephone; no content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sending.letters import seat_letter
from bot.sending.messages import Moment
from bot.teams.outbound import sentence
from cards import chairing as words
from dialogs.engine import Engine
from dialogs.links import Links
from documents.letters import Letter
from meeting.telling.delaying import waiting
from meeting.telling.delivery import reader


def delayed(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return how many letters wait and whom to telephone; None where none waits any more."""
    line = _line(at)
    return sentence(line) if line else None


def delayed_letter(at: Moment, links: Links) -> Letter | None:
    """Return the same as a letter, for a chair whom Teams does not reach: it waits with the others."""
    line = _line(at)
    return seat_letter(at, links, "a message for you", (line,)) if line else None


def _line(at: Moment) -> str:
    order = {seat: n for n, seat in enumerate(at.meeting.seats)}
    letters = sorted(waiting(at.meeting), key=lambda one: order.get(one.seat, len(order)) if one.seat else len(order))
    if not letters:
        return ""
    seats = ", ".join(dict.fromkeys(reader(at.meeting, one) for one in letters))
    many = "1 letter waits" if len(letters) == 1 else f"{len(letters)} letters wait"
    return words.spoken("delayed", at.meeting.reference, many, seats)
