"""The LCS format: etiquette, who the meeting is about, the right meeting, introductions and who did not come."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.ledger.conftest import At
from tests.ledger.forms import BLANK, add, stands_at, write
from tests.ledger.world import World

Standing = Callable[[str], AbstractAsyncContextManager[World]]
ETIQUETTE = (
    "Everyone will have a chance to discuss their concerns",
    "The chair names the agency and person whose turn it is",
    "The speaking order is given",
    "Please do not interrupt a professional who is speaking",
    "Say when you have finished",
    "Say who you are and which agency when you speak",
    "Name the person or agency a question is for",
    "Questions come after all information is shared",
)
CHILD, FAMILY, MEMBER = "Convened to discuss; right meeting", "Family composition", "Family member"
REASON, WHERE = "Reasons and current location", "Where the child is now"
HEARD, INTRODUCE, RIGHT = "I have heard this", "Introduce me", "Yes, this is my meeting"


@pytest.fixture
def lcs(at: At) -> Standing:
    """`async with lcs("FAMILY") as world:` for the case of two children and an absent GP under this format."""
    return lambda step: at(step, procedure="lcs", case="lcs")


def missing(world: World) -> str:
    """What the chair's cards say is missing, the newest first."""
    return world.card(world.chair).partition("Still missing: ")[2].partition("\n")[0]


@pytest.mark.ledger("LCS-0.1")
async def test_the_board_lists_the_items_of_this_format_in_their_order(lcs: Standing) -> None:
    """From the etiquette to any other business, which is the last before closing."""
    async with lcs("CONVENED") as world:
        await world.begin(world.gp)
        panel = await world.say(world.chair, "panel")
        items = [line[2:].partition("  (")[0] for line in panel.splitlines() if re.match(r"[▶·✓] .*\(", line)]
        assert items[:5] == ["Conference call etiquette", CHILD, "Introductions and non-attendees", FAMILY, REASON]
        assert items[5:7] == ["Information sharing", "Questions"]
        assert items[8:] == ["Outcome and rationale", "Agreed actions", "Recording", "Any other business", "Close"]


@pytest.mark.ledger("LCS-0.2")
async def test_help_names_the_procedures_that_the_format_is_read_with(at: At) -> None:
    """Named under this format, not under another."""
    told = {}
    for procedure, case in (("lcs", "lcs"), ("wok", "help_wok")):
        async with at("CONVENED", procedure=procedure, case=case) as world:
            await world.begin()
            told[procedure] = await world.say(world.chair, "help")
    assert "Children's Services procedures" in told["lcs"]
    assert "Children's Services procedures" not in told["wok"]


@pytest.mark.ledger("LCS-3.0", "LCS-3.1a")
async def test_everybody_has_the_etiquette_once_before_any_turn(lcs: Standing) -> None:
    """Every line to everybody once, a late arrival too; a press and an aloud stand so in the minutes."""
    async with lcs("ETIQUETTE") as world:
        here = [p for p in world.stage.people.values() if p is not world.gp]
        for person in here:
            assert world.card(person).count(ETIQUETTE[0]) == 1
            assert set(ETIQUETTE) <= {line.removeprefix("• ") for line in world.newest(person).splitlines()}
        await world.press(world.police, HEARD)
        await world.press(world.chair, "All heard aloud")
        await world.next()
        await world.stage.chat.join(world.gp)
        await world.settle()
        await world.look_again(world.gp)
        assert set(ETIQUETTE) <= {line.removeprefix("• ") for line in world.newest(world.gp).splitlines()}
        await world.press(world.chair, RIGHT)
        minutes = world.under(await world.minutes(), "Conference call etiquette")
        assert "Acknowledged by a press: Paul Grant" in minutes
        assert re.search(r"Heard aloud: .*Sara Lund", minutes)


