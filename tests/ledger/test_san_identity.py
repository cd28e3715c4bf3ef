"""Sandwell: who the children are, where they live, who belongs to their family and who is responsible."""

from __future__ import annotations

import pytest

from tests.ledger.conftest import At
from tests.ledger.forms import missing, stands_at
from tests.ledger.test_afterwards import recorded
from tests.ledger.world import World

DETAILS = "Child details; right meeting"
FAMILY = "Family, genogram, parental responsibility"
NAME, BORN, ADDRESS = 'Name, or "unborn baby of …"', "Date of birth", "Current address"
MEMBER = "Family member or significant other"


async def confirmed(world: World) -> None:
    """Everybody confirms that this is their meeting."""
    await world.press(world.chair, "Yes, this is my meeting")
    await world.press(world.notes, "Yes, this is my meeting")
    await world.press(world.notes, "All confirmed aloud")


@pytest.mark.ledger("SAN-5.1a", "SAN-5.1b")
@pytest.mark.parametrize("blank", [BORN, ADDRESS])
async def test_basic_details_are_confirmed_before_the_meeting_goes_on(at: At, blank: str) -> None:
    """A date of birth or an address left open for one child holds the step; a reason passes it."""
    async with at("IDENTITY") as world:
        await confirmed(world)
        whole = {NAME: "Ada Brook", BORN: "14/2/2015", ADDRESS: "12 Mill Lane"}
        await world.fill_in(world.notes, "Ada Brook", whole)
        back = await world.fill_in(world.notes, "Ben Brook", {**whole, NAME: "Ben Brook", blank: ""})
        assert f"{blank}: Please answer this." in back
        await world.next()
        assert stands_at(world, DETAILS)
        assert "Ben Brook" in missing(world)
        await world.next("Nobody here knows")
        assert stands_at(world, FAMILY)
        assert "Nobody here knows" in await world.minutes()


@pytest.mark.ledger("SAN-5.1a")
async def test_somebody_who_has_not_confirmed_holds_the_meeting(at: At) -> None:
    """Until everybody has confirmed the right meeting no reason leads on; heard aloud is enough."""
    async with at("IDENTITY") as world:
        await world.press(world.chair, "Yes, this is my meeting")
        await world.next()
        assert stands_at(world, DETAILS)
        assert "Right meeting: Paul Grant" in missing(world)
        assert "Reason for going on without" not in world.labels(world.chair)
        await world.press(world.chair, "All confirmed aloud")
        await world.next("Details are looked up")
        assert stands_at(world, FAMILY)


@pytest.mark.ledger("SAN-5.1a", "SAN-5.1b")
async def test_details_are_corrected_and_may_be_unknown(at: At) -> None:
    """A corrected date stands in the minutes; an unborn child's expected date and "not known" are answers."""
    async with at("IDENTITY") as world:
        await confirmed(world)
        await world.fill_in(world.notes, "Ada Brook", {NAME: "Ada Brook", BORN: "14/2/2015", ADDRESS: "12 Mill Lane"})
        await world.fill_in(world.notes, "Ada Brook", {BORN: "14/3/2015"})
        await world.press(world.notes, "Fill in", beside="Ben Brook")
        world.stage.people["notes"].toggle("Unborn", on=True, in_=world.stage.chat)
        await world.submit(world.notes, {NAME: "unborn baby of Mora Brook", ADDRESS: "not known"})
        await world.submit(world.notes, {"Expected date of birth": "1/4/2027"})
        await world.next()
        assert stands_at(world, FAMILY)
        told = (await world.minutes()).partition("In the right meeting\n")[2]
        assert "Date of birth: 14 March 2015 (corrected)" in told
        assert "14 February 2015" not in told
        assert "2015-02-14" in {a.answers.get("dob") for _, a in (await recorded(world)).replaced}  # kept on record
        assert "Current address: 12 Mill Lane" in told
        unborn = told.partition("\nunborn baby of Mora Brook\n")[2]
        assert "Expected date of birth: 1 April 2027" in unborn
        assert "Current address: not known" in unborn


@pytest.mark.ledger("SAN-5.2", "SAN-5.3", "SAN-5.4")
async def test_the_family_is_recorded_and_drawn(at: At) -> None:
    """Members inside and outside the home, significant others of one child, who is responsible; drawn as a genogram."""
    async with at("FAMILY") as world:
        await world.press(world.notes, f"Add: {MEMBER}")
        row = {"Name": "Mora Brook", BORN: "1/2/1990", "Lives in the home": "Yes", "Significant other": "No"}
        back = await world.submit(world.notes, row)
        assert "Relation to each child: Please answer this." in back
        card = await world.submit(world.notes, {"Relation to each child": "mother of Ada and Ben"})
        assert "Parental responsibility" in card
        await world.submit(world.notes, {"Parental responsibility": "Yes"})
        away = {**row, BORN: "not known", "Lives in the home": "No"}
        await world.press(world.notes, f"Add: {MEMBER}")
        neighbour = {"Name": "Tess Moor", "Significant other": "Yes", "Relation to each child": "neighbour of Ada"}
        await world.submit(world.notes, {**away, **neighbour, "Parental responsibility": "No"})
        await world.press(world.notes, f"Add: {MEMBER}")
        await world.submit(world.notes, {**away, "Name": "Karl Dunn", "Relation to each child": "father of Ben"})
        await world.next()
        assert stands_at(world, FAMILY)
        assert "Karl Dunn" in missing(world)
        assert "Mora Brook" not in missing(world)
        minutes = await world.minutes()
        drawn = minutes.partition("The genogram in words\n")[2]
        mora, tess, karl = [next(x for x in drawn.splitlines() if x.startswith(n)) for n in ("Mora", "Tess", "Karl")]
        line = "Joined with: Karl Dunn; Line to: Ada Brook, Ben Brook"
        assert f"Home: in the home; Parental responsibility: yes; {line}" in mora
        line = "Joined with: Mora Brook; Line to: Ben Brook"
        assert f"Home: elsewhere; Parental responsibility: not recorded; {line}" in karl
        assert "Home: elsewhere" in tess
        assert "Line to" not in tess
        ada, _, ben = drawn.partition("Network of Ada Brook\n")[2].partition("Network of Ben Brook\n")
        assert "Tess Moor (neighbour of Ada, significant other)" in ada
        assert "Tess Moor" not in ben.partition("Consent")[0]
        await world.next("His solicitor will tell")
        assert not stands_at(world, FAMILY)
        assert "His solicitor will tell" in await world.minutes()
