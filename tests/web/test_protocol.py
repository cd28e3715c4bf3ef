"""The page's protocol over HTTP: headers, who may ask, presses that were not offered, resuming after a lost line."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from rehearsal.room.room import Room
from web.files import files
from web.headers import HEADERS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.node]
Json = dict[str, Any]
OWN = {"X-Chairside": "page"}


@pytest_asyncio.fixture(loop_scope="module")
async def client(served: tuple[str, Room]) -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody without a browser."""
    async with aiohttp.ClientSession(served[0]) as session:
        yield session


async def state(client: aiohttp.ClientSession, seat: str, after: str = "") -> Json:
    """Return what a seat's page is told."""
    async with client.get(f"/seat/{seat}/state", params={"after": after}) as answer:
        assert answer.status == 200
        told: Json = await answer.json()
        return told


def button(change: Json, title: str) -> tuple[str, Json]:
    """Return the message and the button of this title."""

    def walk(node):
        if isinstance(node, dict):
            yield node
            for key, value in node.items():
                if key != "refresh":
                    yield from walk(value)
        elif isinstance(node, list):
            for each in node:
                yield from walk(each)

    found = ((m["id"], n) for m in change["messages"] for n in walk(m["card"]) if n.get("title") == title)
    return next(found)


@pytest.mark.parametrize(
    "path", ["/seat/chair/", "/seat/chair/state", "/cases", "/seat/nobody/", "/nowhere", "/seat/chair/room"]
)
async def test_every_answer_carries_the_strict_headers(client: aiohttp.ClientSession, path: str) -> None:
    """Also an error: nothing is kept, framed, guessed, indexed, or fetched from elsewhere."""
    async with client.get(path) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]


async def test_files_are_pressed_kept_and_named_by_content(client: aiohttp.ClientSession) -> None:
    """They hold no word of a meeting, so a browser may keep them; another address than today's is not there."""
    async with client.get(files().address("main.js"), headers={"Accept-Encoding": "gzip"}) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Encoding"] == "gzip"
    async with client.get("/static/0123456789abcdef/main.js") as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    "headers",
    [{}, {**OWN, "Origin": "https://elsewhere.example"}, {**OWN, "Sec-Fetch-Site": "cross-site"}],
    ids=["a form", "another origin", "another site"],
)
async def test_a_press_from_another_page_is_refused(client: aiohttp.ClientSession, headers: Json) -> None:
    """Whatever it holds; the meeting does not start."""
    message, start = button(await state(client, "chair"), "Start the meeting")
    body = {"message": message, "verb": start["verb"], "data": start["data"]}
    async with client.post("/seat/chair/press", json=body, headers=headers) as answer:
        assert answer.status == 403
    assert (await state(client, "chair"))["panel"]["status"] == "Not started yet"


async def test_the_room_answers_under_this_machines_name_only(client: aiohttp.ClientSession) -> None:
    """A site that points its own name at this machine learns nothing."""
    async with client.get("/seat/chair/state", headers={"Host": "rebound.example"}) as answer:
        assert answer.status == 403


async def test_only_a_button_of_ones_own_card_is_pressed(client: aiohttp.ClientSession) -> None:
    """The chair's button in the hands of the police is none of theirs; neither is a verb that nobody offered."""
    message, start = button(await state(client, "chair"), "Start the meeting")
    for verb, data in ((start["verb"], start["data"]), ("chairing.start", {"t": "made up"})):
        body = {"message": message, "verb": verb, "data": data}
        async with client.post("/seat/police/press", json=body, headers=OWN) as answer:
            assert (await answer.json())["kind"] == "error"
    assert (await state(client, "chair"))["panel"]["status"] == "Not started yet"


@pytest.mark.parametrize("body", ["", "[]", "{", '{"message": 3, "data": "x"}'], ids=repr)
async def test_what_is_no_press_is_refused_without_a_fault(client: aiohttp.ClientSession, body: str) -> None:
    """400, or an error that says so: never 500."""
    headers = {**OWN, "Content-Type": "application/json"}
    async with client.post("/seat/chair/press", data=body, headers=headers) as answer:
        assert answer.status in {200, 400}
        if answer.status == 200:
            assert (await answer.json())["kind"] == "error"