@pytest.mark.ledger("LCS-4.0", "LCS-4.2")
async def test_the_meeting_is_opened_with_who_it_is_about_and_everybody_confirms(lcs: Standing) -> None:
    """The set statement with name and date of birth follows; unconfirmed, somebody is named and no reason passes."""
    async with lcs("IDENTITY") as world:
        first = world.newest(world.police)
        assert "This strategy meeting is convened to discuss:" in first
        assert {"Ada Brook", "Ben Brook"} <= set(first.splitlines())
        for child in ("Ada Brook", "Ben Brook"):
            await world.press(world.notes, RIGHT) if RIGHT in world.titles(world.notes) else None
            await write(world, f"{CHILD}: {child}", {"Date of birth": "5/3/2016"})
        await world.look_again(world.police)
        assert "Date of birth: 5 Mar 2016" in world.newest(world.police)
        for person in world.stage.people.values():
            if RIGHT in world.titles(person) and person is not world.police:
                await world.press(person, RIGHT)
        await world.next()
        assert missing(world) == "Right meeting: Paul Grant"
        assert "Reason for going on without" not in world.labels(world.chair)
        await world.press(world.police, RIGHT)
        await world.next()
        assert stands_at(world, "Introductions and non-attendees")


@pytest.mark.ledger("LCS-4.1a", "LCS-4.1b")
async def test_each_child_has_a_name_and_a_date_of_birth_or_not_known(lcs: Standing) -> None:
    """A blank is held back; a date to come is none; not known, and an expected date of one unborn, go on."""
    name, born, expected = 'Name, or "unborn baby of …"', "Date of birth", "Expected date of birth"
    async with lcs("IDENTITY") as world:
        await world.press(world.chair, "All confirmed aloud")
        await world.press(world.notes, RIGHT) if RIGHT in world.titles(world.notes) else None
        await world.next()
        assert "Name" in missing(world)
        assert "Date of birth (Ben Brook)" in missing(world) or "Date of birth" in missing(world)
        assert "Reason for going on without" in world.labels(world.chair)
        back = await write(world, f"{CHILD}: Ada Brook", {name: "not known", born: "5/3/2031"})
        assert f"{born}: That day is still to come." in back
        await world.press(world.notes, "Back to the step")
        await write(world, f"{CHILD}: Ada Brook", {name: "not known", born: "not known"})
        await world.press(world.notes, "Fill in", beside=f"{CHILD}: Ben Brook")
        world.notes.toggle("Unborn", on=True, in_=world.stage.chat)
        await world.submit(world.notes, {name: "unborn baby of Mora Brook"})
        await world.submit(world.notes, {expected: "5/3/2027"})
        await world.next()
        assert stands_at(world, "Introductions and non-attendees")
        minutes = await world.minutes()
        assert f"{expected}: 5 March 2027" in minutes
        assert f"{born}: not known" in minutes


@pytest.mark.ledger("LCS-4.3", "LCS-4.4a", "LCS-4.4b")
async def test_all_introduce_themselves_and_absences_are_explained(lcs: Standing) -> None:
    """An agency is needed; who is heard stands so; who did not come needs a reason, and may join late."""
    async with lcs("ROLLCALL") as world:
        world.fill(world.police, "Name", "")
        await world.press(world.police, INTRODUCE, force=True)
        assert f"Name: {BLANK}" in world.newest(world.police)
        world.fill(world.police, "Name", "Paul Grant")
        await world.press(world.police, INTRODUCE)
        await world.press(world.chair, "All introduced aloud")
        await world.next()
        assert missing(world) == "Why GP is not here"
        assert "Reason for going on without" in world.labels(world.chair)
        await world.press(world.chair, "Record apologies")
        world.choose(world.chair, "Agency", "GP – Ash Poole")
        world.fill(world.chair, "Reason, or: not known", "not known")
        await world.press(world.chair, "Record apologies")
        await world.next()
        assert stands_at(world, FAMILY)
        minutes = await world.minutes()
        assert re.search(r"Sara Lund: .*Agency: education.*heard aloud", minutes)
        assert "GP: Agency: gp surgery; Person: Ash Poole; Reason: not known; Information supplied: no" in minutes
        invited, attended = minutes.partition("Attended\n")[0], minutes.partition("Attended\n")[2]
        assert "Ash Poole" in invited.partition("Invited\n")[2]
        assert "Ash Poole" not in attended.partition("Apologies")[0]
        await world.later(minutes=7)
        await world.stage.chat.join(world.gp)
        await world.settle()
        attended = (await world.minutes()).partition("Attended\n")[2].partition("Apologies")[0]
        assert re.search(r"Ash Poole: Seat: GP; Joined: 09:\d\d", attended)


