"""What the script does around a meeting in the room: invitations before it, the days after it, a further meeting."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from meeting.model import Meeting, Status
from rehearsal.before import EARLY, invite, starts
from rehearsal.days import LENGTH, Days, Due, timetable
from rehearsal.further import calls_further
from rehearsal.inviting import Answers
from rehearsal.passing import Passing
from rehearsal.roles import silent
from rehearsal.room.moves import OneByOne, further
from rehearsal.stage import Stage
from rehearsal.transcript import Transcript


def _unwritten(_: str) -> None:
    return


class Around:
    """Plays whoever nobody at the browser plays, as the clock goes on and messages come; `plays` are the meetings."""

    def __init__(self, *, stage: Stage, play: OneByOne) -> None:
        self._stage, self.plays = stage, [play]
        transcript = Transcript(chat=stage.chat.id, seats={}, write=_unwritten)
        self._passing = Passing(stage=stage, actors=play.actors, transcript=transcript)
        chair = play.chair.seat
        self._answers = Answers(passing=self._passing, chair=chair, calls=True)
        self._days = Days(passing=self._passing, silent=silent(play, {chair, play.scribe}))
        calls = Due(after=LENGTH, seat=chair, act=self._call, ready=lambda first: not first.links)
        self._dues = [*timetable(self._days, play), calls]
        self._looked = -1  # what had come when everybody last looked
        self.gathered = False
        self._called = False  # to the further meeting
        self.running = False  # a meeting, when the script last looked

    @property
    def play(self) -> OneByOne:
        """The meeting that is held now, or was last."""
        return self.plays[-1]

    async def invite(self) -> None:
        """Call the meeting and send the invitations."""
        await invite(self._passing, self.play.chair.seat)

    async def next_start(self) -> datetime | None:
        """Return when everybody gathers for the meeting that is to come, None where none is."""
        if not self.gathered:
            return starts(self._stage.case) - EARLY
        first = await self._first()
        link = next(iter(first.links), None) if first is not None and len(self.plays) == 1 else None
        return link.starts - EARLY if link is not None and link.starts is not None else None

    async def move(self, held: Collection[str]) -> bool:
        """Let everybody do what is theirs by now, but for the seats held; tells whether anything changed."""
        at = await self.next_start()
        if at is not None and self._stage.clock.now() >= at:
            await self._gather()
            return True
        if not self.gathered:
            return await self._look(held)
        self.running = (await self.play.meeting()).status is not Status.CLOSED
        if self.running:
            return False
        return await self._look(held) or await self._due(held)

    async def _gather(self) -> None:
        """Let everybody come into the call of the meeting that begins."""
        if self.gathered:
            self.plays.append(further(self.play))
        await self.play.gather()
        self.gathered = True

    async def _look(self, held: Collection[str]) -> bool:
        """Let everybody answer what has come since they last looked."""
        if (come := self._come()) == self._looked:
            return False
        if self.gathered:
            await self._days.answer(held)
            await self._answers_again(held)
        else:
            await self._answers.all(held=held)
        self._looked = self._come()
        return self._looked != come

    def _come(self) -> int:
        return len(self._stage.teams.journal) + len(self._stage.post.letters)

    async def _answers_again(self, held: Collection[str]) -> None:
        """Let everybody answer the invitation to the further meeting, once it is called."""
        first = await self._first()
        if not self._called and first is not None and first.links:
            self._calling(len(self._stage.post.letters))
        if self._called:
            await self._answers.all(held=held)

    async def _due(self, held: Collection[str]) -> bool:
        """Let one person do what is due by the clock."""
        first = await self._first()
        if first is None or first.ended is None:
            return False
        passed = self._stage.clock.now() - first.ended
        due = next((d for d in self._dues if d.after <= passed and d.seat not in held and d.ready(first)), None)
        if due is None:
            return False
        await due.act(due.seat)
        self._dues.remove(due)
        return True

    async def _call(self, chair: str) -> None:
        """Let the chair call the further meeting."""
        self._calling(len(self._stage.post.letters))
        await calls_further(self._passing, chair)

    def _calling(self, since: int) -> None:
        self._called = True
        self._answers = Answers(passing=self._passing, chair=self.play.chair.seat, since=since)

    async def _first(self) -> Meeting | None:
        play, record = self.plays[0], self._stage.service.store.record
        return await play.meeting() if await record.in_chat(play.stage.chat.id) else None
