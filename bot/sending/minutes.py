"""Words about the minutes, as messages and as letters: a reference and what to do, never what the minutes say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sending.letters import seat_letter
from bot.sending.messages import Moment, base_message
from dialogs.engine import Engine, home_of
from dialogs.links import Links
from documents.letters import Letter

#: By subject: what is said, and the view that it opens.
SAID: Mapping[str, tuple[str, str]] = {
    "": ("The draft minutes are ready", "minutes.read"),
    "check": ("The draft minutes wait for your check", "minutes.panel"),
    "after": ("The minutes are authorised: confirm the case system's tasks", "minutes.panel"),
    "send": ("The minutes are authorised: send them", "minutes.panel"),
    "delegated": ("You may authorise the minutes in the place of the chair", "minutes.panel"),
    "team": ("Minutes wait to be sent by your team", "minutes.panel"),
    "yours": ("The minutes are ready for you", "minutes.mine"),
    "missing": ("{0} has not received the minutes", "minutes.panel"),
    "correction": ("Somebody asks for a correction of the minutes", "minutes.panel"),
    "addendum": ("An addendum stands in the minutes", "minutes.mine"),
    "answered": ("Your request for a correction is answered", "minutes.mine"),
}


def minutes(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return a message for one seat or person; their own client fetches what it is about."""
    line, view = _said(at)
    person = at.person()
    return base_message(at, engine, line, home_of(view, {}), (person.address,) if person else ())


def minutes_letter(at: Moment, links: Links) -> Letter:
    """Return the same as a letter, with the link to the seat's page."""
    line, _ = _said(at)
    return seat_letter(at, links, "about the minutes", (f"{line}.",))


def _said(at: Moment) -> tuple[str, str]:
    code, _, detail = at.row.subject.partition(":")
    line, view = SAID[code]
    return line.format(detail), view
