"""The round of turns as people press it."""

import pytest

from dialogs.matching import match_seats
from meeting.flags import CONTRIBUTION
from meeting.model import How
from meeting.refusals import Refused
from tests.unit.dialogs.room import Room, answer_at, inputs_of, titles
from tests.unit.documents.played import Play, convened, gathered


def sharing(procedure: str = "san", *, seats: int = 6) -> Play:
    """A meeting that has come to its turns."""
    play = gathered(convened(procedure, seats=seats))
    while play.step.kind != "turns":
        from tests.unit.documents.played import acted

        acted(play)
        play.on()
    return play


async def test_speaking_aloud_takes_two_presses():
    """Open the form, say that it was said aloud: the turn ends, a debt opens, the next one begins."""
    room = Room(play=sharing())
    await room.opens("p-chair")
    await room.press("p-chair", "Begin: Police")
    await room.opens("p-police", "turns.turn", step="SHARE", turn="1")
    await room.press("p-police", "Said aloud, note-taker to write up", **{"answers.mode": "reactive"})
    assert answer_at(room.play, "SHARE", CONTRIBUTION, "police").how is How.SAID_ALOUD
    live = room.play.meeting.floors["SHARE"].live
    assert live is not None
    assert live.seat == "health"
    assert any(d.written_up is None for d in room.play.meeting.debts.values())


async def test_a_blank_text_comes_back_with_what_was_typed():
    room = Room(play=sharing())
    await room.opens("p-chair")
    await room.press("p-chair", "Begin: Police")
    await room.opens("p-police", "turns.turn", step="SHARE", turn="1")
    await room.press("p-police", "I have finished", **{"answers.mode": "none", "answers.basis": "Kept words"})
    assert "Please answer this" in room.text("p-police")
    assert "Kept words" in room.text("p-police")


async def test_six_topics_are_filled_with_nothing_further_known():
    """Health keeps its first page, then one press answers what is left (SAN-10.11)."""
    room = Room(play=sharing())
    await room.opens("p-chair")
    await room.press("p-chair", "Begin: Police")
    await room.press("p-chair", "Write for Police")
    await room.press("p-chair", "Nothing held")
    await room.opens("p-health", "turns.turn", step="SHARE", turn="2")
    page = {"answers.information": "Seen twice", "answers.medical_advice": "No", "answers.medical_benefit": "None"}
    await room.press("p-health", "Save and go on", **page)
    assert "Page 2 of 2" in room.text("p-health")
    await room.press("p-health", "Nothing further known", **{"answers.maternity_health": "Booked late"})
    said = answer_at(room.play, "SHARE", CONTRIBUTION, "health").answers
    assert (said["maternity_health"], said["school_health"]) == ("Booked late", "nothing further known")
    await room.opens("p-school")
    assert "Booked late" in room.text("p-school")


async def test_an_error_on_an_earlier_page_is_shown_and_the_last_page_is_kept():
    """Sent from the last page, the form comes back at the page with the error; what was typed since waits there."""
    room = Room(play=sharing())
    await room.opens("p-chair")
    await room.press("p-chair", "Begin: Police")
    await room.press("p-chair", "Write for Police")
    await room.press("p-chair", "Nothing held")
    await room.opens("p-health", "turns.turn", step="SHARE", turn="2", page="2")
    last = {i["id"]: f"Said of {i['label']}" for i in inputs_of(room.cards["p-health"])}
    answer = await room.press("p-health", "I have finished", **last)
    assert answer.refused
    assert "Page 1 of 2" in room.text("p-health")
    wrong = {i["id"]: i["errorMessage"] for i in inputs_of(room.cards["p-health"]) if i.get("errorMessage")}
    assert "answers.information" in wrong
    assert "Please answer this" in room.text("p-health")
    page = {"answers.information": "Seen twice", "answers.medical_advice": "No", "answers.medical_benefit": "None"}
    await room.press("p-health", "Save and go on", **page)
    assert {i["id"]: i["value"] for i in inputs_of(room.cards["p-health"])} == last
    await room.press("p-health", "I have finished")
    said = answer_at(room.play, "SHARE", CONTRIBUTION, "health").answers
    assert {f"answers.{k}": v for k, v in said.items()}.items() >= {**last, **page}.items()


async def test_only_the_speaker_and_the_scribes_have_a_form():
    room = Room(play=sharing())
    await room.opens("p-chair")
    await room.press("p-chair", "Begin: Police")
    await room.opens("p-school", "turns.turn", step="SHARE", turn="1")
    assert "I have finished" not in titles(room.cards["p-school"])
    assert "Speaking now: Police – Alex Stone" in room.text("p-school")


async def test_a_turn_that_was_ended_gives_the_text_back():
    room = Room(play=sharing())
    await room.opens("p-chair")
    await room.press("p-chair", "Begin: Police")
    await room.opens("p-police", "turns.turn", step="SHARE", turn="1")
    await room.press("p-chair", "End turn (no answer)")
    await room.press("p-police", "I have finished", **{"answers.information": "Not lost", "answers.mode": "none"})
    assert "Not lost" in room.text("p-police")


async def test_the_chair_changes_the_order_in_words():
    room = Room(play=sharing())
    await room.opens("p-chair", "turns.order")
    await room.press("p-chair", "Announce this order", order="school, healht then police")
    assert room.play.meeting.floors["SHARE"].order[:3] == ("school", "health", "police")


def test_seats_are_found_by_what_people_call_them():
    meeting = convened(seats=8).meeting
    assert match_seats("Police and the GP", meeting) == ("police", "gp")
    assert match_seats("Robin Marsh; social worker", meeting) == ("health", "worker")
    assert match_seats("police school housing", meeting) == ("police", "school", "housing")
    assert match_seats("police, health", meeting) == ("police", "health", "gp")
    with pytest.raises(Refused):
        match_seats("the butcher", meeting)
