"""Deciding by pressing: page by page, for several children at once, and never decided by the bot."""

import pytest

from meeting.model import How
from tests.unit.dialogs.room import Room, inputs_of
from tests.unit.documents.played import acted, convened, gathered

CHAIR, WORKER = "p-chair", "p-worker"


async def at_decision(procedure: str = "san") -> Room:
    """Return a meeting whose chair has the decision's card open."""
    play = gathered(convened(procedure))
    while play.step.id != "DECISION":
        acted(play)
        play.on()
    return await Room(play=play).opens(CHAIR)


def decisions(room: Room):
    return room.play.meeting.decisions


async def test_one_round_decides_for_all_children():
    """Outcomes, what belongs to them, why: three presses decide for every child, each under its own name."""
    room = await at_decision()
    await room.press(CHAIR, "Go on", outcomes="s47,lado")
    start = {"needs.s47.start_continue": "start", "needs.s47.joint_single": "joint"}
    await room.press(CHAIR, "Go on", **start, lead_criminal="Alex Stone", lead_welfare="Jo Hale")
    await room.press(CHAIR, "Said aloud, note-taker to write up")
    assert len(decisions(room)) == len(room.play.meeting.in_scope())
    assert {d.outcomes for d in decisions(room).values()} == {("s47", "lado")}
    assert {d.how for d in decisions(room).values()} == {How.SAID_ALOUD}
    assert all(d.needs["s47.joint_single"] == "joint" for d in decisions(room).values())


async def test_the_form_opens_empty_beside_the_views():
    """The chair sees what each seat thinks, by name; no outcome is chosen before the chair chooses."""
    room = await at_decision()
    outcomes = next(i for i in inputs_of(room.cards[CHAIR]) if i["id"] == "outcomes")
    assert "value" not in outcomes
    assert "Police (Alex Stone): " in room.text(CHAIR)


async def test_outcomes_that_exclude_each_other_come_back_by_name():
    """Two outcomes that cannot both stand are named where they were chosen, and the choice stays."""
    room = await at_decision()
    answer = await room.press(CHAIR, "Go on", outcomes="s17,s47")
    assert answer.refused
    assert "cannot both stand for the same child" in room.text(CHAIR)
    assert "Outcomes (one or more) [s17,s47]" in room.text(CHAIR)
    assert not decisions(room)


async def test_a_lead_who_is_missing_is_asked_for_on_the_same_page():
    """A joint enquiry without its police lead comes back with what was chosen; then the reasons are asked."""
    room = await at_decision()
    await room.press(CHAIR, "Go on", outcomes="s47")
    start = {"needs.s47.start_continue": "start", "needs.s47.joint_single": "joint"}
    answer = await room.press(CHAIR, "Go on", **start, lead_welfare="Jo Hale")
    assert answer.refused
    assert "If joint: lead of the criminal investigation: Please answer this." in room.text(CHAIR)
    await room.press(CHAIR, "Go on", lead_criminal="Alex Stone")
    await room.press(CHAIR, "Record the decision", **{i["id"]: "Because" for i in inputs_of(room.cards[CHAIR])})
    assert {d.lead_criminal for d in decisions(room).values()} == {"Alex Stone"}
    assert {d.lead_welfare for d in decisions(room).values()} == {"Jo Hale"}


async def test_a_conference_is_refused_with_what_may_be_written_instead():
    """The words of a conference come back once with the allowed wording; the chair may keep them."""
    room = await at_decision()
    await room.press(CHAIR, "Go on", outcomes="s17")
    why = {i["id"]: "Arrange ICPC" for i in inputs_of(room.cards[CHAIR])}
    await room.press(CHAIR, "Record the decision", **why)
    assert "You could write: Complete the section 47 enquiry" in room.text(CHAIR)
    await room.press(CHAIR, "Keep the wording")
    assert all("Arrange ICPC" in d.rationale.values() for d in decisions(room).values())


@pytest.mark.parametrize("procedure", ["lcs", "sty", "wok", "wmt"])
async def test_every_procedure_takes_its_first_outcome(procedure):
    """The form asks what each procedure asks, and a decision comes of it."""
    room = await at_decision(procedure)
    first = next(i for i in inputs_of(room.cards[CHAIR]) if i["id"] == "outcomes")["choices"][0]["value"]
    given = {"agreement": "all"} if any(i["id"] == "agreement" for i in inputs_of(room.cards[CHAIR])) else {}
    await room.press(CHAIR, "Go on", outcomes=first, **given)
    while "Record the decision" not in str(room.cards[CHAIR]):
        await room.press(CHAIR, "Go on", **filled(room))
    await room.press(CHAIR, "Record the decision", **filled(room))
    if "gave another view" in room.text(CHAIR):
        assert room.text(CHAIR).count("gave another view") == 1
        assert "Keep the wording" not in str(room.cards[CHAIR])
        await room.press(CHAIR, "Keep that all agree")
    assert {d.outcomes for d in decisions(room).values()} == {(first,)}


def filled(room: Room) -> dict[str, str]:
    """Return a choice or a word for each input of the chair's card."""
    inputs = inputs_of(room.cards[CHAIR])
    return {i["id"]: i["choices"][0]["value"] if "choices" in i else "Because" for i in inputs}


async def test_an_attendee_sees_the_decision_and_may_differ_by_name():
    """Everybody reads the decision under its child; whoever differs says so once, by name."""
    room = await at_decision()
    acted(room.play)
    await room.opens(WORKER)
    assert "Decided: Initiate or continue section 47 enquiries" in room.text(WORKER)
    await room.press(WORKER, "I see it differently")
    assert any(WORKER in d.dissent for d in decisions(room).values())
    await room.opens(CHAIR)
    assert "See it differently: Jo Hale" in room.text(CHAIR)


async def test_nobody_but_the_chair_sees_the_form():
    """The note-taker and others read; the form is the chair's."""
    room = await at_decision()
    await room.opens("p-notes", "decision.form", step="DECISION")
    assert "Only the chair can do this." in room.text("p-notes")
