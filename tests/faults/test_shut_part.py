"""A part that a note-taker's client could not fetch, since the service was away: they ask for it, the chair waits."""

from __future__ import annotations

from rehearsal.play import Play
from rehearsal.reopening import OPEN
from rehearsal.rehearsing import actors_of
from tests.ledger.conftest import At

NOBODY_ANSWERS = 9  # a button is pressed three times, and each press is sent three times


async def test_a_part_left_shut_is_asked_for_before_the_chair_moves_on(at: At) -> None:
    """The planning, gated at the closing alone, is written where the note-taker reads only that the step is open.

    The first time they ask for their part, nobody answers either.
    """
    async with at("PLAN") as world:
        stage = world.stage
        planning = next(m for m in reversed(stage.chat.messages) if "Planning checkpoints" in m.summary)
        del planning.copies[world.notes.mri]
        assert world.notes.screen(message=planning.id).endswith(f"<{OPEN}>")
        stage.teams.faults.lose_next(NOBODY_ANSWERS)
        play = Play(stage=stage, actors=actors_of(stage), scribe="notes")
        await play.run(until="CLOSING")
        assert "Still open" not in world.chair.screen(message=stage.chat.messages[-1].id)
        await play.run()
        assert not stage.teams.faults.lost
