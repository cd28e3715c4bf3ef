"""Wokingham: reasonable cause and the scale for each young person, the threshold and who agrees, actions read back."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from rehearsal.teams import Person
from rehearsal.teams.view import Button, Field
from tests.ledger.conftest import At
from tests.ledger.forms import missing
from tests.ledger.lifetime import close
from tests.ledger.minuting import act, authorise, titles
from tests.ledger.world import World

WOK = {"procedure": "wok", "case": "wok"}
MET, NOT = "Section 47 threshold met", "Section 47 threshold not met"
VIEW, SCALE, REASON = "All 3 children: my view", "All 3 children: on the scale 0 to 10", "All 3 children: reason"
FOR_WHOM = "For whom (same for all; untick the exceptions)"
JOINT = "Joint with police, or single agency"
DIFFERS = "If not by all: who differs"
UNANSWERED = "Please answer this."
LOW = (
    "There is evidence to suggest that the child is suffering or is at risk of suffering serious and "
    "enduring/lasting harm"
)
HIGH = (
    "While we may have worries that may/may not lead to further work and/or assessment with the child, the child is "
    "safe, there is no evidence that what has happened/is likely to happen will cause serious harm to the child's "
    "development."
)
NAMES = ("Ada Brook", "Ben Lacey", "Cleo Marr")


@pytest.mark.ledger("WOK-6.1", "WOK-6.2a", "WOK-6.2b", "WOK-6.2c")
async def test_everybody_is_asked_for_reasonable_cause_and_a_place_on_the_scale(at: At) -> None:
    """Both ends in the guidance's words; whole places from 0 to 10, 11 is refused; named, no mean, nothing preset."""
    async with at("VIEWS", **WOK) as world:
        for person in world.stage.people.values():
            if person in (world.chair, world.notes):
                await world.press(person, "Give my view")
            card = world.newest(person)
            assert f"0 (most danger): {LOW}" in card.splitlines()
            assert f"10 (safest): {HIGH}" in card.splitlines()
            assert card.count(f"{VIEW} *:") == 1
            places = [t.split(" ")[0] for t in world.offered(person, SCALE)]
            assert places == [str(n) for n in range(11)]
        for person, view, place in (
            (world.police, "Reasonable cause", "3"),
            (world.visitor, "No reasonable cause", "8"),
        ):
            assert "All 3 children: scale: A whole number on the scale." in await eleven(world, person)
            world.choose(person, VIEW, view)
            await world.press(person, "Give my view", force=True)
            assert f"{SCALE}: {UNANSWERED}" in world.newest(person) or "scale" in world.newest(person)
            world.choose(person, SCALE, place)
            world.fill(person, REASON, f"As {person.name} sees it.")
            await world.press(person, "Give my view")
            assert f"As {person.name} sees it." in world.newest(person)
        assert "As Paul Grant sees it." not in world.card(world.visitor)
        await world.press(world.chair, "Back")
        await world.next()
        await world.press(world.chair, "Mark: invited, gave no view")
        assert "step 8 of 10" in await world.next()
        minutes = await world.minutes()
        for child in NAMES:
            said = world.under(minutes, "Reasonable cause and scaling", child)
            assert "Paul Grant; View: reasonable cause; Scale: 3; Reason: As Paul Grant sees it." in said
            assert "Hana Vogel; View: no reasonable cause; Scale: 8; Reason: As Hana Vogel sees it." in said
            assert not re.search(r"5[.,]5|[Mm]ean:|[Aa]verage:", said)
    async with at("DECISION", **WOK) as world:
        assert f"( ) {MET}" in world.newest(world.chair)
        assert f"( ) {NOT}" in world.newest(world.chair)
        assert "( ) Agreed by all" in world.newest(world.chair)


async def eleven(world: World, person: Person) -> str:
    """Somebody's client sends a place that the scale has not; returns the form that comes back."""
    message, seen = next(iter(person.pieces(world.stage.chat)))
    scale = next(p for p in seen if isinstance(p, Field) and p.text == SCALE).element
    give = next(p for p in seen if isinstance(p, Button) and p.text == "Give my view").element
    data = {**give["data"], scale["id"]: "11"}
    await world.stage.teams.invoke_raw(person, world.stage.chat, verb=give["verb"], data=data, message=message)
    return world.newest(person)


