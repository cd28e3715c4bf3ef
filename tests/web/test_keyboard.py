"""A whole meeting on the page with the keyboard alone: the chair's journey and a partner's; axe looks at each state."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from playwright.async_api import Page

from rehearsal.play import Play
from rehearsal.rehearsing import actors_of
from rehearsal.room.room import Room
from tests.web.conftest import Visit
from tests.web.visitor import NARROW, WIDE, Typist

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.chromium, pytest.mark.node]


async def test_chair_and_partner_hold_a_meeting_by_keyboard(served: tuple[str, Room], visit: Visit) -> None:
    """From the start to the close; at every step both pages are free of faults, by turns at 320 and at 1280 px.

    Every card is looked at by itself at both (test_every_card.py), and so are the states of a guest's seat
    (test_guest_page.py).
    """
    room = served[1]
    stage = room.played.stage
    found: list[str] = []

    async def caught_up(page: Page) -> None:
        await stage.settle()
        mark = room.played.marks.catch_up()
        await page.wait_for_function("(mark) => chairside.page.wire.mark >= mark", arg=mark)

    visitors = {seat: await visit(f"seat/{seat}/") for seat in ("chair", "police")}
    typists = {seat: Typist(stage.people[seat], visitor, caught_up) for seat, visitor in visitors.items()}
    actors = actors_of(stage)
    actors |= {seat: replace(actors[seat], person=typist) for seat, typist in typists.items()}  # type: ignore[arg-type]

    sizes = itertools.cycle((NARROW, WIDE, WIDE, NARROW))

    async def scene(step: str) -> None:
        for seat, visitor in visitors.items():
            await caught_up(visitor.page)
            found.extend(await visitor.look_at(next(sizes), f"{seat} at {step}"))

    play = Play(stage=stage, actors=actors, scribe="notes", scene=scene, quiet=("housing",))
    chair = play.chair
    shown = await visitors["chair"].page.locator("[data-id]").evaluate_all("all => all.map((each) => each.dataset.id)")
    starts = (seen for seen in chair.cards() if "Start the meeting" in seen.titles())
    # The page shows one panel, the board's.
    await chair.press(next(seen for seen in starts if seen.message in shown), "Start the meeting")
    await play.run()
    await scene("the end")
    assert (await play.meeting()).status == "closed"
    assert found == []
    assert stage.teams.violations == []
    assert typists["chair"].presses > 15
    assert typists["police"].presses >= 5
