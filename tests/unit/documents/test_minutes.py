"""What stands in the minutes, and where: each test plays a meeting and reads its draft."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from documents.html import html_of
from documents.minutes import minutes_of
from documents.model import Document, Section
from documents.sayings import FICTIONAL, without_hint
from documents.source import source_of
from documents.text import text_of
from meeting.after.reconvening import CarryOver
from meeting.door import admission, quorum
from meeting.model import Assurance, Carried, Child, ChildId, How, PersonId, SeatId, Slot
from meeting.procedure import parts_of
from meeting.refusals import HeldBack
from meeting.running import agenda, chairing, handover
from meeting.screens.frame import Look
from meeting.screens.hiding import masked
from meeting.standing import SYSTEM
from meeting.steps import actions, decision, questions, record, roll_call, safeguards, statement, turns, views
from procedures.load import shipped
from tests.unit.documents.pages import squeezed
from tests.unit.documents.played import (
    BEGIN,
    CHAIR,
    HEALTH,
    NOTES,
    POLICE,
    TWO,
    WORKER,
    Play,
    acted,
    convened,
    enter,
    gathered,
    whole,
)


def drawn(play: Play, **more: object) -> Document:
    """Return the draft as it stands."""
    return minutes_of(play.meeting, play.procedure, play.now, **more)  # type: ignore[arg-type]


def under(document: Document, heading: str, part: str = "") -> str:
    """Return the text below a heading, or below one of its parts; raises StopIteration where there is none."""
    section = next(s for s in document.sections if s.heading.startswith(heading))
    if part:
        section = next(p for p in section.parts if p.heading.startswith(part))
    shown = Document(title="", reference="", status="", sections=(section,))
    return squeezed(text_of(shown))


def headings(document: Document) -> list[str]:
    return [s.heading for s in document.sections]


def to(play: Play, step: str) -> Play:
    """Play on until a step is open, and nothing is done in it."""
    while play.step.id != step:
        acted(play)
        play.on()
    return play


def started(procedure: str = "san", *, without: tuple[str, ...] = (), seats: int = 5, **more: object) -> Play:
    return gathered(convened(procedure, seats=seats, **more), without=without)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------------ the frame


@pytest.mark.parametrize("procedure", shipped())
def test_steps_stand_in_the_order_of_the_procedure(procedure):
    """Each step that was visited has a heading of its own, in the agenda's order."""
    play = whole(started(procedure))
    shown = headings(drawn(play))
    wanted = [s.label for s in play.procedure.agenda if any(v.step == s.id for v in play.meeting.visits)]
    assert [h for h in shown if h in wanted] == wanted


def test_head_names_time_place_and_officers():
    play = whole(started())
    told = under(drawn(play), "The meeting")
    assert "Planned for: Wednesday 23 December 2026, 14:05" in told
    assert "Started: Wednesday 23 December 2026, 14:07" in told
    assert "Place: Teams" in told
    assert "Chair: Morgan Vale (Chair)" in told
    assert "Note-taker: Sam Penn (Note-taker)" in told
    assert "Issued by: Sandwell Children's Trust Published: February 2025" in told


def test_times_are_london_times():
    """A meeting in July is shown an hour later than its record, which is kept in UTC."""
    play = convened()
    play.meeting = replace(play.meeting, starts=datetime(2026, 7, 1, 9, 0, tzinfo=UTC))
    assert "Wednesday 1 July 2026, 10:00" in under(drawn(play), "The meeting")


def test_fictional_only_when_given():
    play = started()
    assert FICTIONAL in drawn(play, fictional=True).banner
    assert FICTIONAL not in drawn(play).banner


def test_same_record_gives_the_same_minutes():
    """Nothing but the record, the procedure and the time goes into them."""
    play = whole(started())
    assert drawn(play) == drawn(play)


def test_notices_and_defaults_are_named():
    """What the procedure's document does not say is called a default where it shows, and listed at the end."""
    play = whole(started("wmt"))
    document = drawn(play, notices=["The review month has passed"])
    told = under(document, "About the procedure")
    assert "The review month has passed" in told
    assert "the step “Views on the threshold”" in told
    assert "time limit: Minutes distributed" in told
    assert "This step: default, not from this procedure." in under(document, "Views on the threshold")
    assert "default" not in under(document, "Reasons")


