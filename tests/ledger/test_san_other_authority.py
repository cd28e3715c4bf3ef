"""Sandwell: another local authority that completes the enquiry, holds the discussion or is responsible."""

from __future__ import annotations

import pytest

from tests.ledger.conftest import At
from tests.ledger.world import World

RESPONSIBLE, HOLDS, COMPLETES = "Responsible authority", "Who holds the discussion", "Who completes the section 47"
STARTED = "Has theirs started one?"
OURS = {RESPONSIBLE: "This Trust", HOLDS: "This Trust", COMPLETES: "This Trust"}
MEDICAL = "Is a child protection medical assessment required?"
MINUTES, RECORD = "Obtain the other authority's minutes", "Obtain the s47 record and upload it to the child's documents"
CLOSE_WITHOUT = "Reason for closing without, for the minutes"


async def to_closing(world: World) -> str:
    """The chair goes on to the last step, with a reason where one is asked for; the two firm answers are given."""
    for _ in range(4):
        if "\nPlanning checkpoints\n" in world.newest(world.chair):
            for child in ("Ada Brook", "Ben Brook"):
                await world.fill_in(
                    world.notes, f"{MEDICAL} ({child})", {MEDICAL: "No", "Evidence for the decision": "None seen."}
                )
        if "\nClose\n" in world.newest(world.chair):
            break
        await world.next()
        if "Reason for going on without" in world.labels(world.chair):
            world.fill(world.chair, "Reason for going on without", "Written up later")
            await world.press(world.chair, "Go on with this reason")
    return world.newest(world.chair)


async def again(world: World, child: str, **answers: str) -> str:
    """From the closing back to the question, answered anew for one child, and to the closing again."""
    while "completing the section 47?\n" not in world.newest(world.chair):
        if "Back" in world.titles(world.chair):
            await world.press(world.chair, "Back")
        await world.later(seconds=5)  # the panel is redrawn at most once in three seconds
    await world.fill_in(world.notes, f"completing the section 47? ({child})", {**OURS, **answers})
    return await to_closing(world)


def still_open(card: str) -> list[str]:
    """The lines of what is still open at the closing."""
    return card.partition("Still open\n")[2].partition("\nSay aloud")[0].splitlines()


@pytest.mark.ledger("SAN-12.0", "SAN-12.1")
async def test_the_question_is_not_left_out_without_a_reason(at: At) -> None:
    """Unanswered, closing is refused; a reason closes and stands in the minutes."""
    async with at("OTHER_LA") as world:
        lines = still_open(await to_closing(world))
        for child in ("Ada Brook", "Ben Brook"):
            line = next(x for x in lines if RESPONSIBLE in x and child in x)
            assert COMPLETES in line
            assert "needed before closing" not in line
        assert "<Close the meeting>" not in world.newest(world.chair)
        await world.press(world.chair, "Close the meeting with this reason")
        assert "Still open" in world.newest(world.chair)  # not without the reason
        world.fill(world.chair, CLOSE_WITHOUT, "The duty desk will find out")
        await world.press(world.chair, "Close the meeting with this reason")
        assert "\nClosed\n" in world.card(world.chair)
        assert "The duty desk will find out" in await world.minutes()


@pytest.mark.ledger("SAN-12.0", "SAN-12.1", "SAN-12.3")
async def test_another_authority_is_named_for_its_child(at: At) -> None:
    """Dudley is responsible for Ben and has started the enquiry: so the minutes say, and its record is asked for."""
    async with at("CLOSING") as world:
        theirs = {RESPONSIBLE: "Another authority", COMPLETES: "Another authority"}
        card = await again(
            world,
            "Ben Brook",
            **theirs,
            **{"Name and contact": "Dudley, duty desk", "Which authority": "Dudley", STARTED: "Yes"},
        )
        assert [x for x in still_open(card) if RECORD in x and "Ben Brook" in x and "needed" not in x]
        assert "<Close the meeting>" not in card
        assert "<Close the meeting with this reason>" in card
        assert not [x for x in still_open(card) if RECORD in x and "Ada Brook" in x]
        minutes = await world.minutes()
        told = minutes.partition("Is a different local authority completing the section 47?\n")[2]
        ben = told.partition("Ben Brook\n")[2]
        for line in (
            "Responsible authority: another authority",
            "Name and contact: Dudley, duty desk",
            "Who completes the section 47: another authority",
            "Which authority: Dudley",
            f"{STARTED} yes",
        ):
            assert line in ben
            assert line not in told.partition("Ben Brook\n")[0]


@pytest.mark.ledger("SAN-12.2", "SAN-12.3")
async def test_minutes_of_a_discussion_held_elsewhere_become_an_action(at: At) -> None:
    """Held by another authority: without an action to obtain its minutes no closing, with one it closes."""
    async with at("CLOSING") as world:
        assert MINUTES not in world.newest(world.chair)  # held here: not asked
        card = await again(
            world, "Ben Brook", **{HOLDS: "Another authority", "Which authority": "Dudley", STARTED: "No"}
        )
        lines = still_open(card)
        assert [x for x in lines if MINUTES in x and "Ben Brook" in x and "needed" not in x]
        assert not [x for x in lines if RECORD in x]
        assert "<Close the meeting>" not in card
        await world.press(world.chair, "Close the meeting with this reason", force=True)
        assert "Still open" in world.newest(world.chair)  # not without the reason
        await world.press(world.chair, "Fill in", beside=MINUTES)
        due = next(t for t in world.offered(world.chair, "By when") if "Tomorrow" in t)
        card = await world.submit(world.chair, {"Who": "Wren Foster (Social care: social worker)", "By when": due})
        assert "Nothing is open." in card
        await world.press(world.chair, "Close the meeting")
        assert "\nClosed\n" in world.card(world.chair)
