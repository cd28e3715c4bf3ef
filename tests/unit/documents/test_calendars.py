"""Calendar entries: whatever somebody typed stays one value, and a shared calendar shows a time that is taken."""

from datetime import timedelta

import pytest
import vobject

from documents.letters import Appointment, Method, cancel, publish, request
from documents.letters.due import due_calendar
from meeting.model import MeetingId
from tests.unit.documents.kept import closed
from tests.unit.documents.played import BEGIN

HOSTILE = "Room 4\r\nATTENDEE:mailto:all@evil.example\nEND:VEVENT\u2028BEGIN:VALARM\x0bX;Y,Z\\n\u202e"
TOLD = {"uid", "sequence", "dtstamp", "dtstart", "dtend", "summary", "location", "description", "status", "class"}


def the_one(content):
    """Return the only entry of a calendar, as a calendar program reads it."""
    calendar = vobject.readOne(content.decode())
    (event,) = calendar.vevent_list
    return calendar, event


@pytest.mark.parametrize("make", [request, cancel, publish])
def test_no_word_becomes_a_property_or_an_entry(make):
    """Breaks of every kind are blanks; nobody else is invited, and others who see the calendar see no words."""
    about = Appointment(
        uid="m1@council.example",
        sequence=3,
        starts=BEGIN,
        summary=f"SM-2041 {HOSTILE}",
        place=HOSTILE,
        link="https://teams.example/meet",
        organiser="chairside@council.example",
        attendee="tom.ellery@police.example",
        stamped=BEGIN,
        description=HOSTILE,
    )
    made = make(about)
    calendar, event = the_one(made.content)
    people = set() if make is publish else {"attendee"}
    assert set(event.contents) == TOLD | {"transp", "organizer"} | people
    assert [one.value for one in event.contents.get("attendee", ())] == [f"mailto:{about.attendee}" for _ in people]
    assert (
        event.location.value
        == "Room 4 ATTENDEE:mailto:all@evil.example END:VEVENT BEGIN:VALARM X;Y,Z\\n, " + about.link
    )
    assert (calendar.method.value, event.contents["class"][0].value) == (made.method.value, "CONFIDENTIAL")
    assert event.transp.value == ("TRANSPARENT" if made.method is Method.CANCEL else "OPAQUE")


def test_a_due_time_says_a_number_and_nothing_of_the_action():
    """Private in a shared calendar, and no time that is taken."""
    meeting = closed().meeting
    action = meeting.actions[0]
    made = due_calendar(MeetingId("m1"), f"SM-1\n{HOSTILE}", (action,), now=BEGIN)
    _, event = the_one(made.content)
    assert (event.contents["class"][0].value, event.transp.value) == ("PRIVATE", "TRANSPARENT")
    assert event.summary.value.endswith(f": action {action.number} is due")
    assert action.what not in made.content.decode()
    assert event.dtend.value == action.due
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=15)
