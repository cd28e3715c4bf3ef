"""Somebody must leave early: the chair is told in time, through the outbox, without a word of content."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from procedures.load import load
from rehearsal.case import find_case
from rehearsal.play import Play
from rehearsal.rehearsing import actors_of
from rehearsal.stage import staged


async def test_the_chair_is_told_ten_minutes_before_somebody_must_leave(tmp_path: Path) -> None:
    """Eleven minutes before, nothing; ten minutes before, one message that names the seat and the next step."""
    case = find_case("injured-infant")
    async with staged(case, load(case.procedure), tmp_path) as stage:
        play = Play(stage=stage, actors=actors_of(stage), scribe=case.data["note_taker"])
        await play.open()
        await play.run(until="ROLLCALL")
        police, chair = play.actors["police"].person, play.chair.person
        police.type("Must leave at (today)", "10:30", in_=stage.chat)
        await police.press("Introduce me", in_=stage.chat, settle=True)
        told = "Police must leave soon"
        stage.clock.set(case.clock + timedelta(minutes=49))
        stage.service.dispatcher.wake()
        await stage.settle()
        assert not any(told in n.text for n in chair.notifications)
        stage.clock.advance(timedelta(minutes=1, seconds=1))
        stage.service.dispatcher.wake()
        await stage.settle()
        assert sum(told in n.text for n in chair.notifications) == 1
        assert not stage.teams.violations
