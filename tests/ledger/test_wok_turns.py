"""Wokingham: the information of concern, each professional in turn, and the chair's summary in three parts."""

from __future__ import annotations

import re

import pytest

from tests.ledger.conftest import At
from tests.ledger.forms import missing, write
from tests.ledger.world import World

WOK = {"procedure": "wok", "case": "wok"}
REASON = "Reason for referral or meeting"
WHEN = 'Date, period or "ongoing"'
INCIDENT = {
    "What happened": "Messages at night",
    "Who was involved": "The coach and Ada",
    "Known impact or harm": "She is afraid of training",
}
CONCERNS, STRENGTHS, CONTEXT = "Concerns/harm", "Strengths/existing safety", "The context of concern"
SUMMARY = ("Danger/harm and known impact on the child or children", "Complicating factors", STRENGTHS)
UNANSWERED = "Please answer this."


@pytest.mark.ledger("WOK-3.1", "WOK-3.2")
async def test_the_social_worker_tells_each_incident_and_when_it_was(at: At) -> None:
    """Without an incident the step is held; one needs its "when", which may be "ongoing"; it is minuted."""
    async with at("REASON", **WOK) as world:
        await world.next()
        assert missing(world) == "Incident"
        assert "Reason for going on without" in world.labels(world.chair)
        assert "Add: Incident" in world.titles(world.worker)
        assert "Add: Incident" not in world.newest(world.police)
        await world.press(world.worker, "Add: Incident")
        card = await world.submit(world.worker, INCIDENT)
        assert f"{WHEN}: {UNANSWERED}" in card
        await world.submit(world.worker, {WHEN: "ongoing"})
        assert "step 5 of 10" in await world.next()
        said = world.under(await world.minutes(), REASON)
        assert f"{WHEN}: ongoing; Who was involved: The coach and Ada" in said
        assert "Messages at night" in said
        assert "Known impact or harm: She is afraid of training" in said


@pytest.mark.ledger("WOK-3.1")
async def test_the_reason_may_be_handed_to_another_professional(at: At) -> None:
    """Handed to the police, the form is theirs, and what they write is minuted under their name."""
    async with at("REASON", **WOK) as world:
        await world.say(world.chair, "panel")
        await world.press(world.chair, "More")
        await world.press(world.chair, "Hand this form to somebody")
        world.choose(world.chair, "To whom", next(t for t in world.offered(world.chair, "To whom") if "Police" in t))
        await world.press(world.chair, "Hand it over")
        assert "<Add: Incident>" in world.card(world.police)
        await world.press(world.police, "Add: Incident")
        for label, text in {**INCIDENT, WHEN: "ongoing"}.items():
            world.fill(world.police, label, text)
        await world.press(world.police, "Save")
        said = world.under(await world.minutes(), REASON)
        assert "Messages at night" in said
        assert "by Paul Grant" in said


