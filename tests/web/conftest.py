"""One browser for all tests of the page, one room for each module."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from rehearsal.case import find_case
from rehearsal.room.opening import serving_room
from rehearsal.room.room import Room
from tests.ledger.conftest import at, snapshots
from tests.web.visitor import Visitor

__all__ = ["at", "snapshots"]  # meetings that stand at a step

expect.set_options(timeout=20_000)  # milliseconds: the machine may be slow, and what comes is seen at once

Visit = Callable[..., Awaitable[Visitor]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    """Debian's Chromium, without a window."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(node_modules: Path) -> AsyncIterator[tuple[str, Room]]:
    """A room with the usual case; its script rests until a test lets it play."""
    async with serving_room(find_case("injured-infant")) as (address, room):
        room.played.script.set_playing(playing=False)
        yield address, room


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser, served: tuple[str, Room], node_modules: Path) -> AsyncIterator[Visit]:
    """Opens a page; what its browser complained of fails the test."""
    opened: list[Visitor] = []
    axe = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    async def visit(path: str, *, toured: bool = True, **looks: Any) -> Visitor:
        context = await browser.new_context(locale="en-GB", reduced_motion="reduce", **looks)
        if toured:
            await context.add_init_script("sessionStorage.setItem('toured', 'yes')")
        visitor = Visitor(page=await context.new_page(), axe=axe)
        visitor.listen()
        opened.append(visitor)
        await visitor.open(served[0] + path)
        return visitor

    yield visit
    for visitor in opened:
        await visitor.page.context.close()
    assert [fault for visitor in opened for fault in visitor.faults] == []
