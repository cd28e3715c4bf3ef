"""An urgent meeting with no preparation: the bot comes into a chat, somebody starts, others come to the door."""

from __future__ import annotations

from pathlib import Path

from procedures.load import load
from rehearsal.case import find_case
from rehearsal.stage import staged


async def test_a_meeting_starts_now_and_its_door_is_kept(tmp_path: Path) -> None:
    """Whoever starts a meeting chairs it; nobody else comes in, or sees anything, before the chair gives a seat."""
    case = find_case("injured-infant")
    async with staged(case, load(case.procedure), tmp_path, convene=False) as stage:
        chair, chat, police = stage.chair, stage.chat, stage.people["police"]
        await chat.install_bot(chair)
        await stage.settle()
        chair.choose("Procedure", load(case.procedure).title, in_=chat)
        chair.type("Children, one name a line", "Isla Marsh\nRowan Marsh", in_=chat)
        started = await chair.press("Start now", in_=chat, settle=True)
        again = await stage.teams.repeat(started)
        assert again.kind == started.kind
        assert len(await stage.service.store.record.in_chat(chat.id)) == 1
        board = next(m for m in reversed(chair.messages(chat)) if "Quorum" in chair.screen(message=m))
        await chat.start()
        for person in (chair, police):
            await chat.join(person)
        await stage.settle()
        assert not any("Isla" in text for text in police.screens(chat))
        door = next(m for m in chair.messages(chat) if "Tom Ellery asks to come in" in chair.screen(message=m))
        chair.choose("Seat", "Police representative", in_=chat, message=door)
        await chair.press("Let in", in_=chat, message=door, settle=True)
        await chair.press("Open my part", in_=chat, message=board, settle=True)
        await chair.press("Start the meeting", in_=chat, settle=True)
        await police.press("I have heard this", in_=chat, settle=True)
        assert "step 1 of" in police.screen(in_=chat)
        assert not stage.teams.violations
