"""The script: plays everybody whose seat nobody in the browser has taken, at a chosen pace, one move at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress

from rehearsal.actor import Actor, Stuck
from rehearsal.hints import asked
from rehearsal.room.around import Around
from rehearsal.room.moves import OneByOne
from rehearsal.stage import Stage
from rehearsal.teams.errors import AtTheScreen

PACES: Mapping[str, float] = {"slow": 6.0, "normal": 2.5, "fast": 0.6}
LOOK_AGAIN = 0.5  # seconds until the script looks whether it has something to do again


class Script:
    """Everybody's lines; `held` are the seats that people at the browser play themselves."""

    def __init__(self, *, stage: Stage, actors: Mapping[str, Actor], ring: Callable[[], None]) -> None:
        play = OneByOne(stage=stage, actors=actors, scribe=stage.case.scribe, quiet=stage.case.quiet)
        self._ring = ring
        self.around = Around(stage=stage, play=play)
        self.held: set[str] = set()
        self.playing = True
        self.pace = "normal"
        self.trouble = ""
        self.resting = False
        self._turn = asyncio.Lock()
        self._urged = asyncio.Event()

    async def gather(self) -> None:
        """Bring the bot into the chat and everybody into the meeting; it is for the chair to start it."""
        await self.around.play.gather()
        self.around.gathered = True

    async def invite(self) -> None:
        """Call the meeting and send the invitations; nobody has answered yet."""
        await self.around.invite()

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

        async def make() -> bool:
            return await self.around.move(self.held) or await self.around.play.move(self.held, patient=patient)

        moved = await self._made(make)
        if moved == self.resting:
            self.resting = not moved
            self._ring()
        return moved

    async def answer(self) -> None:
        """Let everybody do what is theirs by now outside of a meeting; while the script is paused, nobody does."""

        async def make() -> bool:
            return await self.around.move(self.held)

        while self.playing and await self._made(make):
            self._ring()

    async def _made(self, make: Callable[[], Awaitable[bool]]) -> bool:
        """Return whether a move was made; one that cannot be made pauses the script."""
        async with self._turn:
            try:
                return await make()
            except (Stuck, AtTheScreen) as stuck:
                self.playing, self.trouble = False, _first_line(stuck)
                return False

    @property
    def doing(self) -> str:
        """What the script does now, in a word or two."""
        if not self.playing:
            return "is paused"
        if not self.resting:
            return "plays"
        mine = [actor for actor in self.around.play.actors.values() if actor.seat in self.held]
        return "waits for you" if asked(mine) or self.around.running else "rests"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
