"""Sandwell: the questions of the plan, each answered or passed with a reason before the meeting is closed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from rehearsal.teams.view import Button, Field
from tests.ledger.conftest import At
from tests.ledger.world import Answers, World

S47 = "Initiate or continue section 47 enquiries"
RISK = "Planning checkpoints: "
SHARED = "What is shared with the child, parents and carers?"
ORDER = "Is an emergency protection order or police protection in force?"
LAW = "Is legal action required?"
MEDICAL = "Is a child protection medical assessment required?"
PARALLEL = "How do criminal and medical investigations affect planning?"
RACE = "How are race and ethnicity of child and family considered?"
INTERPRETER = "Is an interpreter required?"
DISABILITY = "Any disability in child or family that needs adaptations or adjustments?"
INTERVIEW = "Should the child be interviewed under Achieving Best Evidence?"
CONCERNS = "Risk assessment: concerns, risk factors, how they affect the child"
BOTH = {"The same holds for": "Ben Brook"}
UNANSWERED = "Please answer this."
REASON = "Reason for closing without, for the minutes"
FIRM = "needed before closing"
JOINT = {
    "Start or continue": "Continue",
    "Joint with police, or single agency": "Joint",
    "Evidence for joint or single": "Police hold the photographs.",
    "If joint: lead of the criminal investigation": "Paul Grant (Police)",
    "If joint: lead of the section 47 enquiry": "Wren Foster (Social care: social worker)",
}
PLAN: Mapping[str, Answers] = {
    RISK: {CONCERNS: "Two bruises; drink at home; afraid.", **BOTH},
    SHARED: {"What is shared, with whom, by whom and when": "All of it, by Wren.", "Is anything withheld?": "No"},
    ORDER: {ORDER: "No", **BOTH},
    LAW: {LAW: "No", "Reason": "Parents agree to the plan.", **BOTH},
    MEDICAL: {MEDICAL: "No", "Evidence for the decision": "Seen by a doctor today.", **BOTH},
    RACE: {"Race and ethnicity": "Both grew up between two cultures."},
    INTERPRETER: {INTERPRETER: "No"},
    DISABILITY: {DISABILITY: "No"},
    INTERVIEW: {INTERVIEW: "No", "Reason": "Nothing to ask yet.", **BOTH},
}
PER_CHILD = (RISK, ORDER, LAW, MEDICAL, INTERVIEW)


async def answer(world: World, row: str, answers: Answers) -> str:
    """The note-taker answers one question of the plan, for Ada where it is asked for each child."""
    beside = f"{row}Ada Brook" if row == RISK else f"{row} (Ada Brook)" if row in PER_CHILD else row
    return await world.fill_in(world.notes, beside, answers)


async def answer_all_but(world: World, *skipped: str) -> None:
    """The note-taker answers every question of the plan except these."""
    for row, answers in PLAN.items():
        if row not in skipped:
            assert "Recorded." in await answer(world, row, answers), row


async def still_open(world: World, label: str) -> list[str]:
    """Go on to closing and try to close; returns the lines of what is still open that begin with these words."""
    for _ in range(3):
        if "step 16 of 16" not in world.newest(world.chair):
            await world.next()
    return [line for line in world.newest(world.chair).splitlines() if line.startswith(label)]


async def closes_with_a_reason_only(world: World) -> None:
    """Closing is refused as it stands; a reason lets it through and stands in the minutes."""
    assert "<Close the meeting>" not in world.newest(world.chair)
    await world.press(world.chair, "Close the meeting with this reason", force=True)
    assert "Still open" in world.newest(world.chair)
    world.fill(world.chair, REASON, "The doctor had to leave.")
    await world.press(world.chair, "Close the meeting with this reason")
    await world.look_again(world.chair)
    assert "Minutes by" in world.card(world.chair)
    assert "The doctor had to leave." in await world.minutes()


@pytest.mark.ledger("SAN-10.6", "SAN-13.2", "SAN-13.4", "SAN-13.5", "SAN-13.8", "SAN-13.9", "SAN-13.10", "SAN-13.11")
@pytest.mark.parametrize(
    ("row", "label"),
    [
        (RISK, CONCERNS),
        (SHARED, SHARED),
        (LAW, LAW),
        (RACE, RACE),
        (INTERPRETER, INTERPRETER),
        (DISABILITY, DISABILITY),
        (INTERVIEW, INTERVIEW),
    ],
)
async def test_a_question_left_blank_holds_the_closing_until_the_chair_says_why(at: At, row: str, label: str) -> None:
    """A blank answer is named at closing, for each child where each is asked about; a reason passes it."""
    async with at("PLAN") as world:
        await answer_all_but(world, row)
        lines = await still_open(world, label)
        names = [f"{label} ({name})" for name in ("Ada Brook", "Ben Brook")] if row in PER_CHILD else [label]
        assert [line.removesuffix("  <Fill in>").strip() for line in lines] == names
        await closes_with_a_reason_only(world)


@pytest.mark.ledger("SAN-13.2")
async def test_the_risk_assessment_stands_under_its_own_child(at: At) -> None:
    """Concerns, risk factors and their effect are asked for each child, and stand under that child only."""
    async with at("PLAN") as world:
        await answer(world, RISK, {CONCERNS: "Ada is afraid at night."})
        assert f"{CONCERNS}: Ada is afraid at night." in await planned(world, "Ada Brook")
        assert f"{CONCERNS}: Not recorded" in await planned(world, "Ben Brook")
        assert await still_open(world, f"{CONCERNS} (Ben Brook)")
        assert not await still_open(world, f"{CONCERNS} (Ada Brook)")


@pytest.mark.ledger("SAN-13.4")
async def test_what_is_shared_and_what_is_withheld_stand_in_the_minutes(at: At) -> None:
    """Shared with whom, by whom and when; withheld needs what and on which ground."""
    shared = {"What is shared, with whom, by whom and when": "The plan, with Mora, by Wren, today."}
    withheld = {
        "Is anything withheld?": "Yes",
        "What is withheld": "Where the photographs are.",
        "Ground for withholding": "May jeopardise a police investigation",
    }
    async with at("PLAN") as world:
        blank = await answer(world, SHARED, {**shared, "Is anything withheld?": "Yes"})
        assert f"What is withheld: {UNANSWERED}" in blank
        assert "Recorded." in await world.submit(world.notes, withheld)
        said = world.under(await world.minutes(), "Planning checkpoints")
        assert "What is shared, with whom, by whom and when: The plan, with Mora, by Wren, today." in said
        assert "What is withheld: Where the photographs are." in said
        assert "Ground for withholding: may jeopardise a police investigation" in said


@pytest.mark.ledger("SAN-10.6")
async def test_withholding_names_one_of_this_procedures_two_grounds(at: At) -> None:
    """Withheld without a ground is not stored; the grounds speak of harm, where another procedure says significant."""
    withheld = {
        "What is shared, with whom, by whom and when": "Nothing yet.",
        "Is anything withheld?": "Yes",
        "What is withheld": "Where the photographs are.",
    }
    async with at("PLAN") as world:
        blank = await answer(world, SHARED, withheld)
        assert f"Ground for withholding: {UNANSWERED}" in blank
        assert "May place the child at risk of harm" in blank
        assert "May jeopardise a police investigation" in blank
        assert "significant" not in blank


@pytest.mark.ledger("SAN-13.5")
async def test_legal_action_is_answered_with_a_reason_and_asks_for_its_action(at: At) -> None:
    """Yes without a reason is not stored; yes asks for a legal action for that child, no asks for none."""
    async with at("PLAN") as world:
        assert f"Reason: {UNANSWERED}" in await answer(world, LAW, {LAW: "Yes"})
        assert "Recorded." in await world.submit(world.notes, {"Reason": "Parents refuse the plan."})
        assert "Reason: Parents refuse the plan." in await planned(world, "Ada Brook")
        await world.next()
        asked = [line for line in world.newest(world.chair).splitlines() if "egal action" in line]
        assert asked
        assert "Ada Brook" in asked[0]
        assert "Ben Brook" not in asked[0]
    async with at("PLAN") as world:
        await answer(world, LAW, PLAN[LAW])
        await world.next()
        assert "egal action" not in world.newest(world.chair)


@pytest.mark.ledger("SAN-13.6")
@pytest.mark.parametrize("said", ["Yes", "No"])
async def test_the_medical_is_decided_on_evidence_either_way(at: At, said: str) -> None:
    """Yes or no without evidence is not stored; with it, both stand in the minutes under that child."""
    async with at("PLAN") as world:
        blank = await answer(world, MEDICAL, {MEDICAL: said})
        assert f"Evidence for the decision: {UNANSWERED}" in blank
        assert f"{MEDICAL} Not recorded" in await planned(world, "Ada Brook")
        assert "Recorded." in await world.submit(world.notes, {"Evidence for the decision": "Dr Poole, by telephone."})
        minutes = await planned(world, "Ada Brook")
        assert f"{MEDICAL} {said.lower()}" in minutes
        assert "Evidence for the decision: Dr Poole, by telephone." in minutes


@pytest.mark.ledger("SAN-13.6")
async def test_an_unanswered_medical_holds_the_closing_whatever_the_reason(at: At) -> None:
    """Unanswered, it is named for each child as needed, and no reason closes the meeting."""
    async with at("PLAN") as world:
        await answer_all_but(world, MEDICAL)
        lines = await still_open(world, MEDICAL)
        assert [FIRM in line for line in lines] == [True, True]
        assert "Close the meeting with this reason" not in world.titles(world.chair)
        assert REASON not in world.labels(world.chair)


@pytest.mark.ledger("SAN-13.7")
async def test_parallel_investigations_are_weighed_where_one_runs(at: At) -> None:
    """A joint enquiry without a medical asks for effect and next steps; blank, only a reason closes the meeting."""
    async with at("DECISION") as world:
        await world.decide(S47, answers=JOINT)
        await world.next()
        await world.next()
        await answer_all_but(world)
        row = f"{PARALLEL}  To be answered"
        assert row in world.newest(world.notes)
        lines = await still_open(world, PARALLEL)
        assert len(lines) == 1
        assert FIRM not in lines[0]
        await world.fill_in(world.chair, PARALLEL, {"Effect": "The interview comes first."})
        assert f"Next steps: {UNANSWERED}" in world.newest(world.chair)
        await world.submit(world.chair, {"Next steps": "Police first, then the doctor."})
        said = world.under(await world.minutes(), "Planning checkpoints")
        assert "Effect: The interview comes first." in said
        assert "Next steps: Police first, then the doctor." in said
        assert not await still_open(world, PARALLEL)


@pytest.mark.ledger("SAN-13.7")
async def test_parallel_investigations_are_asked_about_with_a_medical_and_not_without_either(at: At) -> None:
    """Neither a police investigation nor a medical: not asked; with a medical: asked, blank is passed by a reason."""
    async with at("PLAN") as world:
        await answer_all_but(world)
        assert PARALLEL not in world.newest(world.notes)
        assert not await still_open(world, PARALLEL)
    async with at("PLAN") as world:
        await answer_all_but(world, MEDICAL)
        await answer(world, MEDICAL, {**PLAN[MEDICAL], MEDICAL: "Yes"})
        assert PARALLEL in world.newest(world.notes)
        assert len(await still_open(world, PARALLEL)) == 1
        await closes_with_a_reason_only(world)


@pytest.mark.ledger("SAN-13.8")
async def test_race_and_ethnicity_stand_in_the_minutes(at: At) -> None:
    """How race and ethnicity of child and family are taken into account is read in the minutes as it was written."""
    async with at("PLAN") as world:
        assert f"Race and ethnicity: {UNANSWERED}" in await answer(world, RACE, {})
        await world.submit(world.notes, {"Race and ethnicity": "A worker who knows the family's church."})
        said = world.under(await world.minutes(), "Planning checkpoints")
        assert "Race and ethnicity: A worker who knows the family's church." in said


@pytest.mark.ledger("SAN-13.9", "SAN-13.10")
@pytest.mark.parametrize(
    ("row", "label", "text"),
    [(INTERPRETER, "Language", "Polish"), (DISABILITY, "Adaptations and adjustments", "A hearing loop.")],
)
async def test_interpreter_and_disability_say_what_is_needed(at: At, row: str, label: str, text: str) -> None:
    """Yes without the language, or without the adjustments, is not stored; with it, both stand in the minutes."""
    async with at("PLAN") as world:
        assert f"{label}: {UNANSWERED}" in await answer(world, row, {row: "Yes"})
        assert f"{row} Not recorded" in world.under(await world.minutes(), "Planning checkpoints")
        assert "Recorded." in await world.submit(world.notes, {label: text})
        said = world.under(await world.minutes(), "Planning checkpoints")
        assert f"{row} yes" in said
        assert f"{label}: {text}" in said


@pytest.mark.ledger("SAN-13.9")
async def test_an_interpreter_brings_the_offer_to_book_one(at: At) -> None:
    """Yes offers the action to book an interpreter; no does not."""
    for said, offered in (("Yes", True), ("No", False)):
        async with at("PLAN") as world:
            await answer(world, INTERPRETER, {INTERPRETER: said, "Language": "Polish"})
            await world.next()
            assert ("book interpreter" in world.newest(world.chair).lower()) is offered


@pytest.mark.ledger("SAN-13.11")
async def test_an_interview_names_its_interviewers_and_a_time_that_may_be_to_be_arranged(at: At) -> None:
    """Either answer needs a reason; yes needs interviewers and a time; "to be arranged" is one. All in the minutes."""
    wanted = {"Reason": "Ada has told her teacher.", "Interviewers": "Paul Grant and Wren Foster"}
    async with at("PLAN") as world:
        blank = await answer(world, INTERVIEW, {INTERVIEW: "Yes"})
        assert f"Reason: {UNANSWERED}" in blank
        for label in ("Interviewers", "Time (or to be arranged)"):
            assert f"{label}: {UNANSWERED}" in blank
        await world.submit(world.notes, {"Reason": wanted["Reason"], "Time (or to be arranged)": "To be arranged"})
        assert f"Interviewers: {UNANSWERED}" in world.newest(world.notes)
        assert "Recorded." in await world.submit(world.notes, {"Interviewers": wanted["Interviewers"]})
        said = await planned(world, "Ada Brook")
        for label, text in wanted.items():
            assert f"{label}: {text}" in said
        assert "Time: To be arranged" in said
        assert f"{INTERVIEW} Not recorded" in await planned(world, "Ben Brook")


@pytest.mark.ledger("SAN-13.12")
async def test_a_conference_is_no_outcome(at: At) -> None:
    """Submitted as an outcome, by whatever client, a conference is refused with the allowed wording."""
    async with at("DECISION") as world:
        assert "onference" not in world.newest(world.chair)
        message, pieces = next(iter(world.chair.pieces(world.stage.chat)))
        go_on = next(p for p in pieces if isinstance(p, Button) and p.text == "Go on").element
        data = {**go_on["data"], "outcomes": "conference", "subjects": "c1,c2"}
        answer = await world.stage.teams.invoke_raw(
            world.chair, world.stage.chat, verb=go_on["verb"], data=data, message=message
        )
        assert "This meeting cannot decide that. Allowed: Complete the section 47 enquiry" in str(
            answer.card or answer.text
        )
        assert "No decision is recorded." in world.under(await world.minutes(), "Decision", "Ada Brook")


@pytest.mark.ledger("SAN-13.12")
async def test_words_of_a_conference_ask_for_a_second_look_and_stand_as_typed_when_kept(at: At) -> None:
    """An "other" outcome or an action that mentions a conference brings the allowed wording; kept, it is as typed."""
    wording = "You could write: Complete the section 47 enquiry"
    async with at("DECISION") as world:
        asked = await world.decide("Other outcome", answers={"What": "Hold an initial child protection conference"})
        assert wording in asked
        assert "No decision is recorded." in world.under(await world.minutes(), "Decision", "Ada Brook")
    who = {"Named professional": "Noor Iqbal (Note-taker)", "By when": "Today 17:00"}
    async with at("ACTIONS") as world:
        for what in ("Arrange ICPC", "Send minutes of the 2023 ICPC"):
            await world.press(world.notes, "Add an action")
            assert wording in await world.submit(world.notes, {"What": what, **who})
            assert what not in world.under(await world.minutes(), "Actions")
            await world.press(world.notes, "Back to the list")
        await world.press(world.notes, "Add an action")
        listed = await world.submit(world.notes, {"What": "Send minutes of the 2023 ICPC", **who}, keep=True)
        assert "1. Send minutes of the 2023 ICPC" in listed
        assert "What: Send minutes of the 2023 ICPC" in world.under(await world.minutes(), "Actions", "Actions")


async def planned(world: World, child: str) -> str:
    """Return what the minutes say of the plan for one child."""
    return world.under(await world.minutes(), "Planning checkpoints", child)


@pytest.mark.ledger("SAN-13.6")
async def test_a_medical_not_decided_yet_counts_with_why_and_an_action(at: At) -> None:
    """It says because of what, stands in the minutes, and asks for an action that decides it, or for a reason."""
    async with at("PLAN") as world:
        await answer_all_but(world, MEDICAL)
        blank = await answer(world, MEDICAL, {MEDICAL: "Not decided yet", **BOTH})
        assert UNANSWERED in blank
        await world.submit(world.notes, {"Not decided yet, because": "The ward decides after tonight."})
        assert not await still_open(world, MEDICAL)
        decide = [line for line in world.newest(world.chair).splitlines() if line.startswith(f"Decide: {MEDICAL}")]
        assert [FIRM in line for line in decide] == [False, False]
        said = await planned(world, "Ada Brook")
        assert f"{MEDICAL} not decided yet" in said
        assert "Not decided yet, because: The ward decides after tonight." in said
        await closes_with_a_reason_only(world)


@pytest.mark.ledger("SAN-13.12")
async def test_a_conference_is_no_type_of_action_either(at: At) -> None:
    """Sent as an action's type by a forged press, a conference changes nothing: the list stays empty of it."""
    async with at("ACTIONS") as world:
        await world.press(world.notes, "Add an action")
        message, pieces = next(iter(world.notes.pieces(world.stage.chat)))
        save = next(p for p in pieces if isinstance(p, Button) and p.text == "Save").element
        asked = {p.text: p.element for p in pieces if isinstance(p, Field)}
        assert not [label for label in asked if "ype" in label]  # an action has no type at all
        owner = next(c["value"] for c in asked["Named professional"]["choices"] if c["title"].startswith("Wren"))
        due = next(c["value"] for c in asked["By when"]["choices"] if c["title"] == "Today 17:00")
        data = {**save["data"], "origin": "conference", "answers.type": "conference", "answers.what": "Hold an ICPC"}
        data |= {asked["Named professional"]["id"]: owner, asked["By when"]["id"]: due}
        answer = await world.stage.teams.invoke_raw(
            world.notes, world.stage.chat, verb=save["verb"], data=data, message=message
        )
        assert "Please answer" not in str(answer.card)
        assert "Complete the section 47 enquiry" in str(answer.card or answer.text)
        assert "Hold an ICPC" not in world.under(await world.minutes(), "Actions")
