"""The play of the terminal for a room: one person's one act at a time, and nobody acts for a seat that is held."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from meeting.model import Status
from meeting.procedure import Kind
from rehearsal.further import AS_BEFORE, in_own_chat, leads_briefly
from rehearsal.hints import asked
from rehearsal.play import Play


@dataclass(slots=True, kw_only=True)
class OneByOne(Play):
    """A meeting of which each move is one act."""

    async def move(self, held: Collection[str], *, patient: bool) -> bool:
        """Let one person do one thing; `patient` does not move on while somebody at the browser is asked something."""
        if not await self.stage.service.store.record.in_chat(self.stage.chat.id):
            return False
        meeting = await self.meeting()
        if meeting.status is Status.CLOSED:
            return False
        self.visit = meeting.visit
        free = [actor for actor in self.present() if actor.seat not in held]
        if await self._asks(free):
            return True
        for actor in free:
            if actor is not self.chair and await self._duty(actor):
                return True
        if self.scribe not in held and await self._writes():
            return True
        if self.chair.seat in held or (patient and asked(a for a in self.actors.values() if a.seat in held)):
            return False
        return await self._leads()

    async def _leads(self) -> bool:
        """Let the chair start the meeting, or go on with it."""
        meeting = await self.meeting()
        if meeting.status == "preparing":
            await self.start()
            return True
        return meeting.status == "running" and await self._chairs()


@dataclass(slots=True, kw_only=True)
class FurtherOneByOne(OneByOne):
    """A further meeting: up to the views the chair goes on with what is known, where that is enough."""

    tried: set[str] = field(default_factory=set)  # cards on which the chair tried to go on

    async def move(self, held: Collection[str], *, patient: bool) -> bool:
        """Let one person do one thing, the chair first."""
        waits = patient and asked(a for a in self.actors.values() if a.seat in held)
        if self.chair.seat not in held and not waits and await self._brief() and await leads_briefly(self, self.tried):
            return True
        return await OneByOne.move(self, held, patient=patient)

    async def _brief(self) -> bool:
        meeting = await self.meeting()
        return meeting.status == "running" and not any(v.step == self._views() for v in meeting.visits)

    def _views(self) -> str:
        return next((s.id for s in self.stage.procedure.agenda if s.kind is Kind.VIEWS), "")


def further(play: Play) -> FurtherOneByOne:
    """Return the further meeting of one that was closed, with everybody in a chat of its own."""
    stage, actors = in_own_chat(play)
    return FurtherOneByOne(stage=stage, actors=actors, scribe=play.scribe, quiet=play.quiet, without=AS_BEFORE)
