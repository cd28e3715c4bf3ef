"""A guest's seat: proved by a code or by a voice, the same cards as in Teams, one meeting, until it ends."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot.tickets import SealedHandles
from meeting.model import Assurance, MeetingId, SeatId
from procedures.load import load
from rehearsal.actor import Actor
from rehearsal.browser import Page, Visitor, browser
from rehearsal.case import find_case
from rehearsal.play import Play
from rehearsal.postbox import Postbox
from rehearsal.rehearsing import actors_of
from rehearsal.stage import DATABASE, KEYRING, Stage, staged
from rehearsal.teams import Person
from storage import Keyring

pytestmark = pytest.mark.node
TOM = "tom.ellery@police.example"


@dataclass(slots=True, kw_only=True)
class House:
    """The convened case, its mail server, and the police's link."""

    stage: Stage
    box: Postbox
    meeting: MeetingId
    seat: str  # the address of the police's page
    folder: Path

    def handle(self, seat: str, meeting: str = "") -> str:
        """The link of a seat."""
        key = Keyring.at(self.folder / KEYRING).ticket_key
        return f"/seat/{SealedHandles(key).seal(MeetingId(meeting or self.meeting), SeatId(seat))}"

    def browser(self, name: str = "Tom Ellery") -> Any:
        """A browser."""
        return browser(self.stage.service.port, name)

    async def code(self) -> str:
        """The code of the newest letter to the police."""
        await self.stage.settle()
        plain = next(self.box.to(TOM)[-1].iter_parts()).get_content()
        return str(re.findall(r"Your code: (\d{3} \d{3})", plain)[0])

    async def proved(self, visitor: Visitor, seat: str = "") -> Page:
        """Come in by a code."""
        base = seat or self.seat
        await visitor.get(base)
        await visitor.send(f"{base}/code")
        page = await visitor.send(f"{base}/prove", digits=await self.code())
        await visitor.enter(f"{base}/room")
        return page

    async def record(self) -> Any:
        """The meeting as it is recorded."""
        return (await self.stage.service.store.record.read(self.meeting))[0]

    async def begin(self) -> Play:
        """Let everybody but the police come in Teams, and start."""
        stage = self.stage
        play = Play(stage=stage, actors=actors_of(stage), scribe=stage.case.data["note_taker"])
        chair = play.chair
        await stage.chat.install_bot(chair.person)
        await stage.settle()
        await chair.person.press("Hold it here", in_=stage.chat, settle=True)
        await stage.chat.start()
        for actor in play.actors.values():
            if actor.person.mri in stage.chat.record.members:
                await stage.chat.join(actor.person)
        await stage.settle()
        await chair.person.press("Start the meeting", in_=stage.chat, settle=True)
        return play


def stored(folder: Path) -> bytes:
    """Every byte of the database, its log included."""
    return b"".join(f.read_bytes() for f in folder.glob(f"{DATABASE}*"))


@asynccontextmanager
async def house(folder: Path, *, away: str = "police") -> AsyncIterator[House]:
    """The case on the stage, with pages; one seat's person is not in the chat."""
    case = find_case("injured-infant")
    case = replace(case, data={**case.data, "absent": [away]}) if away != "police" else case
    async with staged(case, load(case.procedure), folder) as stage:
        listed = (await stage.service.store.record.listed())[0]
        made = House(stage=stage, box=stage.post, meeting=listed.id, seat="", folder=folder)
        made.seat = made.handle("police")
        await stage.chat.remove(stage.people[away], by=stage.chair)  # their own Teams cannot use the bot
        yield made
        assert not stage.teams.violations, stage.teams.violations


