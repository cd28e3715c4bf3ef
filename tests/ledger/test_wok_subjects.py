"""Wokingham: what the meeting is about (one child, a peer group, a context), and how its actions are circulated."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.conftest import At
from tests.ledger.desk import Desk, convening
from tests.ledger.forms import missing
from tests.ledger.world import World

WOK = {"procedure": "wok", "case": "wok"}
ABOUT, IDENTITY, THRESHOLD = "Who it is about", "Children or young people discussed", "Threshold"
INDIVIDUAL, PEERS = "Individual child or children", "Peer group"
CONTEXT = "Young people linked with a context of concern"
BOY = "Not yet identified, boy of about 14"


async def drafted(desk: Desk, about: str, *children: str, **known: str) -> None:
    """A draft about these children, of this kind."""
    await desk.draft(*children)
    await desk.press("Questions")
    desk.person.choose(ABOUT, about)
    await desk._pages(None, known)


async def reaches(desk: Desk, step: str) -> World:
    """The chair, who takes the notes too, starts the meeting and goes on to this step, passing what may be passed."""
    await desk.press("Who leads")
    desk.person.choose("Takes notes", "Chair")
    await desk.press("Save")
    world = desk.world
    await desk.started("It cannot wait.")
    return await on_to(world, step)


async def on_to(world: World, step: str) -> World:
    """The chair goes on to this step, passing what may be passed."""
    while step not in world.newest(world.chair).splitlines()[1]:
        for title in ("All introduced aloud", "All heard aloud", "All confirmed aloud", "Mark: invited, gave no view"):
            if title in world.titles(world.chair):
                await world.press(world.chair, title)
        before = world.newest(world.chair)
        await world.next()
        if "Go on with this reason" in world.titles(world.chair):
            world.fill(world.chair, "Reason for going on without", "It cannot wait.")
            await world.press(world.chair, "Go on with this reason")
        assert before != world.newest(world.chair)
    return world


NOT_MET = {"Outcome": "Section 47 threshold not met", "Agreement": "Agreed by all", "Reasons": "No sign of harm."}


@pytest.mark.ledger("WOK-0.7")
async def test_a_meeting_may_be_about_one_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One child, as an individual: it starts, one decision is asked, and stands under that child."""
    async with convening("wok", tmp_path, monkeypatch) as desk:
        await drafted(desk, INDIVIDUAL, "Ada Brook")
        world = await reaches(desk, THRESHOLD)
        assert "\nNot decided yet: Ada Brook\n" in world.newest(world.chair)
        assert "Decided: Section 47 threshold not met" in await world.submit(world.chair, NOT_MET)
        minutes = await world.minutes()
        assert f"Subject: {INDIVIDUAL}" in minutes
        assert minutes.count("Reasons: No sign of harm.") == 1
        assert "Reasons: No sign of harm." in world.under(minutes, THRESHOLD, "Ada Brook")


@pytest.mark.ledger("WOK-0.9")
async def test_the_family_of_each_young_person_of_a_peer_group_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two families: each child's is asked for, and stands under that child alone."""
    async with convening("wok", tmp_path, monkeypatch) as desk:
        await drafted(desk, PEERS, "Ada Brook", "Ben Lacey")
        world = await reaches(desk, IDENTITY)
        await world.press(world.chair, "All confirmed aloud")
        for name, child, relation, still in (
            ("Mora Brook", "Ada Brook", "mother", "Family member (Ben Lacey)"),
            ("Lee Lacey", "Ben Lacey", "father", ""),
        ):
            await world.press(world.chair, "Add: Family member")
            row = {"Name": name, "Of which child or children": [child], "Relation": relation}
            await world.submit(world.chair, row)
            await world.next()
            assert missing(world).partition("Family member")[1:] == still.partition("Family member")[1:]
        minutes = await world.minutes()
        assert f"Subject: {PEERS}" in minutes
        told = minutes.partition("In the right meeting\n")[2].partition("\nReason for referral")[0]
        ada, ben = told.partition("\nBen Lacey\n")[::2]
        assert "Mora Brook: Of which child or children: Ada Brook; Relation: mother" in ada
        assert "Lee Lacey" not in ada
        assert "Lee Lacey: Of which child or children: Ben Lacey; Relation: father" in ben
        assert "Mora Brook" not in ben


@pytest.mark.ledger("WOK-0.10")
async def test_a_context_needs_a_young_person_who_is_named_or_described(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody at all, or nothing but "not known": it comes back at that question."""
    async with convening("wok", tmp_path, monkeypatch) as desk:
        await desk.person.install_bot()
        await desk.person.say(desk.chat, "convene")
        await desk.stage.settle()
        desk.person.choose("Procedure", "Guidance on strategy meeting agendas")
        await desk.person.press("Keep the draft", in_=desk.chat, force=True, settle=True)
        assert "name at least one child" in "\n".join(n.text for n in desk.person.notices)
        await desk.draft("not known")
        await desk.press("Questions")
        desk.person.choose(ABOUT, CONTEXT)
        refused = await desk.press("Save and go on")
        assert f"{ABOUT}: Describe each young person who is not identified yet" in refused


@pytest.mark.ledger("WOK-0.10", "WOK-4.1")
async def test_a_context_carries_actions_and_the_young_person_the_decision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Described, it starts; the decision asks for the young person alone; the context has its action in the minutes."""
    async with convening("wok", tmp_path, monkeypatch) as desk:
        await drafted(desk, CONTEXT, BOY, **{"Place, setting or context": "The car park"})
        await desk.add("Police", "Police", why="Core agency", email="paul@police.example")
        world = await reaches(desk, "Information sharing")
        await world.press(world.chair, "Begin: Police")
        turn = {"From": "Both", "Concerns/harm": "none known", "Strengths/existing safety": "none known"}
        for label, text in {**turn, "The context of concern": "Cars meet there after dark."}.items():
            (world.choose if label == "From" else world.fill)(world.police, label, text)
        await world.press(world.police, "I have finished")
        said = world.under(await world.minutes(), "Information sharing")
        assert "The context of concern: Cars meet there after dark." in said
        await on_to(world, THRESHOLD)
        assert f"\nNot decided yet: {BOY}\n" in world.newest(world.chair)
        await world.submit(world.chair, NOT_MET)
        await world.next()
        await world.press(world.chair, "Add an action")
        action = {"What": "Mend the cameras", "Who is responsible": "Carys Hale (Chair)", "Type": "Next step"}
        await world.submit(world.chair, {**action, "By when": "Today 17:00", "For": ["The context of concern"]})
        minutes = await world.minutes()
        assert f"Subject: {CONTEXT}" in minutes
        assert "Place, setting or context: The car park" in minutes
        assert "For whom: The context of concern" in minutes.partition("Mend the cameras")[2].partition("\n")[0]
        assert "context of concern" not in world.under(minutes, THRESHOLD).lower()


@pytest.mark.ledger("WOK-1.3c")
async def test_everybody_hears_how_actions_are_sent_and_finds_them_so(at: At) -> None:
    """No time is stated: the statement says that it is a default; at closing everybody's own view has the list."""
    line = "Actions are sent at once (default, not from this procedure), to each person's own view"
    async with at("RULES", **WOK) as world:
        for person in world.stage.people.values():
            assert world.newest(person).count(line) == 1
    async with at("CLOSED", **WOK) as world:
        for person in world.stage.people.values():
            assert "Ask the club for its training list" in world.newest(person)
        assert "training list" not in world.shared()
