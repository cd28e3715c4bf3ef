"""A Teams member opens their seat's link with a work account: OpenID Connect with PKCE, against a provider over TLS."""

from __future__ import annotations

import re
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.app import serving
from bot.settings import Settings
from meeting.model import Assurance, PersonId, SeatId
from rehearsal.browser import Page, Visitor, browser
from rehearsal.stage import settings_for
from storage.store import Store
from tests.e2e.test_guest_seat import House, house
from tests.ledger.minuting import act, authorise, panel
from tests.ledger.world import World
from tests.openid_provider import APP, SECRET, TENANT, Provider
from tests.postbox import certificate

pytestmark = pytest.mark.node


@dataclass(slots=True, kw_only=True)
class Door:
    """A running meeting's pages, and the provider beside them."""

    port: int
    provider: Provider
    context: Any
    seats: dict[str, str]  # the link of each seat
    people: dict[str, str]  # the Entra id of each seat's person
    store: Store

    async def to_provider(self, visitor: Visitor, seat: str) -> str:
        """Begin to sign in; returns the address that the provider sends the browser back to."""
        page = await visitor.get(self.seats[seat])
        assert "Sign in" in page.words
        gone = await visitor.ask("GET", f"{self.seats[seat]}/sign-in")
        assert gone.status == 303
        connector = aiohttp.TCPConnector(ssl=self.context)
        async with aiohttp.ClientSession(connector=connector) as http, http.get(gone.headers["Location"]) as sent:
            form = await sent.json()
        assert form["action"] == f"{visitor.url}/signed-in"
        elsewhere = Visitor(url=visitor.url, http=visitor.http)  # posted from another site: no cookie comes along
        posted = await elsewhere.ask("POST", "/signed-in", data=form["fields"])
        assert posted.status == 303
        assert form["fields"]["code"] not in posted.headers["Location"]
        return posted.headers["Location"]

    async def sign_in(self, visitor: Visitor, seat: str, person: str) -> Page:
        """Sign in as somebody; returns where that ends."""
        self.provider.person = self.people[person]
        return await visitor.get(await self.to_provider(visitor, seat))


@asynccontextmanager
async def opened(
    folder: Path, settings: Settings, now: Callable[[], datetime], seats: dict[str, str], people: dict[str, str]
) -> AsyncIterator[Door]:
    """The service as it stands in a folder, with a provider that it sends browsers to."""
    context, authority = certificate(folder)
    provider = Provider()
    server = TestServer(provider.app(), scheme="https")
    await server.start_server(ssl=context)
    provider.url = f"https://127.0.0.1:{server.port}"
    bent = {"authority": provider.url, "app_id": APP, "app_password": SecretStr(SECRET), "app_tenant": TENANT}
    trust = ssl.create_default_context(cafile=authority)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("REQUESTS_CA_BUNDLE", str(authority))
        async with serving(settings.model_copy(update=bent), now=now) as service:
            made = Door(
                port=service.port, provider=provider, context=trust, seats=seats, people=people, store=service.store
            )
            try:
                yield made
            finally:
                await server.close()


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    """The meeting runs, everybody but the police sits in it by Teams."""
    async with house(tmp_path) as home:
        await home.begin()
        seats = {seat: home.handle(seat) for seat in ("nursery", "worker", "police")}
        people = {seat: str(person.aad_object_id) for seat, person in home.stage.people.items()}
        settings = settings_for(home.stage.teams, tmp_path)
    async with opened(tmp_path, settings, home.stage.clock.now, seats, people) as made:
        yield made


async def test_a_work_account_opens_its_own_seat_and_no_other(door: Door) -> None:
    """The same cards as in Teams on the page; another person's link is refused in a sentence, and opens nothing.

    Whoever was invited and has not come into the meeting's chat yet is told to.
    """
    async with browser(door.port) as tom:
        assert "This seat is yours. Join the meeting in Teams" in (await door.sign_in(tom, "police", "police")).words
        assert (await tom.ask("GET", f"{door.seats['police']}/room/state")).status == 401
    async with browser(door.port) as callum:
        page = await door.sign_in(callum, "nursery", "nursery")
        assert page.path.endswith("/room/"), page.words
        await callum.enter(f"{door.seats['nursery']}/room")
        assert callum.look["who"] == "Callum Reyes"
        await callum.press("I have heard this")
    async with browser(door.port) as other:
        page = await door.sign_in(other, "worker", "nursery")
        assert "somebody else's seat" in page.words
        assert (await other.ask("GET", f"{door.seats['worker']}/room/state")).status == 401


async def test_a_link_begins_no_flood_of_sign_ins(door: Door) -> None:
    """Who presses on and on is asked to wait; what others began still ends well, and another link still begins."""
    async with browser(door.port) as callum, browser(door.port) as flood:
        door.provider.person = door.people["nursery"]
        came_back = await door.to_provider(callum, "nursery")
        address = f"{door.seats['worker']}/sign-in"
        answers = [(await flood.ask("GET", address)).status for _ in range(12)]
        assert answers[0] == 303, answers
        assert answers[-1] == 429, answers
        assert (await callum.get(came_back)).path.endswith("/room/")


