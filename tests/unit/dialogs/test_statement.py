"""Statements as people press them."""

from dataclasses import replace
from datetime import timedelta

from meeting.model import PersonId
from meeting.timing.deadlines import deadlines
from procedures.load import load
from tests.unit.dialogs.room import Room, answer_at, titles
from tests.unit.documents.played import CHAIR, acted, convened, gathered, whole


async def test_the_confidentiality_statement_stands_word_for_word_with_the_day_of_the_minutes():
    """Both sentences, each on its own line, and the day: the 25th and the 28th are bank holidays (SAN-3.1, SAN-3.2)."""
    room = Room(play=gathered(convened("san")))
    await room.opens("p-police")
    lines = room.text("p-police").splitlines()
    first = "This is a confidential meeting, the contents of which must not be divulged"
    assert f"{first} without the permission of the chair." in lines
    assert "You will receive minutes of this meeting within 3 working days." in lines
    assert "Minutes by Wed 30 Dec 2026" in lines


async def test_a_promised_day_runs_from_the_event_that_the_procedure_names():
    """Minutes that run from the start are promised from the start, on the statement, at the end and after it alike."""
    rules = load("san")
    begun = (replace(c, from_event="meeting_started") if c.id == "minutes" else c for c in rules.clocks)
    play = whole(gathered(convened(replace(rules, clocks=tuple(begun)))), until="CLOSING")
    play.now += timedelta(days=6)
    room = Room(play=play)
    for view, step in (("closing.step", "CLOSING"), ("statement.step", "OPENING")):
        await room.opens(CHAIR, view, step=step)
        assert "Wed 30 Dec 2026" in room.text(CHAIR), view
    due = next(d.due for d in deadlines(play.meeting, play.procedure) if d.clock == "minutes")
    assert f"{due:%-d %b %Y}" == "30 Dec 2026"


async def test_one_press_acknowledges_and_one_press_hears_all_who_remain():
    room = Room(play=gathered(convened("san")))
    await room.opens("p-police")
    await room.press("p-police", "I have heard this")
    await room.opens("p-chair")
    await room.press("p-chair", "All heard aloud")
    assert "Heard by: 5 of 5" in room.text("p-chair")
    people = room.play.meeting.people
    assert "OPENING" in people[PersonId("p-health")].heard
    assert "OPENING" not in people[PersonId("p-police")].heard
    await room.press("p-chair", "Next: Introductions and apologies")
    assert room.play.meeting.step == "ROLLCALL"


async def test_one_person_is_heard_by_name():
    room = Room(play=gathered(convened("san")))
    await room.opens("p-chair")
    await room.press("p-chair", "I have heard this")
    await room.press("p-chair", "Heard")
    assert "Heard by: 2 of 5" in room.text("p-chair")


async def test_the_rules_name_the_note_taker_and_say_whether_teams_records():
    """Off until somebody says otherwise; how actions are sent is a default and says so (WOK-1.3b, WOK-1.3c)."""
    play = gathered(convened("wok", seats=5))
    acted(play)
    play.on()
    room = Room(play=play)
    await room.opens("p-police")
    assert "• Notes are taken by Sam Penn; Teams recording is off" in room.text("p-police")
    assert "at once (default, not from this procedure)" in room.text("p-police")
    await room.opens("p-chair")
    await room.press("p-chair", "All heard aloud")
    await room.press("p-chair", "Recording is on")
    await room.opens("p-police")
    assert "Teams recording is on" in room.text("p-police")


async def test_any_other_business_is_a_statement_with_a_form():
    play = gathered(convened("lcs", seats=5))
    while play.step.id != "AOB":
        acted(play)
        play.on()
    room = Room(play=play)
    await room.opens("p-chair")
    await room.press("p-chair", "Fill in")
    await room.press("p-chair", "Save", **{"answers.text": "none"})
    assert answer_at(play, "AOB", "fields").answers["text"] == "none"
    assert any(title.startswith("Next") for title in titles(room.cards["p-chair"]))
    assert play.meeting.chair == CHAIR
