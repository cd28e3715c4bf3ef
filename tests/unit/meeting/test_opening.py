"""Statement, roll call, quorum, right meeting: how a meeting begins."""

from dataclasses import replace
from datetime import timedelta

import pytest

from meeting.before.invitations import AnswerInvitation
from meeting.door.quorum import Convert, Restore, missing_agencies, missing_roles, quorate
from meeting.duties import barred, duties
from meeting.flags import flag
from meeting.model import Contact, How, ReplyKind, Slot
from meeting.refusals import FieldErrors, HeldBack, KeepOrChange
from meeting.running import agenda
from meeting.running.chairing import MoveOn, Start
from meeting.running.handover import NameNoteTaker
from meeting.steps.outcomes import offered
from meeting.steps.record import RightMeeting, WriteUp
from meeting.steps.roll_call import HearIntroductions, Introduce, RecordApologies
from meeting.steps.statement import Acknowledge, AnswerToShare, AskToShare
from tests.unit.meeting.world import (
    ANNA,
    BEN,
    CHAIR,
    HEALTH,
    NOON,
    NOTES,
    PEOPLE,
    POLICE,
    PROCEDURES,
    SCHOOL,
    SEATS,
    WORKER,
    arrive,
    at,
    complete,
    convened,
    decision_for,
    introduction,
    join_late,
    leave,
    seat,
    settle,
    slot,
    started,
    walk_to,
)

WITHOUT_POLICE = (CHAIR, NOTES, WORKER, HEALTH, SCHOOL)


# ------------------------------------------------------------------------------------------------------ statement
def test_a_statement_is_acknowledged_once():
    """A second press changes nothing (SAN-3.1)."""
    table = started()
    assert len(table.do(Acknowledge(step="OPENING"), POLICE)) == 1
    assert table.do(Acknowledge(step="OPENING"), POLICE) == ()


def test_whoever_has_not_acknowledged_gets_no_content_and_holds_nobody_up():
    """HARD for that person receiving content, never for the meeting (SAN-3.1)."""
    table = started()
    for person in PEOPLE:
        if person != SCHOOL:
            table.do(Acknowledge(step="OPENING"), person)
    table.go_on()
    assert barred(table.meeting, table.procedure, table.meeting.people[SCHOOL]) == "acknowledge"
    assert barred(table.meeting, table.procedure, table.meeting.people[POLICE]) is None


def test_a_statement_without_a_personal_gate_bars_nobody():
    """Only where the procedure says so does an acknowledgement stand before content."""
    table = started("sty")
    table.go_on()
    assert barred(table.meeting, table.procedure, table.meeting.people[SCHOOL]) is None


@pytest.mark.parametrize("by", [CHAIR, NOTES])
def test_chair_and_note_taker_hear_all_who_remain(by):
    """One press records everybody present; the minutes say that they were heard."""
    table = started()
    table.do(Acknowledge(step="OPENING"), POLICE)
    table.do(Acknowledge(step="OPENING", all_present=True), by)
    assert all("OPENING" in p.acknowledged for p in table.meeting.attendees())
    assert "OPENING" in table.meeting.people[SCHOOL].heard
    assert "OPENING" not in table.meeting.people[POLICE].heard


def test_a_statement_that_was_not_read_is_acknowledged_by_nobody():
    """What lies ahead cannot be acknowledged, nor can a step that is no statement."""
    table = started("wok")
    table.refused(Acknowledge(step="RULES"), POLICE, code="not_open")
    table.refused(Acknowledge(step="ROLLCALL"), POLICE, code="wrong_step")


def test_permission_to_share_is_asked_of_the_chair_and_answered_once():
    """A request goes to the chair; the answer is recorded (SAN-3.1)."""
    table = started()
    table.refused(AskToShare(what=" "), SCHOOL, code="text_needed")
    table.do(AskToShare(what="The date, with the head"), SCHOOL)
    table.refused(AnswerToShare(id="p1", granted=True), POLICE, code="chair_only")
    table.do(AnswerToShare(id="p1", granted=False))
    assert table.meeting.permissions[0].granted is False
    table.refused(AnswerToShare(id="p1", granted=True), code="answered_already")


