"""Wokingham: whose guidance it is, introductions, rules, and whom the meeting is about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ledger.conftest import At
from tests.ledger.desk import convening
from tests.ledger.forms import missing
from tests.ledger.lifetime import tell
from tests.ledger.world import World

WOK = {"procedure": "wok", "case": "wok"}
NAMES = ("Ada", "Ben", "Cleo", "Brook", "Lacey", "Marr")
RULES = (
    "This meeting is confidential",
    "Notes are taken by Noor Iqbal; Teams recording is off",
)
REVIEW = "This procedure was due for review in September 2024"
IDENTITY = "Children or young people discussed"
UNANSWERED = "Please answer this."
CHILD = {
    'Name, or "unborn baby of …"': "Ada Brook",
    "Date of birth": "1/2/2012",
    "Address": "3 Low Row",
    "Ethnicity": "White British",
    "Additional needs": "not known",
    "Education, health and care plan": "Not known",
}


@pytest.mark.ledger("WOK-0.1", "WOK-0.2", "WOK-0.5")
async def test_help_says_whose_guidance_it_is_and_that_its_review_has_passed(at: At) -> None:
    """Issuer, version and month, no owner's name; in 2026 the notice of the review, and the meeting starts."""
    async with at("CONVENED", **WOK) as world:
        await world.begin()
        told = await world.say(world.chair, "help")
        assert "Wokingham Borough Council, version 1.0, September 2023" in told
        assert "Kelleway" not in told
        assert "due for review in September 2024. You may go on." in told
        assert "step 1 of 10" in await world.say(world.chair, "panel")


@pytest.mark.ledger("WOK-0.2")
@pytest.mark.parametrize(("days", "noticed"), [(0, False), (16, True)])
async def test_a_review_month_has_passed_when_it_is_over(at: At, days: int, noticed: bool) -> None:
    """On 15 September 2024 nothing is said of the review; on 1 October 2024 it is, and nothing waits for it."""
    async with at("CONVENED", procedure="wok", case="wok_2024") as world:
        await world.stage.chat.install_bot(world.chair)
        await world.settle()
        await world.later(days=days)
        await world.press(world.chair, "Hold it here")
        assert (f"{REVIEW}. You may go on." in world.card(world.chair)) is noticed
        assert "Start the meeting" in world.titles(world.chair)
        assert ("due for review" in await world.say(world.chair, "help")) is noticed


@pytest.mark.ledger("WOK-0.2")
async def test_whoever_selects_it_is_told_on_the_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chosen on the convene card in 2026: the draft's table says so, and the draft goes on all the same."""
    async with convening("wok", tmp_path, monkeypatch) as desk:
        table = await desk.draft("Ada Brook")
        assert f"{REVIEW}. You may go on." in table
        await desk.started("The rest is known tonight.")
        assert "step 1 of 10" in desk.world.card(desk.person)


@pytest.mark.ledger("WOK-1.1")
@pytest.mark.parametrize("label", ["Name", "Role with the child or children", "Contact details"])
async def test_an_introduction_names_role_agency_and_contact_and_no_child(at: At, label: str) -> None:
    """Each is required; the form says the meeting's reference and no child's name; heard aloud is marked so."""
    async with at("ROLLCALL", **WOK) as world:
        for person in world.stage.people.values():
            assert "SM-82" in world.newest(person)
            assert not any(name in world.newest(person) for name in NAMES)
            for asked in ("Name", "Role with the child or children", "Agency", "Contact details"):
                assert re.search(rf"^{asked} \*:", world.newest(person), re.MULTILINE)
        before = world.newest(world.police)
        world.fill(world.police, label, "")
        await world.press(world.police, "Introduce me", force=True)
        assert re.search(rf"^{label}: (Please|A work)", world.newest(world.police), re.MULTILINE)
        assert "Detective sergeant" in before
        await world.press(world.chair, "All introduced aloud")
        await world.next()
        await world.press(world.chair, "All heard aloud, go on")
        await world.press(world.chair, "Yes, this is my meeting")
        line = next(x for x in (await world.minutes()).splitlines() if x.startswith("Sara Lund: Role"))
        assert "Role with the child or children: Head teacher; Agency: Education" in line
        assert "heard aloud; recorded by Carys Hale" in line


@pytest.mark.ledger("WOK-1.1")
async def test_a_role_is_changed_for_one_young_person_only_once_they_are_known(at: At) -> None:
    """After the young people are known, a role stands for one of them alone."""
    async with at("SHARE", **WOK) as world:
        await world.press(world.school, "My relationship to each child")
        world.fill(world.school, "Ada Brook: Role with the child or children", "Head of her former school")
        await world.press(world.school, "Save")
        told = (await world.minutes()).partition("Relationship to each child\n")[2]
        assert re.search("Sara Lund: Child: Ada Brook; .*Head of her former school", told)
        assert told.count("former school") == 1