def test_a_default_limit_that_bears_on_nothing_here_is_not_listed():
    """Of the project's own limits only those of this meeting are named: no order was made, nobody was challenged."""
    told = under(drawn(whole(started("wmt"))), "About the procedure")
    assert "Police protection ends" not in told
    assert "Answer to a challenge" not in told


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ('Name, or "unborn baby of …"', "Name"),
        ('Outcome (may be "not concluded")', "Outcome"),
        ("Time (or to be arranged)", "Time"),
        ("Joint with police, or single agency", "Joint with police, or single agency"),
        ("Convener (lead practitioner): name and role", "Convener (lead practitioner): name and role"),
        ("Is legal action required?", "Is legal action required?"),
    ],
)
def test_a_hint_at_how_to_answer_is_no_part_of_the_minutes(label, told):
    assert without_hint(label) == told


def test_no_question_of_a_shipped_procedure_brings_its_hint_into_the_minutes():
    """Neither as a fact's label nor as a column's head; and one reason has no heading that says the same."""
    for procedure in ("san", "wmt"):
        said = text_of(drawn(whole(started(procedure))))
        assert "unborn baby of …" not in said
        assert "(may be" not in said
        assert "Rationale:\n  Rationale:" not in said


# ----------------------------------------------------------------------------------------------------- the people


def test_people_stand_with_their_times():
    """Invited, attended with joining and leaving, apologies with reasons, information supplied, and who stayed away."""
    play = started(without=("school", "housing"), seats=7)
    play.do(NOTES, roll_call.RecordApologies(seat=SeatId("school"), reason="On leave", information="Attends daily"))
    play.do(SYSTEM, admission.Leave(person=WORKER), minutes=10)
    told = under(drawn(play), "Invited and attended")
    assert "Seat: School Agency: Education Role: School or nursery Invited: Pat Reed" in told
    assert "Name: Jo Hale Seat: Social worker Joined: 14:05 Left: 14:17 How they are known: signed in" in told
    assert "Seat: School Agency: Education Person: Pat Reed Reason: On leave Information supplied: yes" in told
    assert "Seat: School Information: Attends daily" in told
    assert "Did not attend, no apologies recorded: Housing." in told


def test_late_arrival_stands_with_the_time():
    play = to(started(without=("worker",)), "IDENTITY")
    play.arrive("p-worker", "Jo Hale", "worker@example.org")
    assert "Jo Hale joined" in under(drawn(play), "Course of the meeting")


def test_assurance_is_told():
    """A reader sees who was signed in and who was let in on a voice."""
    play = started(without=("school",), seats=6)
    play.arrive("p-x", "Pat Reed", "other@example.org", Assurance.VOUCHED)
    play.do(NOTES, admission.Admit(person=PersonId("p-x"), seat=SeatId("school")))
    assert "known by voice, vouched for" in under(drawn(play), "Invited and attended")


# ------------------------------------------------------------------------------------------------ how it was told


def test_acknowledgements_say_heard_or_pressed():
    play = started()
    play.do(POLICE, statement.Acknowledge(step="OPENING"))
    play.do(NOTES, statement.Acknowledge(step="OPENING", people=(HEALTH,)))
    told = under(drawn(play), "Confidentiality statement")
    assert "“This is a confidential meeting, the contents of which must not be divulged" in told
    assert "Acknowledged by a press: Alex Stone Heard aloud: Robin Marsh Not acknowledged: Morgan Vale" in told


def test_introductions_name_nobody_twice():
    """The name that somebody gave is the row's name, where it is the one that they came under."""
    told = under(drawn(whole(started())), "Introductions")
    assert ("Full name: " in told) is not ("Person: " in told)


def test_heard_introduction_is_marked_and_owed():
    """Recorded as heard: marked so, and what was not heard stands first, to be written up (SAN-4.1b)."""
    play = started()
    acted(play)
    play.on()
    play.do(NOTES, roll_call.HearIntroductions(step="ROLLCALL", people=(POLICE,)))
    document = drawn(play)
    assert "Alex Stone" in under(document, "Introductions")
    assert "heard aloud; recorded by Sam Penn" in under(document, "Introductions")
    assert document.sections[0].heading == "To be written up before authorisation"
    owed = under(document, "To be written")
    assert "Designation" in owed
    assert "(Introductions and apologies, Alex Stone, Police)" in owed