# ------------------------------------------------------------------------------------------------------ roll call
def test_blank_and_malformed_introductions_come_back():
    """Name, designation, contact and relationship are required; "n/a" is no contact (SAN-4.1)."""
    table = at("ROLLCALL")
    wrong = table.refused(Introduce(step="ROLLCALL", answers={"contact": "n/a"}), SCHOOL)
    assert isinstance(wrong, FieldErrors)
    assert wrong.errors["contact"] == "contact"
    assert {wrong.errors[k] for k in ("full_name", "designation", "relationship")} == {"required"}


def test_a_single_word_name_is_asked_about_and_kept():
    """ "Sam" brings a prompt; "keep" stores it (SAN-4.1a)."""
    table = at("ROLLCALL")
    answers = introduction(table, full_name="Sam")
    assert isinstance(table.refused(Introduce(step="ROLLCALL", answers=answers), SCHOOL), KeepOrChange)
    table.do(Introduce(step="ROLLCALL", answers=answers, keep=True), SCHOOL)
    assert table.meeting.people[SCHOOL].name == "Sam"


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_heard_introductions_take_what_the_invitation_knows_and_owe_the_rest(procedure):
    """What nobody wrote down is a debt, and only what this procedure asks (SAN-4.1c)."""
    table = at("ROLLCALL", procedure)
    table.do(HearIntroductions(step="ROLLCALL"), NOTES)
    assert all(p.introduced for p in table.meeting.attendees())
    asked = {f.label for f in table.step.data.introduction.fields if f.required}
    owed = {label for d in table.meeting.debts.values() for label in d.what.split(", ")}
    assert owed <= asked
    assert bool(owed) == (procedure in ("san", "sty"))
    assert table.meeting.answers[slot("ROLLCALL", "introduction", POLICE)].how is How.HEARD


def test_an_introduction_left_open_is_settled_by_its_form():
    """The debt that a heard introduction opened closes when its person fills it in; what stood there is kept."""
    table = at("ROLLCALL")
    table.do(HearIntroductions(step="ROLLCALL", people=(SCHOOL,)), NOTES)
    (debt,) = table.meeting.debts.values()
    assert "Designation" in debt.what
    table.do(Introduce(step="ROLLCALL", answers=introduction(table)), SCHOOL)
    assert table.meeting.debts[debt.id].written_up is not None
    assert len(table.meeting.replaced) == 1


def test_one_introduction_is_recorded_as_heard_with_what_is_known():
    """Chair and note-taker may leave the contact open; a malformed one still comes back."""
    table = at("ROLLCALL")
    said = {"full_name": "Sal Finch", "designation": "Head"}
    table.do(Introduce(step="ROLLCALL", answers=said, person=SCHOOL), NOTES)
    answer = table.meeting.answers[slot("ROLLCALL", "introduction", SCHOOL)]
    assert (answer.how, answer.answers["designation"]) == (How.HEARD, "Head")
    bad = Introduce(step="ROLLCALL", answers={**said, "contact": "x"}, person=POLICE)
    assert isinstance(table.refused(bad, NOTES), FieldErrors)


def test_must_leave_at_is_kept_with_the_seat_and_can_be_withdrawn():
    """A time without an offset is nobody's time and comes back."""
    table = at("ROLLCALL")
    at_one = (table.now + timedelta(hours=1)).isoformat()
    table.do(Introduce(step="ROLLCALL", answers=introduction(table, must_leave_at=at_one)), SCHOOL)
    assert table.meeting.seats[seat(SCHOOL)].must_leave_at == table.now + timedelta(hours=1)
    naive = Introduce(step="ROLLCALL", answers=introduction(table, must_leave_at="2026-12-23T13:00"))
    assert table.refused(naive, SCHOOL).errors == {"must_leave_at": "skipped"}
    table.do(Introduce(step="ROLLCALL", answers=introduction(table)), SCHOOL)
    assert table.meeting.seats[seat(SCHOOL)].must_leave_at is None


def test_apologies_want_a_reason_and_keep_what_was_handed_in():
    """Apologies with agency, person and reason (SAN-4.2)."""
    table = at("ROLLCALL", here=WITHOUT_POLICE)
    table.refused(RecordApologies(seat=seat(POLICE), reason=" "), code="reason_needed")
    table.do(RecordApologies(seat=seat(POLICE), reason="Court", information="Report"), NOTES)
    kept = table.meeting.seats[seat(POLICE)]
    assert (kept.apologies, kept.supplied) == ("Court", "Report")


