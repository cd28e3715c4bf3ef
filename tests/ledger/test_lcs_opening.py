"""The LCS format: etiquette, who the meeting is about, the right meeting, introductions and who did not come."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from rehearsal.teams.view import Button
from tests.ledger.conftest import At
from tests.ledger.forms import BLANK, add, missing, stands_at, write
from tests.ledger.lifetime import tell
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
    async with lcs("CONVENED") as world:
        await world.say(world.chair, "invitations", private=True)
        asked = await tell(world, world.chair, "Questions")
        assert "This format carries the meeting from planning to any other business." in asked


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


@pytest.mark.ledger(
    "LCS-3.0", "LCS-3.1a", "LCS-3.1b", "LCS-3.2", "LCS-3.3", "LCS-3.4", "LCS-3.5a", "LCS-3.5b", "LCS-3.6"
)
async def test_everybody_has_the_etiquette_once_before_any_turn(lcs: Standing) -> None:
    """Every line to everybody once, a late arrival too; a press and an aloud stand so in the minutes."""
    async with lcs("ETIQUETTE") as world:
        here = [p for p in world.stage.people.values() if p is not world.gp]
        for person in here:
            assert world.card(person).count(ETIQUETTE[0]) == 1
            assert set(ETIQUETTE) <= {line.removeprefix("• ") for line in world.newest(person).splitlines()}
        await world.press(world.police, HEARD)
        for person in here:  # no turn before it was heard, and none before the order is shown
            assert not [t for t in world.titles(person) if t.startswith("Begin: ")]
            assert "Your turn: " not in world.card(person)
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
        await world.press(world.chair, "All introduced aloud")
        await world.next("Nobody knows why the GP is not here.")
        assert stands_at(world, FAMILY)
        assert f"Add: {MEMBER}" in world.titles(world.notes)


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


@pytest.mark.ledger("LCS-4.3", "LCS-4.4a", "LCS-4.4b", "LCS-4.4c")
async def test_all_introduce_themselves_and_absences_are_explained(lcs: Standing) -> None:
    """An agency is needed; who is heard stands so; who did not come needs a reason, and may join late."""
    async with lcs("ROLLCALL") as world:
        world.fill(world.police, "Name", "")
        await world.press(world.police, INTRODUCE, force=True)
        assert f"Name: {BLANK}" in world.newest(world.police)
        world.fill(world.police, "Name", "Paul Grant")
        message, pieces = next(world.police.pieces(world.stage.chat))
        button = next(p for p in pieces if isinstance(p, Button) and p.text == INTRODUCE).element
        without = {**button["data"], "answers.name": "Paul Grant", "answers.agency": ""}
        blank = await world.stage.teams.invoke_raw(
            world.police, world.stage.chat, verb=button["verb"], data=without, message=message
        )
        assert f"Agency: {BLANK}" in str(blank.card)
        world.choose(world.police, "Agency", "Police")
        await world.press(world.police, INTRODUCE)
        await world.press(world.chair, "All introduced aloud")
        await world.next()
        assert missing(world) == "Why GP is not here"
        assert "Reason for going on without" in world.labels(world.chair)
        await world.press(world.chair, "Record apologies")
        world.choose(world.chair, "Who did not attend", "GP – Ash Poole")
        world.fill(world.chair, "Reason, or: not known", "not known")
        assert "What they sent, to be read out at their turn" in world.labels(world.chair)
        await world.press(world.chair, "Record apologies")
        await world.next()
        assert stands_at(world, FAMILY)
        minutes = await world.minutes()
        assert re.search(r"Sara Lund: .*Agency: Education.*heard aloud", minutes)
        assert (
            "GP: Who did not attend: GP surgery; Person: Ash Poole; Reason: not known; Information supplied: no"
            in minutes
        )
        invited, attended = minutes.partition("Attended\n")[0], minutes.partition("Attended\n")[2]
        assert "Ash Poole" in invited.partition("Invited\n")[2]
        assert "Ash Poole" not in attended.partition("Apologies")[0]
        await world.later(minutes=7)
        await world.stage.chat.join(world.gp)
        await world.settle()
        attended = (await world.minutes()).partition("Attended\n")[2].partition("Apologies")[0]
        assert re.search(r"Ash Poole: Seat: GP; Joined: 09:\d\d", attended)


@pytest.mark.ledger("LCS-1.1")
@pytest.mark.parametrize(("absent", "chairs"), [("police visitor", "chair"), ("chair", "deputy")])
async def test_the_least_attendance_is_named_and_a_reason_goes_on_without_it(
    lcs: Standing, absent: str, chairs: str
) -> None:
    """Without police, health or a team manager the roll call is held by those names; the reason is minuted."""
    labels = {"police": "police", "visitor": "health", "chair": "team manager"}
    async with lcs("ROLLCALL") as world:
        chair = world.stage.people[chairs]
        for seat in absent.split():
            await world.leaves(world.stage.people[seat])
        await world.press(world.notes, "All introduced aloud")
        if chair is world.deputy:
            await world.later(minutes=3)
            await world.say(chair, "panel")
            await world.press(chair, "More")
            await world.press(chair, "Take the chair")
        await world.press(chair, next(t for t in world.titles(chair) if t.startswith("Next: ")))
        held = {x.strip() for x in world.card(chair).partition("Still missing: ")[2].splitlines()[0].split(";")}
        assert held & {*labels.values()} == {labels[seat] for seat in absent.split()}
        world.fill(chair, "Reason for going on without", "They could not be reached in time.")
        await world.press(chair, "Go on with this reason")
        assert FAMILY in world.newest(chair).splitlines()[1]
        minutes = (await world.minutes(chair)).partition("Passed with a reason")[2]
        assert "They could not be reached in time." in minutes
        for seat in absent.split():
            assert labels[seat] in minutes


MEMBER_ROW = {"Name": "Mora Brook", "Date of birth": "1/2/1990", "Address": "3 Mill Lane"}
RESPONSIBLE = "Parental responsibility"


@pytest.mark.ledger("LCS-4.5a", "LCS-4.5b", "LCS-4.5c", "LCS-4.5d")
async def test_the_family_stands_with_dates_addresses_and_parental_responsibility(lcs: Standing) -> None:
    """Each is needed, or not known; an adult whose parental responsibility is open holds the step; a child does not."""
    async with lcs("FAMILY") as world:
        for label in MEMBER_ROW:
            back = await add(world, MEMBER, {k: v for k, v in MEMBER_ROW.items() if k != label})
            assert f"{label}: {BLANK}" in back, label
        await add(world, MEMBER, MEMBER_ROW)
        await add(world, MEMBER, {"Name": "Joe Brook", "Date of birth": "not known", "Address": "not known"})
        await add(world, MEMBER, {"Name": "Tim Brook", "Date of birth": "1/2/2020", "Address": "3 Mill Lane"})
        for child in ("Ada Brook", "Ben Brook"):
            await write(world, f"{FAMILY}: {child}", {"Legal status": ["None"]})
        await write(world, f"{MEMBER}: Joe Brook", {RESPONSIBLE: "No"})
        await world.next()
        assert missing(world) == f"{RESPONSIBLE} (Mora Brook)"
        assert "Reason for going on without" in world.labels(world.chair)
        await write(world, f"{MEMBER}: Mora Brook", {RESPONSIBLE: "Not established"})
        await world.next()
        assert stands_at(world, REASON)
        said = world.under(await world.minutes(), FAMILY)
        row = next(x for x in said.splitlines() if x.startswith("Mora Brook"))
        for text in ("1 February 1990", "Address: 3 Mill Lane", f"{RESPONSIBLE}: not established"):
            assert text in row
        assert f"{RESPONSIBLE}: no" in next(x for x in said.splitlines() if x.startswith("Joe Brook"))


ENDS = "When the order or police protection ends"
FOLLOWS = "Decide what follows before the order or police protection ends"


@pytest.mark.ledger("LCS-4.5e")
async def test_the_legal_status_is_stated_for_each_child(lcs: Standing) -> None:
    """Blank holds the step; several may apply, each under its own child; what ends is asked, and an action offered."""
    async with lcs("FAMILY") as world:
        await world.press(world.notes, f"None: {MEMBER}")
        await world.next()
        assert "Legal status (Ada Brook)" in missing(world)
        assert "Reason for going on without" in world.labels(world.chair)
        card = await write(world, f"{FAMILY}: Ada Brook", {"Legal status": ["Police protection", "Section 20"]})
        assert f"{ENDS}: {BLANK}" in card
        await world.submit(world.notes, {f"{ENDS}: date": "2026-12-26", f"{ENDS}: time": "07:00"})
        card = await write(world, f"{FAMILY}: Ben Brook", {"Legal status": ["Supervision order"]})
        assert ENDS not in card.partition(f"{FAMILY}: Ben Brook")[2]
        await world.next()
        assert stands_at(world, REASON)
        minutes = await world.minutes()
        hers, his = (world.under(minutes, FAMILY, child) for child in ("Ada Brook", "Ben Brook"))
        assert "section 20, police protection" in hers or "police protection, section 20" in hers
        assert "26 December 2026" in hers
        assert "police protection" not in his
        assert "supervision order" in his
        assert re.search(
            r"Order ends, as entered \(Ada Brook\): Sat 26 Dec", await world.say(world.chair, "deadlines", private=True)
        )
        await to_the_actions(world)
        offered = [t for t in world.titles(world.notes) if t.startswith(FOLLOWS)]
        assert offered == [f"{FOLLOWS}: Ada Brook"]
        await world.press(world.notes, offered[0])
        assert "By Sat 26 Dec" in world.newest(world.notes)
        given = {"Who": "Wren Foster (Social care: social worker)", "How": "With legal advice", "Done when": "Decided"}
        await world.submit(world.notes, {**given, "Where": "not known"})
        assert not [t for t in world.titles(world.notes) if t.startswith(FOLLOWS)]
        agreed = next(x for x in (await world.minutes()).splitlines() if f"What: {FOLLOWS}" in x)
        assert "Ada Brook" in agreed
        assert "Ben Brook" not in agreed
        assert "26 December 2026" in agreed


async def to_the_actions(world: World) -> None:
    """The chair goes on to the actions, passing what may be passed."""
    for _ in range(9):
        if stands_at(world, "Agreed actions"):
            return
        if stands_at(world, "Outcome and rationale"):
            outcome = {"Outcomes (one or more)": ["Start Children and Family Assessment"]}
            await world.submit(world.chair, {**outcome, "Rationale": "She is afraid."})
        await world.next()
        if "Go on with this reason" in world.titles(world.chair):
            world.fill(world.chair, "Reason for going on without", "It cannot wait.")
            await world.press(world.chair, "Go on with this reason")


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


@pytest.mark.ledger("LCS-4.7")
async def test_it_is_said_where_each_child_is_now(lcs: Standing) -> None:
    """Blank holds the step; hospital suggests the clinician to the chair; nobody knows where offers urgent action."""
    async with lcs("REASON") as world:
        await world.next()
        assert f"{WHERE} (Ada Brook)" in missing(world)
        assert "Reason for going on without" in world.labels(world.chair)
        assert "Suggested, nobody invited" not in world.newest(world.chair)
        assert "Urgent action" not in world.titles(world.notes)[:6]
        await write(world, f"{WHERE}: Ben Brook", {WHERE: "Hospital", "Detail": "Ward 4"})
        await world.look_again(world.chair)
        assert "Suggested, nobody invited: Treating clinician (the child is in hospital)" in world.newest(world.chair)
        assert "Urgent action" not in world.titles(world.notes)[:6]
        await write(world, f"{WHERE}: Ada Brook", {WHERE: "Whereabouts not known"})
        assert "Urgent action" in world.titles(world.notes)[:6]
        minutes = await world.minutes()
        assert f"{WHERE}: whereabouts not known" in world.under(minutes, REASON, "Ada Brook")
        assert f"{WHERE}: hospital" in world.under(minutes, REASON, "Ben Brook")