@pytest.mark.ledger("WOK-0.5", "WOK-4.1", "WOK-4.2a", "WOK-4.2b", "WOK-5.1a", "WOK-5.1c")
async def test_each_turn_is_asked_for_source_concerns_and_strengths_which_draft_the_summary(at: At) -> None:
    """Relevant and proportionate, from records or contact; neither harm nor strength may be blank, "none known" may."""
    async with at("SHARE", **WOK) as world:
        await world.press(world.chair, "Begin: Police")
        form = world.newest(world.police)
        assert "Relevant and proportionate" in form
        for source in ("Agency records", "Contact with the family or child", "Both"):
            assert source in form
        assert CONTEXT not in form  # the subject is a group, no context
        world.choose(world.police, "From", "Agency records")
        world.fill(world.police, CONCERNS, "Two complaints about the coach.")
        await world.press(world.police, "I have finished")
        assert f"{STRENGTHS}: {UNANSWERED}" in world.newest(world.police)
        world.fill(world.police, CONCERNS, "")
        world.fill(world.police, STRENGTHS, "The parents ask for help.")
        await world.press(world.police, "I have finished")
        assert f"{CONCERNS}: {UNANSWERED}" in world.newest(world.police)
        world.fill(world.police, CONCERNS, "Two complaints about the coach.")
        await world.press(world.police, "I have finished")
        world.choose(world.visitor, "From", "Both")
        for label in (CONCERNS, STRENGTHS):
            world.fill(world.visitor, label, "none known")
        await world.press(world.visitor, "I have finished")
        assert "Relevant and proportionate" in world.newest(world.school)
        world.choose(world.school, "From", "Both")
        await world.press(world.school, "Said aloud, note-taker to write up")
        minutes = await world.minutes()
        said = world.under(minutes, "Information sharing", "Police: Paul Grant")
        assert "From: agency records" in said
        assert f"{CONCERNS}: Two complaints about the coach." in said
        assert f"{STRENGTHS}: The parents ask for help." in said
        said = world.under(minutes, "Information sharing", "Health: nurse: Hana Vogel")
        assert "From: both" in said
        assert f"{CONCERNS}: none known" in said
        assert "Said aloud, to be written up" in world.under(
            minutes, "Information sharing", "Education: school: Sara Lund"
        )
        await world.next("The others have nothing to add.")
        await world.press(world.notes, "Fill in", beside="Summary")
        draft = world.newest(world.notes)
        assert re.search(rf"{re.escape(SUMMARY[0])}: \[[^\]]*Two complaints about the coach\.", draft)
        assert re.search(rf"{re.escape(SUMMARY[2])}: \[[^\]]*The parents ask for help\.", draft)


@pytest.mark.ledger("WOK-5.1a", "WOK-5.1b", "WOK-5.1c")
async def test_the_summary_has_three_headings_and_none_may_be_blank(at: At) -> None:
    """Each heading left out is named and held; edited by the chair, each stands in the minutes under its heading."""
    async with at("SUMMARY", **WOK) as world:
        await world.next()
        for heading in SUMMARY:
            assert heading in missing(world)
        assert "Reason for going on without" in world.labels(world.chair)
        said = {heading: f"What the chair says of number {n}." for n, heading in enumerate(SUMMARY, start=1)}
        for heading in SUMMARY:
            card = await world.fill_in(world.chair, "Summary", {**said, heading: ""})
            assert f"{heading}: {UNANSWERED}" in card
            await world.press(world.chair, "Back to the step")
        await write(world, "Summary", said)
        assert "step 7 of 10" in await world.next()
        minutes = world.under(await world.minutes(), "Summary")
        for heading, text in said.items():
            assert f"{heading}: {text}" in minutes


@pytest.mark.ledger("WOK-0.3")
async def test_the_chair_may_skip_a_step_with_a_reason_but_not_the_right_meeting(at: At) -> None:
    """The summary is passed over only with a reason, which is minuted; whom the meeting is about is not passed over.

    Another order is that and going back: what was passed over is opened later from the list of earlier steps, so that
    no step can be lost by being moved; the stated order stays the one that the board and the minutes show.
    """
    async with at("SUMMARY", **WOK) as world:
        await skipping(world, "")
        assert "step 6 of 10" in await world.say(world.chair, "panel")
        await skipping(world, "It was given aloud as we went.")
        assert "step 7 of 10" in await world.say(world.chair, "panel")
        minutes = await world.minutes()
        assert "It was given aloud as we went." in minutes
        await world.say(world.chair, "panel")
        await world.press(world.chair, "More")
        await world.press(world.chair, "Complete earlier steps")
        await world.press(world.chair, "Open")
        await world.press(world.chair, "Fill in")
        await world.submit(world.chair, dict.fromkeys(world.labels(world.chair), "Said after the views."))
        assert "Said after the views." in world.under(await world.minutes(), "Summary")
        assert "step 7 of 10" in await world.say(world.chair, "panel")
    async with at("IDENTITY", **WOK) as world:
        await world.say(world.chair, "panel")
        await world.press(world.chair, "More")
        assert "Skip this step" not in world.titles(world.chair)


async def skipping(world: World, reason: str) -> None:
    """The chair asks to pass over the open step."""
    await world.say(world.chair, "panel")
    await world.press(world.chair, "More")
    await world.press(world.chair, "Skip this step")
    world.fill(world.chair, "Why it is passed over", reason)
    await world.press(world.chair, "Skip it", force=True)
