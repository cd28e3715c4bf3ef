"""reliability.md, target 27: headers, session, forgery, cache and addresses of the guest's pages, over real HTTP."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from yarl import URL

from dialogs.guests import GuestDoor
from rehearsal.browser import Visitor, browser
from rehearsal.stage import DATABASE
from tests.e2e.test_guest_seat import House, house
from web.forms import seat_cookie
from web.stream import MOST

pytestmark = pytest.mark.node
STRICT = {
    "Server": "Chairside",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
}
PAGES = ("", "/", "/leave", "/room/", "/room/state", "/room/events", "/papers", "/nothing")


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    """A convened meeting with pages."""
    async with house(tmp_path) as made:
        yield made


async def test_every_answer_is_strict_and_names_nobody(home: House) -> None:
    """Also errors: nothing but our own files, no store, no index, no frame; before the proof a reference and a time."""
    async with home.browser() as tom:
        for path in PAGES:
            page = await tom.ask("GET", home.seat + path)
            for name, value in STRICT.items():
                assert page.headers[name] == value, (path, name)
            policy = page.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'")
            assert "unsafe" not in policy
            assert "noindex" in page.headers["X-Robots-Tag"]
            assert "http" not in page.text.replace("https://adaptivecards", "")
            assert not [w for w in ("Isla", "Rowan", "Marsh", "Tom", "Ellery", "Police") if w in page.text], path
        assert (await tom.ask("GET", f"{home.seat}/room/state")).status == 401


async def test_whoever_goes_to_a_page_reads_a_page_with_a_way_on(home: House) -> None:
    """A bookmark on another device, a form's address typed anew, an old form, half an address: never a bare status."""
    goes = {"Accept": "text/html,*/*;q=0.8", "Sec-Fetch-Mode": "navigate"}
    async with home.browser() as tom:
        for path in ("/room/", "/prove", "/code"):
            away = await tom.ask("GET", home.seat + path, headers=goes)
            assert (away.status, away.headers["Location"]) == (303, home.seat), path
        old = await tom.ask("POST", f"{home.seat}/code", data={"form": "0" * 64}, headers=goes)
        half = await tom.ask("GET", f"{home.seat}/nothing", headers=goes)
        for answer, status, says in ((old, 403, "in a browser that keeps cookies"), (half, 404, "There is nothing at")):
            assert (answer.status, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
            assert says in answer.text
            assert f'<a href="{home.seat}">Go to the page of your link</a>' in answer.text
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        script = {"Accept": "*/*", "Sec-Fetch-Mode": "cors"}
        assert (await tom.ask("GET", f"{home.seat}/room/state", headers=script)).status == 401


async def test_the_cookies_are_this_hosts_alone(home: House) -> None:
    """`__Host-`, Secure, HttpOnly, SameSite, whole host: no script reads them and no other host sets them."""
    async with home.browser() as tom:
        await home.proved(tom)
        lines = tom.set_cookies
        assert any(line.startswith("__Host-seat-") for line in lines)
        for line in lines:
            assert line.startswith("__Host-")
            for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
                assert part in line, line
            assert "Domain" not in line
        raw = b"".join(f.read_bytes() for f in home.folder.glob(f"{DATABASE}*"))
        for name, value in tom.cookies.items():
            assert value.encode() not in raw, name


async def test_no_other_site_can_press_or_ask(home: House) -> None:
    """Forms without this browser's token, presses without the page's own header: forbidden, nothing changed."""
    async with home.browser() as tom:
        await home.proved(tom)
        before = (await home.record()).sequence
        evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        for path in ("/code", "/prove", "/aloud", "/leave"):
            page = await tom.get(f"{home.seat}/leave")
            good = page.token()
            for fields, headers in (
                ({}, {}),
                ({"form": "0" * 64}, {}),
                ({"form": good}, evil),
                ({"form": good}, {"Sec-Fetch-Site": "same-site"}),
            ):
                answer = await tom.ask("POST", home.seat + path, data={"digits": "1", **fields}, headers=headers)
                assert answer.status == 403, (path, fields, headers)
        body = {"message": "statement", "verb": "admission.accept", "title": "", "data": {}}
        for headers in ({"X-Chairside": ""}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            assert (await tom.post("press", body, **headers)).status == 403
        plain = {"Content-Type": "text/plain", "X-Chairside": "page"}
        assert (await tom.ask("POST", f"{tom.base}/press", data="{}", headers=plain)).status == 403
        assert (await home.record()).sequence == before


async def test_a_proxy_that_asks_under_another_name_shuts_nobody_out(home: House) -> None:
    """nginx says `Host: 127.0.0.1:3978` unless told; what browsers call this host is the public address."""
    inside = {"Host": "chairside.internal:3978"}
    async with home.browser() as tom:
        await home.proved(tom)
        assert (await tom.post("say", {"text": "help"}, **inside)).status == 403  # not accepted the statement yet
        await tom.press("I accept")
        assert (await tom.post("say", {"text": "help"}, **inside)).status == 200
        assert (await tom.post("say", {"text": "help"}, **inside, Origin="https://evil.example")).status == 403
        page = await tom.get(f"{home.seat}/leave")
        left = {"form": page.token()}
        away = await tom.ask(
            "POST", f"{home.seat}/leave", data=left, headers={**inside, "Origin": "https://evil.example"}
        )
        assert away.status == 403
        away = await tom.ask("POST", f"{home.seat}/leave", data=left, headers={**inside, "Origin": tom.url})
        assert (away.status, "You have left" in away.text) == (200, True)


async def test_what_no_browser_sends_is_refused_and_what_no_store_takes_is_mended(
    home: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Deep, endless, halved, packed, in another alphabet: 4xx, or taken without the characters; never 500."""
    async with home.browser() as tom:
        page = await tom.get(home.seat)
        for kind, body in (
            (";charset=rot13", b"form=x"),
            (";charset=unicode_escape", b"form=\\ud800"),
            ("", b"\xff=x"),
        ):
            headers = {"Content-Type": f"application/x-www-form-urlencoded{kind}"}
            for path in (f"{home.seat}/prove", "/signed-in"):
                answer = await tom.ask("POST", path, data=body, headers=headers)
                assert answer.status in (400, 403, 404), (path, kind)
        tom.cookies.clear()
        lost = await tom.ask("POST", f"{home.seat}/code", data={"form": page.token()})
        assert (lost.status, "Open the link of the letter again" in lost.text) == (403, True)
        await home.proved(tom)
        await tom.press("I accept")
        ours = {"Content-Type": "application/json", "X-Chairside": "page"}
        for body in (b"[" * 5000 + b"]" * 5000, b'{"text": NaN}', b'{"text": 1e999}', b'"help"', b"\xff"):
            answer = await tom.ask("POST", f"{tom.base}/say", data=body, headers=ours)
            assert answer.status == 400, body[:20]
        answer = await tom.ask("POST", f"{tom.base}/say", data=b"{}", headers={**ours, "Content-Encoding": "gzip"})
        assert answer.status < 500
        said = b'{"text": "\\ud83d help \\u0000"}'
        assert (await tom.ask("POST", f"{tom.base}/say", data=said, headers=ours)).status == 200
        async with tom.http.get(f"{tom.url}{tom.base}/events", headers=_cookies(tom)) as stream:
            assert b"help" in await stream.content.readuntil(b"\n\n")
    assert not [record for record in caplog.records if record.name == "aiohttp.server"]


async def test_what_goes_wrong_behind_a_page_is_told_in_a_sentence(
    home: House, monkeypatch: pytest.MonkeyPatch, service_logs: Callable[[], str]
) -> None:
    """A reference for the log, which holds places only; headers as strict as ever."""

    async def broken(*_: object) -> None:
        raise ValueError("Isla was seen with a bruise")

    monkeypatch.setattr(GuestDoor, "who", broken)
    async with home.browser() as tom:
        page = await tom.ask("GET", home.seat)
    assert (page.status, page.headers["Cache-Control"]) == (500, "no-store")
    reference = page.text.removesuffix(".").rpartition(" ")[2]
    assert "Please try again" in page.text
    logged = service_logs()
    assert f"reference={reference}" in logged
    assert "bruise" not in logged + page.text


async def test_one_page_has_as_many_streams_as_anybody_has_windows(home: House) -> None:
    """One more is put off; closing one makes room."""
    async with home.browser() as tom, AsyncExitStack() as windows:
        await home.proved(tom)
        address = f"{tom.url}{tom.base}/events"
        for _ in range(MOST):
            stream = await windows.enter_async_context(tom.http.get(address, headers=_cookies(tom)))
            assert stream.status == 200
        async with tom.http.get(address, headers=_cookies(tom)) as one_more:
            assert one_more.status == 429


def _cookies(visitor: Visitor) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())}


async def test_no_address_but_ones_own_opens_anything(home: House) -> None:
    """500 handles, tokens and seats of others: not one answer with content, not one error of the server."""
    async with home.browser() as tom, browser(home.stage.service.port, "thief") as thief:
        await home.proved(tom)
        await tom.press("I accept")
        other = home.handle("nursery")
        mine = next(name for name in tom.cookies if name.startswith("__Host-seat-"))
        statuses = set()
        for n in range(100):
            letter = home.seat[-40 + n % 30]
            forged = home.seat[: -40 + n % 30] + ("A" if letter != "A" else "B") + home.seat[-39 + n % 30 :]
            for base in (forged, f"/seat/{secrets.token_urlsafe(60)}", other, home.seat, home.handle("police", "m-2")):
                thief.cookies = {mine: secrets.token_urlsafe(32), "__Host-visit": "x" * 30}
                page = await thief.ask("GET", f"{base}/room/state")
                statuses.add(page.status)
                assert "Isla" not in page.text
        assert statuses == {401, 404}
        for junk in ("....", "%0d%0a%0d%0a", "%3C%3E%22%27"):  # a lenient decoder passes over four of them
            address = URL(f"{tom.url}{home.seat}{junk}", encoded=True)
            async with tom.http.get(address, headers=_cookies(tom), allow_redirects=False) as answer:
                assert answer.status == 404, junk
        # a genuine session, with the cookie of another seat's name
        thief.cookies = {seat_cookie(home.meeting, "nursery"): tom.cookies[mine]}
        assert (await thief.ask("GET", f"{other}/room/state")).status == 401


async def test_anothers_button_and_another_meetings_button_do_nothing(home: House) -> None:
    """A ticket that was drawn for the chair, and a message that is not on this screen, are refused in a sentence."""
    async with home.browser() as tom:
        play = await home.begin()
        await home.proved(tom)
        await tom.press("I accept")
        home.stage.clock.advance(timedelta(seconds=4))  # the board, which holds the chair's next, rests three seconds
        await home.stage.settle()
        chairs = next(
            b
            for card in play.chair.person.cards(home.stage.chat)
            for b in _buttons(card)
            if b["title"].startswith("Next: ")
        )
        before = (await home.record()).sequence
        board = next(iter(tom.held))
        assert await tom.execute(board, "chairing.next", chairs["data"]) == "error"
        assert await tom.execute(board, "chairing.next", {"t": "forged"}) == "error"
        assert await tom.execute("step:99", "chairing.next", chairs["data"]) == "error"
        assert (await home.record()).sequence == before


async def test_tries_and_knocks_are_counted(home: House) -> None:
    """After five wrong codes the right one opens nothing either; a sixth knock in ten minutes is not heard.

    Whoever waits for a code is told where it may be, and how one comes in without it.
    """
    async with home.browser() as tom:
        assert "unwanted mail" not in (await tom.get(home.seat)).words
        told = (await tom.send(f"{home.seat}/code")).words
        assert "It may take a minute; look among unwanted mail, too. A new code makes the old one useless." in told
        assert "Join the call by telephone. Read four digits aloud" in told
        right = int((await home.code()).replace(" ", ""))
        for n in range(1, 6):
            wrong = f"{(right + n) % 1_000_000:06d}"
            words = (await tom.send(f"{home.seat}/prove", digits=wrong)).words
            assert "That is not the code" in words
            assert ("Ask for a new one" in words) is (n == 5), words
        token = tom.page.token() if tom.page else ""
        fields = {"form": token, "digits": f"{right:06d}"}
        late = await tom.ask("POST", f"{home.seat}/prove", data=fields, headers={"Sec-Fetch-Site": "same-origin"})
        assert "no longer works" in late.words
        assert not [name for name in tom.cookies if name.startswith("__Host-seat-")]
    for n in range(6):
        async with home.browser("somebody") as voice:
            await voice.get(home.seat)
            words = (await voice.send(f"{home.seat}/aloud", name="Tom Ellery")).words
            assert ("Too many codes" in words) is (n == 5)


async def test_a_flood_is_held_back(home: House) -> None:
    """Faster than anybody presses: 429 and come again; larger than anybody types: 413; and never an error.

    Whoever has the link alone, and floods it, takes no press from its guest.
    """
    async with home.browser() as tom, browser(home.stage.service.port, "thief") as thief:
        await home.proved(tom)
        headers = {"Content-Type": "application/json", "X-Chairside": "page"}
        ask = lambda: thief.ask("POST", f"{home.seat}/room/press", data="{}", headers=headers)  # noqa: E731
        assert {a.status for a in await asyncio.gather(*(ask() for _ in range(60)))} == {401}
        assert (await tom.post("press", {"message": "none"})).status == 200
        assert (await tom.post("press", {"data": {"text": "x" * 300_000}})).status == 413
        answers = await asyncio.gather(*(tom.post("press", {"message": "none"}) for _ in range(60)))
        assert {a.status for a in answers} == {200, 429}
        assert all(a.headers["Retry-After"] == "1" for a in answers if a.status == 429)


def _buttons(node: object) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [b for each in node for b in _buttons(each)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("type") == "Action.Execute" and "title" in node else []
    return own + [b for each in node.values() for b in _buttons(each)]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"data": 7}', b'{"message": {"a": 1}, "data": {"t": []}}'])
async def test_nonsense_is_answered_and_never_an_error(home: House, body: bytes) -> None:
    """Broken JSON, wrong types, nothing at all: 200 with a sentence, or 400."""
    async with home.browser() as tom:
        await home.proved(tom)
        headers = {"Content-Type": "application/json", "X-Chairside": "page"}
        page = await tom.ask("POST", f"{tom.base}/press", data=body, headers=headers)
        assert page.status in (200, 400)
