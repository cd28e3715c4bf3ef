"""Sandwell: the chair's summary, everybody's view, and a decision for each child that can be defended."""

from __future__ import annotations

import re

import pytest

from tests.ledger.conftest import At
from tests.ledger.world import REASONS, World

S17 = "Section 47 threshold not met: continue with section 17 assessment"
S47 = "Initiate or continue section 47 enquiries"
SINGLE_AGENCY = "Single agency investigation"
LADO = "Referral to LADO"
ADVICE = "Advice and guidance: no further role for Children's Services"
LEGAL = "Legal advice"
OTHER_AUTHORITY = "Notification to a different local authority"
OTHER = "Other outcome"
FOR_WHOM = "For whom (same for all; untick the exceptions)"
JOINT = {
    "Start or continue": "Start",
    "Joint with police, or single agency": "Joint",
    "Evidence for joint or single": "Police hold the photographs.",
}
SINGLE = {**JOINT, "Joint with police, or single agency": "Single"}
POLICE_LEAD = "If joint: lead of the criminal investigation"
SOCIAL_CARE_LEAD = "If joint: lead of the section 47 enquiry"
LEADS = {POLICE_LEAD: "Paul Grant (Police)", SOCIAL_CARE_LEAD: "Wren Foster (Social care: social worker)"}
SUMMARY = {
    "Evidence": "Two bruises, photographed.",
    "Impact on the child": "Sleeps badly.",
    "Past harm": "A bruise in May.",
    "Present harm": "Two bruises now.",
    "Future harm": "Likely to go on.",
}
HEADINGS = ("Evidence", "Impact on the child", "Past harm", "Present harm", "Future harm")
UNANSWERED = "Please answer this."
CLASH = "cannot both stand for the same child"
RECORDED = "The decision is recorded."


async def decided(world: World, child: str, *, minutes: str | None = None) -> str:
    """Return what the minutes say of the decision for one child."""
    return world.under(minutes or await world.minutes(), "Decision", child)


@pytest.mark.ledger("SAN-11.1")
async def test_the_summary_covers_evidence_impact_and_all_three_harms_or_the_chair_says_why_not(at: At) -> None:
    """A blank heading holds the summary back and is named; only a reason, which stands in the minutes, passes it."""
    async with at("SUMMARY") as world:
        held = await world.next()
        for heading in HEADINGS:
            assert heading in held.split("Still missing:")[1].splitlines()[0]
        assert "step 10 of 16" in held.splitlines()[0]
        await world.next("The school was called away.")
        assert "The school was called away." in await world.minutes()
    async with at("SUMMARY") as world:
        for heading in HEADINGS:
            blank = await world.fill_in(world.notes, "Chair's summary", {**SUMMARY, heading: ""})
            assert f"{heading}: {UNANSWERED}" in blank
            await world.press(world.notes, "Back to the step")
        await world.fill_in(world.notes, "Chair's summary", SUMMARY)
        await world.next()
        said = world.under(await world.minutes(), "Chair's summary")
        for heading, text in SUMMARY.items():
            assert f"{heading}: {text}" in said


@pytest.mark.ledger("SAN-11.1")
@pytest.mark.parametrize("blank", list(REASONS))
async def test_no_outcome_is_decided_without_evidence_impact_and_why_it_is_proportionate(at: At, blank: str) -> None:
    """Each of the three reasons is needed for a section 17 outcome; no other reason passes it, then all three stand."""
    async with at("DECISION") as world:
        refused = await world.decide(S17, answers={blank: ""})
        assert f"{blank}: {UNANSWERED}" in refused
        await world.look_again(world.chair)
        held = await world.next()
        assert "Decision for Ada Brook" in held
        assert "Reason for going on without" not in world.labels(world.chair)
        assert "No decision is recorded." in await decided(world, "Ada Brook")
        assert RECORDED in await world.decide(S17, answers={blank: "Said at last."})
        said = await decided(world, "Ada Brook")
        for label, text in {**REASONS, blank: "Said at last."}.items():
            assert f"{label}: {text}" in said


@pytest.mark.ledger("SAN-11.2")
async def test_every_single_attendee_is_invited_to_give_a_view(at: At) -> None:
    """Whoever was never invited holds the decision back by name; asked and silent, they stand so in the minutes."""
    async with at("VIEWS") as world:
        for person in world.stage.people.values():
            assert "Give my view" in world.titles(person)
        await world.knock("Gita Rao", "Police")
        world.choose(world.police, "Both children: my view", "Not met")
        world.fill(world.police, "Both children: reason", "The account fits the injury.")
        await world.press(world.police, "Give my view")
        assert "Still missing: Gita Rao (not asked yet)" in await world.next()
        assert "Reason for going on without" not in world.labels(world.chair)
        await world.press(world.chair, "All asked aloud")
        await world.press(world.chair, "Mark: invited, gave no view")
        assert "step 12 of 16" in await world.next()
        for child in ("Ada Brook", "Ben Brook"):
            said = world.under(await world.minutes(), "Every attendee's view", child)
            assert "Police: Name: Gita Rao; View: invited, gave no view" in said
            assert "Police: Name: Paul Grant; View: not met; Reason: The account fits the injury." in said
        invited = world.under(await world.minutes(), "Every attendee's view")
        assert "Asked aloud: Gita Rao" in invited
        assert "Form delivered: Carys Hale, Noor Iqbal" in invited


