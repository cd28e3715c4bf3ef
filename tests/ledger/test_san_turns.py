"""Sandwell: what each agency shares at its turn, what health and police are asked, and what follows from it."""

from __future__ import annotations

import pytest

from rehearsal.inputs import UNKNOWN
from rehearsal.teams import Person
from tests.ledger.conftest import At
from tests.ledger.forms import BACK, stands_at
from tests.ledger.world import World

SHARE, PLAN = "Health, police and others", "Planning checkpoints"
INFORMATION = "Relevant and significant information"
ADVICE, BENEFIT = "Is a medical assessment appropriate?", "Benefit of assessing unmanaged health matters"
COMPLEX = "Complex case: named or designated professional to advise"
INVESTIGATION = ("Basis", "Processes others need to know about", "Timing", "Methods of evidence gathering")
TOPICS = (
    "Family health",
    "Maternity health",
    "School health",
    "Mental health",
    "Domestic abuse and violence",
    "Substance misuse",
)
FINISHED, PAGE = "I have finished", "Save and go on"


async def floor(world: World, seat: str) -> None:
    """The chair gives the floor to this seat: whoever speaks before it ends without an answer."""
    for _ in range(8):
        titles = world.titles(world.chair)
        begin = next((t for t in titles if t.startswith(("Begin: ", "Next speaker: "))), None)
        if begin:
            await world.press(world.chair, begin)
        if f"For {seat}" in world.newest(world.chair):
            return
        await world.press(world.chair, "End turn (no answer)")
    raise AssertionError(seat)


async def answer(world: World, person: Person, press: str, **texts: str) -> str:
    """Somebody answers their form by its labels, in the order it shows, and presses a button."""
    for label, text in texts.items():
        world.fill(person, label, text)
    await world.press(person, press)
    return world.newest(person)


@pytest.mark.ledger("SAN-8.2", "SAN-8.3")
async def test_each_agency_shares_under_its_name(at: At) -> None:
    """Both purposes stand in the opening; what each agency says stands in the minutes under its name."""
    async with at("OPENING") as world:
        for person in (world.chair, world.school):
            card = world.newest(person)
            assert "Share relevant and significant information" in card
            assert "Decide whether the threshold is met for a single or joint section 47 enquiry, and plan it" in card
    said = {"police": "Two calls since June.", "visitor": "Missed a review.", "midwife": "Booked late."}
    said |= {"school": "Absent on Mondays.", "worker": "Seen at home on Sunday.", "deputy": "Known since 2023."}
    async with at("SHARE") as world:
        await world.press(world.chair, "Begin: Police")
        for seat, text in said.items():
            person = getattr(world, seat)
            world.fill(person, INFORMATION, text)
            if seat == "police":
                world.choose(person, "Criminal investigation", "None")
            for _ in range(2):
                for label in [x for x in world.labels(person) if x in (*INVESTIGATION, ADVICE, BENEFIT, *TOPICS)]:
                    world.fill(person, label, "none")
                await world.press(person, PAGE if PAGE in world.titles(person)[:1] else FINISHED)
                if f"{SHARE}\nYour turn" not in world.newest(person) and "Page 2" not in world.newest(person):
                    break
        minutes = world.under(await world.minutes(), SHARE)
        for seat, text in said.items():
            label = next(s["label"] for s in world.stage.case.data["seats"] if s["id"] == seat)
            assert f"{label}: {getattr(world, seat).name}\n{INFORMATION}: {text}" in minutes


@pytest.mark.ledger("SAN-8.3")
async def test_the_decision_is_planned_before_the_close(at: At) -> None:
    """The meeting does not close before its actions, unless the chair says why; with them it closes."""
    closing = "Close the meeting with this reason"
    async with at("ACTIONS") as world:
        await world.next()
        card = world.newest(world.chair)
        assert "Still open" in card
        assert "safety plan (Ada Brook)" in card
        await world.press(world.chair, closing, force=True)
        assert "State: closed" not in await world.minutes()
        world.fill(world.chair, "Reason for closing without, for the minutes", "The plan is agreed at noon.")
        await world.press(world.chair, closing)
        minutes = await world.minutes()
        assert "State: closed" in minutes
        assert "The plan is agreed at noon." in minutes
    async with at("CLOSING") as world:
        assert "Still open" not in world.newest(world.chair)
        await world.next()
        assert "State: closed" in await world.minutes()


