"""Reminders, digests, own actions, updates as messages and as letters, when they are sent; what is moot is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.sending.letters import CLOSING, seat_letter, seat_of
from bot.sending.letters import said as letter_said
from bot.sending.messages import Moment, said, shared
from bot.teams.outbound import sentence
from cards.reminders import LATE, counted, own_lines, reminder_card, reminder_lines
from dialogs.engine import Engine, home_of
from dialogs.links import Links
from dialogs.ports import Row
from documents.letters import Calendar, Letter, letter
from documents.letters.due import due_calendar, gone_calendar
from meeting.model import Action, Meeting, PersonId, Standing, Told
from meeting.procedure import Procedure
from meeting.screens.reminder import ReminderScreen, digest_screen, reminder_screen
from meeting.steps.action_list import OVER
from meeting.telling.chasing import still_open
from meeting.telling.notices import NoticeKind
from meeting.telling.owners import FOR_OWNER, NOT_YOURS
from meeting.telling.readers import Reader, owner
from meeting.timing.reminding import AGAIN, next_morning, next_time

LATE_AFTER = timedelta(minutes=10)
_REMINDER, _OPEN = "Reminder", "Still open"  # heads of a message; the subjects of its letter
_SUBJECTS = {_REMINDER: "a reminder", _OPEN: "what is still open"}
_NO_MORE = (NOT_YOURS, FOR_OWNER[Told.DONE], FOR_OWNER[Told.NOT_POSSIBLE])  # sentences that take an entry away
_IN_CALENDARS = (*_NO_MORE, "action_more_time_granted", "action_reopened")  # sentences that change one


def told_again(rows: Iterable[Row], meeting: Meeting, procedure: Procedure, now: datetime) -> Mapping[str, datetime]:
    """Return which of the rows just sent come again, and when: digests, and the last rung of a ladder."""
    again = {}
    for row in rows:
        if row.kind is NoticeKind.DIGEST and still_open(meeting, procedure):
            again[row.key] = next_morning(now, procedure)
        elif row.kind is NoticeKind.REMINDER and f"|{AGAIN}|" in row.subject and procedure.ladder.repeat_working_days:
            again[row.key] = next_time(now, procedure)
    return again


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What one reader is told in one message: what they are reminded of, and below it what else is still open."""

    screen: ReminderScreen
    lines: tuple[str, ...]
    heads: tuple[str, ...]


def _told(at: Moment) -> _Told:
    rows = sorted((at.row, *at.row.also), key=lambda row: row.due)
    subjects = (row.subject for row in rows if row.kind is NoticeKind.REMINDER)
    screen = reminder_screen(at.meeting, at.procedure, subjects, seat_of(at), at.now)
    said = {line.deadline for line in screen.lines}
    whole = digest_screen(at.meeting, at.procedure, at.now)
    rest = tuple(line for line in whole.lines if line.deadline not in said)
    if not rest or all(row.kind is not NoticeKind.DIGEST for row in rows):
        return _Told(screen=screen, lines=tuple(reminder_lines(screen)), heads=(_REMINDER,))
    others = (counted(whole), *reminder_lines(replace(whole, lines=rest)))
    heads = (_REMINDER, _OPEN) if said else (_OPEN,)
    return _Told(screen=screen, lines=(*reminder_lines(screen), *others), heads=heads)


def _late(at: Moment) -> bool:
    return any(at.now - row.due > LATE_AFTER for row in (at.row, *at.row.also))


def _message(at: Moment, engine: Engine, lines: Sequence[str], home: str, title: str) -> Mapping[str, Any]:
    person = at.person()
    card = reminder_card(at.meeting.reference, lines, late=_late(at), title=title)
    return shared(at, engine, card, home, (person.address,) if person else ())


def reminder(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return what one reader is reminded of, what is open for a chair, or both in one message; None where nothing is.

    What is told as a reminder is not told again as open.
    """
    told = _told(at)
    return _message(at, engine, told.lines, home_of(_about(told), {}), " · ".join(told.heads)) if told.lines else None


def _about(told: _Told) -> str:
    """Return the view of what a reminder is about."""
    screen = told.screen
    if _OPEN in told.heads:
        return "follow_up.deadlines"
    if screen.team:
        return "minutes.panel"
    return "minutes.mine" if screen.asked else "follow_up.own" if screen.own else "follow_up.deadlines"


def reminder_letter(at: Moment, links: Links) -> Letter | None:
    """Return the same as a letter, with the due times of one's own actions for the calendar."""
    told = _told(at)
    if not told.lines:
        return None
    numbers = {line.action for line in told.screen.lines if line.action and not line.whose}
    mine = [a for a in at.meeting.actions if a.number in numbers]
    subject = ", ".join(_SUBJECTS[head] for head in told.heads)
    return seat_letter(at, links, subject, _said(at, told.lines), calendar=_calendar(at, mine))


def own_actions(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the word that somebody has something to do; None where they have not, or no longer."""
    mine = _mine(at)
    if not mine:
        return None
    return _message(at, engine, own_lines(mine, at.now), home_of("follow_up.own", {}), "For you to do")


def own_actions_letter(at: Moment, links: Links) -> Letter | None:
    """Return the same as a letter, with the due times for the calendar."""
    mine = _mine(at)
    lines = _said(at, own_lines(mine, at.now))
    return seat_letter(at, links, "for you to do", lines, calendar=_calendar(at, mine)) if mine else None


def alert(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return a sentence about what happened; None where it says that nothing is left to do, and something is."""
    return said(at, engine) if _holds(at) else None


def alert_letter(at: Moment, links: Links) -> Letter | None:
    """Return the same as a letter, with what it changes in its reader's calendar."""
    if not _holds(at):
        return None
    code, _, number = at.row.subject.partition(":")
    about = [a for a in at.meeting.actions if str(a.number) == number] if code in _IN_CALENDARS else []
    written = letter_said(at, links)
    if code in _NO_MORE and about:
        gone = gone_calendar(at.meeting.id, at.meeting.reference, about[0], now=at.now)
        return replace(written, calendar=gone)
    mine = _mine(at)
    return replace(written, calendar=_calendar(at, [a for a in about if a in mine])) if about else written


def _holds(at: Moment) -> bool:
    """Tell whether it is still so that an action is no more for somebody to do."""
    code, _, number = at.row.subject.partition(":")
    return code not in _NO_MORE or number not in {str(a.number) for a in _mine(at)}


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
    return sentence(line) if line else None


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


def _said(at: Moment, lines: Sequence[str]) -> Sequence[str]:
    return [*lines, LATE] if _late(at) else lines


def _calendar(at: Moment, mine: list[Action]) -> Calendar | None:
    if not mine:
        return None
    return due_calendar(at.meeting.id, at.meeting.reference, mine, now=at.now)
