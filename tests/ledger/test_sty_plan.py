"""South Tyneside: what must be decided once section 47 is undertaken, and what is told to the child and the family."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from tests.ledger.conftest import At
from tests.ledger.forms import write
from tests.ledger.lifetime import close, reminders, until
from tests.ledger.test_sty_decision import JOINT, NOT, S47, UNANSWERED, decide
from tests.ledger.test_sty_opening import mentions
from tests.ledger.world import World

STY = {"procedure": "sty", "case": "sty"}
PLAN = "Legal action, sharing, orders, assessment"
LEGAL = "Is legal action required to protect the child?"
CLOSE_WITHOUT = "Reason for closing without, for the minutes"
SENSITIVE = "What is shared touches the police investigation; the police must agree"
ASKED = "something waits for your agency's agreement"
SHARE = "What is shared with the child and family?"
TO_AGREE = f"police to agree: {SHARE}"
ORDER = "Is an emergency protection order or police protection in force?"
FURTHER = "Further information needed"
IMMEDIATE = "Immediate or short-term safeguarding action"
UNDER_ORDER = "Action under the order or police protection"
ALSO = "The same holds for"
WORKER = "Wren Foster (Social care: social worker)"
NOTHING_SHARED = {"What is shared, with whom, by whom and when": "Nothing yet.", "Is anything withheld?": "No"}


async def planned(world: World, *, assessment: str = "None", legal: str = "No", **answers: str | Sequence[str]) -> None:
    """The note-taker answers the plan for both children: legal action only where it is asked, everything plainly."""
    both = {ALSO: ["Ben Brook"]}
    await write(world, f"{PLAN}: Ada Brook", {"Assessment": assessment, **both, **answers})
    if legal and f"{LEGAL} (Ada Brook)" in world.newest(world.notes):
        await write(world, f"{LEGAL} (Ada Brook)", {LEGAL: "No", "Reason": "They agree to the plan.", **both})
    await write(world, SHARE, NOTHING_SHARED)
    await write(world, f"{ORDER} (Ada Brook)", {ORDER: "No", **both})


async def to_the_end(world: World) -> str:
    """Go on to the last step and return the chair's card there."""
    for _ in range(4):
        if "step 12 of 12" in world.newest(world.chair):
            break
        await world.next()
    return world.newest(world.chair)


def still_open(world: World) -> str:
    """What the last step still asks for."""
    return world.newest(world.chair).partition("Still open")[2].partition("Reason for closing without")[0]


@pytest.mark.ledger("STY-4.2a", "STY-4.2b", "STY-4.2c")
async def test_section_47_asks_for_information_immediate_action_and_a_word_on_legal_action(at: At) -> None:
    """With an assessment running and section 47, each holds the close by name until it is given; then it closes."""
    async with at("DECISION", **STY) as world:
        await decide(world, S47, **{JOINT: "Single"})
        await world.next()
        assert f"{LEGAL} (Ada Brook)" in world.newest(world.notes)
        dated = {"Decision on next steps by": "15/1/2027", "Why this date suits the child": "Before the birthday."}
        await planned(world, assessment="Already running", legal="", **dated, **{ALSO: []})
        await write(world, f"{PLAN}: Ben Brook", {"Assessment": "None"})
        await to_the_end(world)
        for wanted in (LEGAL, FURTHER, IMMEDIATE):
            for child in ("Ada Brook", "Ben Brook"):
                asked = (wanted, child) != (FURTHER, "Ben Brook")  # no assessment of him: nothing to be found out
                assert (f"{wanted} ({child})" in still_open(world)) is asked
        legal = {LEGAL: "Yes", "Reason": "They may leave."}
        await world.fill_in(world.chair, f"{LEGAL} (Ada Brook)", {**legal, ALSO: ["Ben Brook"]})
        assert LEGAL not in still_open(world)
        assert "Legal action (Ada Brook)" in still_open(world)
        card = await world.fill_in(world.chair, f"{FURTHER} (Ada Brook)", {"What": "School reports"})
        for label in ("From whom", "How obtained", "Where recorded"):
            assert f"{label}: {UNANSWERED}" in card
        lines = {"From whom": "Sara Lund", "How obtained": "By letter", "Where recorded": "In the assessment"}
        await held(world)
        await given(world, FURTHER, {"What": "School reports", **lines})
        owned = {"Who": WORKER, "By when": "Today 17:00"}
        card = await world.fill_in(world.chair, f"{IMMEDIATE} (Ada Brook)", {"What": "Stay with grandmother"})
        assert f"Who: {UNANSWERED}" in card
        assert f"By when: {UNANSWERED}" in card
        await given(world, IMMEDIATE, {"What": "Stay with grandmother", **owned})
        await held(world)
        await given(world, "Legal action", {"Named person": WORKER, "By when": "Today 17:00"})
        assert "Still open" not in world.newest(world.chair)
        await world.next()
        assert "Draft minutes" in await world.say(world.chair, "panel")
        minutes = await world.minutes()
        told = "What: School reports; From whom: Sara Lund; How obtained: By letter; Where recorded: In the assessment"
        assert told in minutes
        assert "What: Stay with grandmother; Who: Wren Foster" in minutes
        assert "Reason: They may leave." in world.under(minutes, PLAN, "Ben Brook")


