"""The roll call as people press it."""

from dataclasses import replace

from meeting.model import How, PersonId, SeatId
from meeting.procedure import FieldSpec, FieldType, RollCallData
from tests.unit.dialogs.room import Room, answer_at, inputs_of, titles
from tests.unit.documents.played import Play, acted, convened, gathered


def calling(procedure: str = "san", *, seats: int = 5, without: tuple[str, ...] = ()) -> Play:
    """A meeting that has come to its roll call."""
    play = gathered(convened(procedure, seats=seats), without=without)
    while play.step.kind != "roll_call":
        acted(play)
        play.on()
    return play


async def test_an_introduction_has_six_inputs_and_names_no_child():
    room = Room(play=calling())
    await room.opens("p-police")
    assert len(inputs_of(room.cards["p-police"])) == 6
    assert "Ada" not in room.text("p-police")


async def test_contact_details_are_checked_and_a_single_word_may_be_kept():
    room = Room(play=calling())
    await room.opens("p-police")
    said = {
        "answers.full_name": "Alex",
        "answers.designation": "Sergeant",
        "answers.relationship": "none",
        "answers.contact": "n/a",
        "answers.must_leave_at.time": "15:30",
    }
    await room.press("p-police", "Introduce me", **said)
    assert "Contact details: A work e-mail address or a telephone number." in room.text("p-police")
    assert "15:30" in room.text("p-police")
    await room.press("p-police", "Introduce me", **{"answers.contact": "01632 960001"})
    assert "Is that the full name?" in room.text("p-police")
    await room.press("p-police", "Keep the name")
    assert room.play.meeting.people[PersonId("p-police")].introduced
    assert room.play.meeting.seats[SeatId("police")].must_leave_at is not None
    assert "Health visitor  Robin Marsh" in room.text("p-police")
    assert "Heard" not in titles(room.cards["p-police"])


async def test_all_introduce_themselves_aloud_by_one_press():
    room = Room(play=calling())
    await room.opens("p-chair")
    await room.press("p-chair", "All introduced aloud")
    assert all(p.introduced for p in room.play.meeting.attendees())
    await room.press("p-chair", "Next: Child details; right meeting")
    assert room.play.meeting.step == "IDENTITY"


async def test_without_police_the_meeting_adjourns_or_converts():
    """What is missing, how to go on, and that protection does not wait (SAN-1.4)."""
    room = Room(play=calling(without=("police",)))
    await room.opens("p-chair")
    await room.press("p-chair", "All introduced aloud")
    await room.press("p-chair", "Next: Child details; right meeting")
    assert room.play.meeting.step == "ROLLCALL"
    assert "Still missing: police" in room.text("p-chair")
    assert "section 47 duty do not wait" in room.text("p-chair")
    assert {"Adjourn", "Professionals meeting"} <= set(titles(room.cards["p-chair"]))


async def test_the_note_taker_writes_an_introduction_and_leaves_a_gap():
    room = Room(play=calling())
    await room.opens("p-chair", "roll_call.written", step="ROLLCALL", person="p-health")
    await room.press("p-chair", "Record as heard", **{"answers.designation": "Health visitor"})
    answer = answer_at(room.play, "ROLLCALL", "introduction", "p-health")
    assert (answer.how, answer.answers["designation"]) == (How.HEARD, "Health visitor")
    assert any("Relationship to the child" in d.what for d in room.play.meeting.debts.values())


async def test_a_relationship_is_changed_for_one_child_only():
    """Once the child is known, each attendee may say it for each (SAN-4.1d)."""
    play = calling()
    while play.step.id != "SHARE":
        acted(play)
        play.on()
    room = Room(play=play)
    await room.opens("p-health")
    await room.press("p-health", "My relationship to each child")
    given = {"answers.relationship.c1": "Sees her weekly", "answers.relationship.c2": "Never met"}
    await room.press("p-health", "Save", **given)
    saved = answer_at(play, "ROLLCALL", "relationship", "p-health:c2")
    assert saved.answers == {"relationship": "Never met"}
    assert "Speaking" in room.text("p-health") or "Next" in room.text("p-health")


async def test_a_long_introduction_is_paged():
    """Where a procedure asks more than six, no card has more."""
    play = calling()
    step = play.procedure.step("ROLLCALL")
    more = tuple(FieldSpec(key=k, label=k.capitalize(), type=FieldType.TEXT, required=True) for k in ("team", "base"))
    data = step.data
    assert isinstance(data, RollCallData)
    part = replace(data.introduction, fields=(*data.introduction.fields, *more))
    longer = replace(step, data=replace(data, introduction=part))
    agenda = tuple(longer if s is step else s for s in play.procedure.agenda)
    play.procedure = replace(play.procedure, agenda=agenda)
    room = Room(play=play)
    await room.opens("p-police")
    first = {"answers.full_name": "Alex Stone", "answers.designation": "Sergeant", "answers.relationship": "none"}
    await room.press("p-police", "Go on", **first, **{"answers.contact": "n/a"})
    assert "Contact details: A work e-mail address or a telephone number." in room.text("p-police")
    await room.press("p-police", "Go on", **{"answers.contact": "01632 960001"})
    assert "Page 2 of 2" in room.text("p-police")
    assert [i["id"] for i in inputs_of(room.cards["p-police"])] == ["answers.team", "answers.base"]
    await room.press("p-police", "Introduce me", **{"answers.team": "Child protection", "answers.base": "Oldbury"})
    said = answer_at(play, "ROLLCALL", "introduction", "p-police").answers
    expected = {"full_name": "Alex Stone", "contact": "01632 960001", "team": "Child protection", "base": "Oldbury"}
    assert said.items() >= expected.items()
    await room.opens("p-chair", "roll_call.written", step="ROLLCALL", person="p-health", page="2")
    await room.press("p-chair", "Record as heard", **{"answers.team": "Year 2"})
    assert answer_at(play, "ROLLCALL", "introduction", "p-health").answers["team"] == "Year 2"
    assert max(len(inputs_of(card)) for card in room.cards.values()) <= 6
