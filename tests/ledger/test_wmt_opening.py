"""West Midlands: guidance and references, the child's details, the right meeting, introductions, reasons, history."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from procedures.load import load
from rehearsal.stage import staged
from tests.ledger.conftest import At
from tests.ledger.desk import convening
from tests.ledger.forms import BACK, BLANK, stands_at, write
from tests.ledger.lifetime import private
from tests.ledger.snapshots import the_case, the_procedure
from tests.ledger.world import World

Standing = Callable[[str], AbstractAsyncContextManager[World]]
INTRODUCE, RIGHT = "Introduce me", "Yes, this is my meeting"
CHILD = "Child details; right meeting"
CONFIRMED = "Its review was confirmed here on"
REPLACED = "This procedure cites an edition that has been replaced: Working Together, July 2018."


@pytest.fixture
def wmt(at: At) -> Standing:
    """`async with wmt("DECISION") as world:` for the case of two children under this guidance."""
    return lambda step: at(step, procedure="wmt", case="wmt")


async def help_of(tmp_path: Path, procedure: str, case: str, link: str = "") -> str:
    """What the chair is told for the word help, in a deployment that has set this link for what needs one."""
    rules = the_procedure(procedure)
    linked = tuple(replace(r, link=link) if r.needs_link else r for r in rules.references)
    async with staged(the_case(case), replace(rules, references=linked), tmp_path) as stage:
        world = World(stage=stage)
        await world.begin()
        return await world.say(world.chair, "help")


@pytest.mark.ledger("WMT-1.2", "WMT-1.3", "WMT-1.4")
async def test_help_names_what_this_guidance_is_read_with(tmp_path: Path) -> None:
    """The regional manual, an edition that was replaced, and the Trust's own standards once they have a link."""
    told = await help_of(tmp_path / "a", "wmt", "wmt")
    assert "West Midlands procedures manual" in told
    assert REPLACED in told
    assert CONFIRMED not in told
    assert "Trust practice standards" not in told
    linked = await help_of(tmp_path / "b", "wmt", "wmt", link="https://standards.example/practice")
    assert re.search(r"Trust practice standards.*https://standards.example/practice", linked)
    other = await help_of(tmp_path / "c", "wok", "help_wok")
    assert "West Midlands" not in other
    assert load("san").references
    assert "replaced" not in await help_of(tmp_path / "d", "san", "case")


@pytest.mark.ledger("WMT-1.3")
async def test_the_chair_confirms_once_for_all_meetings_that_it_was_reviewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked on the draft's table; one press, and no later draft asks. `help` tells the day, its minutes who."""
    async with convening("wmt", tmp_path, monkeypatch) as desk:
        assert REPLACED in await desk.draft("Ada Brook")
        assert REPLACED not in await desk.press("It was reviewed")
        assert "Invitations" in desk.screen()
        minutes = await desk.started("The rest is known tonight.")
        assert re.search(rf"{CONFIRMED} \d+ \w{{3}} \d{{4}}\.", await desk.world.say(desk.person, "help"))
        assert re.search(r"Confirmed for every meeting here: this procedure was reviewed.*Carys Hale", minutes)
        later = await desk.draft("Ben Marr")
        assert "Invitations" in later
        assert REPLACED not in later
        assert "It was reviewed" not in later
    async with convening("san", tmp_path / "san", monkeypatch) as desk:
        assert "It was reviewed" not in await desk.draft("Ada Brook")


@pytest.mark.ledger("WMT-3.1a")
async def test_the_first_form_gives_the_details_of_every_child_to_the_admitted_only(wmt: Standing) -> None:
    """Both children on the first form of everybody admitted; a stranger's card and the shared chat hold no name."""
    async with wmt("CONVENED") as world:
        await world.begin()
        for person in world.stage.people.values():
            first = world.newest(person)
            assert "step 1 of 10" in first
            assert {"Ada Brook", "Ben Brook"} <= set(first.splitlines())
        stranger = world.stage.teams.person("Olga Wirth")
        await world.stage.chat.add(stranger, by=world.chair)
        await world.stage.chat.join(stranger)
        await world.settle()
        await world.look_again(stranger)
        for word in ("panel", "who", "minutes", "actions", "list", "deadlines", "after", "prepare", "invitations"):
            assert not re.search("Ada|Ben|Brook", await world.say(stranger, word, private=True)), word
        await world.say(stranger, "panel")
        assert not re.search("Ada|Ben|Brook", world.card(stranger))
        assert not re.search("Ada|Ben|Brook", world.shared())


@pytest.mark.ledger("WMT-3.1a")
async def test_an_unborn_child_needs_neither_name_nor_date(wmt: Standing) -> None:
    """Blank details hold the step; not known, and an unborn child with nothing but that, let it go on."""
    async with wmt("IDENTITY") as world:
        await world.board()
        await world.press(world.notes, "All confirmed aloud")
        held = await world.next()
        assert "Date of birth" in held.partition("Still missing: ")[2].splitlines()[0]
        given = {'Name, or "unborn baby of …"': "not known", "Where the child usually lives": "not known"}
        await world.press(world.notes, "Fill in", beside=f"{CHILD}: Ada Brook")
        world.notes.toggle("Unborn", on=True, in_=world.stage.chat)
        card = await world.submit(world.notes, {**given, "Expected date of birth": "not known"})
        if BACK in card:
            await world.submit(world.notes, {"Expected date of birth": "not known"})
        await write(world, f"{CHILD}: Ben Brook", {**given, "Date of birth": "not known"})
        await world.next()
        assert stands_at(world, "Introductions")
        said = await world.minutes()
        assert "Unborn: yes" in said
        assert "Expected date of birth: not known" in said


