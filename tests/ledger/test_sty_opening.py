"""South Tyneside: who starts, what it is for, least attendance, authority to decide, and urgent action at any time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rehearsal.teams import Person
from rehearsal.teams.journal import Notified
from tests.ledger.conftest import At
from tests.ledger.desk import convening
from tests.ledger.lifetime import private
from tests.ledger.world import World

STY = {"procedure": "sty", "case": "sty"}
PURPOSE = "To determine the child's welfare and plan rapid future action"
CAN_DECIDE = "I can make decisions for my agency"
URGENT = "What must happen now"


@pytest.mark.ledger("STY-0.1", "STY-6.1", "STY-7.1")
async def test_help_says_whose_guide_it_is_what_is_replaced_and_what_is_missing(at: At) -> None:
    """Issuer and month, the replaced edition, the flowchart to be supplied; another procedure says nothing of these."""
    told = {}
    for procedure, case in (("sty", "help_sty"), ("lcs", "lcs"), ("san", "case")):
        async with at("CONVENED", procedure=procedure, case=case) as world:
            await world.begin()
            told[procedure] = await world.say(world.chair, "help")
    assert "South Tyneside Safeguarding Children Board, February 2016" in told["sty"]
    assert re.search(r"edition that has been replaced: Working Together, March 2015.*still governs", told["sty"])
    assert re.search(r"Flowchart: action following a strategy meeting", told["sty"])
    assert "to be supplied locally" in told["sty"]
    for other in ("lcs", "san"):
        assert "Flowchart" not in told[other]
        assert "has been replaced" not in told[other]


@pytest.mark.ledger("STY-0.1")
async def test_the_guides_own_marking_is_not_put_on_a_meetings_minutes(
    at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guide is "Not Protectively Marked"; what is said of a child is confidential, and marked as the council marks.

    A deployment says its own marking in its pathways; one that says none has none.
    """
    async with convening("sty", tmp_path, monkeypatch) as desk:
        await desk.draft("Ada Brook")
        assert "\nOFFICIAL-SENSITIVE\n" in (await desk.started("It cannot wait.")).partition("Invited and attended")[0]
    async with at("CLOSED", **STY) as world:
        minutes = await world.minutes()
        assert "not protectively marked" not in minutes.lower()
        assert "OFFICIAL" not in minutes
        assert "These minutes are confidential" in minutes
        assert "February 2016" in minutes


@pytest.mark.ledger("STY-2.1", "STY-2.2")
async def test_only_social_care_starts_and_everybody_sees_the_purpose(at: At) -> None:
    """The police are offered no start, and typing the word starts nothing; started, each attendee reads the purpose."""
    async with at("CONVENED", **STY) as world:
        chat = world.stage.chat
        await chat.install_bot(world.chair)
        await world.settle()
        await world.press(world.chair, "Hold it here")
        await chat.start()
        for person in world.stage.people.values():
            await chat.join(person)
        await world.settle()
        await world.say(world.police, "panel")
        assert "Start the meeting" not in world.titles(world.police)
        assert "chair" in (await world.say(world.police, "next")).lower()
        assert "step 1" not in world.card(world.police)
        await world.press(world.chair, "Start the meeting")
        for person in world.stage.people.values():
            assert PURPOSE in world.newest(person)
        await world.press(world.chair, "More")
        await world.press(world.chair, "Hand over the chair")
        offered = world.offered(world.chair, "Who")
        assert len(offered) == 3
        assert all(world.police.name not in one and "Health" not in one and "School" not in one for one in offered)


@pytest.mark.ledger("STY-3.1a")
@pytest.mark.parametrize(
    ("seats", "named"),
    [(["worker"], "social worker"), (["police"], "police"), (["visitor"], "health")],
)
async def test_a_missing_role_is_named_and_a_reason_goes_on_without_it(at: At, seats: list[str], named: str) -> None:
    """Each of the least roles holds the roll call, by name, and only a reason passes it, which is minuted."""
    async with at("ROLLCALL", **STY) as world:
        await world.leaves(*(world.stage.people[s] for s in seats))
        await world.press(world.notes, "All introduced aloud")
        assert f"Quorum: 3 of 4, {named} missing" in await world.say(world.chair, "panel")
        told = await world.next()
        assert "step 2 of 12" in told
        assert named in told.partition("Still missing: ")[2].splitlines()[0]
        assert "step 3 of 12" in await world.next("They could not be reached in time.")
        await world.press(world.chair, "Yes, this is my meeting")
        assert "They could not be reached in time." in await world.minutes()


