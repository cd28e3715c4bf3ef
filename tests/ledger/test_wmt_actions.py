"""West Midlands: the minimum set of actions after either decision, and the Laming line that is worked out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager

import pytest

from tests.ledger.conftest import At
from tests.ledger.forms import BLANK
from tests.ledger.world import Answers, World

Standing = Callable[[str], AbstractAsyncContextManager[World]]
STEP = "Actions under section 17 or section 47"
WREN = "Wren Foster (Social care: social worker)"
SEEN, PARENTS, HOME = "Child seen and spoken to", "Parents or carers seen and spoken to", "Usual accommodation visited"
PLAN, SHARING, NEXT = "Interim safety plan", "Who shares what with whom, how and when", "Further next steps"
REASON = "Reason for closing without, for the minutes"
MINIMUM: Mapping[str, Answers] = {
    SEEN: {"Where": "At school", "When": "Today 17:00", "By whom": WREN},
    PARENTS: {"Where": "At home", "When": "Today 17:00", "By whom": WREN},
    HOME: {"When": "Today 17:00", "By whom": WREN},
    PLAN: {"What": "Grandmother stays the night.", "Who": WREN, "Until when": "Until Monday"},
    SHARING: {"What": "The doctor's report", "By whom": WREN, "To whom": "The school", "How": "By letter"},
    NEXT: {"Next steps": "The assessment begins tomorrow."},
}
ALLOCATED: Answers = {"Social worker": "Allocated", "Name": "Wren Foster", "Telephone": "01632 960111"}


@pytest.fixture
def wmt(at: At) -> Standing:
    """`async with wmt("ACTIONS") as world:` for the case of two children under this guidance."""
    return lambda step: at(step, procedure="wmt", case="wmt")


async def put(world: World, *but: str) -> None:
    """The note-taker puts the whole minimum on the list, these left out."""
    for row, answers in MINIMUM.items():
        if row not in but:
            card = await world.fill_in(world.notes, row, answers)
            if "When: Today" not in str(answers) and "When: date" in world.labels(world.notes):
                await world.submit(world.notes, {"When": "Today 17:00"})
            if "Page 2" in card:
                await world.submit(world.notes, {"When": "Today 17:00"})


async def open_lines(world: World) -> list[str]:
    """Go on to the close; what stands there as still open."""
    await world.next()
    lines = world.newest(world.chair).partition("Still open\n")[2].splitlines()
    return [line.partition("  <")[0].strip() for line in lines if "<Fill in>" in line]


@pytest.mark.ledger("WMT-3.7", "WMT-3.7a", "WMT-3.7b", "WMT-3.7c", "WMT-3.7d", "WMT-3.7e1", "WMT-3.7e2")
async def test_every_minimum_is_asked_after_a_section_17_decision_too(wmt: Standing) -> None:
    """Section 17 was decided: all six are asked, named at the close, and passed only with a reason."""
    async with wmt("ACTIONS") as world:
        asked = world.newest(world.notes).partition("Still asked for")[2].splitlines()
        for row in MINIMUM:
            assert [line for line in asked if line.startswith(row)], row
        lines = await open_lines(world)
        for row in (SEEN, HOME, PLAN):
            assert {f"{row} (Ada Brook)", f"{row} (Ben Brook)"} <= set(lines)
        for row in (f"{PARENTS} (parents or carers)", SHARING, NEXT):
            assert row in lines
        assert "<Close the meeting>" not in world.newest(world.chair)
        await world.press(world.chair, "Close the meeting with this reason", force=True)
        assert "State: closed" not in await world.minutes()
        world.fill(world.chair, REASON, "Agreed by telephone tonight.")
        await world.press(world.chair, "Close the meeting with this reason")
        minutes = await world.minutes()
        assert "State: closed" in minutes
        assert "Agreed by telephone tonight." in minutes


@pytest.mark.ledger("WMT-3.7a", "WMT-3.7b", "WMT-3.7c", "WMT-3.7d", "WMT-3.7e1", "WMT-3.7e2", "WMT-3.7L")
async def test_the_whole_minimum_closes_with_one_action_for_both_children(wmt: Standing) -> None:
    """One action covers both; each needs its place, its person, its recipient; the home's address comes filled in."""
    async with wmt("ACTIONS") as world:
        for row, label in ((SEEN, "Where"), (PARENTS, "Where"), (PLAN, "Who"), (SHARING, "To whom")):
            short = {k: v for k, v in MINIMUM[row].items() if k != label}
            assert f"{label}: {BLANK}" in await world.fill_in(world.notes, row, short), row
            await world.press(world.notes, "Back to the list")
        await world.press(world.notes, "Fill in", beside=HOME)
        assert "Address: [3 Mill Lane]" in world.newest(world.notes)
        await world.press(world.notes, "Back to the list")
        await put(world)
        assert "Still asked for" not in world.newest(world.notes)
        lines = await open_lines(world)
        assert not [x for x in lines if x.startswith(tuple(MINIMUM))]
        await world.fill_in(world.chair, "Social worker", ALLOCATED)
        assert REASON not in world.labels(world.chair)
        await world.next()
        minutes = await world.minutes()
        assert "State: closed" in minutes
        assert "Laming minimum: met" in minutes
        listed = world.under(minutes, STEP)
        assert "What: Child seen and spoken to (At school)" in listed
        assert "For whom: Ada Brook, Ben Brook" in listed
        for child in ("Ada Brook", "Ben Brook"):
            met = next(x for x in listed.splitlines() if x.startswith(f"{PLAN}: For whom: {child}"))
            for text in ("What: Grandmother stays the night.", "Who: Wren Foster", "Until when: Until Monday"):
                assert text in met
        assert "To whom: The school" in listed
        assert "Next steps: The assessment begins tomorrow." in listed


@pytest.mark.ledger("WMT-3.7L")
async def test_the_laming_minimum_is_not_met_where_one_of_three_was_passed_over(wmt: Standing) -> None:
    """The home is not visited: closed with a reason, the minutes say not met, and the reason."""
    async with wmt("ACTIONS") as world:
        await put(world, HOME)
        await open_lines(world)
        world.fill(world.chair, REASON, "They are in a refuge.")
        await world.press(world.chair, "Close the meeting with this reason")
        minutes = await world.minutes()
        assert f"Laming minimum: not met ({HOME}; They are in a refuge.)" in minutes
