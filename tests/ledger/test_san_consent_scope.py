"""Sandwell: consent, when the meeting is held and why, which children it considers."""

from __future__ import annotations

import pytest

from tests.ledger.conftest import At
from tests.ledger.forms import BACK, BLANK, add, choices, missing, stands_at, whole, write
from tests.ledger.world import Answers, World

SEE, CONTACT = "Consent to see the child", "Consent to contact relevant agencies"
SOUGHT = {
    "Consent": "Sought",
    "From whom": "Mora Brook",
    "When: date": "2026-12-22",
    "When: time": "16:30",
    "Answer": "She agrees.",
}
HARM = "Would place the child at further risk of significant harm"
INVESTIGATION = "Police believe it might seriously damage a criminal investigation"
WITHOUT = "The parents are the ones she is afraid of."
SIBLING = {
    "Name": "Cass Brook",
    "Date of birth": "2018-02-03",
    "Lives in the home": "Yes",
    "Relation to each child": "sister",
    "Significant other": "No",
}
SIBLING_ROW = "Other child: Cass Brook"


@pytest.mark.ledger("SAN-6.1")
async def test_consent_is_asked_for_each_purpose(at: At) -> None:
    """Both purposes need an answer before the step is left; the chair may go on with a reason, which is kept."""
    async with at("CONSENT") as world:
        await world.next()
        card = world.newest(world.chair)
        assert stands_at(world, "Consent")
        assert "Still missing: Consent (see the child); Consent (contact relevant agencies)" in card
        await write(world, SEE, SOUGHT)
        await world.next()
        assert "Still missing: Consent (contact relevant agencies)" in world.newest(world.chair)
        await world.next(reason="The worker rings the mother at noon.")
        assert stands_at(world, "Children considered")
        minutes = world.under(await world.minutes(), "Consent")
        assert "Consent to see the child\nConsent: sought\nFrom whom: Mora Brook" in minutes
        assert "Tuesday 22 December 2026, 16:30" in minutes
        assert "She agrees." in minutes
        assert "The worker rings the mother at noon." in await world.minutes()


@pytest.mark.ledger("SAN-6.1")
async def test_consent_sought_names_person_and_time(at: At) -> None:
    """Consent sought without the person, or without the time, comes back and is not stored."""
    async with at("CONSENT") as world:
        for left_out, fault in (("From whom", f"From whom: {BLANK}"), ("When: date", "When: A date and a time.")):
            card = await write(world, SEE, {k: v for k, v in SOUGHT.items() if k != left_out})
            assert fault in card
            await world.press(world.notes, BACK)
            assert "see the child  To be answered" in world.newest(world.notes)
        await world.next()
        assert "Consent (see the child)" in world.newest(world.chair)


@pytest.mark.ledger("SAN-6.1")
@pytest.mark.parametrize("answer", ["Attempted, not reached", "To be sought"])
async def test_whoever_is_not_asked_yet_is_followed_up(at: At, answer: str) -> None:
    """Parents not reached, or to be asked later, need somebody who follows up and by when: an action on the list."""
    follow = {"By when: date": "2026-12-24", "By when: time": "09:00"}
    who = "Wren Foster (Social care: social worker)"
    given = {"Consent": answer, "Attempts made": "Rang twice."}
    async with at("CONSENT") as world:
        await write(world, CONTACT, SOUGHT)
        for lacking, label in (
            ({}, "Who follows up"),
            ({"Who follows up": who}, "By when"),
            (follow, "Who follows up"),
        ):
            card = await write(world, SEE, {**given, **lacking})
            assert f"{label}: {BLANK}" in card
            await world.press(world.notes, BACK)
        await world.next()
        assert stands_at(world, "Consent")
        await write(world, SEE, {**given, "Who follows up": who, **follow})
        await world.next()
        assert stands_at(world, "Children considered")
        actions = world.under(await world.minutes(), "Actions", "Actions").splitlines()
        action = next((line for line in actions if f"Consent to see the child: {answer.lower()}" in line), "")
        assert "Wren Foster" in action
        assert "Thursday 24 December 2026, 09:00" in action


@pytest.mark.ledger("SAN-6.2")
async def test_consent_is_not_sought_on_two_grounds_only(at: At) -> None:
    """Two grounds are offered and no other; that the police believe so needs the name of an officer."""
    async with at("CONSENT") as world:
        await write(world, SEE, {"Consent": "Not sought"})
        assert choices(world, "Ground") == [HARM, INVESTIGATION]
        given = {"Ground": INVESTIGATION, "Rationale": WITHOUT}
        assert f"Police officer: {BLANK}" in await whole(world, BACK, given)
        card = await whole(world, BACK, {"Police officer": "Paul Grant (Police)"})
        assert "see the child  Recorded" in card
        minutes = world.under(await world.minutes(), "Consent")
        assert f"Ground: {INVESTIGATION}".lower() in minutes.lower()
        assert "Police officer: Paul Grant" in minutes
        card = await write(world, CONTACT, {"Consent": "Not sought", "Ground": HARM, "Rationale": WITHOUT})
        assert "Police officer" not in card.partition("contact relevant agencies")[2]


