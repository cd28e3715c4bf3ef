"""What only one person should read: it goes to their own chat, and where Teams refuses that the chat learns nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from procedures.load import load
from rehearsal.case import find_case
from rehearsal.play import Play
from rehearsal.rehearsing import actors_of
from rehearsal.stage import Stage, staged
from rehearsal.teams import Person
from rehearsal.teams.journal import Posted

CONTENT = "note the bruises are on both arms and she is frightened"
SILENT = "the chair has been silent for 2 minutes"


async def test_whoever_types_content_into_the_chat_is_told_so_alone(tmp_path: Path) -> None:
    """In 1:1 where the bot may write to them, else by a line in the chat; nothing is recorded either way.

    A silent chair is told to the deputy in the same way, and not before the note-taker has stopped writing.
    """
    case = find_case("injured-infant")
    async with staged(case, load(case.procedure), tmp_path) as stage:
        play = Play(stage=stage, actors=actors_of(stage), scribe=case.data["note_taker"])
        await play.open()
        await play.run(until="CONSENT")
        police, deputy = stage.people["police"], stage.people["deputy"]
        before = (await play.meeting()).notes
        await police.say(stage.chat, CONTENT, mention_bot=True)
        await stage.settle()
        assert "please delete it there" in shown(stage, police)
        assert "delete it" not in chat(stage)
        assert chat(stage).endswith("I have recorded nothing of that.")
        police.block_bot()
        await police.say(stage.chat, CONTENT, mention_bot=True)
        await stage.settle()
        assert chat(stage).endswith("here everybody in the chat would see it.")
        assert (await play.meeting()).notes == before
        notes = stage.people["notes"]
        await after(stage, seconds=100)
        await notes.say(stage.chat, "panel", mention_bot=True)
        await notes.press("Ask a question", in_=stage.chat, settle=True)
        await after(stage, seconds=30)
        assert SILENT not in shown(stage, deputy)
        await after(stage, seconds=100)
        assert SILENT in shown(stage, deputy)
        assert SILENT not in chat(stage)


async def after(stage: Stage, *, seconds: int) -> None:
    """So much time passes, and whatever is due goes out."""
    stage.clock.advance(timedelta(seconds=seconds))
    stage.service.dispatcher.wake()
    await stage.settle()


def shown(stage: Stage, person: Person) -> str:
    """What the bot wrote into this person's own chat, in order."""
    own = {c.id for c in stage.teams.chats if c.record.personal and person.mri in c.record.members}
    return "\n".join(e.text for e in stage.teams.journal if isinstance(e, Posted) and e.chat in own)


def chat(stage: Stage) -> str:
    """What the bot posted into the shared chat, in order."""
    return "\n".join(e.text for e in stage.teams.journal if isinstance(e, Posted) and e.chat == stage.chat.id)
