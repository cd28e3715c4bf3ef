"""The call around a meeting: whose meeting it is, how it begins and ends, a chair who falls silent."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.convening import convene_plan
from procedures.load import load
from rehearsal.case import find_case
from rehearsal.play import Play
from rehearsal.rehearsing import actors_of
from rehearsal.stage import staged

SILENT = "the chair has been silent for 2 minutes"
ENDED = "The call has ended: adjourn, or close the meeting"


async def test_a_deputy_hears_of_a_silent_chair_and_the_end_of_the_call_asks_the_chair(tmp_path: Path) -> None:
    """Two minutes of silence and not before; a chair who stirs has two more; at the end the panel comes."""
    case = find_case("injured-infant")
    async with staged(case, load(case.procedure), tmp_path) as stage:
        play = Play(stage=stage, actors=actors_of(stage), scribe=case.data["note_taker"])
        await play.open()
        await play.run(until="FAMILY")
        deputy, chair = stage.people["deputy"], play.chair

        async def later(seconds: int) -> int:
            stage.clock.advance(timedelta(seconds=seconds))
            stage.service.dispatcher.wake()
            await stage.settle()
            return sum(SILENT in n.text for n in deputy.notifications)

        assert await later(119) == 0
        await chair.person.say(stage.chat, "next", mention_bot=True)
        await stage.settle()
        assert await later(119) == 0
        assert await later(2) == 1
        assert await later(600) == 1
        await deputy.say(stage.chat, "panel", mention_bot=True)
        await stage.settle()
        await deputy.press("More", in_=stage.chat)
        await deputy.press("Take the chair", in_=stage.chat, settle=True)
        meeting = await play.meeting()
        assert meeting.chair == deputy.aad_object_id
        await stage.chat.end()
        await stage.settle()
        assert ENDED in "\n".join(n.text for n in deputy.notifications)
        assert not stage.teams.violations


async def test_a_meeting_is_held_here_by_whoever_was_invited_by_address(tmp_path: Path) -> None:
    """A chair who is known by e-mail alone is offered the meeting, and the beginning of the call brings the start."""
    case = find_case("injured-infant")
    procedure = load(case.procedure)
    async with staged(case, procedure, tmp_path, convene=False) as stage:
        await convene_plan(stage.service.store, case.data, procedure, now=stage.clock.now)
        await stage.chat.install_bot(stage.chair)
        await stage.settle()
        await stage.chair.press("Hold it here", in_=stage.chat, settle=True)
        await stage.chat.start()
        await stage.chat.join(stage.chair)
        await stage.settle()
        assert any("The call has begun" in n.text for n in stage.chair.notifications)
        await stage.chair.press("Start the meeting", in_=stage.chat, settle=True)
        held = await stage.service.store.record.in_chat(stage.chat.id)
        assert [line.status for line in held] == ["running"]
        assert not stage.teams.violations
