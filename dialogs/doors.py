"""The door before content: a view behind it is drawn for people who may see what is said, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable

from cards.chairing import wait_card
from cards.kit import Card
from dialogs.asking import View
from meeting.door.admission import barred
from meeting.model import Standing
from meeting.screens.duty import wait_screen
from meeting.screens.frame import Look
from meeting.screens.minuting import on_team


def admitted(draw: View) -> View:
    """Return the view for whoever has a seat; others learn why they see nothing."""
    return _behind(unseated, draw)


def content(draw: View) -> View:
    """Return the view for whoever may see content: seated, acknowledged, introduced, in the right meeting."""
    return _behind(_barred, draw)


def scribes_only(draw: View) -> View:
    """Return the view for chair and note-taker."""
    return _behind(lambda look: _barred(look) or ("" if look.scribe else "chair_or_note_taker"), draw)


def senders_only(draw: View) -> View:
    """Return the view for whoever sends the minutes, a team that was asked to among them; it has no content."""
    return _behind(lambda look: "" if look.scribe or on_team(look) else "chair_or_note_taker", draw)


def chair_only(draw: View) -> View:
    """Return the view for the chair."""
    return _behind(lambda look: _barred(look) or ("" if look.chairs else "chair_only"), draw)


def _behind(why: Callable[[Look], str], draw: View) -> View:
    def drawn(look: Look) -> Card:
        reason = why(look)
        return wait_card(wait_screen(look, reason)) if reason else draw(look)

    return drawn


def unseated(look: Look) -> str:
    """Return why somebody has no place in this meeting, "" for whoever has a seat and takes it for theirs."""
    person = look.meeting.people.get(look.person)
    if person is None or person.standing is not Standing.SEATED:
        return "not_admitted"
    return "wrong_meeting" if person.right_meeting is False else ""


def _barred(look: Look) -> str:
    person = look.meeting.people.get(look.person)
    return "not_admitted" if person is None else barred(look.meeting, look.procedure, person) or ""
