"""West Midlands: the team manager who chairs, and the deputy in the chair's place."""

from __future__ import annotations

import pytest

from rehearsal.teams import Person
from tests.ledger.conftest import At
from tests.ledger.lifetime import private
from tests.ledger.minuting import act, authorise, panel, titles, write_up
from tests.ledger.world import World

LEAVE = "Let them authorise in my place"


@pytest.mark.ledger("WMT-1.1")
async def test_a_stand_in_authorises_only_with_the_chairs_word(at: At) -> None:
    """Only the chair moves on; silent for two minutes the deputy may take the chair; the minutes wait for leave."""
    async with at("CLOSING", procedure="wmt", case="wmt") as world:
        assert "You are: Team manager" in await world.say(world.chair, "panel")
        before = world.newest(world.chair).splitlines()[:2]
        assert "Only the chair can do this." in await world.say(world.police, "next")
        assert (await world.say(world.chair, "panel")).splitlines()[:2] == before
        await takes_the_chair(world, world.deputy)
        assert "silent for 2 minutes" in world.newest(world.deputy)
        await world.later(minutes=3)
        await takes_the_chair(world, world.police)
        assert "You are: Police" in await world.say(world.police, "panel")
        await takes_the_chair(world, world.deputy)
        assert "You are: Team manager" in await world.say(world.deputy, "panel")
        assert "Carys Hale SM-77: Social care: deputy chairs now. To chair again, ask them" in world.card(world.chair)
        await world.press(world.deputy, "Close the meeting")
        world.fill(world.deputy, "Reason for going on without", "The worker is named tomorrow.")
        await world.press(world.deputy, "Go on with this reason")
        await panel(world, world.notes)
        await act(world, world.notes, "The notes are written")
        await write_up(world)
        await panel(world, world.deputy)
        await act(world, world.deputy, "Check the draft")
        refused = await act(world, world.deputy, "Authorise")
        assert "You stand in for the chair. Ask the chair to let you authorise the minutes." in refused
        assert "Dara Quinn chairs in your place" in await world.say(world.chair, "minutes", private=True)
        await act(world, world.chair, LEAVE)
        assert LEAVE not in titles(world, world.chair)
        assert any("may authorise" in text for _, text in private(world, world.deputy))
        await authorise(world, by=world.deputy)
        assert "authorised by Dara Quinn" in await panel(world, world.deputy)
        minutes = await world.minutes(world.deputy)
        assert "Dara Quinn took the chair from Carys Hale" in minutes


async def takes_the_chair(world: World, person: Person) -> None:
    """Somebody presses for the chair, whether or not it is theirs to have."""
    await world.say(person, "panel")
    await world.press(person, "More")
    if "Take the chair" in world.titles(person):
        await world.press(person, "Take the chair")
