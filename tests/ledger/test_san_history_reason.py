"""Sandwell: the history of the family, what led to the meeting, what parents and the child say, and the words used."""

from __future__ import annotations

import pytest

from tests.ledger.conftest import At
from tests.ledger.forms import BACK, BLANK, add, missing, stands_at, whole, write

HISTORY, REASON, SHARE = (
    "Children's Services, parental and family history",
    "Referral, parents' and child's views",
    "Health, police and others",
)
EVENT = "Enquiry, contact, referral or assessment"
OUTCOME = 'Outcome (may be "not concluded")'
EARLY, FAMILY = "Early Help involvement", "Parental and family history"
ADULT = "Parent or significant adult: Mora Brook"
KNOWN, MORE = "Known to Children's Services", "What is known"
REFERRAL = "Referral, incident or concerns"
FINDING = "Suffering, or likely to suffer, significant harm"
PARENT = "Parent or carer: Mora Brook"


@pytest.mark.ledger("SAN-9.1")
async def test_the_chronology_has_outcomes(at: At) -> None:
    """A line without its outcome comes back; without a line, and without "none", the step is held."""
    line = {"Type": "Enquiry", "Date": "2024-01-02"}
    async with at("HISTORY") as world:
        assert f"{OUTCOME}: {BLANK}" in await add(world, EVENT, line)
        await world.press(world.notes, BACK)
        await world.next()
        assert EVENT in missing(world)
        assert "Go on with this reason" in world.titles(world.chair)
        await add(world, EVENT, {**line, OUTCOME: "not concluded"})
        await add(world, EVENT, {**line, "Type": "Assessment", OUTCOME: "not known"})
        await world.next()
        assert stands_at(world, HISTORY)
        assert EVENT not in missing(world)
        minutes = world.under(await world.minutes(), HISTORY)
        assert "enquiry: Date: 2 January 2024; Outcome: not concluded" in minutes
        assert "assessment: Date: 2 January 2024; Outcome: not known" in minutes
    async with at("HISTORY") as world:
        await world.press(world.notes, f"None: {EVENT}")
        await world.next()
        assert EVENT not in missing(world)
        assert f"{EVENT}: none" in world.under(await world.minutes(), HISTORY)
        await world.next(reason="The file is on its way.")
        assert stands_at(world, REASON)


@pytest.mark.ledger("SAN-9.2", "SAN-9.4")
@pytest.mark.parametrize(
    ("label", "other", "said"),
    [(EARLY, FAMILY, "none"), (FAMILY, EARLY, "none known"), (FAMILY, EARLY, "Moved often.")],
)
async def test_early_help_and_family_history_are_asked(at: At, label: str, other: str, said: str) -> None:
    """A blank Early Help or family history holds the step; "none" answers it and stands in the minutes."""
    async with at("HISTORY") as world:
        assert f"{label}: {BLANK}" in await write(world, HISTORY, {other: "A key worker in 2023."})
        await world.press(world.notes, BACK)
        await world.next()
        assert label in missing(world)
        assert "Go on with this reason" in world.titles(world.chair)
        await write(world, HISTORY, {other: "A key worker in 2023.", label: said})
        await world.next()
        assert label not in missing(world)
        minutes = world.under(await world.minutes(), HISTORY)
        assert f"{label}: {said}" in minutes
        assert f"{other}: A key worker in 2023." in minutes


@pytest.mark.ledger("SAN-9.3")
async def test_whether_each_adult_is_known_is_asked(at: At) -> None:
    """An adult of the family who was not asked about is named; the answer stands in the minutes under that adult."""
    async with at("HISTORY") as world:
        await world.next()
        assert f"{KNOWN} (Mora Brook)" in missing(world)
        assert "Go on with this reason" in world.titles(world.chair)
        await write(world, ADULT, {KNOWN: "As a child", MORE: "In care from 2001."})
        await world.next()
        assert "Mora Brook" not in missing(world)
        minutes = world.under(await world.minutes(), HISTORY)
        assert f"{ADULT}\n{KNOWN}: as a child\n{MORE}: In care from 2001." in minutes
        for choice in ("Through other children", "As a child and through other children", "None known"):
            await write(world, ADULT, {KNOWN: choice})
            minutes = world.under(await world.minutes(), HISTORY)
            assert f"{ADULT}\n{KNOWN}: {choice.lower()} (corrected)" in minutes