@pytest.mark.ledger("SAN-10.10")
async def test_health_advises_on_medical_assessment(at: At) -> None:
    """Health is asked for its advice beside its information, police are not; the advice is shown at the checkpoint."""
    async with at("SHARE") as world:
        await floor(world, "Police")
        assert not {ADVICE, BENEFIT, COMPLEX} & set(world.labels(world.police))
        await floor(world, "Health: health visitor")
        assert {INFORMATION, ADVICE, BENEFIT} <= set(world.labels(world.visitor))
        await answer(
            world, world.visitor, PAGE, **{INFORMATION: "Missed a review.", ADVICE: "Yes, today.", BENEFIT: "Teeth."}
        )
        await world.press(world.visitor, "Nothing further known")
        minutes = world.under(await world.minutes(), SHARE)
        assert f"{ADVICE} Yes, today.\n{BENEFIT}: Teeth." in minutes
    async with at("PLAN") as world:
        for question, shown in (
            ("medical assessment required? (Ada Brook)", True),
            ("legal action required? (Ada", False),
        ):
            await world.press(world.notes, "Fill in", beside=question)
            card = world.newest(world.notes)
            for seat in ("Health: health visitor", "Health: midwife"):
                assert (f"{seat}: {ADVICE} {UNKNOWN}" in card) is shown
                assert (f"{seat}: {BENEFIT}: {UNKNOWN}" in card) is shown
            await world.press(world.notes, BACK)


@pytest.mark.ledger("SAN-10.11")
async def test_health_coordinates_six_topics_once(at: At) -> None:
    """Six topics on the second page of the first health form; filled, the next health seat is not asked for them."""
    async with at("SHARE") as world:
        await floor(world, "Health: health visitor")
        assert not set(TOPICS) & set(world.labels(world.visitor))
        await answer(world, world.visitor, PAGE, **dict.fromkeys((INFORMATION, ADVICE, BENEFIT), "As said."))
        assert [x for x in world.labels(world.visitor) if x in TOPICS] == list(TOPICS)
        world.fill(world.visitor, "Mental health", "Mother sees a nurse weekly.")
        await world.press(world.visitor, "Nothing further known")
        assert "Your turn: Health: midwife" in world.newest(world.midwife)
        assert not set(TOPICS) & set(world.labels(world.midwife))
        assert FINISHED in world.titles(world.midwife)
        minutes = world.under(await world.minutes(), SHARE).partition("Health: health visitor: ")[2]
        assert "Mental health: Mother sees a nurse weekly." in minutes
        for topic in set(TOPICS) - {"Mental health"}:
            assert f"{topic}: nothing further known" in minutes
    async with at("SHARE") as world:
        await floor(world, "Health: midwife")  # the health visitor said nothing, so the topics are still to be told
        await answer(world, world.midwife, PAGE, **dict.fromkeys((INFORMATION, ADVICE, BENEFIT), "As said."))
        assert set(TOPICS) <= set(world.labels(world.midwife))


async def on_to_the_actions(world: World) -> None:
    """From the turns on to the actions: nobody else speaks, nobody gives a view, the chair decides."""
    await floor(world, "Education: school")
    for _ in range(14):
        if "End turn (no answer)" in world.newest(world.chair):
            await world.press(world.chair, "End turn (no answer)")
            continue
        if stands_at(world, "Actions"):
            return
        if stands_at(world, "Every attendee's view"):
            await world.press(world.chair, "Mark: invited, gave no view")
        if stands_at(world, "Decision"):
            await world.decide("Section 47 threshold not met: continue with section 17 assessment")
        await world.next()
        if "Reason for going on without" in world.newest(world.chair):
            world.fill(world.chair, "Reason for going on without", "Said later.")
            await world.press(world.chair, "Go on with this reason")
    raise AssertionError(world.newest(world.chair))


