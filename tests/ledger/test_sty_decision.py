"""South Tyneside: risk and any criminal investigation before the decision; section 47 or not for each child."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.ledger.conftest import At
from tests.ledger.forms import missing, write
from tests.ledger.world import World

STY = {"procedure": "sty", "case": "sty"}
SUMMARY = "Welfare, safety and level of risk"
CRIMINAL = "Is there, or will there be, a criminal investigation?"
S47 = "Section 47 enquiries undertaken"
NOT = "Section 47 enquiries not undertaken"
RECONVENE = "Not decided: reconvene (default, not from this procedure)"
FOR_WHOM = "For whom (same for all; untick the exceptions)"
JOINT = "Joint with police, or single agency"
POLICE_LEAD = "If joint: lead of the criminal investigation"
SOCIAL_CARE_LEAD = "If joint: lead of the section 47 enquiry"
UNANSWERED = "Please answer this."


async def decide(world: World, outcome: str, **answers: str | Sequence[str]) -> str:
    """The chair decides; returns the card it ends on."""
    return await world.submit(world.chair, {"Outcome": outcome, "Rationale": "For the reasons heard.", **answers})


@pytest.mark.ledger("STY-4.4a", "STY-4.1b")
async def test_risk_and_the_criminal_investigation_are_answered_before_the_decision(at: At) -> None:
    """Left blank, each is named where the decision would open; only a reason passes; answered, it stands in place."""
    async with at("SUMMARY", **STY) as world:
        card = await write(
            world, f"{SUMMARY}: Ada Brook", {"Welfare and safety": "Safe at school.", "Level of risk": ""}
        )
        assert f"Level of risk: {UNANSWERED}" in card
        await write(world, f"{SUMMARY}: Ada Brook", {"Welfare and safety": "Safe at school.", "Level of risk": "High."})
        await world.next()
        await world.next()
        await world.press(world.notes, "Mark: invited, gave no view")
        held = await world.next()
        assert "step 8 of 12" in held
        assert CRIMINAL in missing(world)
        assert "Welfare and safety, Level of risk (Ben Brook)" in missing(world)
        assert "Ada Brook" not in missing(world)
        assert "step 9 of 12" in await world.next("Nobody knows yet.")
        minutes = await world.minutes()
        said = world.under(minutes, SUMMARY, "Ada Brook")
        assert "Welfare and safety: Safe at school." in said
        assert "Level of risk: High." in said
        assert "Safe at school." not in world.under(minutes, SUMMARY, "Ben Brook")
        assert "Nobody knows yet." in minutes


@pytest.mark.ledger("STY-4.1b")
async def test_a_criminal_investigation_says_how_when_and_who_leads(at: At) -> None:
    """Yes asks conduct, timing and the police lead; all three stand in the minutes, and nothing holds any more."""
    async with at("INVESTIGATION", **STY) as world:
        card = await world.fill_in(world.notes, CRIMINAL, {CRIMINAL: "Yes"})
        for label in ("Conduct", "Timing", "Police lead"):
            assert f"{label}: {UNANSWERED}" in card
        told = {
            CRIMINAL: "Yes",
            "Conduct": "Video interview.",
            "Timing": "Tomorrow at ten.",
            "Police lead": "Paul Grant",
        }
        await world.submit(world.notes, {**told, "Police lead": "Paul Grant (Police)"})
        said = world.under(await world.minutes(), "Criminal investigation")
        assert f"{CRIMINAL} yes" in said
        for label, text in told.items():
            assert (f"{CRIMINAL} {text.lower()}" if label == CRIMINAL else f"{label}: {text}") in said
        await world.next()
        await world.press(world.notes, "Mark: invited, gave no view")
        assert "step 9 of 12" in await world.next()


@pytest.mark.ledger("STY-4.1c")
async def test_each_child_has_a_decision_of_its_own_and_none_may_be_blank(at: At) -> None:
    """No outcome: refused, and no reason lifts it; undertaken for one, not for the other, each under its child."""
    async with at("DECISION", **STY) as world:
        assert f"Outcome: {UNANSWERED}" in await world.submit(world.chair, {FOR_WHOM: ["Ada Brook"]})
        await world.look_again(world.chair)
        held = await world.next()
        assert "step 9 of 12" in held
        assert "Decision for Ada Brook" in held
        assert "Reason for going on without" not in world.labels(world.chair)
        await world.look_again(world.chair)
        await decide(world, S47, **{FOR_WHOM: ["Ada Brook"], JOINT: "Single"})
        await decide(world, NOT)
        minutes = await world.minutes()
        ada = world.under(minutes, "Section 47 enquiries?", "Ada Brook")
        ben = world.under(minutes, "Section 47 enquiries?", "Ben Brook")
        assert f"\u2022 {S47}" in ada
        assert NOT not in ada
        assert f"\u2022 {NOT}" in ben
        assert S47 not in ben
        for said in (ada, ben):
            assert "Rationale: For the reasons heard." in said


@pytest.mark.ledger("STY-4.1c")
async def test_not_decided_is_a_labelled_default_with_a_date_and_a_rationale(at: At) -> None:
    """The third answer is marked as a default, and needs the date on which the meeting is held again."""
    async with at("DECISION", **STY) as world:
        blank = await decide(world, RECONVENE)
        assert f"Date: {UNANSWERED}" in blank
        await world.submit(world.chair, {"Date: date": "2026-12-29", "Date: time": "10:00"})
        said = world.under(await world.minutes(), "Section 47 enquiries?", "Ada Brook")
        assert RECONVENE in said
        assert "29 December 2026" in said


@pytest.mark.ledger("STY-4.5b")
async def test_a_joint_enquiry_names_both_leads_and_a_single_one_none(at: At) -> None:
    """Joint without a police lead comes back; with both, each stands with what it leads; single asks for neither."""
    async with at("DECISION", **STY) as world:
        card = await decide(world, S47, **{FOR_WHOM: ["Ada Brook"], JOINT: "Joint"})
        assert f"{POLICE_LEAD}: {UNANSWERED}" in card
        assert f"{SOCIAL_CARE_LEAD}: {UNANSWERED}" in card
        leads = {
            POLICE_LEAD: "Paul Grant (Police)",
            SOCIAL_CARE_LEAD: "Wren Foster (Social care: social worker)",
        }
        await world.submit(world.chair, leads)
        await decide(world, S47, **{JOINT: "Single"})
        minutes = await world.minutes()
        ada = world.under(minutes, "Section 47 enquiries?", "Ada Brook")
        assert "Lead for the criminal investigation: Paul Grant" in ada
        assert "Lead for the section 47 enquiry: Wren Foster" in ada
        assert "Lead for" not in world.under(minutes, "Section 47 enquiries?", "Ben Brook")