@pytest.mark.ledger("WOK-1.2")
async def test_apologies_are_noted_with_agency_person_and_reason(at: At) -> None:
    """Whoever is missing stands under apologies, with the reason or "not known"."""
    async with at("ROLLCALL", **WOK) as world:
        await world.leaves(world.school, world.deputy)
        await world.press(world.chair, "All introduced aloud")
        await world.press(world.chair, "Record apologies")
        for label, reason in (("school", "At an inspection"), ("deputy", "not known")):
            world.choose(world.chair, "Agency", next(t for t in world.offered(world.chair, "Agency") if label in t))
            world.fill(world.chair, "Reason, or: not known", reason)
            await world.press(world.chair, "Record apologies")
        await world.next()
        await world.press(world.chair, "All heard aloud, go on")
        await world.press(world.chair, "Yes, this is my meeting")
        told = (await world.minutes()).partition("Apologies\n")[2]
        assert "Person: Sara Lund; Reason: At an inspection" in told
        assert "Person: Dara Quinn; Reason: not known" in told


@pytest.mark.ledger("WOK-1.2")
async def test_who_declined_the_invitation_stands_under_apologies(at: At) -> None:
    """Nobody enters it again: the reason is the invitee's own."""
    async with at("CONVENED", **WOK) as world:
        await world.visitor.install_bot()
        await world.say(world.chair, "invitations", private=True)
        await tell(world, world.chair, "Preview and send")
        await tell(world, world.chair, "Send invitations")
        await tell(world, world.visitor, "I cannot come")
        await tell(world, world.visitor, "Send apologies", Why_you="At a clinic")
        await world.begin(world.visitor)
        await world.press(world.chair, "All introduced aloud")
        await world.next("Health cannot be here.")
        await world.press(world.chair, "All heard aloud, go on")
        await world.press(world.chair, "Yes, this is my meeting")
        told = (await world.minutes()).partition("Apologies\n")[2].splitlines()
        assert "Agency: Health; Person: Hana Vogel; Reason: At a clinic" in told[0]


@pytest.mark.ledger("WOK-0.5", "WOK-1.3a", "WOK-1.3b")
async def test_rules_are_given_before_any_content_and_who_is_silent_is_named(at: At) -> None:
    """Each attendee has the rules once and no name yet; silent, the police hold the step until a reason is given."""
    async with at("RULES", **WOK) as world:
        for person in world.stage.people.values():
            for line in RULES:
                assert world.card(person).count(line) == 1
            assert "Purpose: Share proportionate and relevant information promptly; " in world.card(person)
            assert not any(name in world.card(person) for name in NAMES)
            if person is not world.police:
                await world.press(person, "I have heard this")
        held = await world.next()
        assert "step 2 of 10" in held
        assert "Paul Grant" in missing(world)
        assert "step 3 of 10" in await world.next("The police have no sound.")
        for person in world.stage.people.values():
            if person is not world.police:
                assert "Ada Brook" in world.newest(person)
        await world.press(world.chair, "Yes, this is my meeting")
        minutes = await world.minutes()
        assert "The police have no sound." in minutes
        assert "Purpose: Share proportionate and relevant information promptly; " in minutes


@pytest.mark.ledger("WOK-1.3b")
async def test_the_rules_say_when_teams_records(at: At) -> None:
    """Switched on by the chair, the statement says on, to everybody who opens it."""
    async with at("RULES", **WOK) as world:
        await world.press(world.chair, "I have heard this")
        await world.press(world.chair, "Recording is on")
        await world.look_again(world.police)
        assert "Teams recording is on" in world.newest(world.police)


@pytest.mark.ledger("WOK-2.1", "WOK-2.2a", "WOK-2.2b", "WOK-2.2c", "WOK-2.2d")
async def test_the_social_worker_says_who_is_discussed_and_every_detail_is_answered(at: At) -> None:
    """The chair may not write it unhanded; what lacks is named, "not known" answers it, all stands under its child."""
    async with at("IDENTITY", **WOK) as world:
        for person in world.stage.people.values():
            if person is not world.police:
                await world.press(person, "Yes, this is my meeting")
        assert "Fill in" not in world.newest(world.chair)
        await world.next()
        assert "Paul Grant" in missing(world)
        assert "Reason for going on without" not in world.labels(world.chair)  # no reason lifts it
        await world.press(world.police, "Yes, this is my meeting")
        await world.next()
        for label in CHILD:
            assert label in missing(world)
        assert "Family member" in missing(world)
        assert "Reason for going on without" in world.labels(world.chair)
        await detail(world, CHILD)
        for child in ("Ben Lacey", "Cleo Marr"):
            await detail(world, {**CHILD, 'Name, or "unborn baby of …"': child, "Address": "not known"}, child)
        await world.next()
        assert missing(world) == "Family member"
        row = {"Name": "Mora Brook", "Of which child or children": "Ada Brook", "Relation": "mother"}
        await world.press(world.worker, "Add: Family member")
        await world.submit(world.worker, row)
        assert "step 4 of 10" in await world.next()
        minutes = await world.minutes()
        assert "Paul Grant" in minutes.partition("In the right meeting\n")[2].partition("\nAda Brook\n")[0]
        said = world.under(minutes, IDENTITY, "Ada Brook")
        assert "Ethnicity: White British" in said
        assert "Additional needs: not known" in said
        assert "Education, health and care plan: not known" in said
        assert "Address: 3 Low Row" in said
        assert "Mora Brook: Of which child or children: Ada Brook; Relation: mother" in minutes


async def detail(world: World, answers: dict[str, str], child: str = "Ada Brook") -> None:
    """The social worker gives one young person's details, as far as they are answered."""
    if "Back to the step" in world.newest(world.worker):
        await world.press(world.worker, "Back to the step")
    await world.fill_in(world.worker, f"{IDENTITY}: {child}", answers)