# --------------------------------------------------------------------------------------------------------- quorum
def test_a_missing_core_agency_holds_the_roll_call_hard():
    """Not quorate without police: no reason lifts it (SAN-1.4)."""
    table = at("ROLLCALL", here=WITHOUT_POLICE)
    complete(table)
    held = table.refused(MoveOn(visit=table.meeting.visit, reason="They are late"))
    assert isinstance(held, HeldBack)
    assert held.hard
    assert held.details == ("police",)


def test_a_report_alone_does_not_make_an_agency_present():
    """Health sent a report but is absent: not quorate (SAN-1.5)."""
    table = at("ROLLCALL", here=(CHAIR, NOTES, WORKER, POLICE, SCHOOL))
    table.do(RecordApologies(seat=seat(HEALTH), reason="Clinic", information="Report"))
    assert missing_agencies(table.meeting, table.procedure) == ("health",)


def test_the_own_social_worker_is_missed_but_a_reason_goes_on():
    """A role missing, the agencies here: OVERRIDE, still a strategy meeting (SAN-1.5, A22)."""
    table = at("ROLLCALL", here=(CHAIR, NOTES, POLICE, HEALTH, SCHOOL))
    complete(table)
    held = table.held()
    assert (held.hard, held.details) == (False, ("child social worker",))
    table.go_on("Not yet allocated")
    assert table.meeting.converted is None
    assert table.meeting.overrides[-1].missing == ("child social worker",)


@pytest.mark.parametrize("procedure", ["lcs", "sty", "wmt", "wok"])
def test_elsewhere_a_missing_agency_wants_a_reason_only(procedure):
    """Where no consequence is stated a reason goes on (A19), and there is nothing to convert."""
    table = started(procedure, here=WITHOUT_POLICE)
    walk_to(table, "ROLLCALL")
    complete(table)
    assert not table.held().hard
    table.refused(Convert(quorate_date=""), code="no_conversion" if procedure in ("wmt", "wok") else "quorate")
    table.go_on("Police are at the scene")


@pytest.mark.parametrize("procedure", ["sty", "lcs"])
def test_a_role_is_filled_by_whoever_holds_it_under_another_name(procedure):
    """The child's own social worker is a social worker, a team manager a social work manager (STY-3.1a, LCS-1.1)."""
    table = at("ROLLCALL", procedure)
    assert missing_roles(table.meeting, table.procedure) == ()


def test_a_note_taker_makes_no_agency_present():
    """Whoever only writes the minutes does not stand for their agency."""
    table = at("ROLLCALL", here=WITHOUT_POLICE)
    seats = {**table.meeting.seats, seat(NOTES): replace(table.meeting.seats[seat(NOTES)], agency="police")}
    assert missing_agencies(replace(table.meeting, seats=seats), table.procedure) == ("police",)


def test_whoever_said_wrong_meeting_makes_no_agency_present():
    """Somebody who is here by mistake is not counted."""
    table = at("IDENTITY")
    table.do(RightMeeting(right=False), POLICE)
    assert not quorate(table.meeting, table.procedure)


@pytest.mark.parametrize("gate_at", ["VIEWS", "DECISION"])
def test_an_agency_that_leaves_is_missed_before_views_and_decision(gate_at):
    """Gone before VIEWS or DECISION: HARD again, while other steps go on (SAN-1.4)."""
    table = at("SHARE")
    if gate_at == "DECISION":
        walk_to(table, "VIEWS")
        complete(table)
    leave(table, POLICE)
    if gate_at == "VIEWS":
        walk_to(table, "SUMMARY")
        complete(table)
    assert table.held().details == ("police",)


def test_conversion_withdraws_views_and_what_answers_the_threshold():
    """Views and 11.3a, b, d, f go; the rest stays (SAN-1.4)."""
    table = at("ROLLCALL", here=WITHOUT_POLICE)
    complete(table)
    table.do(Convert(quorate_date="Tomorrow 10:00"))
    assert flag(table.meeting, table.procedure, "converted")
    assert table.meeting.quorate_date == "Tomorrow 10:00"
    assert "VIEWS" not in [s.id for s in agenda.steps(table.meeting, table.procedure)]
    left = {o.id for o in offered(table.meeting, table.procedure, "DECISION")}
    assert left.isdisjoint({"s17", "s47", "single_agency", "advice"})
    assert {"lado", "legal_advice", "notify_la", "other"} <= left
    walk_to(table, "DECISION")
    table.refused(decision_for(table, "s47"), code="fields")


