"""The LCS format: outcomes with a rationale for each child, SMART actions, a Family Group Conference, the close."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager

import pytest

from tests.ledger.conftest import At
from tests.ledger.forms import BLANK, stands_at, write
from tests.ledger.lifetime import close, until
from tests.ledger.world import Answers, World

Standing = Callable[[str], AbstractAsyncContextManager[World]]
DECISION, ACTIONS, AOB = "Outcome and rationale", "Agreed actions", "Any other business"
OUTCOMES, FOR_WHOM = "Outcomes (one or more)", "For whom (same for all; untick the exceptions)"
RECORDED = "The decision is recorded."
WREN, PAUL = "Wren Foster (Social care: social worker)", "Paul Grant (Police)"
FGC = "Consider a Family Group Conference"
SMART: Answers = {
    "What": "Visit the home",
    "Who": WREN,
    "When": "Today 17:00",
    "Where": "3 Mill Lane",
    "How": "Unannounced",
    "Done when": "Both rooms are seen",
}


@pytest.fixture
def lcs(at: At) -> Standing:
    """`async with lcs("DECISION") as world:` for the case of two children and an absent GP under this format."""
    return lambda step: at(step, procedure="lcs", case="lcs")


async def decided(world: World, child: str) -> str:
    """What the minutes say of the decision for one child."""
    return world.under(await world.minutes(), DECISION, child)


@pytest.mark.ledger("LCS-5.5", "LCS-5.5b")
async def test_an_outcome_and_its_rationale_are_confirmed_for_each_child(lcs: Standing) -> None:
    """Without an outcome, or a rationale, nothing is stored and no reason passes; both stand under the child."""
    chosen = {OUTCOMES: ["Start Children and Family Assessment"], FOR_WHOM: ["Ada Brook"]}
    async with lcs("DECISION") as world:
        back = await world.submit(world.chair, {FOR_WHOM: ["Ada Brook"], "Rationale": "She is afraid."})
        assert BLANK in back
        back = await world.submit(world.chair, {**chosen, "Rationale": ""})
        assert f"Rationale: {BLANK}" in back
        await world.look_again(world.chair)
        assert "Decision for Ada Brook" in await world.next()
        assert "Reason for going on without" not in world.labels(world.chair)
        assert RECORDED in await world.submit(world.chair, {**chosen, "Rationale": "She is afraid."})
        said = await decided(world, "Ada Brook")
        assert "• Start Children and Family Assessment" in said
        assert "Rationale: She is afraid." in said
        assert "No decision is recorded." in await decided(world, "Ben Brook")


NEEDS: Mapping[str, tuple[str, str]] = {
    "Start section 47": ("Joint with police, or single agency", "Joint"),
    "Disciplinary investigation": ("Employer and lead", "Harbour Academy, Sara Lund"),
    "Police investigation": ("Police lead", PAUL),
    "Referral to other agency": ("Agency", "Education"),
    "Other action": ("What", "Keep the school place open"),
    "Transfer to early help": ("Receiving service", "Family support in Mill Lane"),
}
LEADS = {
    "If joint: lead of the criminal investigation": PAUL,
    "If joint: lead of the section 47 enquiry": WREN,
}


@pytest.mark.ledger("LCS-5.5a", "LCS-5.5b", "LCS-5.5c", "LCS-5.5d", "LCS-5.5f", "LCS-5.5g", "LCS-5.5h")
async def test_each_outcome_says_what_belongs_to_it_under_its_child_only(lcs: Standing) -> None:
    """Each one's own question is needed; answered, outcome and answer stand for Ada and not for Ben."""
    async with lcs("DECISION") as world:
        answered = {**dict(NEEDS.values()), **LEADS}
        both = {FOR_WHOM: ["Ada Brook"], OUTCOMES: [*NEEDS, "Start Children and Family Assessment"]}
        for outcome, (label, _) in NEEDS.items():
            back = await world.submit(world.chair, {FOR_WHOM: ["Ada Brook"], OUTCOMES: [outcome], "Rationale": "So."})
            assert f"{label}: {BLANK}" in back, outcome
            await world.press(world.chair, "Back")
        card = await world.submit(world.chair, {**both, "Rationale": "So.", **answered})
        for _ in range(3):
            if RECORDED in card:
                break
            card = await world.submit(world.chair, {"Rationale": "So.", **answered})
        assert RECORDED in card
        ada, ben = await decided(world, "Ada Brook"), await decided(world, "Ben Brook")
        for outcome, (label, answer) in NEEDS.items():
            assert f"• {outcome}" in ada
            assert f"{label}: {answer.partition(' (')[0]}".lower() in ada.lower()
            assert outcome not in ben
        assert "• Start Children and Family Assessment" in ada