def test_said_aloud_is_a_debt_until_it_is_written_up():
    play = to(started(), "SHARE")
    play.do(CHAIR, turns.BeginTurn(step="SHARE", seat=SeatId("worker")))
    live = play.meeting.floors["SHARE"].live
    assert live
    done = turns.FinishTurn(step="SHARE", seat=live.seat, turn=live.number, answers={}, how=How.SAID_ALOUD)
    play.do(WORKER, done)
    before = drawn(play)
    assert "Said aloud, to be written up" in under(before, "Health, police and others", "Social worker: Jo Hale")
    assert "Social worker: information" in under(before, "To be written up")
    debt = next(d.id for d in play.meeting.debts.values() if d.what == "Social worker: information")
    play.do(NOTES, record.WriteUp(debt=debt, text="Visits since May"))
    after = drawn(play)
    told = under(after, "Health, police and others", "Social worker: Jo Hale")
    assert "Written up: Visits since May" in told
    assert "said aloud, written up; recorded by Sam Penn" in told
    assert "Social worker: information" not in under(after, "To be written up")


@pytest.mark.parametrize(("how", "said"), [(How.NOTHING_HELD, "nothing held"), (How.NO_ANSWER, "invited, no answer")])
def test_turn_without_information_says_so(how, said):
    """An agency that holds nothing, or says nothing, is named with that."""
    play = to(started(), "SHARE")
    play.do(CHAIR, turns.BeginTurn(step="SHARE", seat=SeatId("police")))
    live = play.meeting.floors["SHARE"].live
    assert live
    play.do(NOTES, turns.FinishTurn(step="SHARE", seat=live.seat, turn=live.number, answers={}, how=how))
    document = drawn(play)
    assert said in under(document, "Health, police and others", "Police")
    assert "Is speaking now" in under(document, "Health, police and others", "Health")
    assert "Has not been heard." in under(document, "Health, police and others", "Social worker")


def test_on_behalf_names_the_seat_and_the_writer():
    play = to(started(), "SHARE")
    play.do(CHAIR, turns.BeginTurn(step="SHARE", seat=SeatId("worker")))
    live = play.meeting.floors["SHARE"].live
    assert live
    given = {"information": "From the report"}
    done = turns.FinishTurn(step="SHARE", seat=live.seat, turn=live.number, answers=given, how=How.ON_BEHALF)
    play.do(NOTES, done)
    told = under(drawn(play), "Health, police and others", "Social worker")
    assert "From the report [on behalf of Social worker; recorded by Sam Penn]" in told


def test_prepared_then_confirmed_and_corrected():
    """Prepared answers say whether the meeting confirmed them; a corrected value stands new, marked (SAN-5.1a)."""
    play = convened()
    play.arrive("p-chair", "Morgan Vale", "chair@example.org")
    identity = play.procedure.step("IDENTITY")
    part = parts_of(identity)[0]
    slots = {c.id: Slot(step="IDENTITY", part=part.id, subject=c.id) for c in TWO}
    from meeting.before import convening

    for child in TWO:
        given = play.fill(part.fields, "old", child.id, name=child.name, dob="2014-01-02")
        play.do(CHAIR, convening.Prepare(slot=slots[child.id], answers=given))
    gathered(play, without=("chair",))
    to(play, "IDENTITY")
    prepared = under(drawn(play), "Child details", "Ada Brook")
    assert "prepared before the meeting, not confirmed in it" in prepared
    play.do(CHAIR, record.ConfirmPrepared(step="IDENTITY"))
    once = under(drawn(play), "Child details")
    assert once.count("Prepared before the meeting and confirmed in it.") == 1
    assert "prepared and confirmed" not in once
    enter(play, "IDENTITY", part, TWO[1].id, "new", dob="2013-05-06")
    document = drawn(play)
    assert "prepared and confirmed" in under(document, "Child details", "Ada Brook")
    corrected = under(document, "Child details", "Ben Brook")
    assert "Date of birth: 6 May 2013 [corrected]" in corrected
    assert "2 January 2014" not in corrected


