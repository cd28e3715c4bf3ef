"""The round of views as people press it."""

from dataclasses import replace

import pytest

from meeting.model import Child, ChildId, How, PersonId
from meeting.procedure import ViewsData
from tests.unit.dialogs.room import Room, inputs_of, titles
from tests.unit.documents.played import Play, acted, convened, gathered

ONE = (Child(id=ChildId("c1"), name="Ada Brook"),)
FOUR = tuple(Child(id=ChildId(f"c{i}"), name=f"{n} Brook") for i, n in enumerate(("Ada", "Ben", "Cy", "Dot"), 1))


def viewing(procedure: str = "san", *, children: tuple[Child, ...] = ONE) -> Play:
    """A meeting that has come to its views, with those children in scope only."""
    play = gathered(convened(procedure, seats=5, children=children))
    while play.step.kind != "views":
        acted(play)
        for child in [c for c in play.meeting.children if c.startswith("row:")]:
            play.meeting = drop(play, child)
        play.on()
    return play


def drop(play: Play, child: str):
    return replace(play.meeting, children={k: v for k, v in play.meeting.children.items() if k != child})


async def test_a_view_is_given_by_two_presses_and_stays_sealed():
    """The chair sees who has answered and not what; the last view shows them all, by seat and name (SAN-11.2)."""
    room = Room(play=viewing())
    await room.opens("p-police")
    await room.press("p-police", "Give my view", **{"option.c1": "met", "reason.c1": "Two calls"})
    await room.opens("p-chair")
    assert "Answered: 1 of 5" in room.text("p-chair")
    assert "Two calls" not in room.text("p-chair")
    for person in ("p-health", "p-worker"):
        await room.opens(person)
        assert "Two calls" not in room.text(person)
    await room.press("p-chair", "Show the views")
    await room.opens("p-health")
    assert "Police – Alex Stone: met. Two calls" in room.text("p-health")
    assert "Invited, gave no view" in room.text("p-health")


async def test_a_reason_may_be_said_aloud():
    """The option is pressed, the reason is owed and comes into the view once it is written up."""
    from meeting.steps.record import WriteUp

    room = Room(play=viewing())
    await room.opens("p-police")
    await room.press("p-police", "Reason said aloud, to write up", **{"option.c1": "not met"})
    debt = next(d for d in room.play.meeting.debts.values() if "view" in d.what and d.written_up is None)
    room.play.do(PersonId("p-notes"), WriteUp(debt=debt.id, text="No injury seen"))
    given = room.play.meeting.views["VIEWS"].given
    assert [(v.reason, v.how) for v in given] == [("No injury seen", How.WRITTEN_UP)]


async def test_four_children_are_answered_alike_by_one_press():
    room = Room(play=viewing(children=FOUR))
    await room.opens("p-police")
    await room.press("p-police", "Give my view", **{"option.*": "met", "reason.*": "All four"})
    given = room.play.meeting.views["VIEWS"].given
    assert {v.subject for v in given} == {"c1", "c2", "c3", "c4"}


async def test_children_are_answered_one_by_one_in_pages_of_six_inputs():
    """The first page is kept; the person counts as waited for until the last one."""
    room = Room(play=viewing("wok", children=FOUR))
    await room.opens("p-police")
    await room.press("p-police", "Each child separately")
    assert len(inputs_of(room.cards["p-police"])) == 6
    page = {f"{k}.{c}": v for c in ("c1", "c2") for k, v in WOK.items()}
    await room.press("p-police", "Save and go on", **page)
    assert "Page 2 of 2" in room.text("p-police")
    await room.opens("p-chair")
    assert "Police – Alex Stone  has begun" in room.text("p-chair")
    page = {f"{k}.{c}": v for c in ("c3", "c4") for k, v in WOK.items()}
    await room.press("p-police", "Give my view", **page)
    assert len(room.play.meeting.views["VIEWS"].given) == 4
    await room.opens("p-chair")
    assert "Answered: 1 of 5" in room.text("p-chair")


WOK = {"option": "reasonable cause", "scale": "3", "reason": "Words"}


async def test_the_scale_shows_places_and_no_mean():
    """Both ends word for word; afterwards who stands where, as a picture and in words (WOK-6.2a)."""
    room = Room(play=viewing("wok"))
    await room.opens("p-police")
    assert "0 (most danger): There is evidence to suggest that the child is suffering" in room.text("p-police")
    for person, place in (("p-police", "3"), ("p-health", "8")):
        await room.opens(person)
        await room.press(person, "Give my view", **{f"{k}.c1": v for k, v in {**WOK, "scale": place}.items()})
    await room.opens("p-chair")
    await room.press("p-chair", "Show the views")
    text = room.text("p-chair")
    assert "On the scale: 3: Police; 8: Health visitor" in text
    assert "5.5" not in text
    assert "average" not in text


async def test_a_scale_may_lie_below_nought():
    """Every place on it can be chosen; what is no place is refused, and never taken for one that is."""
    play = viewing("wok")
    step = next(s for s in play.procedure.agenda if s.kind == "views")
    assert isinstance(step.data, ViewsData)
    assert step.data.scale is not None
    below = replace(step.data, scale=replace(step.data.scale, minimum=-3, maximum=-1))
    steps = tuple(replace(s, data=below) if s is step else s for s in play.procedure.agenda)
    play.procedure = replace(play.procedure, agenda=steps)
    room = Room(play=play)
    await room.opens("p-police")
    answers = {f"{k}.c1": v for k, v in WOK.items()}
    await room.press("p-police", "Give my view", **{**answers, "scale.c1": "one"})
    assert not room.play.meeting.views["VIEWS"].given
    await room.press("p-police", "Give my view", **{**answers, "scale.c1": "-3"})
    assert [v.scale for v in room.play.meeting.views["VIEWS"].given] == [-3]


async def test_the_scribe_enters_a_view_said_aloud():
    room = Room(play=viewing())
    await room.opens("p-notes", "views.form", step="VIEWS", person="p-health")
    await room.press("p-notes", "Record as heard", **{"option.c1": "cannot say yet"})
    assert room.play.meeting.views["VIEWS"].given[0].how is How.HEARD


async def test_a_blank_reason_comes_back_at_its_field():
    room = Room(play=viewing())
    await room.opens("p-police")
    await room.press("p-police", "Give my view", **{"option.c1": "met"})
    assert "reason: Please answer this." in room.text("p-police")
    assert "Give my view" in titles(room.cards["p-police"])


@pytest.mark.parametrize("person", ["p-police", "p-health"])
async def test_nobody_else_opens_somebodys_form(person):
    room = Room(play=viewing())
    await room.opens(person, "views.form", step="VIEWS", person="p-worker")
    assert "said aloud" not in room.text(person).splitlines()[2]