@pytest.mark.ledger("SAN-10.1")
async def test_what_led_to_the_meeting_is_recorded(at: At) -> None:
    """A blank referral holds the step until the chair gives a reason; the text stands in the minutes."""
    async with at("REASON") as world:
        await world.next()
        assert stands_at(world, REASON)
        assert REFERRAL in missing(world)
        assert "Go on with this reason" in world.titles(world.chair)
        await write(world, REASON, {REFERRAL: "The school saw bruises on Monday."})
        await world.next()
        assert REFERRAL not in missing(world)
        assert f"{REFERRAL}: The school saw bruises on Monday." in world.under(await world.minutes(), REASON)


@pytest.mark.ledger("SAN-10.2")
async def test_labels_and_jargon_are_asked_about_and_may_stay(at: At) -> None:
    """Listed words bring a question that names them; kept, the text is stored as typed; plain text brings none."""
    typed = "Father is non-compliant, DV, NFA."
    async with at("REASON") as world:
        card = await write(world, REASON, {REFERRAL: typed})
        assert "describe the behaviour instead of: non-compliant, DV, NFA." in card
        assert typed in card
        assert typed not in await world.minutes()
        await world.press(world.notes, "Keep the wording")
        assert f"{REFERRAL}: {typed}" in world.under(await world.minutes(), REASON)
    async with at("REASON") as world:
        card = await write(world, REASON, {REFERRAL: "Father left when the worker came, three times."})
        assert "describe the behaviour" not in card
        assert "views  Recorded" in card
    async with at("SHARE") as world:
        await world.press(world.chair, "Begin: Police")
        label = "Relevant and significant information"
        world.fill(world.police, label, "He is hard to reach.")
        world.choose(world.police, "Criminal investigation", "None")
        for each in ("Basis", "Processes others need to know about", "Timing", "Methods of evidence gathering"):
            world.fill(world.police, each, "none")
        await world.press(world.police, "I have finished")
        assert "instead of: hard to reach." in world.newest(world.police)
        await world.press(world.police, "Keep the wording")
        assert f"{label}: He is hard to reach." in world.under(await world.minutes(), SHARE)


@pytest.mark.ledger("SAN-10.3", "SAN-10.4")
async def test_each_parent_is_heard_or_the_reason_is_evidenced(at: At) -> None:
    """A parent without an entry is named; contacted asks for views and no reason, not contacted for its own reason."""
    async with at("REASON") as world:
        await world.next()
        assert "(Mora Brook)" in missing(world)
        assert "Go on with this reason" in world.titles(world.chair)
        card = await write(world, PARENT, {"Contacted": "Yes"})
        assert f"Views: {BLANK}" in card
        assert "Evidenced reason" not in card
        await write(world, PARENT, {"Contacted": "Yes", "Views": "She says that he fell."})
        await world.next()
        assert "(Mora Brook)" not in missing(world)
        assert f"{PARENT}\nContacted: yes\nViews: She says that he fell." in world.under(await world.minutes(), REASON)