async def held(world: World) -> None:
    """The chair closes with what is missing and no reason: the meeting stays open, and still names it."""
    if "Back to the list" in world.titles(world.chair):
        await world.press(world.chair, "Back to the list")
    before = still_open(world)
    await world.press(world.chair, "Close the meeting with this reason", force=True)
    assert still_open(world) == before != ""


async def given(world: World, wanted: str, answers: dict[str, str]) -> None:
    """The chair gives what the last step still asks for, for one child after the other."""
    for child in ("Ada Brook", "Ben Brook"):
        if "Back to the list" in world.titles(world.chair):
            await world.press(world.chair, "Back to the list")
        if f"{wanted} ({child})" in still_open(world):
            await world.fill_in(world.chair, f"{wanted} ({child})", answers)


@pytest.mark.ledger("STY-4.2a", "STY-4.2b", "STY-4.2c", "STY-4.3a")
async def test_without_section_47_and_assessment_none_of_it_is_asked(at: At) -> None:
    """Not undertaken, no assessment: no word of legal action, of an assessment's date, of further information."""
    async with at("DECISION", **STY) as world:
        await decide(world, NOT)
        await world.next()
        assert LEGAL not in world.newest(world.notes)
        card = await write(world, f"{PLAN}: Ada Brook", {"Assessment": "None", ALSO: ["Ben Brook"]})
        assert "Decision on next steps by" not in card
        await planned(world)
        await to_the_end(world)
        for wanted in (LEGAL, FURTHER, IMMEDIATE):
            assert wanted not in still_open(world)


@pytest.mark.ledger("STY-4.3a")
async def test_the_assessments_date_is_the_chairs_own_with_its_reason(at: At) -> None:
    """An assessment that starts asks for a date and why it suits the child; nothing is filled in, neither may lack."""
    async with at("PLAN", **STY) as world:
        await world.press(world.notes, "Fill in", beside=f"{PLAN}: Ada Brook")
        card = await world.submit(world.notes, {"Assessment": "Starts now"})
        assert re.search(r"^Decision on next steps by: \[Day/month/year\]$", card, re.MULTILINE)
        assert re.search(r"^Why this date suits the child: \[\]$", card, re.MULTILINE)
        card = await world.submit(world.notes, {"Assessment": "Starts now", "Decision on next steps by": "15/1/2027"})
        assert f"Why this date suits the child: {UNANSWERED}" in card
        await world.submit(world.notes, {"Why this date suits the child": "After the holidays."})
        said = world.under(await world.minutes(), PLAN, "Ada Brook")
        assert "Decision on next steps by: 15 January 2027" in said
        assert "Why this date suits the child: After the holidays." in said


LIMIT = "Assessment decision on next steps"
BEYOND = "29 January 2027 exceeds 45 working days, 28 January 2027"


@pytest.mark.ledger("STY-4.3b")
async def test_the_assessment_ends_within_45_working_days_of_the_referral(at: At) -> None:
    """Referred on 23 November: a later day than 28 January needs a reason, is minuted so, and is reminded of."""
    async with at("PLAN", **STY) as world:
        starts = {"Assessment": "Starts now", "Why this date suits the child": "After the birth."}
        await world.press(world.notes, "Fill in", beside=f"{PLAN}: Ada Brook")
        assert f"{LIMIT}: latest: 28 January 2027 (45 working days)\n" in world.newest(world.notes)
        await world.submit(world.notes, {**starts, "Decision on next steps by": "29/1/2027"})
        await write(world, f"{PLAN}: Ben Brook", {**starts, "Decision on next steps by": "28/1/2027"})
        held = await world.next()
        assert f"{LIMIT} (Ada Brook): {BEYOND}" in held
        assert f"{LIMIT} (Ben Brook)" not in held
        world.fill(world.chair, "Reason for going on without", "The paediatric report comes that day.")
        await world.press(world.chair, "Go on with this reason")
        assert f"{PLAN}\n" not in "\n".join(world.newest(world.chair).splitlines()[:2]) + "\n"
        passed = (await world.minutes()).partition("Passed with a reason")[2]
        assert BEYOND in passed
        assert "The paediatric report comes that day." in passed
        await close(world)
        await until(world, "2027-01-28T18:00")
        told = reminders(world, world.chair, rf"Reminder[^<]*{LIMIT}")
        assert [t for t in told if t.endswith("09:00")][:2] == ["Thu 14 Jan 09:00", "Thu 21 Jan 09:00"]
        assert "Wed 27 Jan 09:00" in told


