"""A convener at their 1:1 chat with the bot: the convene card, the table of invitations, and nothing else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehearsal.stage import Stage, staged
from rehearsal.teams import Chat, Person
from rehearsal.teams.view import Field
from tests.ledger.snapshots import the_case, the_procedure
from tests.ledger.world import World

PATHWAYS = Path("docs/how-to/example-pathways.yaml")
CIRCUMSTANCES = ("What is true of the children", "What is true of the child")  # of several, of one


@dataclass(slots=True, kw_only=True)
class Desk:
    """The chair, who convenes, and what they see in 1:1."""

    stage: Stage
    procedure: str

    @property
    def person(self) -> Person:
        return self.stage.chair

    @property
    def chat(self) -> Chat:
        return self.stage.teams.personal_chat(self.person)

    @property
    def world(self) -> World:
        return World(stage=self.stage)

    def screen(self) -> str:
        """The newest card; a sentence that came after it is passed over."""
        cards = [s for s in self.person.screens(self.chat) if "<" in s]
        return str(cards[-1] if cards else self.person.screen(in_=self.chat))

    async def press(self, title: str, beside: str | None = None) -> str:
        """Press a button; returns the card that comes back."""
        await self.person.press(title, in_=self.chat, beside=beside, settle=True)
        await self.stage.settle()
        return self.screen()

    async def draft(self, *children: str, circumstances: Sequence[str] = (), **known: str) -> str:
        """Call a meeting by the card; returns the table of invitations. `known` is what `questions` is told."""
        await self.person.install_bot()
        await self.stage.settle()
        await self.person.say(self.chat, "convene")
        await self.stage.settle()
        self.person.choose("Procedure", the_procedure(self.procedure).title)
        self.person.type("Children, one name a line", "\n".join(children or ("Ada Brook",)))
        self.person.type("Begins: date", "2026-12-24")
        self.person.type("Begins: time", "10:00")
        self.person.type("Link to join by", "https://teams.example/meet/77")
        await self.press("Keep the draft")
        return await self._pages(circumstances, known)

    async def questions(self, circumstances: Sequence[str] | None = None, known: Mapping[str, str] = {}) -> str:
        """Answer convening's questions by their labels; returns the table of invitations."""
        await self.press("Questions")
        return await self._pages(circumstances, known)

    async def _pages(self, circumstances: Sequence[str] | None, known: Mapping[str, str]) -> str:
        if circumstances is not None:
            asked = next(label for label in CIRCUMSTANCES if self.person.sees(label))
            self.person.choose(asked, *circumstances)
        screen = await self.press("Save and go on")
        while "What is known" in screen:
            self._fill(known)
            going = re.search(r"Save and go on \(\d of \d\)", screen)
            screen = await self.press(going.group() if going else "Save")
        return screen

    def _fill(self, known: Mapping[str, str]) -> None:
        pieces = next(iter(self.person.pieces(self.chat)))[1]
        for item in [p for p in pieces if isinstance(p, Field)]:
            if item.text not in known:
                continue
            if item.element["type"] == "Input.ChoiceSet":
                self.person.choose(item.text, known[item.text])
            else:
                self.person.type(item.text, known[item.text])

    async def add(self, agency: str, label: str, *, why: str, email: str = "") -> str:
        """Add a seat by hand; returns the card that comes back."""
        await self.press("Add a seat")
        self.person.choose("Agency", agency)
        self.person.type("Name of the seat (never a child's name)", label)
        if email:
            self.person.type("Work e-mail", email)
        pieces = next(iter(self.person.pieces(self.chat)))[1]
        asked = next(p.text for p in pieces if isinstance(p, Field) and p.text.startswith("Why"))
        if not why:
            await self.person.press("Add", in_=self.chat, force=True, settle=True)
            return self.screen()
        self.person.type(asked, why)
        return await self.press("Add")

    async def started(self, reason: str) -> str:
        """Start the meeting in its chat, past what is blank, with a reason; returns the minutes so far."""
        world = self.world
        if "Start the meeting" not in world.titles(world.chair):
            await world.begin()
        if "Go on with this reason" in world.titles(world.chair):
            world.fill(world.chair, "Reason for going on without", reason)
            await world.press(world.chair, "Go on with this reason")
        for title in ("I have heard this", "Yes, this is my meeting"):
            if title in world.titles(world.chair):
                await world.press(world.chair, title)
        return await world.minutes()

    def suggested(self) -> list[str]:
        """Who is suggested and not invited, as the table names them."""
        return re.findall(r"Suggested, nobody invited: ([^(]+) \(", self.screen())


@asynccontextmanager
async def convening(procedure: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """A service with the example pathways, at which nothing has been called yet."""
    monkeypatch.setenv("CHAIRSIDE_PATHWAYS", str(PATHWAYS))
    monkeypatch.setattr("procedures.offered.load", the_procedure)
    async with staged(the_case("case"), the_procedure(procedure), folder, convene=False) as stage:
        desk = Desk(stage=stage, procedure=procedure)
        yield desk
        assert not stage.teams.violations, stage.teams.violations