@pytest.mark.ledger("SAN-11.2")
async def test_the_three_answers_stand_by_name_and_silence_is_no_answer(at: At) -> None:
    """Met, not met, cannot say yet; one is needed; sealed until the last is in, then everybody sees all by name."""
    async with at("VIEWS") as world:
        said = ((world.school, "Met"), (world.visitor, "Not met"), (world.midwife, "Cannot say yet"))
        for person, view in said:
            await world.press(person, "Give my view", force=True)
            assert UNANSWERED in world.newest(person)
            world.choose(person, "Both children: my view", view)
            world.fill(person, "Both children: reason", f"{view}, as I see it.")
            await world.press(person, "Give my view")
            assert world.newest(person).count("as I see it.") == world.newest(person).count(f"{view}, as I see it.") > 0
        await world.next()
        assert "step 11 of 16" in world.newest(world.chair)
        await world.look_again(world.police)
        assert "as I see it." not in world.card(world.chair) + world.card(world.police)
        await world.press(world.chair, "Mark: invited, gave no view")
        await world.look_again(world.police)
        for _, view in said:
            assert f"{view}, as I see it." in world.newest(world.police)
        assert "as I see it." not in world.shared()
        minutes = world.under(await world.minutes(), "Every attendee's view", "Ada Brook")
        for person, view in said:
            assert f"Name: {person.name}; View: {view.lower()}; Reason: {view}, as I see it." in minutes


@pytest.mark.ledger("SAN-11.3a")
async def test_section_17_stands_under_its_child_only_and_never_beside_section_47(at: At) -> None:
    """Section 17 for one child says nothing of the other; with section 47 or stepping out it is no answer."""
    async with at("DECISION") as world:
        assert RECORDED in await world.decide(S17, answers={FOR_WHOM: ["Ada Brook"]})
        assert S17 in await decided(world, "Ada Brook")
        assert S17 not in await decided(world, "Ben Brook")
        for other in (S47, ADVICE):
            clash = await world.decide(S17, other)
            assert re.search(f"'{re.escape(S17)}' and '{re.escape(other)}' {CLASH}", clash)
        assert "No decision is recorded." in await decided(world, "Ben Brook")


@pytest.mark.ledger("SAN-11.3b")
@pytest.mark.parametrize(("begun", "who"), [("Start", "Joint"), ("Continue", "Single")])
async def test_section_47_says_start_or_continue_and_joint_or_single_on_evidence(at: At, begun: str, who: str) -> None:
    """Without either choice or the evidence nothing is stored; complete, all three stand under that child only."""
    choices = {"Start or continue": begun, "Joint with police, or single agency": who}
    wanted = {**choices, "Evidence for joint or single": "Police hold photographs."}
    async with at("DECISION") as world:
        await world.submit(world.chair, {FOR_WHOM: ["Ada Brook"], "Outcomes (one or more)": [S47]})
        blank = world.newest(world.chair)
        for label in choices:
            assert f"{label}: {UNANSWERED}" in blank
        await world.submit(world.chair, {**choices, **LEADS, **REASONS})
        assert f"Evidence for joint or single: {UNANSWERED}" in world.newest(world.chair)
        assert "No decision is recorded." in await decided(world, "Ada Brook")
        assert RECORDED in await world.submit(world.chair, wanted)
        said = await decided(world, "Ada Brook")
        assert S47 in said
        for label, text in wanted.items():
            assert f"{label}: {text.lower() if label in choices else text}" in said
        assert S47 not in await decided(world, "Ben Brook")


@pytest.mark.ledger("SAN-10.15")
async def test_a_joint_enquiry_names_the_police_lead_and_the_social_care_lead(at: At) -> None:
    """Joint without a police lead is not stored; with both, both stand in the minutes by what they lead."""
    async with at("DECISION") as world:
        missing = await world.decide(S47, answers={**JOINT, SOCIAL_CARE_LEAD: LEADS[SOCIAL_CARE_LEAD]})
        assert f"{POLICE_LEAD}: {UNANSWERED}" in missing
        assert f"{SOCIAL_CARE_LEAD}: {UNANSWERED}" not in missing
        assert RECORDED in await world.submit(world.chair, {**JOINT, **LEADS, **REASONS})
        for child in ("Ada Brook", "Ben Brook"):
            said = await decided(world, child)
            assert "Lead for the criminal investigation: Paul Grant" in said
            assert "Lead for the section 47 enquiry: Wren Foster" in said