async def test_a_lost_line_goes_on_where_it_was(client: aiohttp.ClientSession, served: tuple[str, Room]) -> None:
    """`Last-Event-ID` brings what came since, and only that; after a new start everything comes again."""
    before = await state(client, "police")
    message, start = button(await state(client, "chair"), "Start the meeting")
    body = {"message": message, "verb": start["verb"], "data": start["data"], "after": "0"}
    async with client.post("/seat/chair/press", json=body, headers=OWN) as answer:
        assert (await answer.json())["kind"] == "card"
    await served[1].played.stage.settle()
    last = {"Last-Event-ID": f"{before['epoch']}:{before['mark']}"}
    news = await first_event(client, last)
    known = {m["id"] for m in before["messages"]}
    assert news["panel"]["number"] == 1
    assert [m["line"] for m in news["messages"] if m["id"] not in known] == [
        f"{served[1].played.stage.case.data['reference']}: Step 1 of 16: Confidentiality statement"
    ]
    await served[1].again()
    served[1].played.script.set_playing(playing=False)
    anew = await first_event(client, last)
    assert anew["epoch"] != before["epoch"]
    assert anew["panel"]["status"] == "Not started yet"
    assert len(anew["messages"]) == len(before["messages"])


async def test_who_sees_nothing_new_is_told_the_mark_alone(
    client: aiohttp.ClientSession, served: tuple[str, Room]
) -> None:
    """One person's own card is drawn anew: their page hears of the card, everybody else's only that time went on."""
    told = await state(client, "police")
    message, _ = button(await state(client, "chair"), "Start the meeting")
    async with client.get("/seat/police/events", params={"after": f"{told['epoch']}:{told['mark']}"}) as stream:
        assert (await next_event(stream))["kind"] == "change"  # whatever it missed
        async with client.post("/seat/chair/refresh", json={"message": message, "after": "0"}, headers=OWN) as answer:
            assert message in [m["id"] for m in (await answer.json())["change"]["messages"]]
        news = await next_event(stream)
    assert news["kind"] == "mark"
    assert news["data"] > told["mark"]
    assert served[1].played.marks.catch_up() >= news["data"]


async def test_a_button_works_while_its_newer_version_is_on_its_way(client: aiohttp.ClientSession) -> None:
    """A page shows a card until it hears of another: what stood there is pressed as in Teams, and taken once."""
    message, start = button(await state(client, "chair"), "Start the meeting")
    async with client.post("/seat/chair/refresh", json={"message": message, "after": "0"}, headers=OWN) as answer:
        assert (await answer.json())["kind"] == "card"
    body = {"message": message, "verb": start["verb"], "data": start["data"], "after": "0"}
    async with client.post("/seat/chair/press", json=body, headers=OWN) as answer:
        assert (await answer.json())["kind"] == "card"
    assert (await state(client, "chair"))["panel"]["number"] == 1


async def next_event(stream: aiohttp.ClientResponse) -> Json:
    """Return the next event of a stream: its kind and its data."""
    told: Json = {}
    while (line := (await stream.content.readline()).strip()) != b"" or "data" not in told:
        if line.startswith(b"event: "):
            told["kind"] = line.removeprefix(b"event: ").decode()
        elif line.startswith(b"data: "):
            told["data"] = json.loads(line.removeprefix(b"data: "))
    return told


async def first_event(client: aiohttp.ClientSession, headers: Json) -> Json:
    """Return the first change that the police's stream tells."""
    async with client.get("/seat/police/events", headers=headers) as stream:
        assert stream.content_type == "text/event-stream"
        async for line in stream.content:
            if line.startswith(b"data: "):
                told: Json = json.loads(line[6:])
                return told
    raise AssertionError("the stream ended without a word")