async def test_who_stayed_away_reads_what_was_sent_to_them(tmp_path: Path) -> None:
    """The housing officer, never in the chat: not by another account, then their own copy, and it is noted.

    The chair comes to the files by a link on the minutes' card, and proves who it is: by a code, or by signing in.
    """
    async with house(tmp_path, away="housing") as home:
        await (await home.begin()).run()
        world = World(stage=home.stage)
        await authorise(world)
        await panel(world, world.chair)
        await act(world, world.chair, "Who receives them")
        await act(world, world.chair, "Save", Who_receives="Police|Housing")
        await act(world, world.chair, "Send to all who wait")
        link = address_on(await link_card(world))
        home.stage.clock.advance(timedelta(hours=1))
        await by_code(home, urlsplit(link).path)
        meeting = await home.record()
        assert not meeting.occupants(SeatId("housing"))
        seat = home.handle("housing")
        seats = {"housing": seat, "chair": urlsplit(link).path.removesuffix("/papers")}
        people = {s: str(p.aad_object_id) for s, p in home.stage.people.items()}
        settings, now = settings_for(home.stage.teams, tmp_path), home.stage.clock.now
    async with opened(tmp_path, settings, now, seats, people) as door, browser(door.port) as george:
        assert "somebody else's seat" in (await door.sign_in(george, "housing", "nursery")).words
        page = await door.sign_in(george, "housing", "housing")
        assert page.path.endswith("/room/"), page.words
        assert "Minutes" in (await george.get(f"{seat}/papers")).words
        minutes = await george.ask("GET", f"{seat}/papers/minutes.html")
        assert (minutes.status, meeting.reference in minutes.text) == (200, True)
        assert (await george.ask("GET", f"{seat}/papers/family.html")).status == 404
        meeting = (await door.store.record.read(home.meeting))[0]
        came = meeting.people[PersonId(people["housing"])]
        assert (came.seat, came.assurance, came.present) == ("housing", Assurance.SIGNED_IN, False)
        assert [(r.reader, r.paper, r.way) for r in meeting.readings][-1] == (people["housing"], "minutes", "page")
        async with browser(door.port) as helen:  # from her own card in Teams to Word, and to the pieces to paste
            assert (await helen.get(f"{seats['chair']}/papers")).path == seats["chair"]
            assert "Minutes: Word" in (await door.sign_in(helen, "chair", "chair")).words
            for paper in ("minutes.docx", "minutes.txt", "minutes/paste", "versions.html"):
                assert (await helen.ask("GET", f"{seats['chair']}/papers/{paper}")).status == 200, paper


async def by_code(home: House, papers: str) -> None:
    """The chair's link opens nothing by itself; the code of the chair's own letter leads on to the papers."""
    base, mailbox = papers.removesuffix("/papers"), str(home.stage.chair.email)
    async with home.browser("Helen Okafor") as helen:
        assert (await helen.get(papers)).path == base
        for paper in ("minutes.docx", "minutes/paste"):
            assert (await helen.ask("GET", f"{papers}/{paper}")).status == 303, paper
        await helen.send(f"{base}/code")
        await home.stage.settle()
        letter = next(home.box.to(mailbox)[-1].iter_parts()).get_content()
        code = re.findall(r"Your code: (\d{3} \d{3})", letter)[0]
        assert (
            "That is not the code"
            in (await helen.send(f"{base}/prove", digits=f"{(int(code[:3]) + 1) % 1000:03}000")).words
        )
        assert (await helen.send(f"{base}/prove", digits=code)).path == f"{base}/room/"
        assert (await helen.get(papers)).path == f"{base}/room/", "nothing is read before the statement is accepted"
        await helen.enter(f"{base}/room")
        await helen.press("I accept")
        page = await helen.get(base)
        assert page.path == papers, page.words
        assert "Minutes: Word" in page.words
        assert (await helen.ask("GET", f"{papers}/minutes.docx")).text.startswith("PK")
        reading = (await home.record()).readings[-1]
        assert (reading.reader, reading.way) == (str(home.stage.chair.aad_object_id), "download docx")
        assert (await helen.get(base)).path.endswith("/room/"), "led to the papers once, and not for ever"


async def link_card(world: World) -> list[Any]:
    """The pieces of the card on which the chair is led from Teams to the minutes as files."""
    await panel(world, world.chair)
    assert "sign in with your work account" in await act(world, world.chair, "Word, PDF, print")
    return next(world.chair.pieces(world.own_chat(world.chair)))[1]


def address_on(pieces: list[Any]) -> str:
    """Where the card's link leads."""
    return str(next(p.element["url"] for p in pieces if getattr(p, "text", "") == "Open my page"))


WRONG: tuple[dict[str, Any], ...] = (
    {"aud": "another-app"},
    {"iss": "https://login.example/other/v2.0"},
    {"tid": "another-tenant"},
    {"nonce": "another-sign-in"},
    {"exp": 1},
    {"nbf": 4102444800},
    {"oid": ""},
)


async def test_a_token_for_somebody_or_something_else_is_refused(door: Door) -> None:
    """msal checks none of this any more: we do."""
    for changed in WRONG:
        door.provider.changed = changed
        async with browser(door.port) as callum:
            assert (await door.sign_in(callum, "nursery", "nursery")).status == 403, changed
            assert not [name for name in callum.cookies if name.startswith("__Host-seat-")]


async def test_a_sign_in_ends_only_where_it_began_and_once(door: Door) -> None:
    """Another browser, a second time, or nobody's state: 403."""
    door.provider.person = door.people["nursery"]
    async with browser(door.port) as callum, browser(door.port) as thief:
        back = await door.to_provider(callum, "nursery")
        await thief.get(door.seats["nursery"])
        assert (await thief.ask("GET", back)).status == 403
        assert (await callum.ask("GET", back)).status == 403  # whoever tried first has spoilt it
        again = await door.to_provider(callum, "nursery")
        assert (await callum.ask("GET", again)).status == 303
        assert (await callum.ask("GET", again)).status == 403
        assert (await callum.ask("GET", "/signed-in?code=x&state=y")).status == 403