def test_prepared_turn_that_was_not_given_stays_private():
    """What an agency prepared is not in the minutes before it gives it."""
    from meeting.before import convening

    play = convened()
    play.arrive("p-chair", "Morgan Vale", "chair@example.org")
    slot = Slot(step="SHARE", part="contribution", subject="police")
    play.arrive("p-police", "Alex Stone", play.meeting.seats[SeatId("police")].email)
    play.do(POLICE, convening.Prepare(slot=slot, answers={"information": "Not yet said"}))
    gathered(play, without=("chair", "police"))
    document = drawn(to(play, "SHARE"))
    assert "Not yet said" not in text_of(document)
    assert "Prepared something and did not give it" in under(document, "Health, police and others", "Police")


def test_blank_is_called_not_recorded():
    """Silence is named, never filled in."""
    play = to(started(), "REASON")
    play.on()
    assert "Referral, incident or concerns: Not recorded" in under(drawn(play), "Referral")


# ---------------------------------------------------------------------------------------- children, each by itself


def test_answers_stand_under_their_child_only():
    play = whole(started())
    document = drawn(play)
    for step, heading in (("IDENTITY", "Child details"), ("PLAN", "Planning"), ("DECISION", "Decision")):
        ada, ben = under(document, heading, "Ada Brook"), under(document, heading, "Ben Brook")
        assert ".c1." in ada, step
        assert ".c2." not in ada, step
        assert ".c1." not in ben, step


def test_significant_other_stands_in_the_network_of_the_child_named():
    """A relation that names one child belongs to that child's network (SAN-5.3)."""
    play = to(started(), "FAMILY")
    part = parts_of(play.step)[0]
    enter(play, "FAMILY", part, record.NEW_ROW, "f", name="Uma Fenn", relation="aunt of Ada", significant_other="yes")
    enter(play, "FAMILY", part, record.NEW_ROW, "f", name="Vic Brook", relation="father")
    document = drawn(play)
    ada, ben = (under(document, "Family", f"Network of {n} Brook") for n in ("Ada", "Ben"))
    assert "Uma Fenn (aunt of Ada, significant other)" in ada
    assert "Uma Fenn" not in ben
    assert "Vic Brook" in ada
    assert "Vic Brook" in ben


def test_one_child_line_only_while_it_holds():
    """SAN-8.6: the procedure's own line is printed with its flag, and not without."""
    play = to(started(children=TWO[:1]), "SCOPE")
    line = "This discussion focuses on one child"
    slot = Slot(step="SCOPE", part="fields")
    play.do(NOTES, record.Enter(slot=slot, answers={"harm_outside_home": "yes"}))
    assert line in under(drawn(play), "Children considered")
    play.do(NOTES, record.Enter(slot=slot, answers={"harm_outside_home": "no"}))
    assert line not in under(drawn(play), "Children considered")


# ------------------------------------------------------------------------------------------- questions, views, decision


def test_questions_name_both_sides():
    play = to(started(), "SHARE")
    play.do(HEALTH, questions.AskQuestion(to="police", text="Any call-outs?"))
    play.do(CHAIR, questions.AskQuestion(to="social_care", text="Who visits?"))
    play.do(POLICE, questions.AnswerQuestion(id="q1", text="Two in May"))
    document = drawn(play)
    told = under(document, "Questions")
    assert "Asked by: Robin Marsh Asked of: Police Question: Any call-outs? Answer: Two in May" in told
    assert "Asked of: social care Question: Who visits? Answer: Not answered" in told


def test_answer_said_aloud_is_written_up_under_its_question():
    play = to(started(), "SHARE")
    play.do(HEALTH, questions.AskQuestion(to="police", text="Any call-outs?"))
    play.do(POLICE, questions.AnswerQuestion(id="q1", text="", how=How.SAID_ALOUD))
    assert "Answer: To be written up" in under(drawn(play), "Questions")
    debt = next(d.id for d in play.meeting.debts.values() if d.what == "Answer to question 1")
    play.do(NOTES, record.WriteUp(debt=debt, text="Two in May"))
    assert "Answer: Two in May How answered: said aloud, written up" in under(drawn(play), "Questions")