@pytest.mark.ledger("STY-3.1a")
async def test_the_social_workers_manager_is_one_of_the_least(at: At) -> None:
    """Without the manager, whom somebody else stands in for in the chair, the roll call is held; a reason passes it."""
    async with at("ROLLCALL", **STY) as world:
        await world.leaves(world.chair)
        await world.press(world.notes, "All introduced aloud")
        await world.later(minutes=3)
        await world.say(world.deputy, "panel")
        await world.press(world.deputy, "More")
        await world.press(world.deputy, "Take the chair")
        held = await going_on(world, world.deputy)
        assert "social work manager" in held.partition("Still missing: ")[2].splitlines()[0]
        world.fill(world.deputy, "Reason for going on without", "The manager was called away.")
        await world.press(world.deputy, "Go on with this reason")
        assert "step 3 of 12" in world.card(world.deputy)
        await world.press(world.deputy, "Yes, this is my meeting")
        assert "The manager was called away." in await world.minutes(world.deputy)


async def going_on(world: World, chair: Person) -> str:
    """Whoever chairs now goes on; returns the card it leaves them with."""
    title = next(t for t in world.titles(chair) if t.startswith("Next: "))
    await world.press(chair, title)
    return world.card(chair)


@pytest.mark.ledger("STY-3.2", "STY-5.2b")
async def test_who_cannot_decide_for_their_agency_is_told_to_the_chair(at: At) -> None:
    """No: the chair is warned, the one who can is asked for, both are minuted; yes: nobody is warned."""
    async with at("ROLLCALL", **STY) as world:
        assert f"{CAN_DECIDE} *:" in world.newest(world.visitor)
        await world.press(world.visitor, "Introduce me")
        assert "please look at what" not in world.shared()
        world.choose(world.police, CAN_DECIDE, "No")
        world.fill(world.police, "If not: who can", "Superintendent Orla Keane")
        await world.press(world.police, "Introduce me")
        assert any("please look at what Police answered" in text for _, text in private(world, world.chair))
        assert not any("please look at" in text for _, text in private(world, world.school))
        assert "please look at what" not in mentions(world, world.chair)
        world.choose(world.chair, CAN_DECIDE, "No")
        world.fill(world.chair, "If not: who can", "Director Ruth Vale")
        await world.press(world.chair, "Introduce me")
        assert sum("please look at what" in text for _, text in private(world, world.chair)) == 1, "told of oneself"
        await world.press(world.chair, "All introduced aloud")
        seen = world.card(world.chair)
        assert f"{CAN_DECIDE}: no" in seen
        assert "Superintendent Orla Keane" in seen
        assert "Superintendent Orla Keane" not in world.card(world.school)
        assert seen.count(f"{CAN_DECIDE}: ") == 2
        await world.next()
        await world.press(world.chair, "Yes, this is my meeting")
        told = [x for x in (await world.minutes()).splitlines() if x.startswith("Paul Grant: ")]
        (line,) = [x for x in told if f"{CAN_DECIDE}: no" in x]
        assert "Superintendent Orla Keane" in line


def mentions(world: World, person: Person) -> str:
    """What this person's telephone showed because they were mentioned."""
    found = (e for e in world.stage.teams.journal if isinstance(e, Notified))
    return "\n".join(e.text for e in found if e.person == person.name and e.mentioned)


@pytest.mark.ledger("STY-2.2")
@pytest.mark.parametrize("step", ["IDENTITY", "SHARE"])
async def test_urgent_action_is_taken_at_once_at_any_step(at: At, step: str) -> None:
    """Before anybody has confirmed the meeting, and in another's turn: action, chair and owner told, nothing moved."""
    async with at(step, **STY) as world:
        if step == "SHARE":
            await world.press(world.chair, "Begin: Police")
        await world.say(world.visitor, "panel")
        await world.press(world.visitor, "Urgent action")
        world.fill(world.visitor, URGENT, "Fetch Ada from school")
        world.choose(world.visitor, "Who (empty: you)", "Sara Lund (Education: school)")
        await world.press(world.visitor, "Raise it now")
        assert "urgent action 1 was raised" in mentions(world, world.chair)
        assert "urgent action 1 is yours" in mentions(world, world.school)
        assert "urgent action 1" not in mentions(world, world.police)
        assert "Fetch Ada" not in world.shared()
        if step == "SHARE":
            assert "Your turn: Police" in world.card(world.police)
            assert "<I have finished>" in world.card(world.police)
        else:
            assert "step 3 of 12" in await world.say(world.chair, "panel")
            await world.press(world.notes, "Yes, this is my meeting")
        minutes = await world.minutes(world.notes)
        assert re.search(r"What: Fetch Ada from school; Who: Sara Lund .*urgent, raised by Hana Vogel", minutes)
