"""Invitations answered: in Teams, on the guest page behind a letter's link, by telephone; or not at all."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from rehearsal.actor import Actor, Seen, Stuck
from rehearsal.browser import browser
from rehearsal.passing import Passing
from rehearsal.teams import Person

ACCEPT = "I accept"  # the confidentiality statement, before a guest's page shows anything
COME, CANNOT, SORRY = "I will come", "I cannot come", "Send apologies"
LINK = re.compile(r"https?://[^/\s]+(/seat/\S+)")
CODE = re.compile(r"Your code: (\d{3} \d{3})")


@dataclass(slots=True, kw_only=True)
class Answers:
    """Lets whoever was asked answer by the way in which they were asked, each once."""

    passing: Passing
    chair: str
    calls: bool = False  # whoever the case says answers by telephone
    since: int = 0  # letters that were there before
    answered: set[str] = field(default_factory=set)  # addresses

    async def all(self, *, held: Collection[str] = ()) -> None:
        """Let everybody answer who has not, but for the seats that are held."""
        case = self.passing.stage.case.data
        for seat in case["seats"]:
            if seat["id"] in (self.chair, *case.get("absent", ()), *held):
                continue
            if seat["email"] not in self.answered and not (self.calls and seat["id"] in self._before.get("told", {})):
                await self._seat(seat)
        for other in self._before.get("others", ()):
            if other["email"] not in self.answered and self._asked(other["email"]):
                self.answered.add(other["email"])
                await self._by_letter(other["email"], other["name"], other)

    async def by_telephone(self) -> None:
        """Let the chair enter what somebody said on the telephone."""
        for seat, how in self._before.get("told", {}).items():
            actor, table = await self.passing.says(self.chair, "invitations")
            form = await self.passing.press(actor, table, "Answer for somebody")
            wanted = self.passing.stage.case.seat(seat)
            who = next(f for f in form.inputs() if f.text == "Who")
            title = next(c["title"] for c in who.element["choices"] if c["title"].startswith(wanted["label"]))
            actor.person.choose("Who", title, message=form.message)
            actor.person.choose("They said", f"Attending, {how}", message=form.message)
            await self.passing.press(actor, form, "Record it")
            self.answered.add(wanted["email"])

    @property
    def _before(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.passing.stage.case.data.get("before", {})
        return found

    async def _seat(self, seat: Mapping[str, Any]) -> None:
        actor = self.passing.alone(seat["id"])
        invitation = next((s for s in actor.cards() if COME in s.titles()), None)
        if invitation is not None:
            self.answered.add(seat["email"])
            await self._comes(actor, invitation, self._mode(seat["id"]))
            await self.passing.moment()
        elif self._asked(seat["email"]):
            self.answered.add(seat["email"])
            await self._by_letter(seat["email"], seat["name"], {"mode": self._mode(seat["id"])})

    def _asked(self, mailbox: str) -> bool:
        """Tell whether a letter has come to this mailbox."""
        return any(letter["To"] == mailbox for letter in self.passing.stage.post.letters[self.since :])

    def _mode(self, seat: str) -> str:
        return str(self._before.get("mode", {}).get(seat, "remote")).capitalize()

    async def _comes(self, actor: Actor, invitation: Seen, mode: str) -> None:
        actor.person.choose("How you will join", mode, message=invitation.message)
        await actor.press(invitation, COME)

    async def _by_letter(self, mailbox: str, name: str, says: Mapping[str, Any]) -> None:
        """Open the letter's link, prove the address by a code, and answer on the page."""
        async with at_their_page(self.passing, mailbox, name) as actor:
            invitation = next((s for s in actor.cards() if COME in s.titles()), None)
            if invitation is None:
                raise Stuck(f"{name} finds no invitation behind the letter's link\n{actor.person.screen()}")
            self.passing.transcript.acts(
                self.passing.stage.clock.now(), name, "opens the letter's link, types the code"
            )
            if "reason" in says:
                await self._excuses(actor, invitation, says)
            else:
                await self._comes(actor, invitation, says["mode"])
                self.passing.transcript.acts(self.passing.stage.clock.now(), name, f"presses “{COME}”: {says['mode']}")
        await self.passing.moment()

    async def _excuses(self, actor: Actor, invitation: Seen, says: Mapping[str, Any]) -> None:
        """Send apologies, with what the agency knows, or who comes instead."""
        await actor.press(invitation, CANNOT)
        form = actor.now_on(invitation.message)
        deputy = self.passing.stage.case.seat(says["deputy"]) if "deputy" in says else {}
        given = {
            "Why you cannot come": says["reason"],
            "What your agency knows, to be read out": says.get("information", ""),
            **{f.text: deputy.get("name", "") for f in form.inputs() if f.text.endswith("in your place: name")},
            "Their work e-mail": deputy.get("email", ""),
        }
        for item in form.inputs():
            if given.get(item.text):
                actor.person.type(item.text, given[item.text], message=form.message)
        await actor.press(form, SORRY)
        told = "; ".join(v for v in given.values() if v)
        self.passing.transcript.acts(self.passing.stage.clock.now(), says["name"], f"presses “{SORRY}”: {told}")


@asynccontextmanager
async def at_their_page(passing: Passing, mailbox: str, name: str) -> AsyncIterator[Actor]:
    """Somebody at the page behind the newest letter's link, let in by the code that was sent to their mailbox."""
    stage = passing.stage
    path = _found(LINK, passing, mailbox)
    async with browser(stage.service.port, name) as visitor:
        await visitor.get(path)
        await visitor.send(f"{path}/code")
        await passing.rest()
        await visitor.send(f"{path}/prove", digits=_found(CODE, passing, mailbox))
        await visitor.enter(f"{path}/room")
        if any(ACCEPT in (piece.text for piece in found) for _, found in visitor.pieces()):  # asked once
            await visitor.press(ACCEPT)
        yield Actor(seat="", person=cast(Person, visitor), chat=stage.chat, clock=stage.clock, lines={})


def _found(what: re.Pattern[str], passing: Passing, mailbox: str) -> str:
    """Return what stands in the newest letter to a mailbox that holds such a thing."""
    for letter in reversed(passing.stage.post.to(mailbox)):
        plain = letter.get_body(("plain",))
        found = what.search(plain.get_content()) if plain else None
        if found is not None:
            return found[1]
    raise Stuck(f"no letter to {mailbox} holds {what.pattern}")
