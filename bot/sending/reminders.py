"""Reminders, digests, own actions and updates as messages and as letters, when they are sent; what is moot is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.sending.letters import CLOSING, seat_letter, seat_of
from bot.sending.letters import said as letter_said
from bot.sending.messages import Moment, said, shared
from cards.reminders import LATE, SHOWN, counted, reminder_card, reminder_lines
from cards.times import moment
from dialogs.engine import Engine, home_of
from dialogs.links import Links
from dialogs.ports import Row
from documents.letters import Calendar, Letter, letter
from documents.letters.due import due_calendar, gone_calendar
from meeting.model import Action, Meeting, PersonId, Standing
from meeting.procedure import Procedure
from meeting.screens.reminder import ReminderScreen, digest_screen, reminder_screen
from meeting.steps.action_list import OVER
from meeting.telling.chasing import still_open
from meeting.telling.notices import NoticeKind
from meeting.telling.owners import NOT_YOURS
from meeting.telling.readers import Reader, owner
from meeting.timing.reminding import AGAIN, next_digest, next_time

LATE_AFTER = timedelta(minutes=10)
_URGENT = {True: "urgent, and ", False: ""}
_IN_CALENDARS = (NOT_YOURS, "action_more_time_granted", "action_reopened")  # sentences that change an entry there


def told_again(rows: Iterable[Row], meeting: Meeting, procedure: Procedure, now: datetime) -> Mapping[str, datetime]:
    """Return which of the rows just sent come again, and when: digests, and the last rung of a ladder."""
    again = {}
    for row in rows:
        if row.kind is NoticeKind.DIGEST and still_open(meeting, procedure):
            again[row.key] = next_digest(now, procedure)
        elif row.kind is NoticeKind.REMINDER and f"|{AGAIN}|" in row.subject and procedure.ladder.repeat_working_days:
            again[row.key] = next_time(now, procedure)
    return again


def _screen(at: Moment) -> ReminderScreen:
    rows = sorted((at.row, *at.row.also), key=lambda row: row.due)
    return reminder_screen(at.meeting, at.procedure, (row.subject for row in rows), seat_of(at), at.now)


def _late(at: Moment) -> bool:
    return any(at.now - row.due > LATE_AFTER for row in (at.row, *at.row.also))


def _message(at: Moment, engine: Engine, lines: list[str], home: str, title: str) -> Mapping[str, Any]:
    person = at.person()
    card = reminder_card(at.meeting.reference, lines, late=_late(at), title=title)
    return shared(at, engine, card, home, (person.address,) if person else ())


def reminder(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return what one reader is reminded of, in one message; None where all of it is settled."""
    screen = _screen(at)
    if not screen.lines:
        return None
    return _message(at, engine, reminder_lines(screen), home_of(_about(screen), {}), "Reminder")


def _about(screen: ReminderScreen) -> str:
    """Return the view of what a reminder is about."""
    if screen.team:
        return "minutes.panel"
    return "minutes.mine" if screen.asked else "follow_up.own" if screen.own else "follow_up.deadlines"


def reminder_letter(at: Moment, links: Links) -> Letter | None:
    """Return the same as a letter, with the due times of one's own actions for the calendar."""
    screen = _screen(at)
    if not screen.lines:
        return None
    numbers = {line.action for line in screen.lines if line.action and not line.whose}
    mine = [a for a in at.meeting.actions if a.number in numbers]
    return seat_letter(at, links, "a reminder", _said(at, reminder_lines(screen)), calendar=_calendar(at, mine))


