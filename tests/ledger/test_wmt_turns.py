"""West Midlands: each professional in turn, the referrer first; the summary; the decision with its rationale."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.ledger.conftest import At
from tests.ledger.forms import BLANK, stands_at, write
from tests.ledger.lifetime import close
from tests.ledger.minuting import act, authorise, panel, write_up
from tests.ledger.world import World

Standing = Callable[[str], AbstractAsyncContextManager[World]]
SHARE, SUMMARY, DECISION = "Information from each professional", "Summary", "Section 17 or section 47"
INFORMATION = "Key information, and your agency's involvement with the family"
ADDITION = "Anything to add to the referral"
FINISHED, YOURS = "I have finished", "Your turn"
ALOUD = "Said aloud, note-taker to write up"
S17, S47 = "Section 17 assessment", "Threshold met: child protection enquiries"
DEFAULT = "(default, not from this procedure)"
FOR_WHOM = "For whom (same for all; untick the exceptions)"
RECORDED = "The decision is recorded."


@pytest.fixture
def wmt(at: At) -> Standing:
    """`async with wmt("DECISION") as world:` for the case of two children under this guidance."""
    return lambda step: at(step, procedure="wmt", case="wmt")


@pytest.mark.ledger("WMT-3.4b", "WMT-3.4c")
async def test_the_referrer_speaks_first_and_is_asked_for_more_about_the_referral(wmt: Standing) -> None:
    """The school referred: its turn is first and asks for an addition first; both texts stand under the school."""
    async with wmt("SHARE") as world:
        assert "Next: Education: school – Sara Lund" in world.newest(world.chair)
        await world.press(world.chair, "Begin: Education: school")
        assert world.labels(world.school)[:2] == [ADDITION, INFORMATION]
        world.fill(world.school, ADDITION, "She came without a coat.")
        world.fill(world.school, INFORMATION, "Absent on Mondays.")
        await world.press(world.school, FINISHED)
        assert f"{YOURS}: Police" in world.newest(world.police)
        assert ADDITION not in world.labels(world.police)
        said = world.under(await world.minutes(), SHARE).partition("Education: school: Sara Lund")[2]
        assert f"{ADDITION}: She came without a coat.\n{INFORMATION}: Absent on Mondays." in said


@pytest.mark.ledger("WMT-3.4b")
async def test_the_chair_may_set_another_order_and_it_is_recorded(wmt: Standing) -> None:
    """Reordered, the police speak first, and the order that was announced stands in the minutes."""
    async with wmt("SHARE") as world:
        await world.say(world.chair, "order police, school")
        begin = next(t for t in world.titles(world.chair) if t.startswith("Begin: "))
        await world.press(world.chair, begin)
        assert f"{YOURS}: Police" in world.newest(world.police)
        assert YOURS not in world.newest(world.school)
        minutes = await world.minutes()
        order = world.under(minutes, SHARE).partition("Order announced")[2]
        assert order.index("Police") < order.index("Education: school")
        assert "Order of turns changed: Police, Education: school, Health: health visitor" in minutes


@pytest.mark.ledger("WMT-3.5a")
async def test_the_summary_waits_for_every_turn(wmt: Standing) -> None:
    """One at a time; with a turn open the summary is held back and the agency named; with all heard it comes."""
    async with wmt("SHARE") as world:
        await world.press(world.chair, "Begin: Education: school")
        speaking = (world.school, world.police, world.visitor, world.worker, world.deputy)
        for person in speaking:
            assert [p for p in world.stage.people.values() if YOURS in world.newest(p)] == [person]
            if person is world.deputy:
                held = await world.next()
                assert "Still missing: Social care: deputy" in held
                assert "Reason for going on without" in world.labels(world.chair)
                await world.press(world.deputy, "Nothing held")
                break
            for label in [x for x in world.labels(person) if x in (ADDITION, INFORMATION)]:
                world.fill(person, label, f"As {person.name} knows.")
            await world.press(person, FINISHED)
        await world.next()
        assert stands_at(world, SUMMARY)
        await world.press(world.chair, "Guidance")
        assert "Sum up under three headings once everyone has shared." in world.newest(world.chair)
        assert "As Hana Vogel knows." in world.under(await world.minutes(), SHARE)


@pytest.mark.ledger("WMT-3.5b")
async def test_the_summary_has_three_headings(wmt: Standing) -> None:
    """Exactly worries, protective factors and grey areas; a blank one holds the step, none is an answer."""
    headings = {"Worries": "Two bruises.", "Protective factors": "A grandmother.", "Grey areas": "none"}
    async with wmt("SUMMARY") as world:
        await world.press(world.notes, "Fill in", beside=SUMMARY)
        assert [x.partition(" (")[0] for x in world.labels(world.notes)[:3]] == list(headings)
        back = await world.submit(world.notes, {**headings, "Grey areas": ""})
        assert f"Grey areas: {BLANK}" in back
        held = await world.next()
        assert stands_at(world, SUMMARY)
        assert "Grey areas" in held.partition("Still missing: ")[2].splitlines()[0]
        assert "Reason for going on without" in world.labels(world.chair)
        await world.press(world.notes, "Back to the step")
        await write(world, SUMMARY, headings)
        await world.next()
        assert stands_at(world, "Views on the threshold")
        said = world.under(await world.minutes(), SUMMARY)
        for heading, text in headings.items():
            assert f"{heading}: {text}" in said


@pytest.mark.ledger("WMT-3.6a", "WMT-3.6b", "WMT-3.6c")
async def test_each_child_has_its_own_decision_with_a_rationale(wmt: Standing) -> None:
    """Section 17 for one, section 47 for the other, each under its own name; without a rationale nothing is decided."""
    async with wmt("DECISION") as world:
        card = world.newest(world.chair)
        for extra in ("No assessment from this meeting", "Not decided: reconvene"):
            assert f"{extra} {DEFAULT}" in card
        for own in (S17, S47):
            assert f"{own} {DEFAULT}" not in card
        outcome = {"Outcome": S17, FOR_WHOM: ["Ada Brook"]}
        blank = await world.submit(world.chair, {**outcome, "Rationale": ""})
        assert f"Rationale: {BLANK}" in blank
        await world.look_again(world.chair)
        assert "Decision for Ada Brook" in await world.next()
        assert "Reason for going on without" not in world.labels(world.chair)
        assert RECORDED in await world.submit(world.chair, {**outcome, "Rationale": "Her mother works with us."})
        assert RECORDED in await world.submit(world.chair, {"Outcome": S47, "Rationale": "A burn nobody explains."})
        minutes = await world.minutes()
        ada, ben = (world.under(minutes, DECISION, child) for child in ("Ada Brook", "Ben Brook"))
        assert S17 in ada
        assert "Rationale: Her mother works with us." in ada
        assert S47 not in ada
        assert S47 in ben
        assert "Rationale: A burn nobody explains." in ben
        assert S17 not in ben
        assert "Section 47 enquiries: begin with this decision" in ben
        assert "Section 47 enquiries" not in ada
        (default,) = [x for x in minutes.splitlines() if x.startswith("Minutes recorded on the case system: L")]
        assert "default, not from this procedure" in default


@pytest.mark.ledger("WMT-3.6a")
async def test_not_decided_names_the_day_of_the_next_meeting(wmt: Standing) -> None:
    """Not decided without a date is not stored."""
    async with wmt("DECISION") as world:
        undecided = f"Not decided: reconvene {DEFAULT}"
        back = await world.submit(world.chair, {"Outcome": undecided, "Rationale": "The report is missing."})
        assert f"Date: {BLANK}" in back
        assert "No decision is recorded." in world.under(await world.minutes(), DECISION, "Ada Brook")


@pytest.mark.ledger("WMT-3.4a")
async def test_who_was_not_heard_is_named_and_what_was_said_aloud_is_owed(wmt: Standing) -> None:
    """One form after another; the third agency holds the step; said aloud, it goes on, and its debt holds the word."""
    async with wmt("SHARE") as world:
        await world.press(world.chair, "Begin: Education: school")
        for person in (world.school, world.police):
            assert [p for p in world.stage.people.values() if YOURS in world.newest(p)] == [person]
            await world.press(person, "Nothing held")
        assert f"{YOURS}: Health: health visitor" in world.newest(world.visitor)
        held = await world.next()
        assert "Health: health visitor" in held.partition("Still missing: ")[2].partition("\n")[0]
        assert "Reason for going on without" in world.labels(world.chair)
        await world.press(world.visitor, ALOUD)
        for person in (world.worker, world.deputy):
            await world.press(person, "Nothing held")
        await world.next()
        assert stands_at(world, SUMMARY)
        said = world.under(await world.minutes(), SHARE)
        assert "Said aloud, to be written up" in said.partition("Hana Vogel")[2]
        for step in (SUMMARY, "Views on the threshold"):
            assert stands_at(world, step)
            await world.next("Known to all.")
        await world.submit(world.chair, {"Outcome": S17, "Rationale": "Her mother works with us."})
        await close(world)
        await panel(world, world.notes)
        await act(world, world.notes, "The notes are written")
        card = await panel(world, world.chair)
        owed = next(line for line in card.splitlines() if line.startswith("To write up: Health: health visitor"))
        assert "must be written up" in owed
        await act(world, world.chair, "Check the draft")
        held = await act(world, world.chair, "Authorise")
        assert "These must be written up first." in held
        assert "<Authorise>" not in held
        await write_up(world)
        assert "authorised by Carys Hale" in await authorise(world)