async def test_a_guest_takes_part_in_a_whole_meeting_as_teams_people_do(tmp_path: Path) -> None:
    """Proved by a code, the police answer every card of a meeting from a browser; papers then want a code."""
    async with house(tmp_path) as home, home.browser() as tom:
        page = await tom.get(home.seat)
        assert "SM-2041" in page.words
        assert not [w for w in ("Isla", "Rowan", "Marsh", "Helen", "Tom", "police") if w in page.text]
        play = await home.begin()
        await home.proved(tom)
        assert set(tom.held) == {"statement"}
        await tom.press("I accept")
        person = next(p for p in (await home.record()).people.values() if p.seat == "police")
        assert (person.assurance, person.present) == (Assurance.GUEST_CODE, True)

        before = play.actors["police"]
        guest = Actor(
            seat="police",
            person=cast(Person, tom),
            chat=before.chat,
            clock=before.clock,
            lines=before.lines,
            children=before.children,
        )

        async def beat() -> None:
            home.stage.clock.advance(timedelta(seconds=20))
            await home.stage.settle()
            if (await home.record()).status != "closed":
                await tom.fetch()

        play = Play(
            stage=home.stage,
            actors={**play.actors, "police": guest},
            scribe=play.scribe,
            beat=beat,
        )
        await play.run(until="SHARE")
        assert "Isla" in tom.screen()
        await play.run()
        meeting = await home.record()
        assert meeting.status == "closed"
        assert person.id in {v.person for views in meeting.views.values() for v in views.given}
        assert any(a.by == person.id for a in meeting.answers.values())
        assert (await tom.ask("GET", f"{home.seat}/room/state")).status == 401
        home.stage.clock.advance(timedelta(minutes=11))
        await home.proved(tom)
        assert "The meeting has ended" in tom.look["banner"]
        assert any("Actions" in m["line"] for m in tom.held.values())
        await tom.get(f"{home.seat}/papers")
        assert "Action list" in tom.page.words
        assert "minutes" not in tom.page.words  # nobody but those who write them before they are authorised
        for name, start in (("html", "<!doctype"), ("docx", "PK"), ("txt", "ACTION LIST")):
            paper = await tom.ask("GET", f"{home.seat}/papers/actions.{name}")
            assert (paper.status, paper.text[: len(start)].lower()) == (200, start.lower()), name
            assert ("attachment" in paper.headers.get("Content-Disposition", "")) is (name != "html")
            assert "default-src 'none'" in paper.headers["Content-Security-Policy"]
        assert (await tom.ask("GET", f"{home.seat}/papers/minutes.html")).status == 404
        pasting = await tom.ask("GET", f"{home.seat}/papers/actions/paste")
        assert 'aria-label="Copy: Actions"' in pasting.text
        assert "Fictional: a rehearsal" in pasting.text
        assert (await tom.ask("GET", f"{home.seat}/papers/minutes/paste")).status == 404
        ways = [(r.paper, r.way) for r in (await home.record()).readings if r.reader == person.id]
        kinds = ("page", "download docx", "download txt", "page to paste from")
        assert ways == [("actions", kind) for kind in kinds]
        mine = [a for a in meeting.actions if a.owner_seat == "police"]
        assert all(a.what in tom.screen() for a in mine)
        home.stage.clock.advance(timedelta(minutes=31))
        assert (await tom.ask("GET", f"{home.seat}/papers/actions.html")).headers["Location"] == home.seat


async def test_the_code_is_for_the_invited_address_and_works_once(tmp_path: Path) -> None:
    """Wrong, old and used codes are refused in a sentence; nothing but the letter holds the code."""
    async with house(tmp_path) as home, home.browser() as tom, home.browser("other") as other:
        await home.begin()
        await tom.get(home.seat)
        await tom.send(f"{home.seat}/code")
        code = await home.code()
        assert code not in str(home.box.to(TOM)[-1]["Subject"])
        assert code.replace(" ", "").encode() not in stored(tmp_path)
        wrong = f"{(int(code.replace(' ', '')) + 1) % 1_000_000:06d}"
        assert "not the code" in (await tom.send(f"{home.seat}/prove", digits=wrong)).words
        await tom.send(f"{home.seat}/prove", digits=code)
        assert tom.page.path.endswith("/room/")
        await other.get(home.seat)
        await other.send(f"{home.seat}/code")  # a form with a code field is shown again
        assert "no longer works" in (await other.send(f"{home.seat}/prove", digits=code)).words or (
            "not the code" in other.page.words
        )
        assert (await other.ask("GET", f"{home.seat}/room/state")).status == 401
        await other.send(f"{home.seat}/code")
        assert "Too many codes" in (await other.send(f"{home.seat}/code")).words
        assert len(home.box.to(TOM)) <= 3