def test_restoring_wants_the_late_agency_through_the_door():
    """Once quorate the chair may restore; all outcomes are back, both moments are minuted (SAN-1.4)."""
    table = at("ROLLCALL", here=WITHOUT_POLICE)
    complete(table)
    table.refused(Restore(), code="not_converted")
    table.do(Convert(quorate_date=""))
    table.refused(Convert(quorate_date=""), code="converted_already")
    table.refused(Restore(), code="not_quorate")
    walk_to(table, "SHARE")
    join_late(table, POLICE)
    table.do(Restore())
    assert {"s47", "s17"} <= {o.id for o in offered(table.meeting, table.procedure, "DECISION")}
    texts = [n.text for n in table.meeting.notes]
    assert any("professionals meeting" in t for t in texts)
    assert any("strategy meeting from here" in t for t in texts)


def test_restored_at_the_decision_the_views_are_still_asked_first():
    """A round of views that never opened stands before the threshold is decided (SAN-11.2)."""
    table = at("ROLLCALL", here=WITHOUT_POLICE)
    complete(table)
    table.do(Convert(quorate_date=""))
    walk_to(table, "DECISION")
    join_late(table, POLICE)
    table.do(Restore())
    held = table.refused(decision_for(table, "s47"))
    assert isinstance(held, HeldBack)
    assert any(SEATS[POLICE][2] in label for label in held.details)


def test_a_decision_made_quorate_is_not_undone_by_converting_later():
    """After the decision there is nothing left to convert; before the meeting neither."""
    table = at("ACTIONS")
    leave(table, POLICE)
    table.refused(Convert(quorate_date=""), code="decided_quorate")
    convened_only = convened()
    arrive(convened_only, CHAIR)
    convened_only.refused(Convert(quorate_date=""), code="not_running")


def test_conversion_withdraws_a_threshold_decided_in_the_same_step():
    """Police gone while two children are decided: the first child's threshold is open again."""
    children = (table_child(ANNA, "Anna Ash"), table_child(BEN, "Ben Ash"))
    table = at("DECISION", children=children)
    table.do(decision_for(table, "s47"))
    leave(table, POLICE)
    table.do(Convert(quorate_date=""))
    assert not flag(table.meeting, table.procedure, "s47")
    open_again = {o.subject for o in table.held().obstacles if o.code == "undecided"}
    assert open_again == {c.id for c in table.meeting.in_scope()}


def table_child(child_id, name):
    from meeting.model import Child

    return Child(id=child_id, name=name)


# -------------------------------------------------------------------------------------------------- right meeting
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_nothing_is_shared_before_everybody_confirmed_the_meeting(procedure):
    """HARD, naming who has not; somebody who never joined does not block (CORE-4)."""
    table = started(procedure, here=(CHAIR, NOTES, WORKER, POLICE, HEALTH))
    walk_to(table, "IDENTITY")
    complete_but(table, POLICE)
    held = table.refused(MoveOn(visit=table.meeting.visit, reason="Go on"))
    assert held.hard
    assert [o.code for o in held.obstacles if o.gate == "hard"] == ["right_meeting"]
    table.do(RightMeeting(right=True, people=(POLICE,)), NOTES)
    complete(table)
    table.go_on("The school is absent")


def complete_but(table, person):
    for other in table.meeting.attendees():
        if other.id != person:
            table.do(RightMeeting(right=True), other.id)


def test_wrong_meeting_is_shut_out_until_they_have_left():
    """Wrong: no further content; next is refused until they left or were removed (WMT-3.1b)."""
    table = at("IDENTITY")
    table.do(RightMeeting(right=True, people=tuple(p for p in PEOPLE if p != SCHOOL)), NOTES)
    table.do(RightMeeting(right=False), SCHOOL)
    assert barred(table.meeting, table.procedure, table.meeting.people[SCHOOL]) == "wrong_meeting"
    assert [o.code for o in table.held().obstacles if o.gate == "hard"] == ["wrong_meeting"]
    leave(table, SCHOOL)
    complete(table)
    table.go_on()


