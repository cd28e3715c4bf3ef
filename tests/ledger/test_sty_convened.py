"""South Tyneside: how a meeting comes about, and how it is held: where it came from, in a room or by telephone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ledger.desk import Desk, convening
from tests.ledger.forms import BLANK

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
