"""Somebody in a browser, over real HTTP: plain pages and their forms, then the page's own protocol and its cards.

It keeps cookies as a browser does, sends what a browser sends, and presses only what is visible on a card.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from http.cookies import SimpleCookie
from typing import Any

import aiohttp

from rehearsal.teams.inputs import complaints, merged
from rehearsal.teams.model import Copy
from rehearsal.teams.view import Button, Field, Piece, pieces

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class Page:
    """One answer."""

    status: int
    headers: dict[str, str]
    text: str
    path: str

    @property
    def words(self) -> str:
        """What is to be read."""
        return unescape(re.sub(r"<[^>]+>", " ", self.text))

    def token(self) -> str:
        """The hidden field of this page's forms."""
        found = re.search(r'name="form" value="([0-9a-f]+)"', self.text)
        assert found, self.text[:500]
        return found[1]


@dataclass(slots=True, kw_only=True)
class Visitor:
    """One browser."""

    url: str
    http: aiohttp.ClientSession
    name: str = "visitor"
    cookies: dict[str, str] = field(default_factory=dict)
    set_cookies: list[str] = field(default_factory=list)
    page: Page | None = None
    base: str = ""
    look: dict[str, Any] = field(default_factory=dict)
    held: dict[str, dict[str, Any]] = field(default_factory=dict)
    copies: dict[str, Copy] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    async def ask(self, method: str, path: str, **more: Any) -> Page:  # noqa: ANN401  (what the library takes)
        """Send one request with this browser's cookies; redirects are not followed."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **more.pop("headers", {})}
        async with self.http.request(method, self.url + path, headers=headers, allow_redirects=False, **more) as got:
            for line in got.headers.getall("Set-Cookie", ()):
                self.set_cookies.append(line)
                for name, morsel in SimpleCookie(line).items():
                    gone = morsel["max-age"] == "0"
                    self.cookies.pop(name, None) if gone else self.cookies.update({name: morsel.value})
            text = (await got.read()).decode("utf-8", "replace")
            return Page(status=got.status, headers=dict(got.headers), text=text, path=path)

    async def get(self, path: str) -> Page:
        """Open an address, and follow where it leads on this host."""
        self.page = await self.ask("GET", path)
        while self.page.status == 303:
            self.page = await self.ask("GET", self.page.headers["Location"])
        return self.page

    async def send(self, path: str, **fields: str) -> Page:
        """Send a form of the page that is open, and follow."""
        assert self.page is not None
        told = {"form": self.page.token(), **fields}
        headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}  # as browsers have it under no-referrer
        page = await self.ask("POST", path, data=told, headers=headers)
        self.page = page if page.status != 303 else await self.get(page.headers["Location"])
        return self.page

    async def enter(self, base: str) -> dict[str, Any]:
        """Take the page below an address for one's screen, and read it."""
        self.base, self.look, self.held, self.copies = base, {}, {}, {}
        return await self.fetch()

    async def fetch(self) -> dict[str, Any]:
        """Read what changed."""
        page = await self.ask("GET", f"{self.base}/state?after={self.look.get('mark', 0)}")
        assert page.status == 200, page.status
        self._take(json.loads(page.text))
        return self.look

    def _take(self, change: dict[str, Any]) -> None:
        for message in change["messages"]:
            self.held[message["id"]] = message
            if message["card"] is not None:
                self.copies[message["id"]] = Copy(card=message["card"], fetched_at=NOW)
        for gone in change["gone"]:
            self.held.pop(gone, None)
            self.copies.pop(gone, None)
        self.look = change

    # ---------------------------------------------------------------- as somebody at a screen of the local Teams has it

    def pieces(self, in_: object = None, *, message: str | None = None) -> Iterator[tuple[str, list[Piece]]]:
        """What is visible on each card, by its message's id, the newest first; the board last, as it stands beside."""
        newest = [*reversed(self.copies)]
        for id_ in sorted(newest, key=lambda one: one == "board"):
            if message in (None, id_):
                yield id_, pieces(self.copies[id_])

    def screen(self, in_: object = None, *, message: str | None = None) -> str:
        """Everything to be read, the newest card first."""
        return "\n\n".join("\n".join(p.text for p in found) for _, found in self.pieces(message=message))

    def _button(self, title: str, message: str | None, beside: str | None) -> tuple[str, Button]:
        for id_, found in self.pieces(message=message):
            for piece in found:
                fits = isinstance(piece, Button) and piece.text == title
                if fits and (beside is None or any(beside in around for around in piece.around)):
                    assert isinstance(piece, Button)
                    return id_, piece
        raise AssertionError(f"{self.name} does not see {title!r}\n{self.screen()}")

    async def press(self, title: str, *, message: str | None = None, beside: str | None = None, **_: object) -> str:
        """Press a visible button; returns what kind of answer came."""
        id_, button = self._button(title, message, beside)
        copy = self.copies[id_]
        if button.element["type"] == "Action.ToggleVisibility":
            for target in button.element["targetElements"]:
                copy.shown[target] = not copy.shown.get(target, False)
            return "local"
        assert not complaints(copy, button), complaints(copy, button)
        return await self.execute(id_, button.element["verb"], merged(copy, button))

    async def execute(self, message: str, verb: str, data: object) -> str:
        """Send a press as the page does."""
        body = {"message": message, "verb": verb, "title": "", "data": data, "after": str(self.look.get("mark", 0))}
        page = await self.post("press", body)
        assert page.status == 200, (page.status, page.text)
        answer = json.loads(page.text)
        self.told += [answer["text"]] if answer["text"] else []
        self._take(answer["change"])
        return str(answer["kind"])

    async def post(self, name: str, body: object, **headers: str) -> Page:
        """Post to the page's protocol."""
        sent = {"X-Chairside": "page", "Origin": self.url, "Sec-Fetch-Site": "same-origin", **headers}
        return await self.ask("POST", f"{self.base}/{name}", json=body, headers={k: v for k, v in sent.items() if v})

    def _field(self, label: str, message: str | None) -> tuple[Copy, Field]:
        for id_, found in self.pieces(message=message):
            for piece in found:
                if isinstance(piece, Field) and piece.text == label:
                    return self.copies[id_], piece
        raise AssertionError(f"{self.name} sees no input {label!r}\n{self.screen()}")

    def type(self, label: str, text: str, *, message: str | None = None, **_: object) -> None:
        """Type into a visible input."""
        copy, item = self._field(label, message)
        copy.typed[item.id] = text

    def choose(self, label: str, *titles: str, message: str | None = None, **_: object) -> None:
        """Choose by title."""
        copy, item = self._field(label, message)
        offered = {c["title"]: c["value"] for c in item.element["choices"]}
        copy.typed[item.id] = ",".join(offered[title] for title in titles)


@asynccontextmanager
async def browser(port: int, name: str = "visitor") -> AsyncIterator[Visitor]:
    """A browser on this machine."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        yield Visitor(url=f"http://127.0.0.1:{port}", http=http, name=name)