def test_the_meeting_is_not_confirmed_before_it_was_named():
    """A confirmation before the identity step would empty the gate."""
    table = started()
    table.refused(RightMeeting(right=True, all_present=True), code="not_open")


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_late_arrival_meets_the_duties_in_the_agendas_order(procedure):
    """Opening words, right meeting, roll call before any content; then nothing bars them."""
    table = started(procedure, here=(CHAIR, NOTES, WORKER, POLICE, HEALTH))
    walk_to(table, "REASON") if "SHARE" not in table.meeting.step else None
    arrive(table, SCHOOL)
    person = table.meeting.people[SCHOOL]
    owed = list(duties(table.meeting, table.procedure, person))
    order = [s.id for s in table.procedure.agenda]
    assert [order.index(s) for _, s in owed] == sorted(order.index(s) for _, s in owed)
    assert {d for d, _ in owed} >= {"introduce", "right_meeting"}
    assert barred(table.meeting, table.procedure, person) is not None
    settle(table, SCHOOL)
    assert barred(table.meeting, table.procedure, table.meeting.people[SCHOOL]) is None


def test_a_debt_is_written_up_once_and_with_words():
    """A debt closes with its text and is gone."""
    table = at("ROLLCALL")
    table.do(HearIntroductions(step="ROLLCALL", people=(SCHOOL,)), NOTES)
    table.refused(WriteUp(debt="d1", text=" "), NOTES)
    table.do(WriteUp(debt="d1", text="sal@example.org"), NOTES)
    table.refused(WriteUp(debt="d1", text="again"), NOTES, code="no_such_debt")
    told = table.meeting.answers[Slot(step="ROLLCALL", part="introduction", subject=SCHOOL)]
    assert told.answers["written_up"] == "sal@example.org"


def test_whoever_takes_notes_is_named_by_the_chair():
    """The chair names the note-taker; from then on they write."""
    table = at("ROLLCALL")
    table.refused(HearIntroductions(step="ROLLCALL"), WORKER, code="chair_or_note_taker")
    table.do(NameNoteTaker(person=WORKER))
    assert table.do(HearIntroductions(step="ROLLCALL"), WORKER)


def test_what_came_with_the_answer_to_an_invitation_is_not_lost_at_the_roll_call():
    """When somebody must leave stands when they were only heard; what was handed in stays beside the apologies."""
    table = convened("sty")
    arrive(table, *PEOPLE)
    leaving = NOON + timedelta(minutes=40)
    table.do(AnswerInvitation(seat=seat(POLICE), reply=ReplyKind.ATTENDING, must_leave_at=leaving), POLICE)
    away = AnswerInvitation(seat=seat(SCHOOL), reply=ReplyKind.APOLOGIES, reason="Ill", supplied="Seen on Monday")
    table.do(away, SCHOOL)
    table.do(Start())
    walk_to(table, "ROLLCALL")
    table.do(HearIntroductions(step="ROLLCALL"))
    table.do(RecordApologies(seat=seat(SCHOOL), reason="Still ill"))
    assert table.meeting.seats[seat(POLICE)].must_leave_at == leaving
    assert table.meeting.seats[seat(SCHOOL)].supplied == "Seen on Monday"


def test_a_deputy_who_was_named_and_did_not_come_is_missed_like_anybody():
    """LCS-4.4b asks why nobody came; that somebody else was asked in their place is no reason."""
    table = convened("lcs")
    arrive(table, *(p for p in PEOPLE if p != SCHOOL))
    deputy = Contact(name="Lee Late", email="lee@example.org")
    away = AnswerInvitation(seat=seat(SCHOOL), reply=ReplyKind.APOLOGIES, reason="Ill", deputy=deputy)
    table.do(away)
    table.do(Start())
    walk_to(table, "ROLLCALL")
    for person in table.meeting.attendees():
        table.do(Introduce(step="ROLLCALL", answers=introduction(table, person.id)), person.id)
    assert [(o.code, o.subject) for o in table.held().obstacles] == [("absence", seat(SCHOOL))]