@pytest.mark.ledger("LCS-5.6", "LCS-5.7", "LCS-5.8")
async def test_an_action_is_smart(lcs: Standing) -> None:
    """Who, what, when, where, how and a measure are needed; vague words are asked about once and may be kept."""
    async with lcs("ACTIONS") as world:
        for label in ("Who", "When", "How", "Done when"):
            await world.press(world.notes, "Add an action")
            card = await world.submit(world.notes, {k: v for k, v in SMART.items() if k != label})
            assert f"{label}: {BLANK}" in card, label
            await world.press(world.notes, "Back to the list")
            assert "Visit the home" not in world.newest(world.notes)
        await world.press(world.notes, "Add an action")
        listed = await world.submit(world.notes, SMART)
        assert "1. Visit the home" in listed
        await world.press(world.notes, "Add an action")
        asked = await world.submit(world.notes, {**SMART, "What": "Monitor situation ASAP"})
        for word in ("Monitor", "ASAP"):
            assert f"'{word}'".lower() in asked.lower()
        await world.press(world.notes, "Keep the wording", force=True)
        full, marked = world.newest(world.notes).split("2. Monitor situation ASAP")
        assert "Wording kept: ASAP, monitor" in marked
        assert "Wording kept" not in full
        await world.look_again(world.worker)
        assert "Visit the home" in world.newest(world.worker)
        said = world.under(await world.minutes(), ACTIONS)
        row = next(x for x in said.splitlines() if "Visit the home" in x)
        for text in (
            "Wren Foster",
            "17:00",
            "Where: 3 Mill Lane",
            "How: Unannounced",
            "Done when: Both rooms are seen",
        ):
            assert text in row
        assert "Wording kept" not in row
        assert "Wording kept: ASAP, monitor" in next(x for x in said.splitlines() if "Monitor situation ASAP" in x)


@pytest.mark.ledger("LCS-5.9", "LCS-7.1")
@pytest.mark.parametrize("way", ["action", "rationale"])
async def test_a_family_group_conference_is_considered_and_other_business_asked_for(lcs: Standing, way: str) -> None:
    """With neither action nor rationale no reason closes; any other business is asked for, none is an answer."""
    async with lcs("ACTIONS") as world:
        await world.press(world.notes, "Add an action")
        await world.submit(world.notes, SMART)
        await world.next()
        await world.next()
        assert stands_at(world, AOB)
        held = await world.next()
        assert f"Still missing: {AOB}" in held
        assert "Reason for going on without" in world.labels(world.chair)
        await write(world, AOB, {AOB: "none"})
        await world.next()
        card = world.newest(world.chair)
        assert f"{FGC}  needed before closing" in card
        assert "Close the meeting with this reason" not in world.titles(world.chair)
        await world.press(world.chair, "Fill in", beside=FGC)
        if way == "rationale":
            await world.press(world.chair, "Not suitable, because")
            await world.submit(world.chair, {"Rationale": "The family wants no meeting."})
        else:
            who = {"What": "Offer a conference to the family", "Who": WREN, "By when": "Today 17:00"}
            await world.submit(world.chair, who)
        assert FGC not in world.newest(world.chair).partition("Say aloud")[0]
        await world.press(world.chair, "Close the meeting")
        minutes = await world.minutes()
        assert "State: closed" in minutes
        assert "Any other business: none" in minutes
        wanted = {"rationale": "Rationale: The family wants no meeting.", "action": "Offer a conference to the family"}
        assert wanted[way] in world.under(minutes, ACTIONS)


@pytest.mark.ledger("LCS-5.5e")
async def test_a_follow_up_meeting_has_a_date_and_is_called(lcs: Standing) -> None:
    """Without a date to come nothing is stored; with one the linked meeting is called at the close, and reminded of."""
    outcome = {OUTCOMES: ["Follow-up strategy meeting"], "Rationale": "The medical report is awaited."}
    async with lcs("DECISION") as world:
        back = await world.submit(world.chair, outcome)
        assert f"Date: {BLANK}" in back
        await world.look_again(world.chair)
        assert "No decision is recorded." in await decided(world, "Ada Brook")
        for day, wrong in (("2026-12-01", "That time has passed."), ("2037-01-06", "more than a year ahead")):
            await world.look_again(world.chair)
            back = await world.submit(world.chair, {**outcome, "Date: date": day, "Date: time": "10:00"})
            assert f"Date: {wrong}" in back.replace("That is more", "more")
        await world.look_again(world.chair)
        when = {"Date: date": "2027-01-06", "Date: time": "10:00"}
        assert RECORDED in await world.submit(world.chair, {**outcome, **when})
        assert "6 January 2027" in await decided(world, "Ada Brook")
        await close(world)
        await world.press(world.chair, "Fill in", beside=FGC)
        await world.press(world.chair, "Not suitable, because")
        await world.submit(world.chair, {"Rationale": "The family wants no meeting."})
        await close(world)
        await world.later(minutes=1)
        assert "SM-77/2" in await world.say(world.chair, "after", private=True)
        until_then = [n.text for n in world.chair.notifications]
        await until(world, "2027-01-06T09:59")
        told = [n.text for n in world.chair.notifications[len(until_then) :]]
        assert [t for t in told if t.startswith("SM-77/2: Further meeting held: due by Wed 6 Jan 2027, 10:00")], told
