"""Sandwell: what is asked when the meeting is called, and what follows from an order or from what was not shared."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.planning import PlanRefused
from rehearsal.stage import staged
from tests.ledger.conftest import At
from tests.ledger.snapshots import the_case, the_procedure
from tests.ledger.test_san_plan import ORDER, REASON, UNANSWERED, answer, answer_all_but
from tests.ledger.world import World

CAUSE = "Reasonable cause to suspect significant harm"
CONVENER = "Convener (lead practitioner): name and role"
KIND = "Emergency protection order or police protection"
PAUL = {"Who": "Paul Grant (Police)", "By when": "Today 17:00"}
PLAN = "Immediate and short-term actions; safety plan"
ACTION = "Action under the order or police protection"
IN_FORCE = {
    ORDER: "Yes",
    KIND: "Police protection",
    "Start: date": "2026-12-23",
    "Start: time": "08:00",
    "End: date": "2026-12-26",
    "End: time": "08:00",
}


@asynccontextmanager
async def called(folder: Path, *, blank: str = "", reason: str = "") -> AsyncIterator[World]:
    """A meeting called with one answer left out; raises HeldBack where that is not let through."""
    case = the_case()
    answers = {k: v for k, v in case.data["answers"].items() if k != blank}
    case = replace(case, data={**case.data, "answers": answers, "reason": reason})
    async with staged(case, the_procedure("san"), folder) as stage:
        world = World(stage=stage)
        await world.begin()
        await world.press(world.chair, "I have heard this")
        yield world
        world.nothing_wrong()


@pytest.mark.parametrize(
    ("key", "label", "given"),
    [
        pytest.param(
            "cause", CAUSE, "Bruises that the account given does not explain.", marks=pytest.mark.ledger("SAN-8.1")
        ),
        pytest.param("convener", CONVENER, "Wren Foster", marks=pytest.mark.ledger("SAN-10.4L")),
    ],
)
async def test_a_meeting_is_called_with_cause_and_convener_or_a_reason(
    tmp_path: Path, key: str, label: str, given: str
) -> None:
    """Left blank it is refused by name; a reason lets it through and is minuted; given, it stands in the minutes."""
    folders = [tmp_path / name for name in ("refused", "passed", "given")]
    for folder in folders:
        folder.mkdir()
    with pytest.raises(PlanRefused) as held:
        async with called(folders[0], blank=key):
            pass
    assert str(held.value) == f"answers.{key}: missing ({label}); answer it, or say under `reason` why it stays blank"
    async with called(folders[1], blank=key, reason="Told by telephone; it follows.") as world:
        minutes = await world.minutes()
        assert f"Called without {label}: Told by telephone; it follows." in minutes
        assert f"{label}: {given}" not in minutes
    async with called(folders[2]) as world:
        assert f"{label}: {given}" in await world.minutes()


@pytest.mark.ledger("SAN-10.7")
async def test_an_order_in_force_asks_for_an_action_before_closing(at: At) -> None:
    """Police protection without its action closes with a reason only; what, who and by when answer it."""
    async with at("PLAN") as world:
        await under_police_protection(world)
        assert any(line.startswith(f"{ACTION}: Ada Brook") for line in world.newest(world.chair).splitlines())
        await world.next()
        assert ACTION in world.newest(world.chair)
        await world.press(world.chair, "Close the meeting with this reason", force=True)
        assert "Still open" in world.newest(world.chair)
        world.fill(world.chair, REASON, "The police add it by telephone.")
        await world.press(world.chair, "Close the meeting with this reason")
        assert "The police add it by telephone." in await world.minutes()


@pytest.mark.ledger("SAN-10.7", "SAN-13.3")
async def test_the_action_under_the_order_lets_the_meeting_close(at: At) -> None:
    """With what, who and by when it closes, and what is agreed stands in the minutes."""
    async with at("PLAN") as world:
        await under_police_protection(world)
        blank = await world.fill_in(world.notes, ACTION, {"What": "Decide on an application to the court"})
        assert f"Who: {UNANSWERED}" in blank
        await world.submit(world.notes, PAUL)
        await world.look_again(world.chair)
        assert ACTION not in world.newest(world.chair)
        await world.next()
        assert ACTION not in world.newest(world.chair)
        await world.next()
        minutes = await world.minutes()
        assert "State: closed" in minutes
        assert "What: Decide on an application to the court" in minutes


async def under_police_protection(world: World) -> None:
    """Answer the whole plan with police protection in force for Ada, and go on to the actions with a safety plan."""
    await answer_all_but(world, ORDER)
    assert "Recorded." in await answer(world, ORDER, IN_FORCE)
    await world.fill_in(world.notes, f"{ORDER} (Ben Brook)", {ORDER: "No"})
    await world.next()
    asked = [line for line in world.newest(world.chair).splitlines() if line.startswith(PLAN)]
    assert "needed before closing" in next(line for line in asked if "Ada Brook" in line)  # an order wants a line, too
    await world.fill_in(world.notes, PLAN, {"What": "Both stay with their grandmother", **PAUL})


@pytest.mark.ledger("SAN-13.13a")
async def test_nothing_missing_asks_for_no_reconvening(at: At) -> None:
    """Everybody was here and told something: the question does not come up."""
    async with at("CLOSING") as world:
        assert "Reconvene?" not in world.card(world.chair)
        await world.next()
        assert "Minutes by" in world.card(world.chair)


@pytest.mark.ledger("SAN-13.13a")
@pytest.mark.parametrize(
    ("day", "written", "closed_after", "called"),
    [
        ("2026-12-29", "Tuesday 29 December 2026, 10:00", 0, "When: Tue 29 Dec 2026, 10:00"),
        ("2026-12-24", "Thursday 24 December 2026, 10:00", 3, "When: no time yet"),  # it has passed: called, asked when
    ],
)
async def test_an_agency_that_was_missing_brings_the_question_whether_to_reconvene(
    at: At, day: str, written: str, closed_after: int, called: str
) -> None:
    """Blank, closing wants a reason; no wants why not; yes wants a date to come; the linked meeting is called."""
    async with at("ACTIONS") as world:
        await an_agency_is_missing(world)
        await world.next()
        assert "Reconvene?" in world.card(world.chair)
        await world.press(world.chair, "Close the meeting with this reason", force=True)
        assert "Still open" in world.card(world.chair)
        await world.press(world.chair, "Fill in", beside="Reconvene?")
        why = await world.submit(world.chair, {"Reconvene?": "No"})
        assert f"Why not: {UNANSWERED}" in why
        past = await world.submit(world.chair, {"Reconvene?": "Yes", "Date: date": "2026-12-01", "Date: time": "10:00"})
        assert "Date: That time has passed. Give one still to come." in past
        await world.submit(world.chair, {"Date: date": day})
        await world.later(days=closed_after)
        world.fill(world.chair, REASON, "The plan is agreed by telephone.")
        await world.press(world.chair, "Close the meeting with this reason")
        await world.later(minutes=1)
        minutes = await world.minutes()
        assert "Reconvene? yes" in minutes
        assert f"Date: {written}" in minutes
        after = await world.say(world.chair, "after", private=True)
        assert "SM-77/2" in after
        assert called in await world.say(world.chair, "invitations", private=True)


async def an_agency_is_missing(world: World) -> None:
    """One more agency is invited, and nobody comes."""
    await world.say(world.chair, "panel")
    await world.press(world.chair, "More")
    await world.press(world.chair, "Add an agency")
    answers = {"Agency": "Housing", "Name of the seat": "Housing", "Why": "Involved in the child's life"}
    world._write(world.chair, answers)
    await world.press(world.chair, "Add")
    await world.look_again(world.chair)
