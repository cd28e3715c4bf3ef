"""Agreeing actions by pressing: what is asked for, times that need no typing, owners, and what the chat never sees."""

from datetime import datetime

import pytest

from meeting.after.reconvening import CarryOver, to_carry
from meeting.model import Carried, Demand, Origin, PersonId, SeatId
from meeting.standing import SYSTEM
from tests.unit.dialogs.room import Room, inputs_of, titles
from tests.unit.documents.played import acted, convened, gathered, whole

CHAIR, NOTES, WORKER = "p-chair", "p-notes", "p-worker"


async def at_actions(procedure: str = "san") -> Room:
    """Return a meeting whose note-taker has the actions' card open."""
    play = gathered(convened(procedure))
    while play.step.id != "ACTIONS":
        acted(play)
        play.on()
    return await Room(play=play).opens(NOTES)


def choice(room: Room, key: str, title: str) -> str:
    """Return the value of a choice by its title."""
    found = next(i for i in inputs_of(room.cards[NOTES]) if i["id"] == key)
    return str(next(c["value"] for c in found["choices"] if c["title"].startswith(title)))


async def test_what_is_demanded_comes_with_its_own_time():
    """ "Seen within 24 hours" opens with the end of its clock chosen and covers every child at once."""
    room = await at_actions()
    await room.press(NOTES, "Fill in")
    await room.press(NOTES, "Save", **{"answers.who": "Jo Hale", "answers.place": "At school"})
    action = room.play.meeting.actions[-1]
    assert action.origin == Origin(kind=Demand.REQUIRED, id="see_child")
    assert action.owner_seat == "worker"
    assert len(action.subjects) > 1
    assert "Child seen within 24 hours" not in room.text(NOTES).split("Still asked for")[-1].split("1. ")[0]


async def test_a_client_fetches_an_open_form_again():
    """What Teams does by itself with a card that is in sight: it gets a card, whatever its form was opened for."""
    room = await at_actions()
    await room.press(NOTES, "Fill in")
    for _ in range(2):
        again = room.cards[NOTES]["refresh"]["action"]
        answer = await room.engine.press(PersonId(NOTES), again["verb"], again["data"], automatic=True)
        assert answer.card is not None
        room.cards[NOTES] = answer.card
    assert "Child seen within 24 hours" in room.text(NOTES)


async def test_another_way_satisfies_what_is_demanded():
    """A child who was seen already needs no new action, only when and by whom."""
    room = await at_actions()
    await room.press(NOTES, "Fill in")
    await room.press(NOTES, "Already seen")
    day = {"answers.seen_at.date": "2026-12-23", "answers.seen_at.time": "10:00"}
    await room.press(NOTES, "Save", **day, **{"answers.seen_by": "Jo Hale"})
    assert "already_seen" in room.play.meeting.met.values()


async def test_a_time_is_chosen_by_one_press():
    """The quick times are whole, lie ahead, and are stored as they were shown."""
    room = await at_actions()
    await room.press(NOTES, "Add an action")
    at = choice(room, "answers.due.quick", "In 3 working days (Wed 30 Dec 2026, 17:00)")
    await room.press(
        NOTES, "Save", **{"answers.what": "Send the plan", "answers.owner": "Jo Hale", "answers.due.quick": at}
    )
    assert room.play.meeting.actions[-1].due == datetime.fromisoformat(at)


async def test_an_agency_is_no_owner_and_what_was_typed_stays():
    """ "Health" is asked to be a person; the words and the time are still there."""
    room = await at_actions()
    await room.press(NOTES, "Add an action")
    await room.press(NOTES, "Somebody not listed", **{"answers.what": "Send the plan"})
    at = choice(room, "answers.due.quick", "Tomorrow 12:00")
    answer = await room.press(NOTES, "Save", **{"answers.owner": "Health", "answers.due.quick": at})
    assert answer.refused
    assert "Name a person, not an agency." in room.text(NOTES)
    assert "What [Send the plan]" in room.text(NOTES)
    await room.press(NOTES, "Save", **{"answers.owner": "Lee Ford"})
    assert room.play.meeting.actions[-1].owner == "Lee Ford"


