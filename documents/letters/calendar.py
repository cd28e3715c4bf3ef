"""A meeting as a calendar entry: iTIP (RFC 5546), one UID for good, a SEQUENCE that rises; no name, no content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar as Entries
from icalendar import Event, vCalAddress, vText

from documents.letters.letter import Calendar, Method, one_line

_LASTS = timedelta(hours=1)
PRODUCT = "-//Chairside//Invitations//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """What a calendar entry says; times are aware UTC, mailboxes plain addresses."""

    uid: str
    sequence: int
    starts: datetime
    summary: str
    place: str
    link: str
    organiser: str
    attendee: str
    stamped: datetime
    description: str = ""


def request(appointment: Appointment) -> Calendar:
    """Return an invitation to attach, or its newer version where the sequence has risen."""
    return _entry(appointment, Method.REQUEST, "CONFIRMED")


def cancel(appointment: Appointment) -> Calendar:
    """Return the entry that takes the appointment out of the calendar."""
    return _entry(appointment, Method.CANCEL, "CANCELLED")


def _entry(about: Appointment, method: Method, status: str) -> Calendar:
    event = Event()
    event.add("uid", one_line(about.uid))
    event.add("sequence", about.sequence)
    event.add("dtstamp", about.stamped)
    event.add("dtstart", about.starts)
    event.add("dtend", about.starts + _LASTS)
    event.add("summary", one_line(about.summary))
    event.add("location", one_line(about.link or about.place))
    event.add("description", one_line(about.description))
    event.add("status", status)
    event.add("class", "CONFIDENTIAL")  # RFC 5545, 3.8.1.3
    event.add("transp", "OPAQUE" if method is Method.REQUEST else "TRANSPARENT")
    organiser = vCalAddress(f"mailto:{one_line(about.organiser)}")
    organiser.params["CN"] = vText("Chairside")
    event["organizer"] = organiser
    # Answers are given on the card or the page, where they reach the chair: a reply by mail would reach a mailbox.
    attendee = vCalAddress(f"mailto:{one_line(about.attendee)}")
    attendee.params["RSVP"] = vText("FALSE")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    event.add("attendee", attendee, encode=False)
    calendar = Entries()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(event)
    return Calendar(method=method, content=calendar.to_ical())
