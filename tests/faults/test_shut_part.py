"""A part that a note-taker's client could not fetch, since the service was away: they ask for it, the chair waits."""

from __future__ import annotations

from rehearsal.play import Play
from rehearsal.rehearsing import actors_of
from rehearsal.reopening import OPEN
from tests.ledger.conftest import At

NOBODY_ANSWERS = 9  # a button is pressed three times, and each press is sent three times


async def test_a_part_left_shut_is_asked_for_before_the_chair_moves_on(at: At) -> None:
    """The planning, gated at the closing alone, is written though the note-taker read only that its step is open.

    The first time that they ask for their part, nobody answers either.
    """
    async with at("PLAN") as world:
        play = Play(stage=world.stage, actors=actors_of(world.stage), scribe="notes")
        planning = next(m for m in reversed(world.stage.chat.messages) if "Planning checkpoints" in m.summary)
        del planning.copies[world.notes.mri]
        assert OPEN in world.notes.screen(message=planning.id)
        world.stage.teams.faults.lose_next(NOBODY_ANSWERS)
        assert await play.reopening.of_step(play.present())
        assert OPEN in world.notes.screen(message=planning.id)
        assert not world.stage.teams.faults.lost
        await play.run(until="CLOSING")
        assert play.chair.find("Close the meeting") is not None
