"""Time passes on the stage: from one message that falls due to the next, with whatever people do in between."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from rehearsal.actor import Actor, Seen, Stuck, Tally
from rehearsal.stage import Stage
from rehearsal.transcript import Transcript

MOST = 400  # things that fall due

Answer = Callable[[], Awaitable[None]]


async def _nobody() -> None:
    return


@dataclass(slots=True, kw_only=True)
class Passing:
    """The stage before and after a meeting: everybody alone with the bot, and the clock between them."""

    stage: Stage
    actors: Mapping[str, Actor]
    transcript: Transcript
    letters: int = 0  # letters that were told
    tallies: dict[str, Tally] = field(default_factory=dict)  # apart from what the meeting costs people

    async def until(self, end: datetime, answer: Answer = _nobody) -> None:
        """Let time pass until then; `answer` lets people act after each message that was due."""
        clock, outbox = self.stage.clock, self.stage.service.store.outbox
        for _ in range(MOST):
            await self.rest()
            await answer()
            await self.rest()
            due = await outbox.next_due()
            if due is None or due > end:
                break
            clock.set(max(clock.now(), due))
        clock.set(max(clock.now(), end))
        await self.rest()

    async def rest(self) -> None:
        """Wait until everything that is due was sent, and tell what arrived."""
        await self.stage.settle()
        self.transcript.catch_up(self.stage.teams.journal)
        posted = self.stage.post.letters
        self.transcript.letters(self.stage.clock.now(), posted[self.letters :])
        self.letters = len(posted)

    async def moment(self, seconds: int = 40) -> None:
        """Let a moment pass, as between two people."""
        self.stage.clock.advance(timedelta(seconds=seconds))
        await self.rest()

    def shows(self, whose: str, text: str) -> None:
        """Write what one person has before them now."""
        self.transcript.catch_up(self.stage.teams.journal)
        self.transcript.shows(self.stage.clock.now(), whose, text)

    def alone(self, seat: str) -> Actor:
        """Return somebody at their 1:1 chat with the bot; what they do there is no part of what the meeting costs."""
        actor = self.actors[seat]
        tally = self.tallies.setdefault(seat, Tally())
        return replace(actor, chat=self.stage.teams.personal_chat(actor.person), tally=tally)

    async def says(self, seat: str, words: str) -> tuple[Actor, Seen]:
        """Let somebody write to the bot; return them with the card that it answers."""
        actor = self.alone(seat)
        await actor.person.say(actor.chat, words)
        await self.rest()
        seen = next(actor.cards(), None)
        if seen is None:
            raise Stuck(f"{actor.person.name} gets no card for '{words}'")
        return actor, seen

    async def press(self, actor: Actor, seen: Seen, title: str, *, beside: str | None = None) -> Seen:
        """Let somebody press a button; return what the card shows then. Raises Stuck where it is not there."""
        if title not in seen.titles():
            raise Stuck(f"{actor.person.name} does not see '{title}'\n{seen.text}")
        await actor.press(seen, title, beside=beside)
        await self.rest()
        return actor.now_on(seen.message)
