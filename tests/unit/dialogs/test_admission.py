"""The door and the seats as chair and note-taker press them."""

from dataclasses import replace

from meeting.model import Assurance, PersonId, SeatId, Standing
from tests.unit.dialogs.room import Room, answer_at, each, inputs_of, titles
from tests.unit.documents.played import Play, acted, convened, gathered


def with_a_stranger(procedure: str = "san", *, at: str = "", assurance: Assurance = Assurance.SIGNED_IN) -> Room:
    """A meeting with somebody at the door whom no invitation names."""
    play: Play = gathered(convened(procedure, seats=6), without=("school",))
    while at and play.step.id != at:
        acted(play)
        play.on()
    play.arrive("p-new", "Pat Read", "pat@elsewhere.example", assurance)
    return Room(play=play)


async def test_a_seat_is_proposed_and_given_by_one_press():
    """The free seat of almost the same name stands first and is chosen already."""
    room = with_a_stranger()
    await room.opens("p-chair", "admission.door", subject="p-new")
    assert "signed in" in room.text("p-chair")
    await room.press("p-chair", "Let in")
    somebody = room.play.meeting.people[PersonId("p-new")]
    assert (somebody.standing, somebody.seat) == (Standing.SEATED, "school")


async def test_a_late_arrival_gets_a_turn_when_the_chair_says():
    room = with_a_stranger(at="SHARE")
    await room.opens("p-chair")
    await room.press("p-chair", "Begin: Police")
    await room.opens("p-chair", "admission.door", subject="p-new")
    await room.press("p-chair", "Let in", wish="now")
    assert room.play.meeting.floors["SHARE"].next_up == ("school",)


async def test_an_anonymous_guest_is_offered_no_seat():
    room = with_a_stranger(assurance=Assurance.ANONYMOUS)
    await room.opens("p-chair", "admission.door", subject="p-new")
    assert "Let in" not in titles(room.cards["p-chair"])
    await room.press("p-chair", "As observer")
    assert room.play.meeting.people[PersonId("p-new")].standing is Standing.OBSERVER


async def test_nobody_s_name_is_read_backwards_at_the_door():
    """Signs that turn the reading direction are left out: "Tom" stays what it is, and so does what follows it."""
    room = with_a_stranger()
    (stranger,) = [p for p in room.play.meeting.people.values() if p.standing == "waiting"]
    spoofed = replace(stranger, name="\u202eyrelleE moT\u2066")
    room.play.meeting = replace(room.play.meeting, people={**room.play.meeting.people, stranger.id: spoofed})
    await room.opens("p-chair", "admission.door", subject="p-new")
    assert "yrelleE moT" in room.text("p-chair")
    assert not [c for c in room.text("p-chair") if c in "\u202e\u2066"]


async def test_a_stranger_is_turned_away():
    room = with_a_stranger()
    await room.opens("p-notes", "admission.door", subject="p-new")
    assert room.play.procedure.admission_guidance in room.text("p-notes")
    await room.press("p-notes", "Remove", reason="Wrong chat")
    assert room.play.meeting.people[PersonId("p-new")].standing is Standing.REMOVED


async def test_attendees_see_no_door():
    room = with_a_stranger()
    await room.opens("p-police", "admission.door", subject="p-new")
    assert "Pat Read" not in room.text("p-police")


async def test_who_is_here_is_ticked():
    """Only what was changed on the form changes: somebody who joined meanwhile stays."""
    room = Room(play=gathered(convened("san")))
    await room.opens("p-chair", "admission.present")
    ticked = next(i for i in inputs_of(room.cards["p-chair"]) if i["id"] == "here")["value"].split(",")
    await room.press("p-chair", "Save who is here", here=",".join(p for p in ticked if p != "p-police"))
    people = room.play.meeting.people
    assert [p for p in people if not people[p].present] == ["p-police"]


async def test_somebody_is_removed_only_with_a_reason():
    room = Room(play=gathered(convened("san")))
    await room.opens("p-chair", "admission.present")
    await room.press("p-chair", "Remove", person="p-police")
    assert "Please give a reason." in room.text("p-chair")
    await room.press("p-chair", "Remove", person="p-police", reason="Conflict of interest")
    assert room.play.meeting.people[PersonId("p-police")].standing is Standing.REMOVED


async def test_apologies_carry_the_information_that_was_sent():
    room = Room(play=gathered(convened("san", seats=6), without=("school",)))
    await room.opens("p-notes", "admission.apologies")
    await room.press("p-notes", "Record apologies", seat="school", reason="Exams", information="Attends well")
    seat = room.play.meeting.seats[SeatId("school")]
    assert (seat.apologies, seat.supplied) == ("Exams", "Attends well")


async def test_information_of_an_absent_seat_is_read_out_at_its_turn():
    play = gathered(convened("san", seats=6), without=("school",))
    room = Room(play=play)
    await room.opens("p-notes", "admission.apologies")
    await room.press("p-notes", "Record apologies", seat="school", reason="Exams", information="Attends well")
    while play.step.id != "SHARE":
        acted(play)
        play.on()
    await room.opens("p-chair", "turns.order")
    await room.press("p-chair", "Announce this order", order="school")
    await room.opens("p-chair")
    await room.press("p-chair", "Begin: School")
    await room.press("p-chair", "Write for School")
    await room.press("p-chair", "Record")
    told = answer_at(play, "SHARE", "contribution", "school")
    assert (told.how, told.answers["information"]) == ("on behalf", "Attends well")


async def test_an_agency_is_added_with_a_reason_of_the_procedure():
    room = Room(play=gathered(convened("san")))
    await room.opens("p-chair", "admission.seat")
    await room.press("p-chair", "Add", agency="housing", name="Kim Lowe")
    assert "Why: Please answer this." in room.text("p-chair")
    await room.press("p-chair", "Add", agency="housing", why="has concerns about the child")
    assert room.play.meeting.seats[SeatId("housing")].reason == "has concerns about the child"
    assert each(room.cards["p-chair"], "Input.ChoiceSet")


async def test_an_address_that_is_none_is_asked_for_again():
    """Nothing can be sent to it, so the agency has no seat before it is put right; what was typed stays."""
    play = gathered(convened("san"))
    room = await Room(play=play).opens("p-chair", "admission.seat")
    offered = next(i for i in inputs_of(room.cards["p-chair"]) if i["id"] == "agency")["choices"]
    seats = len(play.meeting.seats)
    typed = {
        "agency": offered[0]["value"],
        "label": "Hostel",
        "email": "hostel at example",
        "reason": "She lives there",
    }
    await room.press("p-chair", "Add", **typed)
    assert "Work e-mail: One e-mail address" in room.text("p-chair")
    assert len(play.meeting.seats) == seats
    await room.press("p-chair", "Add", email="hostel@example.org")
    assert len(play.meeting.seats) == seats + 1
