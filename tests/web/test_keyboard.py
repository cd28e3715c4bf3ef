"""A whole meeting on the page with the keyboard alone: the chair's journey and a partner's; axe looks at each state."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from rehearsal.actor import Actor
from rehearsal.days import Days
from rehearsal.passing import Passing
from rehearsal.play import Play
from rehearsal.rehearsing import actors_of
from rehearsal.room.controls import inbox
from rehearsal.room.room import Room
from rehearsal.transcript import Transcript
from tests.web.conftest import Visit
from tests.web.visitor import NARROW, WIDE, Typist, Visitor

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.chromium, pytest.mark.node]


async def test_chair_and_partner_hold_a_meeting_by_keyboard(served: tuple[str, Room], visit: Visit) -> None:
    """From the start to the close, and the minutes authorised; as the clock moves, a further meeting is called.

    At every step both pages are free of faults, by turns at 320 and at 1280 px; every card is looked at by itself at
    both (test_every_card.py), and so are the states of a guest's seat (test_guest_page.py).
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
    await authorised(room, visitors["chair"], Days(passing=passing_of(room, actors)))
    await scene("the minutes, authorised")
    await moved_on(room, visitors)
    assert found == []
    assert stage.teams.violations == []
    assert typists["chair"].presses > 15
    assert typists["police"].presses >= 5


def passing_of(room: Room, actors: Mapping[str, Actor]) -> Passing:
    """Time for these people, whose transcript nobody reads."""
    stage, told = room.played.stage, list[str]()
    return Passing(stage=stage, actors=actors, transcript=Transcript(chat=stage.chat.id, seats={}, write=told.append))


async def authorised(room: Room, chair: Visitor, days: Days) -> None:
    """The next day the script's note-taker has written up; the chair authorises and sends by keyboard."""
    script = room.played.script
    script.held, script.playing = {"chair"}, True
    await room.move_clock(room.played.stage.clock.now() + timedelta(days=1))
    script.playing = False
    [(meeting, _)] = await room.played.begun()
    assert meeting.debts
    assert all(debt.written_up for debt in meeting.debts.values())
    assert meeting.minutes.authorised is None
    await days.authorise("chair")
    [(meeting, _)] = await room.played.begun()
    assert meeting.minutes.authorised is not None
    assert meeting.minutes.sent
    bar = chair.page.get_by_role("region", name="Rehearsal")
    title = f"Minutes of {meeting.reference}, authorised, version {meeting.minutes.authorised.version}"
    await expect(bar.get_by_role("heading", name=title, include_hidden=True)).to_be_attached()


async def moved_on(room: Room, visitors: Mapping[str, Visitor]) -> None:
    """A week later: what came to the police's inbox meanwhile, and everybody in the call of the further meeting."""
    script = room.played.script
    script.held, script.playing = set(), True
    await room.move_clock(room.played.stage.clock.now() + timedelta(days=7))
    start = await room.when("start")
    assert start is not None
    script.held = {"chair"}  # nobody but us starts it
    await room.move_clock(start)
    script.playing = False
    meeting = await room.played.meeting()
    assert meeting is not None
    assert (meeting[0].reference, meeting[0].started) == ("SM-2041/2", None)
    for visitor in visitors.values():
        await expect(visitor.page.locator("header h1")).to_contain_text("SM-2041/2")
    await expect(visitors["chair"].page.get_by_role("button", name="Start the meeting").first).to_be_visible()
    await visitors["chair"].page.get_by_role("button", name="Start the meeting").first.press("Enter")
    minutes = visitors["chair"].page.get_by_label("Minutes of SM-2041/2, draft").first
    await expect(minutes).to_be_attached()
    page = str(await minutes.evaluate("(link) => link.href"))
    assert "SM-2041/2" in await (await visitors["chair"].page.request.get(page)).text()
    came = " ".join(str(each["text"]) for each in inbox(room.played, "police"))
    assert "minutes" in came
    assert "SM-2041/2" in came
