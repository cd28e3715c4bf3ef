"""The LCS format: the order and the turns, what is shared for another partner, questions to somebody by name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.ledger.conftest import At
from tests.ledger.forms import stands_at
from tests.ledger.world import World

Standing = Callable[[str], AbstractAsyncContextManager[World]]
SHARE, QUESTIONS, VIEWS = "Information sharing", "Questions", "Views on the threshold"
FINISHED, YOURS, REMINDER = "I have finished", "Your turn: ", "Say your name and agency first."
ASK, PASS = "Ask a question", "I have no question"
FIRST = "Begin: Education: school"  # the school referred
SPEAKERS = ("school", "police", "visitor", "gp", "worker", "deputy")


@pytest.fixture
def lcs(at: At) -> Standing:
    """`async with lcs("SHARE") as world:` for the case of two children and an absent GP under this format."""
    return lambda step: at(step, procedure="lcs", case="lcs")


async def ask(world: World, person: str, to: str, text: str) -> None:
    """Somebody asks somebody a question."""
    asker = getattr(world, person)
    await world.press(asker, ASK)
    if to:
        world.choose(asker, "For whom", next(t for t in world.offered(asker, "For whom") if t.startswith(to)))
    world.fill(asker, "Question", text)
    await world.press(asker, "Ask", force=True)


@pytest.mark.ledger("LCS-3.0", "LCS-3.1b", "LCS-3.2", "LCS-3.4", "LCS-3.5a", "LCS-5.1")
async def test_one_after_another_announced_by_agency_and_name(lcs: Standing) -> None:
    """The order stands before the first turn; each turn is announced by agency and person, without content."""
    async with lcs("SHARE") as world:
        for label in ("Police", "Health: health visitor", "Education: school", "GP", "Social care: social worker"):
            assert f"{label} – " in world.newest(world.school)
        assert not [p for p in world.stage.people.values() if YOURS in world.newest(p)]
        await world.press(world.chair, FIRST)
        for seat, following in (("school", "police"), ("police", "visitor")):
            person = getattr(world, seat)
            label = next(s["label"] for s in world.stage.case.data["seats"] if s["id"] == seat)
            assert f"{YOURS}{label} – {person.name}\n{REMINDER}" in world.newest(person)
            assert f"It is the turn of {label}" in world.shared()
            assert f"{person.name}, this is for you" in world.shared()
            assert YOURS not in world.newest(getattr(world, following))
            world.fill(person, "Information", f"What {seat} knows.")
            await world.press(person, FINISHED)
            assert world.newest(getattr(world, following)).count(YOURS) == 1
            assert f"What {seat} knows." not in world.shared()
        said = world.under(await world.minutes(), SHARE)
        assert "Police: Paul Grant\nInformation: What police knows." in said


@pytest.mark.ledger("LCS-3.3", "LCS-3.6")
async def test_a_question_waits_for_the_questions_and_urgent_action_does_not(lcs: Standing) -> None:
    """Asked during a turn it is kept apart and offered at the questions; an urgent action is taken at once."""
    text = "Has she been seen?"
    async with lcs("SHARE") as world:
        await world.press(world.chair, FIRST)
        await world.press(world.police, ASK)
        assert "Somebody has the floor: your question is kept for the questions." in world.newest(world.police)
        who = next(t for t in world.offered(world.police, "For whom") if t.startswith("Health"))
        world.choose(world.police, "For whom", who)
        world.fill(world.police, "Question", text)
        await world.press(world.police, "Ask")
        assert text not in world.card(world.visitor)
        await world.say(world.police, "panel")
        await world.press(world.police, "Urgent action")
        world.fill(world.police, "What must happen now", "Ring the hospital now")
        await world.press(world.police, "Raise it now")
        assert any("rgent" in n.text for n in world.chair.notifications)
        assert "Ring the hospital now" in await world.minutes()
        world.fill(world.school, "Information", "Absent on Mondays.")
        await world.press(world.school, FINISHED)
        said = world.under(await world.minutes(), SHARE).partition("Education: school")[2].partition("Police")[0]
        assert text not in said
        for seat in SPEAKERS[1:]:
            title = "Nothing held" if seat != "gp" else "End turn (no answer)"
            await world.press(world.chair if seat == "gp" else getattr(world, seat), title)
        await world.next()
        assert stands_at(world, QUESTIONS)
        for person in (world.police, world.visitor, world.school):
            assert ASK in world.titles(person)
            assert text in world.card(person)


@pytest.mark.ledger("LCS-2.2", "LCS-4.4c", "LCS-5.3")
async def test_what_another_partner_sent_stands_under_its_own_name(lcs: Standing) -> None:
    """The absent GP has a turn on its behalf; what social care shares for the GP is marked as the GP's.

    It is typed, not attached: the row allows either, and the bot takes no files into the record (ADR 0023). What was
    sent as a document is put in words, with its reference in the case system.
    """
    async with lcs("SHARE") as world:
        assert "· GP – Ash Poole  to come; absent, sent information" in world.newest(world.chair)
        await world.press(world.chair, FIRST)
        for seat in SPEAKERS[:3]:
            await world.press(getattr(world, seat), "Nothing held")
        assert "For GP – Ash Poole" in world.newest(world.chair)
        assert "Information: [Seen twice this autumn.]" in world.newest(world.chair)
        await world.press(world.chair, "Record")
        world.fill(world.worker, "Information", "The surgery rang this morning.")
        world.choose(world.worker, "On behalf of", "GP surgery")
        await world.press(world.worker, FINISHED)
        minutes = await world.minutes()
        tables = minutes.partition("\nInvited\n")[2].partition("\nAttended\n")
        invited = tables[0].partition("\nHow it could be joined")[0]
        attended, _, rest = tables[2].partition("\nApologies\n")
        supplied = rest.partition("\nInformation supplied\n")[2].splitlines()
        assert (len(invited.splitlines()), len(attended.splitlines())) == (8, 7)
        assert supplied[0] == "GP: Information: Seen twice this autumn."
        assert "GP" not in supplied[1]
        said = world.under(minutes, SHARE)
        assert "Information: Seen twice this autumn." in said.partition("GP: ")[2].partition("Social care")[0]
        worker = said.partition("Social care: social worker: Wren Foster")[2]
        assert "Whose information: GP (shared by social care)\nInformation: The surgery rang this morning." in worker


@pytest.mark.ledger("LCS-3.5b")
async def test_a_question_names_whom_it_is_for_and_only_they_answer(lcs: Standing) -> None:
    """Without an addressee it comes back; all see it, only health has the answer's form; minutes hold both."""
    async with lcs("QUESTIONS") as world:
        await ask(world, "school", "", "Has she been seen?")
        assert "For whom: Name somebody in this meeting." in world.newest(world.school)
        world.choose(
            world.school, "For whom", next(t for t in world.offered(world.school, "For whom") if t.startswith("Health"))
        )
        await world.press(world.school, "Ask")
        for person in (world.police, world.visitor):
            assert "Has she been seen?" in world.card(person)
        assert "Your answer" in world.labels(world.visitor)
        assert "Your answer" not in world.labels(world.police)
        world.fill(world.visitor, "Your answer", "On Monday, at home.")
        await world.press(world.visitor, "Answer")
        await world.look_again(world.police)
        assert "On Monday, at home." in world.card(world.police)
        said = world.under(await world.minutes(), QUESTIONS)
        assert "Question: Has she been seen?" in said
        assert "Answer: On Monday, at home." in said


@pytest.mark.ledger("LCS-5.4", "LCS-3.6")
async def test_team_manager_or_social_worker_is_offered_a_question(lcs: Standing) -> None:
    """Both have the offer; with neither asked nor passed only a reason goes on, with one passed it goes on."""
    async with lcs("QUESTIONS") as world:
        for person in (world.chair, world.worker):
            assert PASS in world.titles(person)
        for person in world.stage.people.values():
            if person is not world.gp:
                assert ASK in world.titles(person)
        held = await world.next()
        assert "A question, or none, from Carys Hale or Wren Foster" in held
        assert "Reason for going on without" in world.labels(world.chair)
        await world.press(world.chair, PASS)
        await world.next()
        assert stands_at(world, VIEWS)
    async with lcs("QUESTIONS") as world:
        await world.leaves(world.worker)
        await world.press(world.chair, PASS)
        await world.next()
        assert stands_at(world, VIEWS)