@pytest.mark.ledger("WMT-3.1b")
async def test_everybody_is_in_the_right_meeting_before_any_information(wmt: Standing) -> None:
    """Named while unconfirmed, no reason passes it; heard aloud counts; who never joined does not hold it up."""
    async with wmt("CONVENED") as world:
        await world.begin(world.deputy)
        details = {"Where the child usually lives": "3 Mill Lane", "Date of birth": "5/3/2016"}
        for person in world.stage.people.values():
            if person not in (world.police, world.deputy):
                await world.press(person, RIGHT)
        for child in ("Ada Brook", "Ben Brook"):
            await write(world, f"{CHILD}: {child}", details)
        held = await world.next()
        assert "Still missing: Right meeting: Paul Grant" in held
        assert "Dara Quinn" not in held.partition("Still missing")[2].splitlines()[0]
        assert "Reason for going on without" not in world.labels(world.chair)
        assert "Mill Lane" not in world.card(world.police)
        await world.press(world.notes, "All confirmed aloud")
        await world.next()
        assert stands_at(world, "Introductions")
        await world.press(world.chair, "All introduced aloud")
        await world.next()
        assert stands_at(world, "Reasons")
        assert "step 3 of 10\nReasons" in world.newest(world.police)
        minutes = await world.minutes()
        assert "Heard aloud: Paul Grant" in minutes


@pytest.mark.ledger("WMT-3.1b")
async def test_who_is_in_the_wrong_meeting_sees_no_more_and_holds_it_until_they_left(wmt: Standing) -> None:
    """Wrong: the step stays shut until the chair removes them; they get no later form; the chair is asked to."""
    async with wmt("IDENTITY") as world:
        await world.board()
        await world.press(world.school, "No, I am in the wrong meeting")
        (asked,) = [text for _, text in private(world, world.chair) if "not their meeting" in text]
        assert "Education: school says" in asked
        assert "Please ask them to leave it, then remove them: your panel, More, Who is here." in asked
        assert "not their meeting" not in world.card(world.police)  # nor in the meeting's chat
        await world.press(world.notes, "All confirmed aloud")
        held = await world.next()
        assert "Wrong meeting: Sara Lund" in held
        assert "Reason for going on without" not in world.labels(world.chair)
        await world.look_again(world.school)
        assert "Ada Brook" not in world.newest(world.school)
        await world.say(world.chair, "panel")
        await world.press(world.chair, "More")
        await world.press(world.chair, "Who is here")
        world.choose(
            world.chair,
            "Remove somebody",
            next(t for t in world.offered(world.chair, "Remove somebody") if "Sara" in t),
        )
        world.fill(world.chair, "Reason for removing them", "Came for another meeting")
        await world.press(world.chair, "Remove")
        await world.say(world.chair, "next")
        assert "Wrong meeting" not in world.newest(world.chair)
        await world.look_again(world.school)
        assert "Mill Lane" not in world.card(world.school)
        minutes = await world.minutes()
        assert "Sara Lund" in minutes.partition("Attended")[2]
        logged = "Sara Lund (Education: school) said that this is not their meeting"
        assert f"{logged}. Shown to them until then: the details of Ada Brook, Ben Brook" in minutes


@pytest.mark.ledger("WMT-3.2a", "WMT-3.2b")
async def test_the_chair_introduces_themself_first(wmt: Standing) -> None:
    """Before the chair nobody has a form; then each has one, with name and role; who is heard stands so."""
    async with wmt("ROLLCALL") as world:
        others = [p for p in world.stage.people.values() if p is not world.chair]
        assert all(INTRODUCE not in world.titles(p) for p in others)
        await world.press(world.chair, INTRODUCE)
        await world.later(seconds=5)
        for person in others:
            assert world.titles(person).count(INTRODUCE) == 1
            assert f"Name *: [{person.name}]" in world.newest(person)
        world.fill(world.police, "Role", "")
        await world.press(world.police, INTRODUCE, force=True)
        assert f"Role: {BLANK}" in world.newest(world.police)
        world.fill(world.police, "Role", "Inspector")
        await world.press(world.police, INTRODUCE)
        await world.press(world.notes, "All introduced aloud")
        await world.next()
        minutes = await world.minutes()
        told = world.under(minutes, "Introductions", "Introductions").splitlines()
        assert "Paul Grant: Role: Inspector; Agency: Police" in told
        heard = next(line for line in told if line.startswith("Sara Lund: Role: Head teacher;"))
        assert "How recorded: heard aloud" in heard


@pytest.mark.ledger("WMT-3.3a", "WMT-3.3b")
async def test_reasons_and_then_history_are_stated_or_passed_with_a_reason(wmt: Standing) -> None:
    """Each blank holds its step; the reasons stand in the minutes, history follows directly, none known is told."""
    async with wmt("REASON") as world:
        assert "Still missing: Reasons for the meeting" in await world.next()
        assert stands_at(world, "Reasons")
        await write(world, "Reasons", {"Reasons for the meeting": "A bruise seen on Monday."})
        await world.next()
        assert stands_at(world, "Previous social care involvement")
        assert "Still missing: Overview of previous involvement" in await world.next()
        assert "Reason for going on without" in world.labels(world.chair)
        await write(world, "Previous social care involvement", {"Overview of previous involvement": "none known"})
        await world.next()
        assert stands_at(world, "Information from each professional")
        minutes = await world.minutes()
        assert "Reasons for the meeting: A bruise seen on Monday." in world.under(minutes, "Reasons")
        assert "none known" in world.under(minutes, "Previous social care involvement")
    async with wmt("REASON") as world:
        await world.next("Told at noon.")
        await world.next("Looked up later.")
        assert stands_at(world, "Information from each professional")
        minutes = await world.minutes()
        assert "Told at noon." in minutes
        assert "Looked up later." in minutes