@pytest.mark.ledger("SAN-10.15")
async def test_a_single_agency_enquiry_needs_no_leads(at: At) -> None:
    """Single: the decision stands without a lead, and the minutes name none."""
    async with at("DECISION") as world:
        assert RECORDED in await world.decide(S47, answers=SINGLE)
        assert "Lead for" not in await decided(world, "Ada Brook")


@pytest.mark.ledger("SAN-11.3d", "SAN-11.3h", "SAN-11.3i")
@pytest.mark.parametrize(
    ("outcome", "label", "text"),
    [
        (SINGLE_AGENCY, "Agency", "Police"),
        (OTHER_AUTHORITY, "Authority", "Northmoor Council"),
        (OTHER, "What", "Keep the school place open."),
    ],
)
async def test_an_outcome_says_what_belongs_to_it_under_its_child(at: At, outcome: str, label: str, text: str) -> None:
    """Without the agency, the authority or the text nothing is stored; with it, both stand under that child only."""
    async with at("DECISION") as world:
        blank = await world.decide(outcome, answers={FOR_WHOM: ["Ada Brook"]})
        assert f"{label}: {UNANSWERED}" in blank
        assert outcome not in await decided(world, "Ada Brook")
        assert RECORDED in await world.submit(world.chair, {label: text, **REASONS})
        said = await decided(world, "Ada Brook")
        assert f"\u2022 {outcome}" in said
        assert f"{label}: {text}".lower() in said.lower()
        assert outcome not in await decided(world, "Ben Brook")


@pytest.mark.ledger("SAN-11.3f")
async def test_stepping_out_excludes_every_enquiry_for_the_same_child_only(at: At) -> None:
    """Advice never stands with section 17, section 47 or a single agency investigation; for two children it may."""
    async with at("DECISION") as world:
        for other in (S17, S47, SINGLE_AGENCY):
            for pair in ((ADVICE, other), (other, ADVICE)):
                clash = await world.decide(*pair)
                assert CLASH in clash
        assert RECORDED in await world.decide(S17, answers={FOR_WHOM: ["Ada Brook"]})
        assert RECORDED in await world.decide(ADVICE)
        minutes = await world.minutes()
        assert S17 in await decided(world, "Ada Brook", minutes=minutes)
        ben = await decided(world, "Ben Brook", minutes=minutes)
        assert ADVICE in ben
        assert S17 not in ben


@pytest.mark.ledger("SAN-11.3e")
async def test_a_lado_referral_becomes_an_action_due_in_one_working_day(at: At) -> None:
    """Chosen, the referral is asked for with a due time of one working day, labelled default; else it is not."""
    async with at("DECISION") as world:
        await world.decide(S17, LADO)
        await to_actions(world)
        await world.fill_in(
            world.chair, "Refer to the LADO", {"Named professional": "Wren Foster (Social care: social worker)"}
        )
        listed = world.newest(world.chair)
        assert "1. Refer to the LADO" in listed
        assert "by Thu 24 Dec 2026, 17:00 (default, not from this procedure)" in listed
        await world.look_again(world.worker)
        assert "Refer to the LADO" in world.newest(world.worker)
    async with at("DECISION") as world:
        await world.decide(S17)
        await to_actions(world)
        assert "LADO" not in world.newest(world.chair)


@pytest.mark.ledger("SAN-11.3g", "SAN-11.3h")
@pytest.mark.parametrize(
    ("outcome", "more", "action"),
    [(LEGAL, {}, "Obtain legal advice"), (OTHER_AUTHORITY, {"Authority": "Northmoor Council"}, "Notify the authority")],
)
async def test_legal_advice_and_a_notification_ask_for_an_action(
    at: At, outcome: str, more: dict[str, str], action: str
) -> None:
    """Chosen, the action is asked for with an owner and a time, and stands on the list; not chosen, it is not."""
    async with at("DECISION") as world:
        await world.decide(S17, outcome, answers=more)
        await to_actions(world)
        blank = await world.fill_in(world.chair, action, {})
        assert f"Named professional: {UNANSWERED}" in blank
        assert f"By when: {UNANSWERED}" in blank
        listed = await world.submit(
            world.chair, {"Named professional": "Wren Foster (Social care: social worker)", "By when": "Today 17:00"}
        )
        assert f"1. {action}" in listed
        assert "Wren Foster" in world.under(await world.minutes(), "Actions", "Actions")
    async with at("DECISION") as world:
        await world.decide(S17)
        await to_actions(world)
        assert action not in world.newest(world.chair)


async def to_actions(world: World) -> None:
    """Go on from the decision to the actions, over the steps whose answers are due at closing."""
    for _ in range(3):
        await world.next()
    assert "step 15 of 16" in world.newest(world.chair)
