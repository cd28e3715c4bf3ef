"""A meeting is convened from the card in 1:1, by the local pathways, from the first word to the invitations."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.own_files import offered_by
from bot.settings import Settings
from bot.teams.settings import SettingsRefused
from procedures.faults import Faulty
from procedures.load import load
from rehearsal.case import find_case
from rehearsal.stage import staged
from rehearsal.teams import Person
from rehearsal.teams.view import Field

EXAMPLE = Path("docs/how-to/example-pathways.yaml")
READY = "Preview and send"


@asynccontextmanager
async def convening(folder: Path):
    """A service with the example pathways and a mail server, and nobody convened yet."""
    case = find_case("injured-infant")
    async with staged(case, load(case.procedure), folder, convene=False) as stage:
        yield stage, stage.post


async def circumstances(worker: Person, press: Callable[[str], Awaitable[str]]) -> str:
    """One is under five and hurt, her brother goes to school; returns the card that asks what is known."""
    worker.choose("What is true of the children", "Under 5", "Injury, or a medical is likely")
    worker.choose("Who differs, and is asked about next", "Rowan Marsh")
    assert "What is true of Rowan Marsh" in await press("Save and go on")
    worker.choose("What is true of Rowan Marsh", "Of school age")
    return await press("Save and go on")


async def all_but_one(worker: Person, press: Callable[..., Awaitable[str]]) -> str:
    """Leave one out of the pathway's with a reason, take all others, then that one after all; returns the table."""
    await press("Leave out", beside="Proposed by the pathway: Health: examining doctor")
    worker.type("Why", "Seen and discharged")
    left = "left out: Health: examining doctor, Seen and discharged"
    assert left in await press("Leave out")
    assert left in await press("Take all proposed")
    screen = await press("Take after all")
    assert left not in screen
    assert "Health: examining doctor, Consultant paediatrician on call: not sent yet" in screen
    return screen


async def test_a_draft_becomes_invitations_by_the_local_pathways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is sent before the preview; why each seat is proposed is said; a mailbox off the list is refused."""
    monkeypatch.setenv("CHAIRSIDE_PATHWAYS", str(EXAMPLE))
    async with convening(tmp_path) as (stage, box):
        worker = stage.people["worker"]
        chat = stage.teams.personal_chat(worker)

        async def press(title: str, beside: str | None = None) -> str:
            await worker.press(title, in_=chat, beside=beside, settle=True)
            await stage.settle()
            return str(worker.screen(in_=chat))

        await worker.install_bot()
        await stage.settle()
        assert "Convene a meeting" in worker.screen(in_=chat)
        await worker.say(chat, "new meeting")
        await stage.settle()
        worker.choose("Procedure", "Strategy meeting practice guidance")
        worker.type("Children, one name a line", "Isla Marsh\nRowan Marsh")
        worker.choose("Area", "North")
        worker.type("Begins: time", "10:00")
        worker.type("Link to join by", "https://teams.example/meet/1")
        for year, said in (("2025", "That day has passed."), ("2026", "")):
            worker.type("Begins: date", f"{year}-11-26")
            assert said in str((await worker.press("Keep the draft", in_=chat, settle=True)).value)
        screen = await circumstances(worker, press)
        while "What is known" in screen:
            going = re.search(r"Save and go on \(\d of \d\)", screen)
            screen = await press(going.group() if going else "Save")
        assert "Proposed by the pathway: Health: health visitor, Health visiting north." in screen
        assert "health visitors stay with the family until school. For Isla Marsh." in screen
        assert "The child is of school age. For Rowan Marsh." in screen
        assert "Proposed by the pathway: Health: examining doctor" in screen
        assert "midwife" not in screen
        assert "Suggested, nobody invited: Police" in screen
        assert "Suggested, nobody invited: Police" not in await all_but_one(worker, press)
        await press("Add a seat")
        worker.choose("Agency", "Housing")
        worker.type("Name of the seat (never a child's name)", "Housing")
        worker.type("Work e-mail", "george@elsewhere.example")
        worker.type("Why (has concerns about the child, or involved in the child's life)", "Manages the tenancy")
        assert "letters for this agency go to these domains only: none for this agency" in await press("Add")
        worker.type("Work e-mail", "")
        await press("Add")
        preview = await press(READY)
        assert "Health visiting north: by e-mail, hv.north@nhs.example" in preview
        assert "telephone: Housing" in preview
        assert box.letters == []
        worker.type("Reason for inviting before consent is answered", "The mother is told today")
        table = await press("Send invitations")
        assert "Health: health visitor, Health visiting north: no answer yet" in table
        assert {str(m["To"]) for m in box.letters} >= {"hv.north@nhs.example", "ppu.north@police.example"}
        assert not [m for m in box.letters if "Marsh" in m.as_string()]
        assert not stage.teams.violations


async def test_a_deployment_offers_its_own_procedures_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one file in its folder nobody is asked which; an empty folder, and a file with a fault, end the start."""
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv("CHAIRSIDE_PROCEDURES", str(own))
    with pytest.raises(SettingsRefused, match="holds no procedure"):
        offered_by(Settings.read())
    example = (EXAMPLE.parent / "example-authority.yaml").read_text()
    (own / "westmarsh.yaml").write_text(example.replace("agenda:", "agendas:", 1))
    with pytest.raises(Faulty, match="agendas"):
        offered_by(Settings.read())
    (own / "westmarsh.yaml").write_text(example)
    async with convening(tmp_path) as (stage, _):
        worker = stage.people["worker"]
        chat = stage.teams.personal_chat(worker)
        await worker.install_bot()
        await stage.settle()
        assert "Strategy meetings, a short guide" in worker.screen(in_=chat)
        assert "Procedure" not in {p.text for p in next(iter(worker.pieces(chat)))[1] if isinstance(p, Field)}
        worker.type("Children, one name a line", "Isla Marsh")
        await worker.press("Keep the draft", in_=chat, settle=True)
        (called,) = await stage.service.store.record.of_person(worker.aad_object_id)
        assert (await stage.service.store.record.read(called.id))[1].id == "westmarsh"