def test_views_stand_by_name_and_silence_is_named():
    """Seat, name, view, reason; who was invited and gave none is named; nothing is counted (SAN-11.2)."""
    play = to(started(), "VIEWS")
    for person, option in ((POLICE, "met"), (HEALTH, "cannot say yet")):
        asked = views.asked_of(play.meeting, play.procedure, "VIEWS", play.meeting.people[person])
        opinions = tuple(views.Opinion(subject=s, option=option, reason=f"{name} {option}") for s, name in asked)
        play.do(person, views.GiveViews(step="VIEWS", opinions=opinions))
    hidden = under(drawn(play), "Every attendee's view")
    assert "still being gathered" in hidden
    assert "cannot say yet" not in hidden
    play.do(CHAIR, views.RevealViews(step="VIEWS"))
    told = under(drawn(play), "Every attendee's view", "Ada Brook")
    assert "Seat: Police Name: Alex Stone View: met Reason: Ada Brook met" in told
    assert "Name: Jo Hale View: invited, gave no view" in told
    assert "Ben Brook" not in told


def test_decision_tells_everything_under_its_child():
    """Outcome, sub-fields, rationale, leads, and who differs by name; a child without one is named."""
    play = to(started(), "DECISION")
    command = decision.Decide(
        step="DECISION",
        subjects=("c1",),
        outcomes=("s47", "notify_la"),
        needs={
            "s47.start_continue": "start",
            "s47.joint_single": "joint",
            "s47.joint_evidence": "Injuries",
            "notify_la.authority": "Northtown",
        },
        rationale={"evidence": "Report", "impact": "Fear", "proportionate": "Nothing less keeps her safe"},
        lead_criminal="Alex Stone",
        lead_welfare="Jo Hale",
    )
    play.do(CHAIR, command)
    play.do(HEALTH, decision.Dissent(step="DECISION", subject="c1"))
    document = drawn(play)
    told = under(document, "Decision", "Ada Brook")
    for text in (
        "Initiate or continue section 47 enquiries",
        "Start or continue: start",
        "Evidence for joint or single: Injuries",
        "Authority: Northtown",
        "Lead for the criminal investigation: Alex Stone",
        "Why proportionate and defendable: Nothing less keeps her safe",
        "Differ from this decision: Robin Marsh (Health visitor)",
        "Decided by: Morgan Vale, Wednesday 23 December 2026",
    ):
        assert text in told
    assert "No decision is recorded." in under(document, "Decision", "Ben Brook")


# ------------------------------------------------------------------------------------------------------- actions


def test_actions_tell_owner_due_origin_and_how_requirements_were_met():
    play = to(started(children=TWO[:1]), "ACTIONS")
    step = play.step.id
    play.do(HEALTH, safeguards.RaiseUrgent(what="Ring the ward", owner="", due=play.now + timedelta(hours=1)))
    seen = {"seen_at": play.now.isoformat(), "seen_by": "Jo Hale"}
    play.do(NOTES, actions.Meet(step=step, id="see_child", subjects=("c1",), answers=seen, alternative="already_seen"))
    due = datetime(2026, 12, 29, 12, 0, tzinfo=UTC)
    agreed = actions.Agree(what="Send the chronology", owner="Jo Hale", due=due, subjects=("c1",), default_due=True)
    play.do(NOTES, agreed)
    told = under(drawn(play), "Actions")
    assert "What: Ring the ward Who: Robin Marsh By when: Wednesday 23 December 2026" in told
    assert "urgent, raised by Robin Marsh" in told
    assert "Tuesday 29 December 2026, 12:00 (default, not from this procedure) For whom: Ada Brook" in told
    assert "Required: Child seen within 24 hours For whom: Ada Brook How it was met: Already seen" in told
    assert "How it was met: not met" in told


def test_child_who_cannot_be_seen_tells_why_and_what_keeps_them_safe():
    """SAN-11.3c: the other accepted answer stands with its reason, and its safeguard is on the list."""
    play = to(started(children=TWO[:1]), "ACTIONS")
    given = {"because": "Abroad until Friday", "safeguard": "Call the consulate", "safeguard_owner": "Jo Hale"}
    given["safeguard_due"] = (play.now + timedelta(hours=3)).isoformat()
    met = actions.Meet(step="ACTIONS", id="see_child", subjects=("c1",), answers=given, alternative="cannot_be_seen")
    play.do(NOTES, met)
    told = under(drawn(play), "Actions")
    assert "What: Call the consulate Who: Jo Hale" in told
    assert "Because: Abroad until Friday" in told
    assert "How it was met: Cannot be seen within 24 hours Details: Because: Abroad until Friday" in told