@pytest.mark.ledger("SAN-10.4")
async def test_why_parents_were_not_contacted_is_taken_from_consent(at: At) -> None:
    """Not contacted needs an evidenced reason; it is filled with consent's rationale, and a blank holds the step."""
    why = "He was told, and hurt her the same day."
    ground = "Would place the child at further risk of significant harm"
    async with at("REASON") as world:
        card = await write(world, PARENT, {"Contacted": "No"})
        assert f"Evidenced reason: {BLANK}" in card
        assert "Views" not in world.labels(world.notes)
        await world.press(world.notes, BACK)
        await world.next()
        assert "(Mora Brook)" in missing(world)
        assert "Go on with this reason" in world.titles(world.chair)
        await write(world, PARENT, {"Contacted": "No", "Evidenced reason": "Abroad until Monday; mail returned."})
        await world.next()
        assert "(Mora Brook)" not in missing(world)
        minutes = world.under(await world.minutes(), REASON)
        assert "Contacted: no\nEvidenced reason: Abroad until Monday; mail returned." in minutes
    async with at("CONSENT") as world:
        for purpose in ("see the child", "contact relevant agencies"):
            given = {"Consent": "Not sought", "Ground": ground, "Rationale": why}
            await write(world, f"Consent to {purpose}", given)
        await world.next()
        await world.next(reason="Later.")
        await world.next(reason="Later.")
        card = await world.fill_in(world.notes, PARENT, {"Contacted": "No"})
        assert f"Evidenced reason: [{why}]" in card
        await whole(world, card, {})
        assert f"Evidenced reason: {why}" in world.under(await world.minutes(), REASON)


@pytest.mark.ledger("SAN-10.5")
async def test_the_child_is_spoken_to_and_harm_is_considered(at: At) -> None:
    """Per child: spoken to, and what was said, or why not; the finding and its reason; in that child's minutes."""
    spoken = {"Child spoken to": "Yes", "When, by whom, what the child said": "Wren, today: it hurt."}
    found = {FINDING: "Yes", "Why": "Two marks."}
    not_yet = {"Child spoken to": "No", FINDING: "Cannot say yet", "Why": "No examination yet."}
    async with at("REASON") as world:
        assert f"{FINDING}: {BLANK}" in await write(world, "Child: Ada Brook", spoken)
        assert f"Child spoken to: {BLANK}" in await write(world, "Child: Ada Brook", found)
        assert f"Why not: {BLANK}" in await write(world, "Child: Ada Brook", not_yet)
        await write(world, "Child: Ada Brook", {**spoken, **found})
        await write(world, "Child: Ben Brook", {**not_yet, "Why not": "He is asleep."})
        minutes = await world.minutes()
        ada, ben = (world.under(minutes, REASON, name) for name in ("Ada Brook", "Ben Brook"))
        assert "Child spoken to: yes\nWhen, by whom, what the child said: Wren, today: it hurt." in ada
        assert f"{FINDING}: yes\nWhy: Two marks." in ada
        assert "Child spoken to: no\nWhy not: He is asleep." in ben
        assert f"{FINDING}: cannot say yet\nWhy: No examination yet." in ben


@pytest.mark.ledger("SAN-10.5")
async def test_the_decision_waits_for_the_childs_voice_and_the_finding(at: At) -> None:
    """A child of whom neither is known is named before the decision; the finding chooses no outcome."""
    async with at("VIEWS") as world:
        await world.press(world.notes, "Add: Other child")
        world.fill(world.notes, "Name", "Dev Moss")
        world.choose(world.notes, "Why considered", "In the household")
        world.choose(world.notes, "In scope", "In scope")
        world.fill(world.notes, "Reason", "Lives there too.")
        await world.press(world.notes, "Save")
        await world.press(world.chair, "Mark: invited, gave no view")
        await world.next()
        assert stands_at(world, "Every attendee's view")
        assert "Child spoken to" in missing(world)
        assert FINDING in missing(world)
        assert "(Dev Moss)" in missing(world)
        assert "(Ada Brook)" not in missing(world)
        await world.next(reason="He is on his way home.")
        assert stands_at(world, "Decision")
        await world.say(world.notes, "panel")
        await world.press(world.notes, "More")
        await world.press(world.notes, "Complete earlier steps")
        await world.press(world.notes, "Open", beside=REASON)
        spoken = {"Child spoken to": "Yes", "When, by whom, what the child said": "Wren: it hurt."}
        await world.fill_in(world.notes, "Child: Dev Moss", {**spoken, FINDING: "Yes", "Why": "Two marks."})
        assert f"{FINDING}: yes" in await world.minutes()
        await world.look_again(world.chair)
        assert "(x)" not in world.newest(world.chair)  # the finding chooses no outcome
        assert "[x]" not in world.newest(world.chair).partition("Outcomes (one or more)")[2]
