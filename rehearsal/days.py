"""The days around a meeting: what falls due is sent in its time, and whoever gets it does what it asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cards.times import moment
from rehearsal.actor import Actor, Seen
from rehearsal.stage import Stage
from rehearsal.teams.journal import Notified

DONE = "Done as agreed; the record of it is in our own system."
MOST = 400  # things that fall due


@dataclass(slots=True, kw_only=True)
class Days:
    """Lets time pass from one due message to the next, telling what arrives where."""

    stage: Stage
    actors: Mapping[str, Actor]
    write: Callable[[str], None]
    silent: frozenset[str] = frozenset()  # seats that do not answer
    heard: int = 0  # entries of the journal that were told
    letters: int = 0  # letters that were told
    asked: set[str] = field(default_factory=set)

    async def until(self, end: datetime) -> None:
        """Let time pass until then."""
        clock, outbox = self.stage.clock, self.stage.service.store.outbox
        for _ in range(MOST):
            await self.stage.settle()
            self._tell()
            await self._answer()
            due = await outbox.next_due()
            if due is None or due > end:
                break
            clock.set(max(clock.now(), due))
        clock.set(max(clock.now(), end))
        await self.stage.settle()
        self._tell()

    def alone(self, seat: str) -> Actor:
        """Return somebody at their 1:1 chat with the bot."""
        actor = self.actors[seat]
        return replace(actor, chat=self.stage.teams.personal_chat(actor.person))

    async def _answer(self) -> None:
        """Let everybody see to their own actions: take them on, and say that they are done once it is time."""
        for seat in self.actors:
            if seat not in self.silent:
                await self._see_to(self.alone(seat))

    async def _see_to(self, actor: Actor) -> None:
        seen = next((s for s in actor.cards() if "Your actions" in s.text), None)
        while seen is not None and "Accept" in seen.titles():
            await actor.press(seen, "Accept", beside=_first(seen, "Accept"))
            seen = actor.now_on(seen.message)
        if seen is not None and "Say how it is" in seen.titles():
            await actor.press(seen, "Say how it is", beside=_first(seen, "Say how it is"))
            form = actor.now_on(seen.message)
            actor.person.choose("How is it?", "Done", message=form.message)
            actor.person.type("What was done, how far it is, or why", DONE, message=form.message)
            await actor.press(actor.now_on(form.message), "Send")

    def _tell(self) -> None:
        """Write what has arrived since: messages in 1:1 chats, and letters."""
        entries = list(self.stage.teams.journal)
        for entry in entries[self.heard :]:
            if isinstance(entry, Notified) and entry.chat != self.stage.chat.id:
                self.write(f"{moment(entry.at)}  Teams to {entry.person}: {entry.text}")
        self.heard = len(entries)
        for letter in self.stage.post.letters[self.letters :]:
            self.write(f"{moment(self.stage.clock.now())}  e-mail to {letter['To']}: {letter['Subject']}")
        self.letters = len(self.stage.post.letters)


def _first(seen: Seen, title: str) -> str:
    """Return the words beside the first button of this title."""
    button = next(b for b in seen.buttons() if b.text == title)
    return next((block for block in button.around if block), "")