@pytest.mark.ledger("WOK-6.3a", "WOK-6.3b", "WOK-6.3c", "WOK-0.8")
async def test_each_young_person_is_decided_on_with_agreement_joint_or_single_and_reasons(at: At) -> None:
    """ "Agreed by all" asks again where a view differs; met says joint or single; no reasons, no decision."""
    async with at("DECISION", **WOK) as world:
        assert "Not decided yet: Ada Brook, Ben Lacey, Cleo Marr" in world.newest(world.chair)
        first = {FOR_WHOM: ["Ada Brook"], "Outcome": NOT, "Agreement": "Agreed by all"}
        await world.submit(world.chair, {**first, "Reasons": "Nothing points to harm."})
        asked = world.newest(world.chair)
        assert re.search(r"gave another view\. Agreed by all\?", asked)
        assert "Paul Grant" in asked
        await world.press(world.chair, "Back")
        met = {
            FOR_WHOM: ["Ada Brook"],
            "Outcome": MET,
            "Agreement": "Not by all",
            DIFFERS: ["Sara Lund (Education: school)"],
        }
        blank = await world.submit(world.chair, {**met, "Reasons": ""})
        assert f"{JOINT}: {UNANSWERED}" in blank
        leads = {
            "If joint: lead of the criminal investigation": "Paul Grant (Police)",
            "If joint: lead of the section 47 enquiry": "Wren Foster (Social care: social worker)",
        }
        assert f"Reasons: {UNANSWERED}" in await world.submit(world.chair, {JOINT: "Joint", **leads, "Reasons": ""})
        await world.submit(world.chair, {"Reasons": "The messages name her."})
        minutes = await world.minutes()
        ada = world.under(minutes, "Threshold", "Ada Brook")
        assert MET in ada
        assert f"{JOINT}: joint" in ada
        assert "Reasons: The messages name her." in ada
        assert "Agreement: not by all: Sara Lund" in ada
        assert "No decision is recorded." in world.under(minutes, "Threshold", "Ben Lacey")
        await world.submit(
            world.chair,
            {
                "Outcome": NOT,
                "Agreement": "Not by all",
                DIFFERS: ["Paul Grant (Police)"],
                "Reasons": "No sign of harm.",
            },
        )
        minutes = await world.minutes()
        for child in NAMES[1:]:
            said = world.under(minutes, "Threshold", child)
            assert NOT in said
            assert JOINT not in said
            assert "Agreement: not by all: Paul Grant" in said


@pytest.mark.ledger("WOK-6.3c", "WOK-0.6")
async def test_the_meeting_does_not_go_past_the_decision_without_one(at: At) -> None:
    """No decision, no reason lifts it; the meeting is not closed before it."""
    async with at("DECISION", **WOK) as world:
        await world.look_again(world.chair)
        held = await world.next()
        assert "step 8 of 10" in held
        assert "Decision for Ada Brook" in held
        assert "Reason for going on without" not in world.labels(world.chair)
        assert "<Close the meeting>" not in world.newest(world.chair)


async def agreed(world: World, what: str, kind: str, **more: str | Sequence[str]) -> str:
    """The note-taker puts an action on the list; returns the card it ends on."""
    if "Back to the list" in world.titles(world.notes):
        await world.press(world.notes, "Back to the list")
    await world.press(world.notes, "Add an action")
    return await world.submit(world.notes, {"What": what, "Type": kind, **more})


