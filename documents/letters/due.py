"""When actions are due, as an iCalendar attachment: a reference and a number, never what is to be done (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from documents.letters.letter import Calendar as Attached
from documents.letters.letter import Method, one_line
from meeting.model import Action, MeetingId
from meeting.steps.action_list import entry_of

_LENGTH = timedelta(minutes=15)  # an entry that ends when the action is due
_AHEAD = timedelta(hours=-2)


def due_calendar(meeting: MeetingId, reference: str, actions: Sequence[Action], *, now: datetime) -> Attached:
    """Return an entry for each action; a later version replaces the earlier, also one of an earlier meeting's list."""
    return _calendar(meeting, reference, actions, now, Method.PUBLISH)


def gone_calendar(meeting: MeetingId, reference: str, action: Action, *, now: datetime) -> Attached:
    """Return what takes an action out of the calendar of somebody whose it is no more."""
    return _calendar(meeting, reference, (action,), now, Method.CANCEL)


def _calendar(meeting: MeetingId, reference: str, actions: Sequence[Action], now: datetime, method: Method) -> Attached:
    made = Calendar()
    made.add("prodid", "-//Chairside//Reminders//EN")
    made.add("version", "2.0")
    made.add("method", method.value)
    for action in actions:
        entry = _entry(meeting, one_line(reference), action, now)
        if method is Method.CANCEL:
            entry.add("status", "CANCELLED")
        else:
            entry.add_component(_alarm(entry))
        made.add_component(entry)
    return Attached(method=method, content=made.to_ical())


def _entry(meeting: MeetingId, reference: str, action: Action, now: datetime) -> Event:
    event, number, due = Event(), action.number, action.due
    event.add("uid", f"action-{entry_of(meeting, action)}@chairside.example")
    event.add("sequence", action.moved)
    event.add("dtstamp", now)
    event.add("dtstart", due - _LENGTH)
    event.add("dtend", due)
    event.add("summary", f"{reference}: action {number} is due")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _alarm(event: Event) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event["summary"])
    alarm.add("trigger", _AHEAD)
    return alarm
