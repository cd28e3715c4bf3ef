"""The rehearsal room as somebody feels it: the first card, a press while twelve pages listen, the page's weight."""

from __future__ import annotations

import asyncio
import gzip
import os
import shutil
import statistics
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from playwright.async_api import async_playwright

from web.files import files

OPEN = "from chairside.main import app; app()"
PAGES = 12
TIMES = 5  # visits
PATIENCE = 200  # looks at the board
FIRST_CARD = 1.5  # seconds after the address was printed, at most
ANSWER = 0.1  # seconds for a press, 95 of 100
WEIGHT = 600 * 1024  # bytes of a first visit, pressed
OWN = {"X-Chairside": "page"}


async def measure(*, presses: int) -> dict[str, float]:
    """Return seconds to the first card, seconds of a press (95th percentile), bytes of a first visit.

    Raises RuntimeError where there is no Chromium.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise RuntimeError("Chromium is missing: on Debian, sudo apt-get install chromium")
    cards = [await _first_card(program) for _ in range(TIMES)]
    async with _room() as address, aiohttp.ClientSession(address, headers=OWN) as session:
        taken = await _presses(session, presses)
        weight = await _weight(session)
    return {"first card": statistics.median(cards), "press, p95": taken, "weight": weight}


@asynccontextmanager
async def _room() -> AsyncIterator[str]:
    """Run `chairside room` in a process of its own; yields the address as soon as it is printed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-u", "-c", OPEN, "room", "--port", "0"), stdout=asyncio.subprocess.PIPE, env={**os.environ}
    )
    assert process.stdout is not None
    try:
        async for line in process.stdout:
            if b"http://" in line:
                yield next(word for word in line.decode().split() if word.startswith("http://"))
                return
        raise RuntimeError("the room did not open")
    finally:
        process.terminate()
        await process.wait()


async def _first_card(program: str) -> float:
    """Return seconds from the printed address to the first visible card, the browser being open already."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = await browser.new_page()
        async with _room() as address:
            began = time.perf_counter()
            await page.goto(address)
            await page.wait_for_selector(".ac-adaptiveCard")
            taken = time.perf_counter() - began
        await browser.close()
    return taken


async def _presses(session: aiohttp.ClientSession, times: int) -> float:
    """Return the 95th percentile in seconds of the chair's presses, each of which every page hears of."""
    async with session.post("/seat/chair/room", json={"do": "play", "playing": False}) as answer:
        seats = [seat["id"] for seat in (await answer.json())["seats"]]
    listening = [asyncio.create_task(_listen(session, seats[n % len(seats)])) for n in range(PAGES)]
    try:
        await _press(session, "Start the meeting")
        taken = [await _press(session, "Resume" if n % 2 else "Hold") for n in range(times)]
    finally:
        for each in listening:
            each.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
    return statistics.quantiles(taken, n=20)[-1]


async def _listen(session: aiohttp.ClientSession, seat: str) -> None:
    no_end = aiohttp.ClientTimeout(total=None)
    async with session.get(f"/seat/{seat}/events", timeout=no_end) as stream:
        async for _ in stream.content:
            pass


async def _press(session: aiohttp.ClientSession, title: str) -> float:
    """Press what stands on the board, once it stands there; return the seconds until the answer was there."""
    for _ in range(PATIENCE):
        found, mark = await _button(session, title)
        if found:
            break
        await asyncio.sleep(0.05)
    else:
        raise RuntimeError(f"the board does not show {title!r}")
    board, action = found
    body = {"message": board, "verb": action["verb"], "title": title, "data": action["data"], "after": mark}
    began = time.perf_counter()
    async with session.post("/seat/chair/press", json=body) as answer:
        told = await answer.json()
    taken = time.perf_counter() - began
    if told["kind"] != "card":
        raise RuntimeError(f"{title!r} was not accepted: {told['text']}")
    return taken


Shown = tuple[str, Mapping[str, Any]]


async def _button(session: aiohttp.ClientSession, title: str) -> tuple[Shown | None, str]:
    """Return the board and its button of this title, if it shows one now, and the mark of now."""
    async with session.get("/seat/chair/state") as answer:
        state = await answer.json()
    board = next((m for m in state["messages"] if m["board"]), None)
    nodes = _walk(board["card"]) if board else ()
    found = next((node for node in nodes if node.get("title") == title), None)
    return (board["id"], found) if board and found else None, str(state["mark"])


async def _weight(session: aiohttp.ClientSession) -> float:
    """Return the bytes of a first visit: shell, files, and what there is to be shown."""
    total = files().weight
    for path in ("/seat/chair/", "/seat/chair/state"):
        async with session.get(path) as answer:
            total += len(gzip.compress(await answer.read()))
    return float(total)


def _walk(node: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401  (a card is JSON of any shape)
    if isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key != "refresh":
                yield from _walk(value)
    elif isinstance(node, list):
        for each in node:
            yield from _walk(each)
