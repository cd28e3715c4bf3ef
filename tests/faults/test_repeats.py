"""A message whose sender died before it knew that it went out: it comes again, and says so where it is read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.sending.dispatcher import LEASE_SECONDS
from procedures.load import load
from rehearsal.case import find_case
from rehearsal.play import Play
from rehearsal.rehearsing import actors_of
from rehearsal.stage import Stage, staged
from storage.failpoints import Point

AGAIN = " (again)"
TWICE = "Sent again after an interruption: it may be here twice."
NEWER = "Please use the newer one"
ROUNDS = 8  # leases: one ends for each message that the chat holds twice


async def test_what_may_be_there_twice_says_so(tmp_path: Path) -> None:
    """A sentence ends in "(again)", a card has a line of its own, their notifications too; the first of each has not.

    Whoever opens their part on the older copy reads that a newer one is there; both are closed.

    A stamp that fails stands for the process that dies between Teams' answer and its own commit.
    """
    stages: list[Stage] = []

    def at(point: Point) -> None:
        if point is Point.BEFORE_STAMP and stages and not stages[0].chat.messages[-1].summary.endswith(AGAIN):
            raise ConnectionAbortedError

    case = find_case("injured-infant")
    async with staged(case, load(case.procedure), tmp_path, at=at) as stage:
        stages.append(stage)
        play = Play(stage=stage, actors=actors_of(stage), scribe=case.data["note_taker"])
        await play.gather()
        for _ in range(ROUNDS):
            if any(m.text.endswith(AGAIN) for m in stage.chat.messages):
                break
            stage.clock.advance(timedelta(seconds=LEASE_SECONDS + 1))
            stage.service.dispatcher.tick()
            await stage.settle()
        sentences = [m.text for m in stage.chat.messages if m.text]
        assert sentences == [sentences[0], sentences[0] + AGAIN]
        begun = [m for m in stage.chat.messages if "The call has begun" in m.summary]
        assert [(TWICE in str(m.card), m.summary.endswith(AGAIN)) for m in begun] == [(False, False), (True, True)]
        assert await stage.service.store.outbox.waiting(now=stage.clock.now()) == 0
        stages.clear()  # from here on every stamp is written
        police = stage.people["police"]
        for message in begun:
            await police.press("Open my part", in_=stage.chat, message=message.id)
        assert [NEWER in police.screen(message=m.id) for m in begun] == [True, False]
        await play.start()
        closed = [police.screen(message=m.id) for m in begun]
        assert all(text.endswith("The meeting has begun") for text in closed)
        assert not stage.teams.violations