@pytest.mark.ledger("WOK-6.4", "WOK-0.6")
async def test_actions_are_owned_timed_and_read_back_before_the_close(at: At) -> None:
    """No time: it comes back; content goes to its owner and not to the chat; not read back, the close is held."""
    async with at("ACTIONS", **WOK) as world:
        owner = {"Who is responsible": "Sara Lund (Education: school)", "For": ["Ada Brook"]}
        await agreed(world, "Write to the league", "Next step", **{**owner, "By when": "Tomorrow 12:00 (Thu)"})
        assert f"By when: {UNANSWERED}" in await agreed(world, "Tell the club's committee", "Immediate", **owner)
        await world.submit(world.notes, {"By when": "Today 17:00"})
        await world.later(seconds=5)
        await world.say(world.school, "panel")
        await world.look_again(world.school)
        assert "Tell the club's committee" in world.card(world.school)
        assert "committee" not in world.shared()
        assert "SM-82" in world.shared()
        await world.press(world.school, "Accept", beside="2. Tell the club's committee")
        await world.look_again(world.chair)
        await world.next()
        held = await world.next()
        assert "Reading the actions back" in held
        await world.press(world.chair, "Read back now")
        await world.press(world.chair, "The actions were read back")
        assert "Reading the actions back" not in world.newest(world.chair)
        minutes = await world.minutes()
        assert "The list was read back when it held 2 actions." in minutes
        done = minutes.partition("The list was read back")[0]
        now, later = done.partition("Actions: immediate")[2].split("Actions: next step")  # apart, and the first first
        assert re.search(r"Tell the club's committee.*accepted", now)
        assert re.search(r"Write to the league.*open", later)


@pytest.mark.ledger("WOK-0.8")
async def test_a_young_person_may_be_kept_from_an_agency_but_not_from_the_core_three(at: At) -> None:
    """The school sees all three until one is kept from it: no view, no decision, no line of its minutes is on her."""
    async with at("SUMMARY", **WOK) as world:
        assert all(name in world.card(world.school) for name in NAMES)
        await world.say(world.school, "panel")
        await world.say(world.chair, "panel")
        await world.press(world.chair, "More")
        await world.press(world.chair, "Keep a child from an agency")
        assert world.offered(world.chair, "From which agency") == ["Education"]
        world.choose(world.chair, "Which child", "Cleo Marr")
        world.choose(world.chair, "From which agency", "Education")
        await world.press(world.chair, "Keep it so")
        await world.next("The summary was given aloud.")
        form = world.newest(world.school)
        assert "Both children: my view" in form
        assert "Cleo" not in form
        assert "All 3 children: my view" in world.newest(world.police)
        world.choose(world.police, VIEW, "No reasonable cause")
        world.choose(world.police, SCALE, "3")
        world.fill(world.police, REASON, "Ada travels with cleo.")
        await world.press(world.police, "Give my view")
        await world.press(world.chair, "Mark: invited, gave no view")
        await world.look_again(world.school)
        assert "Ada travels with [another child]." in world.newest(world.school)
        assert "Ada travels with cleo." in world.newest(world.police)
        await world.next()
        for reader, named in ((world.school, False), (world.police, True)):
            assert ("Cleo" in world.newest(reader)) is named
            assert "Ben Lacey" in world.newest(reader)
        await world.submit(
            world.chair, {"Outcome": NOT, "Agreement": "Agreed by all", "Reasons": "Cleo left the club."}
        )
        await close(world)
        await authorise(world)
        await act(world, world.chair, "Send to all who wait")
        for reader, named in ((world.school, False), (world.police, True)):
            await world.say(reader, "minutes", private=True)
            copy = [await act(world, reader, "Read")]
            while "Next page" in titles(world, reader):
                copy.append(await act(world, reader, "Next page"))
            assert [bool(re.search(name, "".join(copy))) for name in ("Cleo", "Marr")] == [named, named]
            assert "Ben Lacey" in "".join(copy)


@pytest.mark.ledger("WOK-0.8")
async def test_a_group_is_about_somebody_of_concern(at: At) -> None:
    """The alleged person of concern is asked for a group, and stands in the minutes."""
    async with at("CLOSED", **WOK) as world:
        minutes = await world.minutes()
        assert "Alleged person of concern: The coach of the swimming club" in minutes
        assert "Subject: Children who may come into contact with an abuser" in minutes
        assert missing(world) == ""
