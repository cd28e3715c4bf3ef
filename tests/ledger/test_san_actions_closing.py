"""Sandwell: who does what by when, the child seen within 24 hours, and what holds the closing back."""

from __future__ import annotations

import pytest

from tests.ledger.conftest import At
from tests.ledger.world import World

S47 = "Initiate or continue section 47 enquiries"
SINGLE = {"Joint with police, or single agency": "Single", "Evidence for joint or single": "Nothing criminal is said."}
WREN = "Wren Foster (Social care: social worker)"
SEEN = "Child seen within 24 hours"
PLAN = "Immediate and short-term actions; safety plan"
FIRM = "needed before closing"
UNANSWERED = "Please answer this."
MEDICAL = {
    "Is a child protection medical assessment required?": "No",
    "Evidence for the decision": "Seen by a doctor.",
    "The same holds for": "Ben Brook",
}


async def decided(world: World, begun: str) -> None:
    """Decide a section 47 enquiry that is started or continued, and go on to the actions."""
    await world.decide(S47, answers={**SINGLE, "Start or continue": begun})
    for _ in range(3):
        await world.next()


@pytest.mark.ledger("SAN-13.1")
async def test_an_action_has_one_named_professional_and_a_time(at: At) -> None:
    """An agency is no owner, and without owner or time nothing is stored; named and due, it is on the owner's card."""
    async with at("ACTIONS") as world:
        await world.press(world.notes, "Add an action")
        blank = await world.submit(world.notes, {"What": "Ring the landlord"})
        assert f"Named professional: {UNANSWERED}" in blank
        assert f"By when: {UNANSWERED}" in blank
        await world.press(world.notes, "Somebody not listed")
        agency = await world.submit(world.notes, {"Named professional": "Health", "By when": "Today 17:00"})
        assert "need another look" in agency
        assert "Ring the landlord" not in world.under(await world.minutes(), "Actions")
        listed = await world.submit(world.notes, {"Named professional": "Wren Foster"})
        assert "1. Ring the landlord" in listed
        await world.look_again(world.worker)
        assert "Yours   1. Ring the landlord" in world.newest(world.worker)


@pytest.mark.ledger("SAN-13.3", "SAN-11.3c")
async def test_section_47_is_not_closed_without_a_safety_plan_line_that_says_who(at: At) -> None:
    """With section 47 no reason closes without a line; a line without who is not stored; one with it answers.

    Where section 47 only continues, seeing the child is not asked.
    """
    async with at("DECISION") as world:
        await decided(world, "Continue")
        assert SEEN not in world.newest(world.chair)
        assert "Fill in" in world.newest(world.chair)
        asked = next(line for line in world.newest(world.chair).splitlines() if line.startswith(PLAN))
        assert FIRM in asked
        await world.next()
        await world.fill_in(world.chair, "Is a child protection medical assessment required? (Ada", MEDICAL)
        assert all(line.startswith(PLAN) for line in world.newest(world.chair).splitlines() if FIRM in line)
        assert SEEN not in world.newest(world.chair)
        assert "<Close the meeting" not in world.newest(world.chair)
        line = {"What": "Grandmother stays", "By when": "Today 17:00"}
        blank = await world.fill_in(world.chair, f"{PLAN} (Ada", line)
        assert f"Who: {UNANSWERED}" in blank
        await world.submit(world.chair, {"Who": WREN})
        await world.fill_in(world.chair, f"{PLAN} (Ben", {**line, "Who": WREN})
        assert "What: Grandmother stays; Who: Wren Foster" in world.under(await world.minutes(), "Actions", "Actions")
        assert PLAN not in world.newest(world.chair)
        assert "<Close the meeting with this reason>" in world.newest(world.chair)
    async with at("DECISION") as world:
        await world.decide("Advice and guidance: no further role for Children's Services")
        for _ in range(3):
            await world.next()
        asked = next(line for line in world.newest(world.chair).splitlines() if line.startswith(PLAN))
        assert FIRM not in asked
        await world.next()
        await world.fill_in(world.chair, "Is a child protection medical assessment required? (Ada", MEDICAL)
        await world.press(world.chair, "Close the meeting with this reason", force=True)
        assert "Still open" in world.newest(world.chair)  # not without the reason
        world.fill(world.chair, "Reason for closing without, for the minutes", "None is needed: the school sees to it.")
        await world.press(world.chair, "Close the meeting with this reason")
        minutes = await world.minutes()
        assert "State: closed" in minutes
        assert "None is needed: the school sees to it." in minutes


@pytest.mark.ledger("SAN-11.3c")
@pytest.mark.parametrize("way", ["", "Already seen", "Cannot be seen within 24 hours"])
async def test_where_section_47_starts_the_child_is_seen_within_24_hours_or_it_is_said_why_not(
    at: At, way: str
) -> None:
    """Nothing said holds the closing firmly; a later time is refused; seen in time, already, or safeguarded closes."""
    when = {"Or another time: date": "2026-12-24", "Or another time: time": "05:00"}
    said = {
        "": {"By whom": WREN, "Where": "At school", **when},
        "Already seen": {"When: date": "2026-12-23", "When: time": "08:30", "By whom": WREN},
        "Cannot be seen within 24 hours": {
            "Because": "Not born yet",
            "Safeguarding action": "Alert",
            "Who": WREN,
            **when,
        },
    }[way]
    async with at("DECISION") as world:
        await decided(world, "Start")
        await world.fill_in(world.chair, PLAN, {"What": "Grandmother stays", "By when": "Today 17:00", "Who": WREN})
        await world.press(world.chair, "Fill in", beside=SEEN)
        late = {"By whom": WREN, "Where": "At school", **when, "Or another time: time": "15:00"}
        assert "need another look" in await world.submit(world.chair, late)
        await world.press(world.chair, "Back to the list")
        await world.next()
        await world.fill_in(world.chair, "Is a child protection medical assessment required? (Ada", MEDICAL)
        lines = [x for x in world.newest(world.chair).splitlines() if FIRM in x]
        assert lines
        assert all(SEEN in x for x in lines)
        assert "Close the meeting with this reason" not in world.titles(world.chair)
        for child in ("Ada Brook", "Ben Brook"):
            await world.press(world.chair, "Fill in", beside=f"{SEEN} ({child})")
            if way:
                await world.press(world.chair, way)
                assert f"{next(iter(said)).partition(':')[0]}: {UNANSWERED}" in await world.submit(world.chair, {})
            await world.submit(world.chair, said)
        assert SEEN not in world.newest(world.chair)
        world.fill(world.chair, "Reason for closing without, for the minutes", "The rest follows.")
        await world.press(world.chair, "Close the meeting with this reason")
        minutes = await world.minutes()
        assert "State: closed" in minutes
        assert "The rest follows." in minutes