async def test_without_a_time_nothing_is_stored():
    """No due time, or one that has passed, comes back at its field."""
    room = await at_actions()
    await room.press(NOTES, "Add an action")
    given = {"answers.what": "Send the plan", "answers.owner": "Jo Hale"}
    await room.press(NOTES, "Save", **given)
    assert "By when: Please answer this." in room.text(NOTES)
    await room.press(NOTES, "Save", **{"answers.due.date": "2026-12-01", "answers.due.time": "09:00"})
    assert "That time has passed." in room.text(NOTES)
    assert not room.play.meeting.actions


async def test_vague_wording_is_bounced_once():
    """ "ASAP" is named; kept, it is stored as it was typed."""
    room = await at_actions()
    await room.press(NOTES, "Add an action")
    at = choice(room, "answers.due.quick", "Tomorrow 12:00")
    given = {"answers.what": "See the school ASAP", "answers.owner": "Jo Hale", "answers.due.quick": at}
    await room.press(NOTES, "Save", **given)
    assert "'ASAP' is no time" in room.text(NOTES)
    await room.press(NOTES, "Keep the wording")
    assert room.play.meeting.actions[-1].what == "See the school ASAP"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-12-25", "Friday 25 December 2026 is a bank holiday (England and Wales)."),
        ("2026-12-26", "Saturday 26 December 2026 is at a weekend."),
    ],
)
async def test_a_day_on_which_nobody_works_is_told_while_it_is_typed_and_may_be_kept(day, told):
    """A bank holiday or weekend comes back with the next working day named; kept by one press, it is stored so."""
    room = await at_actions()
    await room.press(NOTES, "Add an action")
    given = {"answers.what": "Visit the aunt", "answers.owner": "Jo Hale"}
    answer = await room.press(NOTES, "Save", **given, **{"answers.due.date": day, "answers.due.time": "12:00"})
    assert answer.refused
    assert f"{told} The next working day is Tuesday 29 December 2026." in room.text(NOTES)
    assert "Visit the aunt" in room.text(NOTES)
    assert not room.play.meeting.actions
    await room.press(NOTES, "Keep this day")
    assert f"{room.play.meeting.actions[-1].due:%Y-%m-%d %H:%M}" == f"{day} 12:00"


async def test_moving_an_action_to_a_bank_holiday_is_asked_twice():
    """A change and an owner's wish for more time are told of the day too; a working day is stored at once."""
    room = await at_actions()
    acted(room.play)
    await room.opens(NOTES)
    await room.press(NOTES, "Change")
    await room.press(NOTES, "Save", **{"answers.due.date": "2026-12-28", "answers.due.time": "12:00"})
    assert "Monday 28 December 2026 is a bank holiday" in room.text(NOTES)
    await room.press(NOTES, "Save", **{"answers.due.date": "2026-12-29", "answers.due.time": "12:00"})
    assert room.play.meeting.actions[0].due.day == 29
    await room.opens(NOTES, "follow_up.report", number="1")
    later = {"due.date": "2027-01-01", "due.time": "12:00", "told": "more time", "text": "The aunt is away"}
    await room.press(NOTES, "Send", **later)
    assert "Friday 1 January 2027 is a bank holiday" in room.text(NOTES)
    assert room.play.meeting.actions[0].asked_until is None
    await room.press(NOTES, "Keep this day")
    assert room.play.meeting.actions[0].asked_until is not None


async def test_a_long_form_keeps_its_first_page():
    """Where a procedure asks more than six inputs, nothing of the first page is asked again."""
    room = await at_actions("lcs")
    await room.press(NOTES, "Add an action")
    at = choice(room, "answers.due.quick", "Tomorrow 12:00")
    first = {"answers.what": "Visit the nursery", "answers.owner": "Jo Hale", "answers.due.quick": at}
    await room.press(NOTES, "Go on", **first, **{"answers.where": "not applicable"})
    await room.press(NOTES, "Save", **{"answers.how": "By a visit", "answers.measure": "A note on file"})
    action = room.play.meeting.actions[-1]
    assert (action.what, action.extra["how"], action.owner_seat) == ("Visit the nursery", "By a visit", "worker")


