"""What the script does around a meeting in the room: invitations before it, actions and receipts after it."""

from __future__ import annotations

from collections.abc import Collection

from rehearsal.before import EARLY, invite, starts
from rehearsal.days import Days, silent
from rehearsal.inviting import Answers
from rehearsal.passing import Passing
from rehearsal.play import Play
from rehearsal.stage import Stage
from rehearsal.transcript import Transcript


def _unwritten(_: str) -> None:
    return


class Around:
    """Plays whoever nobody at the browser plays, each time that the clock has gone on or a message has come."""

    def __init__(self, *, stage: Stage, play: Play) -> None:
        self._stage, self._play = stage, play
        transcript = Transcript(chat=stage.chat.id, seats={}, write=_unwritten)
        self._passing = Passing(stage=stage, actors=play.actors, transcript=transcript)
        chair = play.chair.seat
        self._answers = Answers(passing=self._passing, chair=chair, calls=True)
        self._days = Days(passing=self._passing, silent=silent(play, {chair, play.scribe}))
        self._looked = -1  # what had come when everybody last looked
        self.gathered = False

    async def invite(self) -> None:
        """Call the meeting and send the invitations."""
        await invite(self._passing, self._play.chair.seat)

    async def move(self, held: Collection[str]) -> bool:
        """Let everybody answer what has come since they last looked; tells whether anything changed."""
        journal, post = self._stage.teams.journal, self._stage.post
        come = len(journal) + len(post.letters)
        if self.gathered and not await self._closed():
            return False
        if not self.gathered and self._stage.clock.now() >= starts(self._stage.case) - EARLY:
            await self._play.gather()
            self.gathered = True
            return True
        if come == self._looked:
            return False
        await (self._days.answer(held) if self.gathered else self._answers.all(held=held))
        self._looked = len(journal) + len(post.letters)
        return self._looked != come

    async def _closed(self) -> bool:
        return (await self._play.meeting()).status == "closed"