async def test_a_voice_is_let_in_by_the_chair_who_hears_the_digits(tmp_path: Path) -> None:
    """Four digits on the page and on the chair's card; no content before; removed is removed at once."""
    async with house(tmp_path) as home, home.browser() as tom, home.browser("thief") as thief:
        play = await home.begin()
        chair, chat = play.chair.person, home.stage.chat
        await tom.get(home.seat)
        await tom.send(f"{home.seat}/aloud", name="\u202eTom\r\n <b>Ellery</b>\u2066")
        look = await tom.enter(f"{home.seat}/room")
        digits = "".join(re.findall(r"\d", look["banner"]))
        assert (look["phase"], len(digits), look["messages"], look["panel"]) == ("waiting", 4, [], None)
        await home.stage.settle()
        assert " ".join(digits) in chair.screen(in_=chat)
        assert "Tom <b>Ellery</b>" in chair.screen(in_=chat)
        assert "Tom <b>Ellery</b>" in [p.name for p in (await home.record()).people.values()]

        await thief.get(home.seat)
        await thief.send(f"{home.seat}/aloud", name="Tom Ellery")
        await home.stage.settle()
        assert " ".join(digits) not in chair.screen(in_=chat)  # nobody is let in by digits that another took away
        assert (await tom.ask("GET", f"{home.seat}/room/state")).status == 401
        await tom.get(home.seat)
        await tom.send(f"{home.seat}/aloud", name="Tom Ellery")
        await tom.enter(f"{home.seat}/room")
        await home.stage.settle()
        chair.choose("Seat", "Police – Tom Ellery", in_=chat)
        await chair.press("Let in", in_=chat, settle=True)
        assert (await thief.ask("GET", f"{home.seat}/room/state")).status == 401
        await tom.fetch()
        assert set(tom.held) == {"statement"}
        await tom.press("I accept")
        assert "step 1 of" in tom.screen()

        person = next(p for p in (await home.record()).people.values() if p.seat == "police")
        assert person.assurance is Assurance.VOUCHED
        await chair.say(chat, "panel", mention_bot=True)
        await home.stage.settle()
        await chair.press("More", in_=chat)
        await chair.press("Who is here", in_=chat, settle=True)
        chair.choose("Remove somebody", f"{person.name} (Police)", in_=chat)
        chair.type("Reason for removing them", "Not the voice I know", in_=chat)
        await chair.press("Remove", in_=chat, settle=True)
        assert (await tom.ask("GET", f"{home.seat}/room/state")).status == 401
        assert "asked you to leave" in (await tom.get(home.seat)).words


async def test_what_is_committed_reaches_an_open_page_by_its_stream(tmp_path: Path) -> None:
    """Server-sent events: a move of the chair shows without asking; leaving ends the stream and the session."""
    async with house(tmp_path) as home, home.browser() as tom:
        play = await home.begin()
        await home.proved(tom)
        await tom.press("I accept")
        await tom.fetch()
        url, cookies = f"{tom.url}{home.seat}/room/events", "; ".join(f"{k}={v}" for k, v in tom.cookies.items())
        place = f"{tom.look['epoch']}:{tom.look['mark']}"
        async with tom.http.get(url, headers={"Cookie": cookies, "Last-Event-ID": place}) as stream:
            assert stream.headers["Content-Type"] == "text/event-stream"
            await play.chair.person.say(home.stage.chat, "hold", mention_bot=True)
            seen = b""
            while b"On hold" not in seen:
                seen += await asyncio.wait_for(stream.content.readany(), 60)
            await tom.get(f"{home.seat}/leave")
            assert "You have left" in (await tom.send(f"{home.seat}/leave")).words
            while b"event: end" not in seen:
                seen += await asyncio.wait_for(stream.content.readany(), 60)
        person = next(p for p in (await home.record()).people.values() if p.seat == "police")
        assert not person.present
        assert (await tom.ask("GET", f"{home.seat}/room/state")).status == 401
