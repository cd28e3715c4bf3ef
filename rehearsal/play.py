"""A whole meeting: everybody presses what they see, the chair moves on when nobody else has anything to do."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.keeping import keep
from bot.settings import Settings
from meeting.model import Meeting as Record
from rehearsal.actor import Actor, Seen, Stuck, positive
from rehearsal.hints import ALOUD, NEXT, asks, looked_again, one_form, preferring, speaking, step_card, still_missing
from rehearsal.questioning import Questioning
from rehearsal.reopening import Reopening, before_everybody
from rehearsal.scribe import Scribe, confirmed
from rehearsal.stage import Stage

MAX_MOVES, MENTIONS = 400, 8  # of the bot, where it does not say what it offers
READ_BACK = ("The actions were read back", "Read back now")
VIEW_ALOUD = "Reason said aloud, to write up"
ACCEPT, CONVERT, AS_IT_IS = "Accept", "Professionals meeting", "Record it so"
UNCONFIRMED = "Confirmation of what was prepared"
GO_ON, WITHOUT = "Go on with this reason", "Reason for going on without"
AFTERWARDS = "Not known today; the social worker finds it out."
Watch = Callable[[str], Awaitable[None]]


async def _nothing(*_: object) -> None:
    return


@dataclass(slots=True, kw_only=True)
class Play:
    """The actors of a case on their stage; `scene` is told the id of each step as it begins."""

    stage: Stage
    actors: Mapping[str, Actor]
    scribe: str  # the seat that fills in the steps' forms
    scene: Watch = _nothing
    beat: Callable[[], Awaitable[None]] = _nothing
    shows: Callable[[str, str], None] | None = None  # what the chair has before them, where it matters
    quiet: Sequence[str] = ()  # seats that speak instead of typing
    without: str = AFTERWARDS  # why the chair goes on where something is missing
    read: Settings | None = None  # where the record is, if the service runs in another process
    pen: Scribe = field(init=False)
    questioning: Questioning = field(init=False)
    reopening: Reopening = field(init=False)
    decided: int = 0  # of the case's decisions for some of the children
    moves: int = 0
    visit: int = 0
    presses_before_start: int = 0  # the chair's, for tying the meeting to its chat
    spoken_presses: int = 0  # of a turn that was spoken instead of typed, at most

    def __post_init__(self) -> None:
        """Give the pen to the scribe, and everybody the case's questions and a hand for what Teams did not fetch."""
        self.pen = Scribe(actor=self.actors[self.scribe], case=self.stage.case, procedure=self.stage.procedure)
        self.questioning = Questioning(case=self.stage.case)
        self.reopening = Reopening(chat=self.stage.chat)

    @property
    def chair(self) -> Actor:
        """The one who chairs."""
        return self.actors[self.stage.case.data["chair"]]

    def present(self) -> list[Actor]:
        """Everybody who comes, the case's absent ones left out."""
        return [a for seat, a in self.actors.items() if seat not in self.stage.case.data.get("absent", ())]

    async def whole(self) -> None:
        """Play the meeting from an empty chat to its close."""
        await self.open()
        await self.run()

    async def open(self) -> None:
        """The bot comes into the chat, everybody joins, the chair starts the meeting."""
        await self.gather()
        await self.start()

    async def gather(self) -> None:
        """The bot comes into the chat, the chair says which meeting is held there, everybody joins."""
        stage, chair = self.stage, self.chair
        await stage.chat.install_bot(chair.person)
        await stage.settle()
        mentions = 0
        while chair.find("Hold it here") is None and (mentions := mentions + 1) <= MENTIONS:  # it was away
            await chair.person.say(stage.chat, "hello", mention_bot=True)
            await stage.settle()
        await chair.press(self._card(chair, "Hold it here"), "Hold it here")
        await stage.chat.start()
        for actor in self.present():
            await stage.chat.join(actor.person)
        await stage.settle()
        self.presses_before_start = chair.tally.presses

    async def start(self) -> None:
        """The chair starts the meeting."""
        await self.chair.press(self._card(self.chair, "Start the meeting"), "Start the meeting")
        await self.stage.settle()

    async def run(self, *, until: str | None = None) -> None:
        """Play on until the meeting is closed, or until a step of this id has been entered."""
        while True:
            meeting = await self.meeting()
            if meeting.visit != self.visit:
                self.visit = meeting.visit
                await self.scene(meeting.step)
            if meeting.status == "closed" or (until is not None and meeting.step == until):
                return
            if not (await self.go_on() or await self.reopening.of_all(self.present())):
                raise Stuck(f"Nobody can go on at {meeting.step}\n{before_everybody(self.present())}")
            await self.beat()
            self.moves += 1
            if self.moves > MAX_MOVES:
                raise Stuck(f"The meeting does not end at {meeting.step}\n{before_everybody(self.present())}")

    async def go_on(self) -> bool:
        """Let somebody do something: the chair goes on when nobody else has anything to do."""
        here = self.present()
        return (
            await self._asks(here) or await self._others() or await self.reopening.of_step(here) or await self._chairs()
        )

    async def meeting(self) -> Record:
        """The meeting as the record has it."""
        store = self.stage.service.store if self.read is None else keep(self.read)
        try:
            listed = await store.record.in_chat(self.stage.chat.id)
            meeting, _ = await store.record.read(listed[0].id)
        finally:
            if self.read is not None:
                store.close()
        return meeting

    async def _others(self) -> bool:
        """Let everybody but the chair do what their cards ask; tells whether anybody did something."""
        acted = [await self._duty(actor) for actor in self.present() if actor is not self.chair]
        return any(acted) or await self._writes()

    async def _asks(self, actors: Iterable[Actor]) -> bool:
        """Let the case's questions go on by one step, between two turns and before the chair moves on."""
        meeting = None if self.questioning.over else await self.meeting()
        if meeting is None or any(floor.live for floor in meeting.floors.values()):
            return False
        for actor in actors:
            if await self.questioning.goes_on(actor, meeting.step):
                await self.stage.settle()
                return True
        return False

    async def _writes(self) -> bool:
        """Let the note-taker write one thing that the open step still asks."""
        if wrote := await self.pen.writes(self.visit):
            await self.stage.settle()
        return wrote

    async def _duty(self, actor: Actor) -> bool:
        """Let somebody do the one thing that their newest card asks of them."""
        found = next(((s, t) for s in actor.cards() for t in s.titles() if asks(s, t)), None)
        if found is None:
            return False
        seen, title = found
        if "Your turn" in seen.text:
            await self._speaks(actor, seen)
        elif title == ACCEPT:
            await self._accepts(actor, seen)
        else:
            if not seen.inputs():
                await actor.press(seen, title)
                seen = actor.now_on(seen.message)
            if actor.differs() and "Each child separately" in seen.titles():
                await actor.press(seen, "Each child separately")
                seen = actor.now_on(seen.message)
            if VIEW_ALOUD in seen.titles() and actor.seat in self.stage.case.data.get("aloud", ()):
                await actor.say_aloud(seen, VIEW_ALOUD)
            elif seen.inputs():
                await actor.complete(seen, primary=preferring(title))
        await self.stage.settle()
        return True

    async def _accepts(self, actor: Actor, seen: Seen) -> None:
        """Take on the first of one's actions that is not accepted yet."""
        row = next(b for b in seen.buttons() if b.text == ACCEPT)
        await actor.press(seen, ACCEPT, beside=next(text for text in row.around if text.strip() != ACCEPT))

    async def _speaks(self, actor: Actor, seen: Seen) -> None:
        """Give one's turn: typed from the case, or said aloud."""
        if actor.seat not in self.quiet:
            await actor.complete(seen, primary=speaking)
            return
        before = actor.tally.presses
        await actor.say_aloud(seen, ALOUD)
        self.spoken_presses = max(self.spoken_presses, actor.tally.presses - before)

    async def _chairs(self) -> bool:
        chair = self.chair
        if await self._duty(chair):
            return True
        seen = step_card(chair)
        if seen is None:
            return False
        form = positive(seen := await looked_again(chair, seen))
        if (missing := still_missing(seen)) and self.shows:
            self.shows(f"{chair.person.name} sees", missing)
        if read_back := next((t for t in READ_BACK if t in seen.titles()), ""):
            await chair.press(seen, read_back)
        elif CONVERT in seen.titles():
            await self._converts(seen)
        elif GO_ON in seen.titles() and not (UNCONFIRMED in missing and await self._confirmed()):
            await chair.saying({WITHOUT: self.without}).complete(seen, primary=preferring(GO_ON))
        elif form is not None and not NEXT.match(form):
            said = self._decision(seen)
            await said.complete(seen, primary=one_form(seen))
        else:
            title = next((t for t in seen.titles() if NEXT.match(t)), None)
            if title is None:
                return False
            await chair.press(seen, title)
        await self.stage.settle()
        after = step_card(chair)
        if after is not None and after.text == seen.text and not await self.reopening.of_all(self.present()):
            raise Stuck(f"The chair's card does not move on\n{before_everybody(self.present())}")
        return True

    async def _confirmed(self) -> bool:
        """Let somebody but the chair confirm what was prepared; tells whether somebody did."""
        return await confirmed(actor for actor in self.present() if actor is not self.chair)

    async def _converts(self, held: Seen) -> None:
        """Go on without an agency that must be here; when the quorate discussion is held is not known."""
        await self.chair.press(held, CONVERT)
        await self.stage.settle()
        await self.chair.press(self._card(self.chair, AS_IT_IS), AS_IT_IS)

    def _decision(self, seen: Seen) -> Actor:
        """The chair with what the case decides next, where it is not the same for all; for the last, none is asked."""
        labels, wanted = [f.text for f in seen.inputs()], self.chair.lines.get("decisions", [])
        for_whom = [text for text in labels if text.startswith("For whom")]
        last = self.decided > 0 and any(text.startswith("Outcome") for text in labels)
        if not (for_whom or last) or self.decided >= len(wanted):
            return self.chair
        self.decided += 1
        decision = wanted[self.decided - 1]
        return self.chair.saying({**decision, **dict.fromkeys(for_whom, decision["for"])})

    def _card(self, actor: Actor, title: str) -> Seen:
        found = actor.find(re.escape(title))
        if found is None:
            raise Stuck(f"{actor.person.name} does not see '{title}'\n{actor.person.screen()}")
        return found[0]
