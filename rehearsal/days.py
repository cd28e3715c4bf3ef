"""The days after a meeting: what falls due is sent in its time, owners see to their actions, the minutes go out.

One owner stays silent, so that a rehearsal shows who is told next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from cards.times import moment
from rehearsal.actor import Actor, Seen, positive
from rehearsal.play import Play
from rehearsal.stage import Stage
from rehearsal.teams.journal import Notified

DONE = "Done as agreed; the record of it is in our own system."
ANSWER = "Chairside"  # what a telephone shows of an answer to one's own words
MOST = 400  # things that fall due
LENGTH = timedelta(days=9)


async def play_days(play: Play, write: Callable[[str], None]) -> None:
    """Play the days after the meeting: the minutes are authorised and sent on the next one."""
    write(f"\n── The days after {'─' * 83}")
    chair, scribe = play.stage.case.data["chair"], play.scribe
    days = Days(stage=play.stage, actors=play.actors, write=write, silent=silent(play, {chair, scribe}))
    days.heard = len(list(play.stage.teams.journal))
    closed = play.stage.clock.now()
    await days.until(closed + timedelta(days=1))
    await days.write_up(scribe)
    await days.authorise(chair)
    await days.until(closed + timedelta(days=2))
    await days.confirm(chair)
    await days.until(closed + LENGTH)


def silent(play: Play, leading: set[str]) -> frozenset[str]:
    """Return the seat that does not answer: the first of another agency than the chair's, the police where they are."""
    agencies = {s["id"]: s.get("agency", "") for s in play.stage.case.data["seats"]}
    others = [s for s in agencies if s not in leading and agencies[s] != "social_care"]
    return frozenset(sorted(others, key=lambda s: agencies[s] != "police")[:1])


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

    async def write_up(self, scribe: str) -> None:
        """Let the note-taker write up what was said aloud, and say that the notes are written."""
        actor, seen = await self._minutes(scribe)
        while "Write up" in seen.titles():
            await actor.press(seen, "Write up", beside=_first(seen, "Write up"))
            await actor.complete(actor.now_on(seen.message), primary=positive)
            actor, seen = await self._minutes(scribe)
        if "The notes are written" in seen.titles():
            await actor.press(seen, "The notes are written")

    async def authorise(self, chair: str) -> None:
        """Let the chair check and authorise the minutes, and send them to everybody."""
        actor, seen = await self._minutes(chair)
        if "Check the draft" in seen.titles():
            await actor.press(seen, "Check the draft")
            seen = actor.now_on(seen.message)
        if "Authorise" not in seen.titles():
            self.write(f"The minutes are not authorised yet:\n{seen.text}")
            return
        await actor.press(seen, "Authorise")
        form = actor.now_on(seen.message)
        for item in form.inputs():
            if item.element["type"] == "Input.Toggle":
                actor.person.toggle(item.text, on=True, message=form.message)
        await actor.complete(form, primary=lambda s: "Authorise" if "Authorise" in s.titles() else None)
        seen = actor.now_on(seen.message)
        self.write(f"{moment(self.stage.clock.now())}  {next(x for x in seen.text.splitlines() if 'Version' in x)}")
        if "Send to all who wait" in seen.titles():
            await actor.press(seen, "Send to all who wait")

    async def confirm(self, chair: str) -> None:
        """Let the chair confirm that the minutes stand in the case system."""
        actor, seen = await self._minutes(chair)
        if "Confirm" in seen.titles():
            await actor.press(seen, "Confirm")
            await actor.complete(actor.now_on(seen.message), primary=positive)

    async def _minutes(self, seat: str) -> tuple[Actor, Seen]:
        """Open the minutes' panel in somebody's 1:1 chat."""
        actor = self.alone(seat)
        await actor.person.say(actor.chat, "minutes")
        await self.stage.settle()
        seen = next(actor.cards())
        await actor.press(seen, "Go on with the minutes")
        return actor, actor.now_on(seen.message)

    async def _answer(self) -> None:
        """Let everybody say that they have the minutes, and see to their own actions."""
        for seat in self.actors:
            if seat not in self.silent:
                await self._see_to(self.alone(seat))

    async def _see_to(self, actor: Actor) -> None:
        for copy in [s for s in actor.cards() if "I have them" in s.titles()]:
            await actor.press(copy, "I have them")
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
            if isinstance(entry, Notified) and entry.chat != self.stage.chat.id and entry.text != ANSWER:
                self.write(f"{moment(entry.at)}  Teams to {entry.person}: {entry.text}")
        self.heard = len(entries)
        for letter in self.stage.post.letters[self.letters :]:
            self.write(f"{moment(self.stage.clock.now())}  e-mail to {letter['To']}: {letter['Subject']}")
        self.letters = len(self.stage.post.letters)


def _first(seen: Seen, title: str) -> str:
    """Return the words of the closest block around the first button of this title that says more than its buttons."""
    button = next(b for b in seen.buttons() if b.text == title)
    titles = set(seen.titles())
    return next((block for block in button.around if set(block.splitlines()) - titles), "")
