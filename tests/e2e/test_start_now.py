"""An urgent meeting with no preparation: the bot comes into a chat, somebody starts, others come to the door."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from meeting.model import Meeting, Status
from procedures.load import load
from rehearsal.actor import Actor, Seen
from rehearsal.case import find_case
from rehearsal.rehearsing import actors_of
from rehearsal.stage import Stage, staged

CHILDREN = "Children, one name a line"
SEATS = {"worker": "Child social worker", "police": "Police representative", "clinician": "Health practitioner"}
TO_FIRST_TURN = 10  # the chair's presses, from "Start now" on


@asynccontextmanager
async def empty_chat(folder: Path) -> AsyncIterator[tuple[Stage, Actor]]:
    """A chat with the bot in it and no meeting; nothing is prepared."""
    case = find_case("injured-infant")
    async with staged(case, load(case.procedure), folder, convene=False) as stage:
        await stage.chat.install_bot(stage.chair)
        await stage.settle()
        yield stage, actors_of(stage)[case.data["chair"]]
        assert not stage.teams.violations


async def started(stage: Stage, chair: Actor) -> Seen:
    """The chair starts a meeting with two answers; returns what the same message shows then."""
    seen = on_card(chair, "Start now")
    assert len(seen.inputs()) <= 4
    chair.person.choose("Procedure", load("san").title, message=seen.message)
    chair.person.type(CHILDREN, "Isla Marsh\nRowan Marsh", message=seen.message)
    chair.tally.presses += 1
    pressed = await chair.person.press("Start now", in_=stage.chat, message=seen.message, settle=True)
    assert (await stage.teams.repeat(pressed)).kind == pressed.kind
    await stage.settle()
    return chair.now_on(seen.message)


def on_card(actor: Actor, title: str) -> Seen:
    """The newest card with a button of this title."""
    found = actor.find(title)
    assert found, f"{title} is not visible\n{actor.person.screen()}"
    return found[0]


async def the_meeting(stage: Stage) -> Meeting:
    """The meeting as the record has it."""
    listed = await stage.service.store.record.in_chat(stage.chat.id)
    assert len(listed) == 1
    meeting, _ = await stage.service.store.record.read(listed[0].id)
    return meeting


async def test_a_meeting_starts_now_and_its_door_is_kept(tmp_path: Path) -> None:
    """Whoever starts a meeting chairs it; nobody else comes in, or sees anything, before the chair gives a seat."""
    async with empty_chat(tmp_path) as (stage, chair):
        police = stage.people["police"]
        begun = await started(stage, chair)
        assert "Start the meeting" in begun.titles()
        await stage.chat.start()
        for person in (chair.person, police):
            await stage.chat.join(person)
        await stage.settle()
        assert not any("Isla" in text for text in police.screens(stage.chat))
        door = on_card(chair, "Let in")
        one = "Tom Ellery asks to come in"
        assert one in door.text
        chair.person.choose("Seat of Tom Ellery", "Police representative", message=door.message)
        await chair.press(door, "Let in")
        await chair.press(begun, "Start the meeting")
        await stage.settle()
        await police.press("I have heard this", in_=stage.chat, settle=True)
        assert "step 1 of" in police.screen(in_=stage.chat)
        assert one not in chair.now_on(door.message).text
        assert (await the_meeting(stage)).status is Status.RUNNING


async def test_whom_a_meeting_started_at_once_is_about_is_one_press_away(tmp_path: Path) -> None:
    """Nothing more is asked of a chair in a hurry; a group or a context is said before the start."""
    async with empty_chat(tmp_path) as (stage, chair):
        seen = on_card(chair, "Start now")
        chair.person.choose("Procedure", load("wok").title, message=seen.message)
        chair.person.type(CHILDREN, "Cleo Marr\nyoung man in the red car", message=seen.message)
        await chair.press(seen, "Start now")
        await stage.settle()
        panel = on_card(chair, "Who it is about")
        await chair.press(panel, "Who it is about")
        form = chair.now_on(panel.message)
        chair.person.choose("Who it is about", "Young people linked with a context of concern", message=form.message)
        await chair.press(form, "Save")
        assert "Start the meeting" in chair.now_on(panel.message).titles()
        assert (await the_meeting(stage)).subject_type == "context"


async def test_from_start_now_to_the_first_turn(tmp_path: Path) -> None:
    """With nothing prepared the chair presses at most ten times and types three texts; the right meeting is asked."""
    async with empty_chat(tmp_path) as (stage, chair):
        begun = await started(stage, chair)
        await stage.chat.start()
        for seat in ("chair", *SEATS):
            await stage.chat.join(stage.people[seat])
        await stage.settle()
        door = on_card(chair, "Let in")
        for seat, label in SEATS.items():
            chair.person.choose(f"Seat of {stage.people[seat].name}", label, message=door.message)
        await chair.press(door, "Let in")
        await chair.press(begun, "Start the meeting")
        for said in ("All heard aloud, go on", "All introduced aloud, go on"):
            await stage.settle()
            await chair.press(on_card(chair, said), said)
        await stage.settle()
        await chair.press(on_card(chair, "All confirmed aloud"), "All confirmed aloud")
        await held_back(stage, chair)
        await chair.press(on_card(chair, "Begin: .*"), "Begin: Police representative")
        await stage.settle()
        meeting = await the_meeting(stage)
        assert meeting.floors["SHARE"].live is not None
        assert "Your turn" in Seen(message="", pieces=next(iter(stage.people["police"].pieces(stage.chat)))[1]).text
        assert chair.tally.presses <= TO_FIRST_TURN
        await completed(stage, chair)
        passed = {o.step for o in meeting.overrides}
        assert {"IDENTITY", "FAMILY", "REASON"} <= passed
        assert all("fracture" in o.reason for o in meeting.overrides)


async def completed(stage: Stage, chair: Actor) -> None:
    """What was passed over is filled in while somebody speaks; the meeting stays where it is."""
    await chair.person.say(stage.chat, "panel", mention_bot=True)
    await stage.settle()
    await chair.person.press("More", in_=stage.chat)
    form = "Complete earlier steps"
    await chair.person.press(form, in_=stage.chat, settle=True)
    listed = on_card(chair, "Open")
    assert re.search(r"^Consent +2 to be answered$", listed.text, re.MULTILINE)
    await chair.person.press("Open", in_=stage.chat, message=listed.message, beside="Consent", settle=True)
    assert "see the child" in chair.now_on(listed.message).text
    before = await the_meeting(stage)
    await chair.person.press("Fill in", in_=stage.chat, message=listed.message, beside="see the child", settle=True)
    chair.person.choose("Consent", "To be sought", message=listed.message)
    await chair.complete(chair.now_on(listed.message), primary=lambda s: "Save" if "Save" in s.titles() else None)
    after = await the_meeting(stage)
    assert (after.step, after.floors) == (before.step, before.floors)
    assert after.answer("CONSENT", "purpose", "see the child") is not None
    assert "step 5 of" in chair.now_on(listed.message).text


async def held_back(stage: Stage, chair: Actor) -> None:
    """The next step is held back for what nobody has prepared; one reason passes all of it."""
    ahead = on_card(chair, "Next: Family.*")
    await chair.press(ahead, next(t for t in ahead.titles() if re.match("Next: Family", t)))
    asked = chair.now_on(ahead.message)
    chair.person.type("Reason for going on without", "Infant with a fracture: agencies first", message=asked.message)
    await chair.press(asked, "Go straight to: Health, police and others")
    await stage.settle()
