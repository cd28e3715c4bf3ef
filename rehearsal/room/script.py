"""The script: plays everybody whose seat nobody in the browser has taken, at a chosen pace, one move at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress

from rehearsal.actor import Actor, Stuck
from rehearsal.hints import asks
from rehearsal.play import Play
from rehearsal.room.around import Around
from rehearsal.stage import Stage
from rehearsal.teams.errors import AtTheScreen

PACES: Mapping[str, float] = {"slow": 6.0, "normal": 2.5, "fast": 0.6}
LOOK_AGAIN = 0.5  # seconds until the script looks whether it has something to do again


class Script:
    """Everybody's lines; `held` are the seats that people at the browser play themselves."""

    def __init__(self, *, stage: Stage, actors: Mapping[str, Actor], ring: Callable[[], None]) -> None:
        data = stage.case.data
        scribe = data.get("note_taker") or data["chair"]
        self._play = _OneByOne(stage=stage, actors=actors, scribe=scribe, quiet=data.get("quiet", ("housing",)))
        self._stage, self._ring = stage, ring
        self._around = Around(stage=stage, play=self._play)
        self.held: set[str] = set()
        self.playing = True
        self.pace = "normal"
        self.trouble = ""
        self.resting = False
        self._turn = asyncio.Lock()
        self._urged = asyncio.Event()

    async def gather(self) -> None:
        """Bring the bot into the chat and everybody into the meeting; it is for the chair to start it."""
        await self._play.gather()
        self._around.gathered = True

    async def invite(self) -> None:
        """Call the meeting and send the invitations; nobody has answered yet."""
        await self._around.invite()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Play for as long as the context lasts."""
        work = asyncio.create_task(self._run(), name="script")
        try:
            yield
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work

    def set_playing(self, *, playing: bool, pace: str = "") -> None:
        """Play or pause; a known pace is taken."""
        self.playing, self.trouble = playing, ""
        self.pace = pace if pace in PACES else self.pace
        self._urged.set()

    async def step(self) -> bool:
        """Make one move, also where the script would wait for somebody at the browser; tells whether there was one."""
        return await self.move(patient=False)

    async def _run(self) -> None:
        while True:
            moved = self.playing and await self.move(patient=True)
            self._urged.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._urged.wait(), PACES[self.pace] if moved else LOOK_AGAIN)

    async def move(self, *, patient: bool) -> bool:
        """Make one move, tells whether there was one; `patient` waits while somebody at the browser is asked."""
        async with self._turn:
            try:
                moved = await self._around.move(self.held) or await self._play.move(self.held, patient=patient)
            except (Stuck, AtTheScreen) as stuck:
                self.playing, self.trouble, moved = False, _first_line(stuck), False
        if moved == self.resting:
            self.resting = not moved
            self._ring()
        return moved


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


class _OneByOne(Play):
    """The play of the terminal, one person's one act at a time."""

    async def move(self, held: set[str], *, patient: bool) -> bool:
        """Let one person do one thing; `patient` does not move on while somebody at the browser is asked something."""
        if not await self.stage.service.store.record.in_chat(self.stage.chat.id):
            return False
        self.visit = (await self.meeting()).visit
        free = [actor for actor in self.present() if actor.seat not in held]
        if await self._asks(free):
            return True
        for actor in free:
            if actor is not self.chair and await self._duty(actor):
                return True
        if self.scribe not in held and await self._writes():
            return True
        if self.chair.seat in held or (patient and self._awaited(held)):
            return False
        return await self._leads()

    async def _leads(self) -> bool:
        """Let the chair start the meeting, or go on with it."""
        meeting = await self.meeting()
        if meeting.status == "preparing":
            await self.start()
            return True
        return meeting.status == "running" and await self._chairs()

    def _awaited(self, held: set[str]) -> bool:
        """Tell whether somebody at the browser is asked for something."""
        mine = [actor for actor in self.actors.values() if actor.seat in held]
        return any(asks(seen, title) for actor in mine for seen in actor.cards() for title in seen.titles())
