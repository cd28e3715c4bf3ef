"""West Midlands: the end, at which everybody learns whom to call."""

from __future__ import annotations

import pytest

from tests.ledger.conftest import At
from tests.ledger.lifetime import private, tell
from tests.ledger.world import World

WMT = {"procedure": "wmt", "case": "wmt"}
ASKED, NUMBER = "Social worker", "01632 960123"
REASON, CLOSE = "Reason for closing without, for the minutes", "Close the meeting with this reason"
HOUSING = {
    "Agency": "Housing",
    "Name of the seat": "Housing",
    "Work e-mail": "housing@council.example",
    "Why": "Involved in the child's life",
}
LATER = {
    ASKED: "Not yet allocated",
    "Team contact": "01632 960100",
    "Who allocates": "Dara Quinn (Social care: deputy)",
    "By when: date": "2026-12-24",
    "By when: time": "12:00",
}


@pytest.mark.ledger("WMT-3.8")
async def test_everybody_has_the_name_and_the_telephone_of_the_social_worker(at: At) -> None:
    """With neither, the close wants a reason; a name wants its telephone; all who took part have both, each alone."""
    async with at("ACTIONS", **WMT) as world:
        await housing_sends_information(world)
        await world.next()
        assert f"\n{ASKED}   <Fill in>" in world.newest(world.chair)
        await world.press(world.chair, CLOSE, force=True)
        assert "Still open" in world.newest(world.chair)
        blank = await world.fill_in(world.notes, "Allocated social worker", {ASKED: "Allocated", "Name": "Wren Foster"})
        assert "Telephone: Please answer this." in blank
        await world.submit(world.notes, {"Telephone": NUMBER})
        assert f"\n{ASKED}   <Fill in>" in world.newest(world.chair), "an open form is not redrawn by what others do"
        await world.press(world.chair, "Look again")
        assert f"\n{ASKED}   <Fill in>" not in world.newest(world.chair)
        assert "Name: Wren Foster" in world.newest(world.chair)
        assert not world.stage.post.to(HOUSING["Work e-mail"])
        await closes(world)
        for person in world.stage.people.values():
            assert f"Name: Wren Foster\nTelephone: {NUMBER}" in world.card(person)
            assert not any("an update from the chair" in text for _, text in private(world, person))
        (letter,) = world.stage.post.to(HOUSING["Work e-mail"])
        assert "an update" in letter["Subject"]
        assert NUMBER not in world.shared()


@pytest.mark.ledger("WMT-3.8")
async def test_once_the_social_worker_is_allocated_everybody_hears_of_it(at: At) -> None:
    """Not yet: whom to call, and an action; done, the chair is asked again, and every attendee has name and number."""
    async with at("ACTIONS", **WMT) as world:
        await housing_sends_information(world)
        await world.next()
        await world.fill_in(world.chair, ASKED, LATER)
        await world.submit(world.chair, LATER)
        await closes(world)
        assert "Team contact: 01632 960100" in world.card(world.police)
        own = await world.say(world.deputy, "actions", private=True)
        assert "Allocated social worker: not yet allocated\nby Thu 24 Dec 2026, 12:00" in own
        await tell(world, world.deputy, "Report back")
        await tell(world, world.deputy, "Send", How_does_it_stand="Done", What_was_done="See the form.")
        assert any("left open and is asked again" in text for _, text in private(world, world.chair))
        await world.say(world.chair, "after", private=True)
        assert f"Asked again: {ASKED}" in await tell(world, world.chair, "Answer actions (2)")
        await tell(world, world.chair, "Allocated")
        assert "telephone number" in (await tell(world, world.chair, "Save", Name="Wren Foster", Telephone="at work"))
        await tell(world, world.chair, "Save", Telephone=NUMBER)
        for person in world.stage.people.values():
            told = [text for _, text in private(world, person) if "an update from the chair" in text]
            assert len(told) == (0 if person is world.chair else 1)
            after = await world.say(person, "after", private=True)
            assert f"Social worker: allocated; Name: Wren Foster; Telephone: {NUMBER}" in after
        assert len(world.stage.post.to(HOUSING["Work e-mail"])) == 2
        assert f"Telephone: {NUMBER}" in await world.minutes()


async def closes(world: World) -> None:
    """The chair closes; the rest of the list is passed with a reason."""
    world.fill(world.chair, REASON, "Agreed by telephone.")
    await world.press(world.chair, CLOSE)
    await world.board()


async def housing_sends_information(world: World) -> None:
    """One more agency is asked; it sends apologies, and what it knows."""
    await world.say(world.chair, "panel")
    for title, answers in (
        ("Add an agency", HOUSING),
        (
            "Record apologies",
            {
                "Agency": "Housing",
                "Reason, or: not known": "Short of staff",
                "Information sent, to be read out at their turn": "The rent is paid.",
            },
        ),
    ):
        await world.press(world.chair, "More")
        await world.press(world.chair, title)
        for label, said in answers.items():
            put = world.choose if label == "Agency" else world.fill
            put(world.chair, label, said)
        await world.press(world.chair, title if title == "Record apologies" else "Add")
    await world.look_again(world.chair)
