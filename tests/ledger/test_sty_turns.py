"""South Tyneside: every agency shares what it knows, and police, education, health and others what is asked of them."""

from __future__ import annotations

import pytest

from tests.ledger.conftest import At
from tests.ledger.world import World

STY = {"procedure": "sty", "case": "sty"}
INFORMATION = "Information your agency holds"
FAMILY = "Involvement with the child and family"
POLICE = (
    "Basis for any criminal investigation",
    "Processes others need to know about",
    "Timing",
    "Methods of evidence gathering",
)
EDUCATION = ("Attendance", "Attainment", "Behaviour", "Health and wellbeing")
HEALTH = "Concerns about the child's health"
OTHER = ("Involvement with the child", "Concerns or issues")
ASKED = {
    "police": ("Police: Paul Grant", (INFORMATION, *POLICE)),
    "visitor": ("Health: health visitor: Hana Vogel", (INFORMATION, FAMILY, HEALTH)),
    "school": ("Education: school: Sara Lund", (INFORMATION, FAMILY, *EDUCATION)),
    "probation": ("Probation: Pia Moss", (INFORMATION, *OTHER)),
}


@pytest.mark.ledger("STY-4.1a", "STY-4.5a", "STY-4.6a", "STY-4.6b", "STY-4.7a", "STY-4.7b", "STY-4.8a", "STY-4.8b")
async def test_each_agency_is_asked_once_for_information_and_for_what_is_its_own(at: At) -> None:
    """One turn each, information first, then exactly the agency's own points; each text is minuted under its agency."""
    async with at("SHARE", **STY) as world:
        await world.press(world.chair, "Begin: Police")
        for seat, (_, labels) in ASKED.items():
            person = world.stage.people[seat]
            assert "Your turn" in world.newest(person)
            assert labels == fields_of(world, seat)
            for others in ASKED.keys() - {seat}:
                assert "Your turn" not in world.newest(world.stage.people[others])
            for label in labels:
                world.fill(person, label, f"{label}, as {seat} sees it.")
            await world.press(person, "I have finished")
            assert "I have finished" not in world.newest(person)
        minutes = await world.minutes()
        for seat, (heading, labels) in ASKED.items():
            said = world.under(minutes, "Information", heading)
            assert minutes.count(f"\n{heading}\n") == 1
            for label in labels:
                assert f"{label}: {label}, as {seat} sees it." in said


def fields_of(world: World, seat: str) -> tuple[str, ...]:
    """What the turn's form asks of this seat."""
    person = world.stage.people[seat]
    return tuple(label for label in world.labels(person) if f"{label}:" in world.newest(person))


@pytest.mark.ledger("STY-4.5a", "STY-4.6b")
async def test_none_is_an_answer_to_every_point(at: At) -> None:
    """Police and school answer "none" to each of their points, and their turns end."""
    async with at("SHARE", **STY) as world:
        await world.press(world.chair, "Begin: Police")
        for seat in ("police", "visitor", "school"):
            person = world.stage.people[seat]
            for label in fields_of(world, seat):
                world.fill(person, label, "none")
            await world.press(person, "I have finished")
            assert "Your turn" not in world.newest(person)
        said = world.under(await world.minutes(), "Information", "Police: Paul Grant")
        for label in POLICE:
            assert f"{label}: none" in said