def test_action_by_an_outcome_or_a_checkpoint_says_which():
    play = whole(started(children=TWO[:1]))
    assert "answer to: Is legal action required?" in under(drawn(play), "Actions")


def test_an_action_that_was_promised_or_carried_over_says_where_it_comes_from():
    """In the procedure's words and by the earlier meeting's reference, never by an id of ours."""
    play = to(started(children=TWO[:1]), "CONSENT")
    step = play.step
    due = (play.now + timedelta(hours=5)).isoformat()
    given = {"answer": "to be sought", "follow_owner": "Jo Hale", "follow_due": due}
    place = Slot(step=step.id, part="purpose", subject="see the child")
    play.do(CHAIR, record.Enter(slot=place, answers=given, keep=True))
    (promised,) = play.meeting.actions
    carried = Carried(reference="SM-2026-0007")
    play.do(SYSTEM, CarryOver(carried=carried, actions=(replace(promised, number=3, what="Ring the school"),)))
    told = under(drawn(to(play, "ACTIONS")), "Actions")
    assert "Why it is on the list: answer to: Consent to see the child" in told
    assert "Why it is on the list: action 3 of SM-2026-0007, carried over" in told


# ------------------------------------------------------------------------------------------------ around the agenda


def test_override_stands_with_its_reason():
    play = to(started(), "HISTORY")
    play.on("The file comes from another authority")
    told = under(drawn(play), "Passed with a reason")
    assert "Reason: The file comes from another authority By: Morgan Vale" in told
    assert "Early Help involvement" in told


def test_challenges_and_requests_to_share_stand_with_their_answers():
    play = to(started(), "SUMMARY")
    play.do(HEALTH, safeguards.RaiseChallenge(text="The bruise is not explained", ground=""))
    play.do(CHAIR, safeguards.AnswerChallenge(id="ch1", text="A medical is asked for"))
    play.do(POLICE, statement.AskToShare(what="The minutes with the custody team"))
    document = drawn(play)
    told = under(document, "Challenges")
    assert "By: Robin Marsh" in told
    assert "The bruise is not explained" in told
    assert "Answer: A medical is asked for" in told
    assert "The chair's answer: Not answered" in under(document, "Requests to share")
    play.do(CHAIR, statement.AnswerToShare(id="p1", granted=False))
    assert "The chair's answer: refused" in under(drawn(play), "Requests to share")


def test_conversion_changes_the_title_and_both_times_stay():
    """SAN-1.4: not quorate, so a professionals meeting; restored, a strategy meeting again; both are told."""
    play = started(without=("police",))
    acted(play)
    play.on()
    with pytest.raises(HeldBack):
        play.on()
    play.do(CHAIR, quorum.Convert(quorate_date="2026-12-24T09:00:00+00:00"), minutes=5)
    converted = drawn(play)
    assert converted.title.startswith("Professionals meeting (converted at Wednesday 23 December 2026, 14:")
    course = under(converted, "Course of the meeting")
    assert "(police missing): recorded as a professionals meeting from here" in course
    assert "quorate discussion: Thursday 24 December 2026, 09:00" in course
    assert "Withdrawn" in under(converted, "Every attendee's view")
    play.arrive("p-police", "Alex Stone", "police@example.org")
    play.do(POLICE, statement.Acknowledge(step="OPENING"))
    play.do(NOTES, roll_call.HearIntroductions(step="ROLLCALL", people=(POLICE,)))
    play.do(CHAIR, quorum.Restore(), minutes=5)
    restored = drawn(play)
    assert restored.title == "Strategy meeting"
    course = under(restored, "Course of the meeting")
    assert "recorded as a professionals meeting from here" in course
    assert "recorded as a strategy meeting from here" in course


def test_adjournment_and_handover_stand_in_plain_words():
    play = started()
    play.do(CHAIR, handover.HandChair(person=WORKER))
    play.do(WORKER, chairing.Adjourn(resume_at=datetime(2026, 12, 24, 10, 0, tzinfo=UTC), reason="Fire alarm"))
    told = under(drawn(play), "Course of the meeting")
    assert "Jo Hale was handed the chair by Morgan Vale" in told
    assert "Adjourned until Thursday 24 December 2026, 10:00: Fire alarm" in told