MEMBER_ROW = {"Name": "Mora Brook", "Date of birth": "1/2/1990", "Address": "3 Mill Lane"}


@pytest.mark.ledger("LCS-4.5a", "LCS-4.5b", "LCS-4.5c")
async def test_the_family_stands_with_dates_addresses_and_parental_responsibility(lcs: Standing) -> None:
    """Each is needed, or not known; an adult's parental responsibility holds the step until it is answered."""
    async with lcs("FAMILY") as world:
        for label in MEMBER_ROW:
            back = await add(world, MEMBER, {k: v for k, v in MEMBER_ROW.items() if k != label})
            assert f"{label}: {BLANK}" in back, label
        await world.press(world.notes, "Back to the step")
        back = await add(world, MEMBER, MEMBER_ROW)
        assert f"Parental responsibility: {BLANK}" in back
        await world.submit(world.notes, {"Parental responsibility": "Not established"})
        await add(world, MEMBER, {"Name": "Joe Brook", "Date of birth": "not known", "Address": "not known"})
        await world.press(world.notes, "Back to the step") if "Back to the step" in world.newest(world.notes) else None
        for child in ("Ada Brook", "Ben Brook"):
            await write(world, f"{FAMILY}: {child}", {"Legal status": ["None"]})
        await world.next()
        assert "Parental responsibility (Joe Brook)" not in missing(world)
        assert stands_at(world, REASON)
        said = world.under(await world.minutes(), FAMILY)
        row = next(x for x in said.splitlines() if x.startswith("Mora Brook"))
        for text in ("1 February 1990", "Address: 3 Mill Lane", "Parental responsibility: not established"):
            assert text in row


async def test_the_legal_status_is_stated_for_each_child(lcs: Standing) -> None:
    """Blank holds the step; it stands under its own child, and several may apply."""
    async with lcs("FAMILY") as world:
        await world.press(world.notes, f"None: {MEMBER}")
        await world.next()
        assert "Legal status (Ada Brook)" in missing(world)
        assert "Reason for going on without" in world.labels(world.chair)
        await write(world, f"{FAMILY}: Ada Brook", {"Legal status": ["Police protection", "Section 20"]})
        await write(world, f"{FAMILY}: Ben Brook", {"Legal status": ["None"]})
        await world.next()
        assert stands_at(world, REASON)
        minutes = await world.minutes()
        assert re.search("police protection", world.under(minutes, FAMILY, "Ada Brook"))
        assert "police protection" not in world.under(minutes, FAMILY, "Ben Brook")


@pytest.mark.ledger("LCS-4.6")
async def test_the_reasons_are_stated(lcs: Standing) -> None:
    """Blank holds the step unless the chair says why; stated, they stand in the minutes."""
    async with lcs("REASON") as world:
        await world.next()
        assert "Reasons for the strategy meeting" in missing(world)
        assert "Reason for going on without" in world.labels(world.chair)
        await write(world, f"{REASON}  ", {"Reasons for the strategy meeting": "A bruise seen on Monday."})
        said = world.under(await world.minutes(), REASON)
        assert "Reasons for the strategy meeting: A bruise seen on Monday." in said


async def test_it_is_said_where_each_child_is_now(lcs: Standing) -> None:
    """Blank holds the step; nobody knows where offers urgent action; each answer stands under its child."""
    async with lcs("REASON") as world:
        await world.next()
        assert f"{WHERE} (Ada Brook)" in missing(world)
        assert "Urgent action" not in world.titles(world.notes)[:4]
        await write(world, f"{WHERE}: Ada Brook", {WHERE: "Whereabouts not known"})
        assert "Urgent action" in world.titles(world.notes)[:6]
        minutes = await world.minutes()
        assert f"{WHERE}: whereabouts not known" in world.under(minutes, REASON, "Ada Brook")
