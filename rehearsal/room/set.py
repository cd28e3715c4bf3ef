"""One case being played: its stage, its script, and what has happened so far."""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from meeting.model import Meeting, MeetingId
from meeting.procedure import Procedure
from rehearsal.before import begins, by_card
from rehearsal.case import Case
from rehearsal.rehearsing import actors_of
from rehearsal.room.bell import Bell
from rehearsal.room.marks import Marks
from rehearsal.room.script import Script
from rehearsal.stage import Stage, staged
from rehearsal.teams import MovableClock
from rehearsal.teams.model import Json
from web.panel import Panels

PRESSABLE = 4  # versions of one person's card of a message


@dataclass(slots=True, kw_only=True)
class Set:
    """A case on its stage; `epoch` changes with each new start, so that pages know that everything is new."""

    script: Script
    marks: Marks
    bell: Bell
    epoch: str = field(default_factory=lambda: uuid.uuid4().hex)
    shown: dict[tuple[str, str], deque[Json]] = field(default_factory=dict)  # person, message -> cards, the newest last
    panels: Panels = field(default_factory=Panels)
    came: list[datetime] = field(default_factory=list)  # when each letter of the postbox came
    first_seen: dict[int, float] = field(default_factory=dict)  # mark -> seconds, of messages whose card is on its way

    @property
    def stage(self) -> Stage:
        """The stage with the chat of the meeting that is held now, or was last."""
        return self.script.around.play.stage

    def show(self, person: str, message: str, card: Json) -> None:
        """Remember a card that a page shows: somebody may press it while a newer one is on its way."""
        held = self.shown.setdefault((person, message), deque(maxlen=PRESSABLE))
        if not held or held[-1] is not card:
            held.append(card)

    def letter_came(self) -> None:
        """Note when a letter came, and tell everybody at the browser."""
        self.came.append(self.stage.clock.now())
        self.bell.ring()

    async def meeting(self) -> tuple[Meeting, Procedure] | None:
        """Return the meeting of the chat as the record has it, once the bot knows which one it is."""
        listed = await self.stage.service.store.record.in_chat(self.stage.chat.id)
        return await self.stage.service.store.record.read(listed[0].id) if listed else None

    async def begun(self) -> tuple[tuple[Meeting, Procedure], ...]:
        """Return each meeting that has begun, the newest first."""
        record, found = self.stage.service.store.record, []
        for play in reversed(self.script.around.plays):
            found += [await record.read(one.id) for one in await record.in_chat(play.stage.chat.id)]
        return tuple((meeting, procedure) for meeting, procedure in found if meeting.started is not None)

    async def message_of(self, key: str) -> str:
        """Return the id of the message that a row of the outbox became, empty where there is none."""
        listed = await self.stage.service.store.record.in_chat(self.stage.chat.id)
        known = await self.stage.service.store.outbox.message(MeetingId(listed[0].id), key) if listed else None
        return known[1] if known else ""


@asynccontextmanager
async def set_up(case: Case, procedure: Procedure, folder: Path, *, early: bool = False) -> AsyncIterator[Set]:
    """Set the stage for a room: the bot is in the chat, everybody has joined, the chair can start the meeting.

    With `early` it is still before the meeting: the invitations have just been sent, and nobody has answered.
    """
    bell = Bell()
    clock = MovableClock(begins(case) if early else case.clock, ticking=True)
    card = early and by_card(case, procedure)
    async with staged(case, procedure, folder, convene=not card, local=card, clock=clock) as stage:
        script = Script(stage=stage, actors=actors_of(stage), ring=bell.ring)
        played = Set(script=script, marks=Marks(journal=stage.teams.journal), bell=bell)
        stage.teams.journal.listeners.append(bell.ring)
        stage.post.listeners.append(played.letter_came)
        await (script.invite() if early else script.gather())
        async with script.running():
            yield played