def test_skipped_step_says_so():
    play = to(started("wok"), "SUMMARY")
    label = play.step.label
    play.do(CHAIR, chairing.Skip(visit=play.meeting.visit, reason="Said already"))
    document = drawn(play)
    assert "The chair passed this step over, with a reason." in under(document, label)
    assert "Reason: Said already" in under(document, "Passed with a reason")


def test_steps_not_reached_are_named():
    play = to(started(), "IDENTITY")
    assert "The meeting did not reach this step." in under(drawn(play), "Decision")


# --------------------------------------------------------------------------------------------------------- limits


def test_lateness_tells_hours_and_reason():
    """SAN-7.1: held 26 hours after the concern came in, with the reason given at the close."""
    since = (BEGIN - timedelta(hours=26)).isoformat()
    play = whole(started(answers={"concern_received": since}))
    told = under(drawn(play), "Time limits")
    assert "Meeting held within 24 hours: 26 hours 2 minutes after concern received, 2 hours 2 minutes late" in told
    assert "Reason for being late: Text of CLOSING" in told


def test_meeting_in_time_says_so_and_deadlines_are_dated():
    play = whole(started())
    told = under(drawn(play), "Time limits")
    assert "in time" in told
    assert "LADO" not in told  # nothing that was decided asks for it
    assert "Limit: within 3 working days of the end of the meeting Due: Wednesday 30 December 2026, 23:59" in told
    assert "What: Child seen Limit: within 24 hours of the decision Due: Thursday 24 December 2026" in told


# ------------------------------------------------------------------------------------------------------ restricted


def restricted(play: Play) -> Play:
    return play.do(CHAIR, handover.RestrictChild(child=ChildId("c2"), agency="education"))


def test_restricted_child_is_left_out_for_that_seat_only():
    """Parts, views, decision and actions of a restricted child are in no copy for that agency, its name neither."""
    play = restricted(started(seats=6))
    whole(play)
    copy, full = drawn(play, reader_seat=SeatId("school")), drawn(play, reader_seat=SeatId("police"))
    assert full == drawn(play)
    everything = text_of(copy)
    assert ".c2" not in everything
    assert re.search(r"\bBen\b", everything) is None
    assert "Ada Brook" in everything
    assert "Ben Brook" in text_of(full)
    assert any("Copy for School" in line for line in copy.banner)


def test_restricted_name_is_masked_in_other_words():
    """Somebody else's sentence that names the child stays, without the name; a shared family name stays."""
    play = restricted(started(seats=6))
    play.do(NOTES, safeguards.AddNote(text="ben brook's school was rung; Benjamin Hill answered; Mrs Brook knows"))
    told = under(drawn(play, reader_seat=SeatId("school")), "Course of the meeting")
    assert "[name left out]'s school was rung; Benjamin Hill answered; Mrs Brook knows" in told


@pytest.mark.parametrize("said", ["the Marrs", "Marr's mother", "MARR", "the Marrs’ house", "BEN MARR", "Mr marr"])
def test_a_restricted_childs_surname_is_masked_in_every_form(said):
    """Plural, possessive and capitals; in the minutes and on the cards; what is another's own name stays."""
    play = restricted(started(seats=6))
    ben = replace(play.meeting.children[ChildId("c2")], name="Ben Marr")
    play.meeting = replace(play.meeting, children={**play.meeting.children, ChildId("c2"): ben})
    told = f"{said} and Ada Brook with Marrow and Brooks"
    seat = play.meeting.seats[SeatId("school")]
    person = next(p for p in play.meeting.people.values() if p.seat == seat.id)
    look = Look(meeting=play.meeting, procedure=play.procedure, person=person.id, now=play.now)
    for shown in (source_of(play.meeting, play.procedure, play.now, seat.id).shown(told), masked(look, told)):
        assert re.search("marr(?!ow)", shown, re.IGNORECASE) is None
        assert re.search(r"\[[a-z ]+\]", shown)
        assert shown.endswith("and Ada Brook with Marrow and Brooks")


