"""When actions are due, as an iCalendar attachment: a reference and a number, never what is to be done (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from documents.letters.letter import Calendar as Attached
from documents.letters.letter import Method, one_line
from meeting.model import Action

_LENGTH = timedelta(minutes=15)  # an entry that ends when the action is due
_AHEAD = timedelta(hours=-2)


def due_calendar(meeting: str, reference: str, dues: Sequence[tuple[int, datetime, int]], *, now: datetime) -> Attached:
    """Return entries for (action number, due time, how often it was moved); a later one replaces the earlier."""
    made = Calendar()
    made.add("prodid", "-//Chairside//Reminders//EN")
    made.add("version", "2.0")
    made.add("method", Method.PUBLISH.value)
    for number, due, moved in dues:
        made.add_component(_entry(meeting, one_line(reference), number, due, moved, now))
    return Attached(method=Method.PUBLISH, content=made.to_ical())


def dues_of(actions: Sequence[Action]) -> list[tuple[int, datetime, int]]:
    """Return (number, due time, how often it was moved) of each action."""
    return [(a.number, a.due, a.moved) for a in actions]


def _entry(meeting: str, reference: str, number: int, due: datetime, moved: int, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"action-{number}-{meeting}@chairside.example")
    event.add("sequence", moved)
    event.add("dtstamp", now)
    event.add("dtstart", due - _LENGTH)
    event.add("dtend", due)
    event.add("summary", f"{reference}: action {number} is due")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{reference}: action {number} is due")
    alarm.add("trigger", _AHEAD)
    event.add_component(alarm)
    return event