def digest(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return what is open, for the chair; None where nothing is."""
    screen = digest_screen(at.meeting, at.procedure, at.now)
    if not screen.lines:
        return None
    return _message(at, engine, _counted(screen), home_of("follow_up.deadlines", {}), "Still open")


def digest_letter(at: Moment, links: Links) -> Letter | None:
    """Return the same as a letter."""
    screen = digest_screen(at.meeting, at.procedure, at.now)
    return seat_letter(at, links, "what is still open", _counted(screen)) if screen.lines else None


def _counted(screen: ReminderScreen) -> list[str]:
    return [counted(screen), *reminder_lines(screen)]


def own_actions(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the word that somebody has something to do; None where they have not, or no longer."""
    mine = _mine(at)
    return _message(at, engine, _yours(mine), home_of("follow_up.own", {}), "For you to do") if mine else None


def own_actions_letter(at: Moment, links: Links) -> Letter | None:
    """Return the same as a letter, with the due times for the calendar."""
    mine = _mine(at)
    lines = _said(at, _yours(mine))
    return seat_letter(at, links, "for you to do", lines, calendar=_calendar(at, mine)) if mine else None


def alert(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return a sentence about what happened; None where somebody is told that an action is not theirs, and it is."""
    return said(at, engine) if _holds(at) else None


def alert_letter(at: Moment, links: Links) -> Letter | None:
    """Return the same as a letter, with what it changes in its reader's calendar."""
    if not _holds(at):
        return None
    code, _, number = at.row.subject.partition(":")
    about = [a for a in at.meeting.actions if str(a.number) == number] if code in _IN_CALENDARS else []
    written = letter_said(at, links)
    if code == NOT_YOURS and about:
        gone = gone_calendar(at.meeting.id, at.meeting.reference, about[0], now=at.now)
        return replace(written, calendar=gone)
    mine = _mine(at)
    return replace(written, calendar=_calendar(at, [a for a in about if a in mine])) if about else written


def _holds(at: Moment) -> bool:
    """Tell whether it is still so that somebody has an action no more."""
    code, _, number = at.row.subject.partition(":")
    return code != NOT_YOURS or number not in {str(a.number) for a in _mine(at)}


def update(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the word that there is news; what it says is read by its reader alone."""
    known = any(u.id == at.row.subject for u in at.meeting.updates)
    home = home_of("afterwards.card", {})
    return _message(at, engine, ["There is an update from the chair."], home, "Update") if known else None


def update_letter(at: Moment, links: Links) -> Letter:
    """Return the same as a letter."""
    return seat_letter(at, links, "an update", ("There is an update from the chair.",))


def escalation(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the word for the protocol's contact, which goes out as a letter; None once it is resolved."""
    line = _escalated(at)
    return {"type": "message", "text": line, "summary": line} if line else None


def escalation_letter(at: Moment, links: Links) -> Letter | None:
    """Return the letter to the protocol's contact: that there is a disagreement, and whom to ask."""
    line = _escalated(at)
    if not line:
        return None
    chair = "Please get in touch with the chair of this meeting, who can tell you what it is about."
    return letter(f"{at.meeting.reference}: escalation", (line, chair), closing=(CLOSING,))


def _escalated(at: Moment) -> str:
    found = next((e for e in at.meeting.escalations if e.id == at.row.subject and e.resolved is None), None)
    protocol = at.procedure.escalation_protocol
    return f"{at.meeting.reference}: a disagreement between professionals was taken to {protocol}." if found else ""


def _mine(at: Moment) -> list[Action]:
    """Return the open actions of the row's reader."""
    return [a for a in at.meeting.actions if a.state not in OVER and _is_for(at, owner(at.meeting, a))]


def _is_for(at: Moment, reader: Reader) -> bool:
    """Tell whether a row is for this reader; what is for a whole seat is for each who sits there."""
    person = at.row.person
    known = at.meeting.people.get(PersonId(person))
    if known is not None and known.standing is Standing.REMOVED:
        return False
    if at.row.seat is None:
        return bool(person) and (reader.person == person or reader.seat == seat_of(at) is not None)
    return reader.seat == at.row.seat and (not person or reader.person in (None, person))


def _yours(mine: list[Action]) -> list[str]:
    """Return a line for each action, the soonest first: its number and its time, never what is to be done."""
    soonest = sorted(mine, key=lambda a: (not a.urgent, a.due))
    lines = [f"Action {a.number} is {_URGENT[a.urgent]}yours to do by {moment(a.due)}." for a in soonest[:SHOWN]]
    return [*lines, f"And {len(mine) - SHOWN} more."] if len(mine) > SHOWN else lines


def _said(at: Moment, lines: list[str]) -> list[str]:
    return [*lines, LATE] if _late(at) else lines


def _calendar(at: Moment, mine: list[Action]) -> Calendar | None:
    if not mine:
        return None
    return due_calendar(at.meeting.id, at.meeting.reference, mine, now=at.now)
