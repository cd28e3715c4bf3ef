"""South Tyneside: how a meeting comes about, and how it is held: where it came from, in a room or by telephone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ledger.desk import Desk, convening
from tests.ledger.forms import BLANK
from tests.ledger.world import World

REFERRED, STARTED = "Date of referral to social care", "Assessment started"


async def with_origin(desk: Desk, origin: str) -> str:
    """Answer where the meeting came from; returns the page that follows."""
    screen = desk.screen()
    while "<Questions>" not in screen:
        screen = await desk.press(going(screen))
    screen = await desk.press("Questions")
    while "Origin" not in screen:
        screen = await desk.press(going(screen))
    desk.person.choose("Origin", origin)
    return await desk.press(going(screen))


def going(screen: str) -> str:
    """The title of the button that goes on."""
    return str(re.findall(r"<(Save[^>]*)>", screen)[0])


async def sent(desk: Desk, screen: str, **dates: str) -> str:
    """Send a page as it stands, as a client would that does not look; returns what comes back."""
    for label, value in dates.items():
        desk.person.type(label.replace("_", " "), value)
    await desk.person.press(going(screen), in_=desk.chat, force=True, settle=True)
    await desk.stage.settle()
    return desk.screen()


@pytest.mark.ledger("STY-1.2")
async def test_the_origin_asks_for_the_referral_and_the_assessment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A referral without its date, or with one to come, goes no further; an open case is asked for neither date."""
    async with convening("sty", tmp_path, monkeypatch) as desk:
        await desk.draft()
        assert REFERRED not in await with_origin(desk, "Open case")
        page = await with_origin(desk, "New referral")
        assert REFERRED in page
        assert STARTED not in page
        assert f"{REFERRED}: {BLANK}" in await sent(desk, page)
        assert f"{REFERRED}: That day is still to come." in await sent(desk, page, **{REFERRED: "1/2/2031"})
        assert f"{REFERRED}: " in await sent(desk, page, **{REFERRED: "31/2/2026"})
        await sent(desk, desk.screen(), **{REFERRED: "23/11/2026"})
        page = await with_origin(desk, "During assessment")
        assert STARTED in page
        assert f"{REFERRED}: {BLANK}" in await sent(desk, page, **{REFERRED: "", STARTED: "not known"})
        known = {REFERRED: "23/11/2026", STARTED: "1/12/2026"}
        assert BLANK not in await sent(desk, desk.screen(), **known)
        minutes = await desk.started("It cannot wait.")
        for told in ("Origin: during assessment", f"{REFERRED}: 23 November 2026", f"{STARTED}: 1 December 2026"):
            assert told in minutes


CALL, PARTIES = "Time of the call", "Who was on the call"
TOLD = ("Processes others need to know about", "Timing", "Methods of evidence gathering")


@pytest.mark.ledger("STY-1.1e")
async def test_by_telephone_each_call_stands_with_its_time_and_who_was_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody but the chair is in Teams: every step comes all the same, and each call asks for its time."""
    async with convening("sty", tmp_path, monkeypatch) as desk:
        world, chair = desk.world, desk.person
        await desk.draft(**{"How it is held": "Telephone"})
        await desk.add("Police", "Police", why="Core agency", email="desk@police.example")
        await world.begin(*(p for p in desk.stage.people.values() if p is not chair))
        assert "How it is held: telephone" in await desk.started("It cannot wait.")
        passed = set()
        while not (begin := [t for t in world.titles(chair) if t.startswith("Begin: Police")]):
            passed.add(world.newest(chair).splitlines()[1])
            await onward(world)
        assert {"Attendance and authority", "Child details; right meeting", "Reasonable cause"} <= passed
        await world.press(chair, begin[0])
        told = dict.fromkeys(("Basis for any criminal investigation", *TOLD), "not known")
        await world.submit(chair, {"Information your agency holds": "Called out twice in June.", **told})
        world.fill(chair, f"{CALL}: date", "2026-12-23")
        world.fill(chair, f"{CALL}: time", "08:40")
        world.fill(chair, PARTIES, "Duty inspector; Carys Hale")
        await world.press(chair, "Record")
        said = world.under(await world.minutes(), "Information")
        assert "Called out twice in June." in said
        assert f"{CALL}: Wednesday 23 December 2026, 08:40" in said
        assert f"{PARTIES}: Duty inspector; Carys Hale" in said


async def onward(world: World) -> None:
    """The chair goes on, with the police heard on the telephone at the roll call and a reason for what is missing."""
    chair = world.chair
    for title in ("All heard aloud", "All confirmed aloud", "All introduced aloud"):
        if title in world.titles(chair):
            await world.press(chair, title)
    if "Here by telephone" in world.titles(chair):
        await world.press(chair, "Here by telephone")
    await world.next()
    if "Go on with this reason" in world.titles(chair):
        world.fill(chair, "Reason for going on without", "It cannot wait.")
        await world.press(chair, "Go on with this reason")