@pytest.mark.ledger("SAN-10.12")
@pytest.mark.parametrize("complex_case", [True, False])
async def test_a_complex_case_asks_for_named_professionals_advice(at: At, *, complex_case: bool) -> None:
    """The tick "complex case" asks for an action of health's with a time; without the tick none is asked."""
    label = "Advice of the named or designated professional"
    async with at("SHARE") as world:
        await floor(world, "Health: health visitor")
        world.visitor.toggle(COMPLEX, on=complex_case, in_=world.stage.chat)
        await answer(world, world.visitor, PAGE, **dict.fromkeys((INFORMATION, ADVICE, BENEFIT), "As said."))
        await world.press(world.visitor, "Nothing further known")
        await on_to_the_actions(world)
        assert (label in world.newest(world.notes)) is complex_case
        assert (label in await world.minutes()) is complex_case
        if not complex_case:
            return
        await world.press(world.notes, "Fill in", beside=label)
        card = world.newest(world.notes)
        assert "Hana Vogel" in card
        assert "Paul Grant" not in card
        world.choose(world.notes, "Health owner", "Mina Osei (Health: midwife)")
        world.choose(world.notes, "By when", "Tomorrow 12:00 (Thu)")
        await world.press(world.notes, "Save")
        assert label not in world.newest(world.notes).partition("Still asked for")[2].partition("1.")[0]
        actions = world.under(await world.minutes(), "Actions", "Actions")
        action = next((line for line in actions.splitlines() if label in line), "")
        assert "Mina Osei" in action
        assert "Thursday 24 December 2026, 12:00" in action


@pytest.mark.ledger("SAN-10.13")
async def test_examinations_are_templates_for_health(at: At) -> None:
    """Examination, observation, investigation and test are offered for health alone, and become listed actions."""
    async with at("ACTIONS") as world:
        for what in ("Examination", "Observation", "Further investigation", "Test"):
            assert f"{what} (health)" in world.titles(world.notes)
            assert not [t for t in world.titles(world.notes) if t.startswith(f"{what} (") and "(health)" not in t]
            await world.press(world.notes, f"{what} (health)")
            card = world.newest(world.notes)
            assert f"What: [{what}]" in card
            assert "Hana Vogel" in card
            assert "Sara Lund" not in card
            await world.press(world.notes, "Back to the list")
        await world.press(world.notes, "Examination (health)")
        world.choose(world.notes, "Named professional", "Hana Vogel (Health: health visitor)")
        world.choose(world.notes, "By when", "Today 17:00")
        await world.press(world.notes, "Save")
        actions = world.under(await world.minutes(), "Actions", "Actions")
        assert "1: What: Examination; Who: Hana Vogel" in actions
        assert "By when: Wednesday 23 December 2026, 17:00" in actions


@pytest.mark.ledger("SAN-10.14")
async def test_police_set_out_the_criminal_investigation(at: At) -> None:
    """Police are asked reactive, proactive, both or none, and four texts, beside their information."""
    async with at("SHARE") as world:
        await floor(world, "Police")
        labels = world.labels(world.police)
        assert labels[:6] == [INFORMATION, "Criminal investigation", *INVESTIGATION]
        for choice in ("Reactive", "Proactive", "Both", "None"):
            assert f"( ) {choice}" in world.newest(world.police)
        world.choose(world.police, "Criminal investigation", "Both")
        await answer(
            world,
            world.police,
            FINISHED,
            **{INFORMATION: "Two calls since June.", **dict.fromkeys(INVESTIGATION, "Told.")},
        )
        minutes = world.under(await world.minutes(), SHARE)
        wanted = [
            f"{INFORMATION}: Two calls since June.",
            "Criminal investigation: both",
            *(f"{x}: Told." for x in INVESTIGATION),
        ]
        assert "\n".join(["Police: Paul Grant", *wanted]) in minutes
        await floor(world, "Education: school")
        assert not set(INVESTIGATION) & set(world.labels(world.school))