def test_a_restricted_childs_name_of_two_letters_is_masked_as_it_is_written():
    """A name "Bo" is left out of others' words; the same letters in lower case, or in another word, are no name."""
    play = restricted(started(seats=6))
    bo = replace(play.meeting.children[ChildId("c2")], name="Bo Marr")
    play.meeting = replace(play.meeting, children={**play.meeting.children, ChildId("c2"): bo})
    seat = play.meeting.seats[SeatId("school")]
    person = next(p for p in play.meeting.people.values() if p.seat == seat.id)
    look = Look(meeting=play.meeting, procedure=play.procedure, person=person.id, now=play.now)
    told = "Bo's bag was left; Bob Hill has it, not bo"
    for shown in (source_of(play.meeting, play.procedure, play.now, seat.id).shown(told), masked(look, told)):
        assert re.fullmatch(r"\[[a-z ]+\]'s bag was left; Bob Hill has it, not bo", shown)


def test_family_of_a_restricted_child_alone_is_left_out():
    """Whoever is related to the restricted child only is in neither the table nor the drawing of that copy."""
    play = to(restricted(started(seats=6)), "FAMILY")
    part = parts_of(play.step)[0]
    enter(play, "FAMILY", part, record.NEW_ROW, "f", name="Wes Lane", relation="father of Ben")
    enter(play, "FAMILY", part, record.NEW_ROW, "f", name="Xan Moor", relation="mother of Ada and Ben")
    copy = html_of(drawn(play, reader_seat=SeatId("school")))
    assert "Wes Lane" not in copy
    assert re.search(r"\bBen\b", copy) is None
    assert "Xan Moor" in copy
    assert "Wes Lane" in html_of(drawn(play))


def test_shared_action_names_the_visible_child_only():
    play = restricted(started(seats=6))
    to(play, "ACTIONS")
    due = play.now + timedelta(days=1)
    play.do(HEALTH, safeguards.RaiseUrgent(what="Ring the ward", owner="", due=due))
    play.do(NOTES, actions.Agree(what="Visit both", owner="Jo Hale", due=due, subjects=("c1", "c2")))
    told = under(drawn(play, reader_seat=SeatId("school")), "Actions")
    assert "What: Visit both" in told
    assert "For whom: Ada Brook Why" in told
    assert "For whom: all children discussed Why" in told


def test_an_action_for_nobody_in_particular_names_the_only_child():
    """Whoever may not see that child reads no name, and no column for it."""
    play = restricted(started(seats=6, children=TWO[1:]))
    play.do(HEALTH, safeguards.RaiseUrgent(what="Ring the ward", owner="", due=play.now + timedelta(hours=1)))
    assert "For whom: Ben Brook Why" in under(drawn(play), "Actions")
    theirs = under(drawn(play, reader_seat=SeatId("school")), "Actions")
    assert "Ring the ward" in theirs
    assert "For whom" not in theirs.partition("What had to be on the list")[0]


def test_a_meeting_is_convened_to_discuss_the_children_whom_the_reader_may_see():
    """The sentence that LCS has the chair open with goes on with their names, and is left out where none is left."""
    play, begins = restricted(started("lcs", seats=6)), "This strategy meeting is convened to discuss:"
    assert f"{begins} Ada Brook, Ben Brook." in under(drawn(play), "Convened to discuss")
    assert f"{begins} Ada Brook." in under(drawn(play, reader_seat=SeatId("school")), "Convened to discuss")
    alone = restricted(started("lcs", seats=6, children=TWO[1:]))
    assert begins not in text_of(drawn(alone, reader_seat=SeatId("school")))


def test_unborn_child_without_a_name_can_be_restricted():
    """A child whose name is nowhere masks nothing."""
    play = started(seats=6, children=(TWO[0], Child(id=ChildId("c2"), name="", unborn=True)))
    restricted(play)
    told = text_of(drawn(play, reader_seat=SeatId("school")))
    assert "[name left out]" not in told
    assert "Ada Brook" in told


def test_no_such_seat_is_an_error():
    with pytest.raises(KeyError):
        drawn(started(), reader_seat=SeatId("nobody"))


def test_sections_go_two_levels_deep_at_most():
    with pytest.raises(ValueError, match="deeper than two levels"):
        Section(heading="a", parts=(Section(heading="b", parts=(Section(heading="c"),)),))


def test_agenda_knows_every_step():
    """The builder of these meetings reaches the end under every procedure."""
    for procedure in shipped():
        play = whole(started(procedure))
        assert play.meeting.status == "closed"
        assert agenda.first_of(play.procedure, play.step.kind)