@pytest.mark.ledger("STY-4.3b")
async def test_a_limit_that_has_passed_is_said_and_the_meeting_goes_on(at: At) -> None:
    """After 28 January the form says so; a day is still taken, with a reason, and the next step comes."""
    async with at("PLAN", **STY) as world:
        await world.say(world.chair, "panel")
        await world.press(world.chair, "Hold")
        await until(world, "2027-01-29T10:00")
        await world.say(world.chair, "panel")
        await world.press(world.chair, "Resume")
        notes = world.notes
        await world.press(notes, "Fill in", beside=f"{PLAN}: Ada Brook")
        assert f"{LIMIT}: latest: 28 January 2027 (45 working days), which has passed" in world.card(notes)
        world.choose(notes, "Assessment", "Already running")
        await world.press(notes, "Save")
        world.fill(notes, "Decision on next steps by", "5/2/2027")
        world.fill(notes, "Why this date suits the child", "The family moved.")
        await world.press(notes, "Save")
        assert "5 February 2027 exceeds 45 working days" in await world.next()
        world.fill(world.chair, "Reason for going on without", "It could not be done before.")
        await world.press(world.chair, "Go on with this reason")
        assert "step 11 of 12" in world.newest(world.chair)
        assert "5 February 2027 exceeds 45 working days" in await world.minutes()


@pytest.mark.ledger("STY-4.4b")
async def test_what_is_withheld_names_one_of_the_guides_two_grounds(at: At) -> None:
    """The ground is "significant harm" here, withheld without one comes back, and a blank holds the close."""
    async with at("PLAN", **STY) as world:
        await to_the_end(world)
        assert SHARE in still_open(world)
        assert CLOSE_WITHOUT in world.labels(world.chair)
        withheld = {
            "What is shared, with whom, by whom and when": "The worker tells the mother today.",
            "Is anything withheld?": "Yes",
            "What is withheld": "Who reported it.",
        }
        card = await world.fill_in(world.chair, SHARE, withheld)
        assert f"Ground for withholding: {UNANSWERED}" in card
        grounds = ("May jeopardise a police investigation", "May place the child at risk of significant harm")
        for ground in grounds:
            assert ground in card
        await world.submit(world.chair, {"Ground for withholding": grounds[1]})
        assert SHARE not in still_open(world)
        said = world.under(await world.minutes(), PLAN)
        assert "What is withheld: Who reported it." in said
        assert "Ground for withholding: may place the child at risk of significant harm" in said


@pytest.mark.ledger("STY-4.4b")
async def test_what_touches_the_investigation_waits_for_the_police(at: At) -> None:
    """Marked so, the close is held until the police agree, which nobody says for them; a change asks them again."""
    async with at("PLAN", **STY) as world:
        await world.press(world.notes, "Fill in", beside=SHARE)
        world.notes.toggle(SENSITIVE, on=True, in_=world.stage.chat)
        await world.submit(world.notes, NOTHING_SHARED)
        assert ASKED in mentions(world, world.police)
        assert ASKED not in mentions(world, world.school)
        assert "Nothing yet." not in world.shared()
        await to_the_end(world)
        assert TO_AGREE in still_open(world)
        assert CLOSE_WITHOUT in world.labels(world.chair)
        for person in (world.school, world.police):
            await world.look_again(person)
        assert "We agree" not in world.titles(world.school)
        await world.press(world.police, "We agree")
        await world.look_again(world.chair)
        assert TO_AGREE not in still_open(world)
        assert "Agreement: police: Police, Paul Grant" in world.under(await world.minutes(), PLAN)


@pytest.mark.ledger("STY-4.4c")
async def test_an_order_in_force_asks_for_an_action_that_is_tagged_to_it(at: At) -> None:
    """In force, with start and end: the close is held until an action under it has an owner and a time."""
    async with at("PLAN", **STY) as world:
        await planned(world)
        card = await write(world, f"{ORDER} (Ada Brook)", {ORDER: "Yes"})
        assert f"Emergency protection order or police protection: {UNANSWERED}" in card
        times = {"Start: date": "2026-12-23", "Start: time": "07:00", "End: date": "2026-12-26", "End: time": "07:00"}
        await world.submit(
            world.notes, {"Emergency protection order or police protection": "Police protection", **times}
        )
        assert "order or police protection: police protection" in world.newest(world.notes)
        assert "26 Dec 2026" in world.newest(world.notes)
        await to_the_end(world)
        await held(world)
        assert f"{UNDER_ORDER} (Ada Brook)" in still_open(world)
        assert f"{UNDER_ORDER} (Ben Brook)" not in still_open(world)
        await given(world, UNDER_ORDER, {"What": "See a solicitor", "Who": WORKER, "By when": "Tomorrow 12:00 (Thu)"})
        assert UNDER_ORDER not in still_open(world)
        await world.next()
        minutes = await world.minutes()
        assert "State: closed" in minutes
        done = world.under(minutes, "Actions", "Actions")
        assert re.search(f"What: See a solicitor; Who: Wren Foster.*{UNDER_ORDER}", done)