@pytest.mark.ledger("SAN-6.3")
async def test_why_consent_was_not_sought_stands_in_the_minutes(at: At) -> None:
    """Without a rationale no reason of the chair passes the step; where consent was sought none is asked."""
    async with at("CONSENT") as world:
        card = await write(world, CONTACT, SOUGHT)
        assert "Rationale" not in card
        card = await write(world, SEE, {"Consent": "Not sought", "Ground": HARM})
        assert f"Rationale: {BLANK}" in card
        assert "Rationale" in world.labels(world.notes)
        await world.press(world.notes, BACK)
        await world.next()
        assert "Still missing: Rationale (see the child)" in world.newest(world.chair)
        assert "Go on with this reason" not in world.titles(world.chair)
        assert stands_at(world, "Consent")
        await write(world, SEE, {"Consent": "Not sought", "Ground": HARM, "Rationale": WITHOUT})
        await world.next()
        assert stands_at(world, "Children considered")
        assert f"Rationale: {WITHOUT}" in world.under(await world.minutes(), "Consent")


MOTHER = {**SIBLING, "Name": "Mora Brook", "Date of birth": "1990-02-01", "Relation to each child": "mother of both"}
HARM_OUTSIDE = "Exploitation or harm outside the family"
EVIDENCE = "Clear evidence of harm by carers"
LABEL = "Children considered"


async def with_a_sibling(world: World) -> None:
    """From the family, with the sibling in it, on to the children considered."""
    for row in ({**MOTHER, "Parental responsibility": "Yes"}, SIBLING):
        await add(world, "Family member or significant other", row)
    await world.next()
    await world.next(reason="Asked later.")
    assert stands_at(world, LABEL)


def marked(scope: str, reason: str = "Lives there too.") -> Answers:
    """The answers of a child considered."""
    return {"Name": "Cass Brook", "Why considered": "In the household", "In scope": scope, "Reason": reason}


@pytest.mark.ledger("SAN-8.4")
async def test_every_child_who_may_be_at_risk_is_considered(at: At) -> None:
    """Each sibling of the family, and each child the alleged perpetrator may meet, is marked in or out of scope."""
    async with at("FAMILY") as world:
        await with_a_sibling(world)
        await write(world, LABEL, {HARM_OUTSIDE: "No"})
        await world.next()
        assert stands_at(world, LABEL)
        assert "Cass Brook" in missing(world)
        assert "Go on with this reason" in world.titles(world.chair)
        card = await write(world, SIBLING_ROW, {**marked("Out of scope"), "Reason": ""})
        assert f"Reason: {BLANK}" in card
        await write(world, SIBLING_ROW, marked("Out of scope", "Lives with an aunt."))
        met = {
            "Why considered": "Contact with the alleged perpetrator",
            "In scope": "In scope",
            "Reason": "He coaches.",
        }
        await add(world, "Other child", {"Name": "Dev Moss", **met})
        await world.next()
        assert stands_at(world, "Children's Services, parental and family history")
        minutes = world.under(await world.minutes(), LABEL)
        assert "Lives with an aunt." in minutes
        assert "contact with the alleged perpetrator" in minutes


@pytest.mark.ledger("SAN-8.4")
async def test_a_child_out_of_scope_is_not_decided_about(at: At) -> None:
    """A decision is asked for a child in scope, and none for a child out of scope."""
    for scope in ("In scope", "Out of scope"):
        async with at("DECISION") as world:
            assert "Cass Brook" not in world.newest(world.chair)
            await world.press(world.notes, "Add: Other child")
            world.fill(world.notes, "Name", "Cass Brook")
            world.choose(world.notes, "Why considered", "In the household")
            world.choose(world.notes, "In scope", scope)
            world.fill(world.notes, "Reason", "Lives there too.")
            await world.press(world.notes, "Save")
            await world.decide("Section 47 threshold not met: continue with section 17 assessment")
            await world.next()
            assert stands_at(world, "Decision") is (scope == "In scope")
            assert ("Cass Brook" in world.newest(world.chair)) is (scope == "In scope")


@pytest.mark.ledger("SAN-8.5")
async def test_a_sibling_comes_into_scope_by_evidence_of_harm_by_carers(at: At) -> None:
    """For harm outside the home a sibling is in scope only on evidence of harm by carers; else no evidence is asked."""
    async with at("FAMILY") as world:
        await with_a_sibling(world)
        await world.fill_in(world.notes, LABEL, {HARM_OUTSIDE: "No"})
        assert EVIDENCE not in world.card(world.notes)
        card = await write(world, SIBLING_ROW, marked("In scope"))
        assert "Cass Brook  Recorded" in card
    async with at("FAMILY") as world:
        await with_a_sibling(world)
        await write(world, LABEL, {HARM_OUTSIDE: "Yes"})
        card = await write(world, SIBLING_ROW, marked("In scope"))
        assert f"First record: {EVIDENCE}." in card
        await world.press(world.notes, BACK)
        assert "Cass Brook  To be answered" in world.newest(world.notes)
        await write(world, LABEL, {EVIDENCE: "The father hits both."})
        card = await write(world, SIBLING_ROW, marked("In scope"))
        assert "Cass Brook  Recorded" in card
        assert "The father hits both." in world.under(await world.minutes(), LABEL)


@pytest.mark.ledger("SAN-8.6")
async def test_the_minutes_acknowledge_the_focus_on_one_child(at: At) -> None:
    """The minutes say that one child was the focus where harm lies outside the home, and only there."""
    line = "This discussion focuses on one child"
    async with at("SCOPE") as world:
        await write(world, LABEL, {HARM_OUTSIDE: "No"})
        assert line not in await world.minutes()
        await write(world, LABEL, {HARM_OUTSIDE: "Yes"})
        assert line in world.under(await world.minutes(), LABEL)
        await write(world, LABEL, {EVIDENCE: "The father hits both."})
        assert line not in await world.minutes()