async def test_owners_accept_and_the_list_is_read_back():
    """An owner sees their own first and accepts; reading back is one press and is asked before the end."""
    room = await at_actions("wok")
    acted(room.play)
    action = room.play.meeting.actions[-1]
    await room.opens("p-health")
    assert "Yours" in room.text("p-health")
    await room.press("p-health", "Accept")
    assert room.play.meeting.actions[action.number - 1].state == "accepted"
    await room.opens(NOTES)
    await room.press(NOTES, "The actions were read back")
    assert room.play.meeting.read_back == len(room.play.meeting.actions)
    assert "The actions were read back" not in titles(room.cards[NOTES])


@pytest.mark.parametrize("procedure", ["san", "lcs", "sty", "wok", "wmt"])
async def test_every_demand_has_a_form_that_can_be_filled(procedure):
    """Whatever a procedure asks for, its form takes an answer, until nothing is asked for."""
    room = await at_actions(procedure)
    for _ in range(40):
        if "Fill in" not in titles(room.cards[NOTES]):
            break
        await room.press(NOTES, "Fill in")
        while "Go on" in titles(room.cards[NOTES]):
            await room.press(NOTES, "Go on", **filled(room))
        await room.press(NOTES, "Save", **filled(room))
        if "Keep the wording" in titles(room.cards[NOTES]):
            await room.press(NOTES, "Keep the wording")
    assert "Still asked for" not in room.text(NOTES)


def filled(room: Room) -> dict[str, str]:
    """Return an answer for each input that has none."""
    given = {}
    for one in inputs_of(room.cards[NOTES]):
        if not one.get("value") and not one["id"].endswith((".date", ".time")) and one["id"] != "covers":
            given[one["id"]] = one["choices"][0]["value"] if "choices" in one else "By a visit"
    return given


async def test_nobody_but_chair_and_note_taker_sees_the_form():
    """Others read the list; the form is not theirs."""
    room = await at_actions()
    await room.opens(WORKER, "actions.form")
    assert "Only the chair or the note-taker can do this." in room.text(WORKER)


async def test_what_stands_gives_way_to_another_time_that_is_pressed():
    """A change opens with its due time chosen, not typed: "Tomorrow 12:00" takes its place by one press."""
    room = await at_actions()
    await room.press(NOTES, "Fill in")
    await room.press(NOTES, "Save", **{"answers.who": "Jo Hale", "answers.place": "At school"})
    before = room.play.meeting.actions[-1].due
    await room.press(NOTES, "Change")
    assert choice(room, "answers.due.quick", "As it stands") == before.isoformat()
    await room.press(NOTES, "Save", **{"answers.due.quick": choice(room, "answers.due.quick", "Tomorrow")})
    assert room.play.meeting.actions[-1].due.isoformat() == "2026-12-24T12:00:00+00:00" != before.isoformat()


async def test_the_time_of_no_day_is_asked_for_again_and_not_lost():
    """Somebody types 15:00 and no date beside a time that was chosen: the form comes back with it."""
    room = await at_actions()
    await room.press(NOTES, "Fill in")
    typed = {"answers.who": "Jo Hale", "answers.place": "At school", "answers.due.time": "15:00"}
    await room.press(NOTES, "Save", **typed)
    assert not room.play.meeting.actions
    assert "By when: A date and a time." in room.text(NOTES) or "When: A date and a time." in room.text(NOTES)
    assert "Or another time: time [15:00]" in room.text(NOTES)


async def test_the_way_back_leads_to_the_list_before_and_after_the_meeting_too():
    """The list of a meeting that has not begun, or is closed, stands on no step: whoever goes back sees it again."""
    held = whole(gathered(convened("wmt")))
    ahead = convened("wmt")
    for person in ("chair", "notes"):
        ahead.arrive(f"p-{person}", ahead.meeting.seats[SeatId(person)].name, f"{person}@example.org")
    ahead.do(SYSTEM, CarryOver(carried=Carried(reference="SM-1"), actions=to_carry(held.meeting)))
    for play in (held, ahead):
        room = await Room(play=play).opens(NOTES, "actions.list")
        await room.press(NOTES, "Change")
        await room.press(NOTES, "Back to the list")
        assert "Change" in titles(room.cards[NOTES]), play.meeting.status
