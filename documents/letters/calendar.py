"""A meeting as a seat's calendar entry: iTIP (RFC 5546), one UID for good, a SEQUENCE that rises; nobody is named."""

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


def publish(appointment: Appointment) -> Calendar:
    """Return the appointment for one's own calendar: nobody is asked anything by it (RFC 5546, 3.2.1)."""
    return _entry(appointment, Method.PUBLISH, "CONFIRMED")


def uid_of(meeting: str, seat: str, organiser: str) -> str:
    """Return the name of a seat's entry in every calendar: one mailbox may be asked to several seats of a meeting."""
    return f"{meeting}.{seat}@{organiser.partition('@')[2]}"


def described(seat: str, how_to_answer: str, *, link: str, dial_in: str) -> str:
    """Return what stands in an entry: for which seat it is, how to answer, and each way to join."""
    ways = (("Join", link), ("Dial in", dial_in))
    return " ".join([f"Seat: {seat}. {how_to_answer}", *(f"{name}: {way}" for name, way in ways if way)])


def _entry(about: Appointment, method: Method, status: str) -> Calendar:
    event = Event()
    event.add("uid", one_line(about.uid))
    event.add("sequence", about.sequence)
    event.add("dtstamp", about.stamped)
    event.add("dtstart", about.starts)
    event.add("dtend", about.starts + _LASTS)
    event.add("summary", one_line(about.summary))
    event.add("location", ", ".join(filter(None, (one_line(about.place), one_line(about.link)))))
    event.add("description", one_line(about.description))
    event.add("status", status)
    event.add("class", "CONFIDENTIAL")  # RFC 5545, 3.8.1.3
    event.add("transp", "TRANSPARENT" if method is Method.CANCEL else "OPAQUE")
    organiser = vCalAddress(f"mailto:{one_line(about.organiser)}")
    organiser.params["CN"] = vText("Chairside")
    event["organizer"] = organiser
    if method is not Method.PUBLISH:  # which has no attendee
        event.add("attendee", _attendee(about), encode=False)
    calendar = Entries()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(event)
    return Calendar(method=method, content=calendar.to_ical())


def _attendee(about: Appointment) -> vCalAddress:
    """Return who is invited. Answers are given on the card or the page, where they reach the chair, not by mail."""
    attendee = vCalAddress(f"mailto:{one_line(about.attendee)}")
    attendee.params["RSVP"] = vText("FALSE")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    return attendee
