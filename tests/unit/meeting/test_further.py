"""A further meeting on the same matter: what goes over to it, and what stays with the first."""

from dataclasses import replace
from datetime import timedelta

import vobject

from documents.letters.due import due_calendar
from meeting.after.case_system import TeamAsked
from meeting.after.follow_up import ReportAction
from meeting.after.reconvening import CarryOver, LinkMeeting, open_questions, seats_again, to_carry
from meeting.after.shutting import ShutSomebodyOut
from meeting.after.succeeding import PassChairOn, successors
from meeting.before.invitations import AnswerInvitation
from meeting.door.admission import Arrive
from meeting.duties import barred
from meeting.machine import evolve
from meeting.model import ActionState, Assurance, Carried, Entry, MeetingId, PersonId, ReplyKind, SeatId, Told
from meeting.running.chairing import MoveOn, Start
from meeting.running.handover import TakeChair
from meeting.screens.frame import Look
from meeting.screens.questions import questions_screen
from meeting.steps.actions import Change
from meeting.steps.questions import AnswerQuestion, AskQuestion
from meeting.telling.readers import chair_seat
from meeting.timing.deadlines import deadlines, running
from tests.unit.meeting.world import (
    ANNA,
    CHAIR,
    DEPUTY,
    PEOPLE,
    POLICE,
    SCHOOL,
    SYSTEM,
    WORKER,
    Table,
    action,
    arrive,
    at,
    choose,
    convened,
    leave,
    satisfy,
    seat,
    walk_to,
)


def further(first: Table) -> Table:
    """Return the meeting that goes on from this one, called and with what was left open."""
    second = convened(first.procedure)
    actions, questions = to_carry(first.meeting), open_questions(first.meeting)
    second.do(CarryOver(carried=Carried(reference="TEST-1"), actions=actions, questions=questions), SYSTEM)
    first.do(LinkMeeting(meeting=MeetingId("m2"), reference="TEST-1/2"), SYSTEM)
    return second


def test_what_the_law_limits_stays_limited_on_the_further_meetings_list():
    """ "Child seen within 24 hours" is carried over with its clock: its reminders cannot be muted there (SAN-11.3c)."""
    first = at("DECISION")
    choose(first, ANNA, "s47")
    walk_to(first, "ACTIONS")
    satisfy(first)
    before = next(d for d in running(first.meeting, first.procedure) if d.action and d.clock == "see_child")
    assert before.statutory
    second = further(first)
    carried = next(d for d in running(second.meeting, second.procedure) if d.clock == "see_child")
    assert (carried.statutory, carried.due) == (True, before.due)
    assert first.meeting.actions[before.action - 1].state is ActionState.CARRIED
    assert not [d for d in deadlines(first.meeting, first.procedure) if d.action == before.action and not d.ended]


def test_an_action_that_goes_over_keeps_its_entry_in_its_owners_calendar():
    """Two meetings on, the same UID under the new reference and number, each time a version newer (RFC 5545, 3.8.4.7).

    So the old entry is replaced, and nobody has the same action twice.
    """
    first = at("CLOSING")
    satisfy(first)
    first.do(action(first, "Ask the school"))
    first.do(Change(number=1, state=ActionState.DONE))
    entries, table = [], first
    for meeting in ("m", "m2", "m3"):
        table.meeting = replace(table.meeting, id=MeetingId(meeting))
        mine = table.meeting.actions[-1:]
        made = vobject.readOne(due_calendar(table.meeting.id, meeting, mine, now=table.now).content.decode()).vevent
        entries.append((made.uid.value, int(made.sequence.value), made.summary.value))
        table = further(table)
    number = first.meeting.actions[-1].number
    assert [e[:2] for e in entries] == [(f"action-{number}-m@chairside.example", version) for version in (0, 1, 2)]
    assert entries[-1][2] == f"m3: action {number - 1} is due"


def test_what_nobody_answered_is_a_question_of_the_further_meeting_until_somebody_does():
    """The questions' step comes up for it, the close of that step names it, and its seat answers it there."""
    first = at("QUESTIONS", "lcs")
    first.do(AskQuestion(to=seat(SCHOOL), text="When was she last seen?"), POLICE)
    first.do(AskQuestion(to=seat(POLICE), text="Is he on bail?"), SCHOOL)
    first.do(AnswerQuestion(id="q2", text="No."), POLICE)
    second = further(first)
    (asked,) = second.meeting.questions
    assert (asked.to, asked.text, asked.before) == (seat(SCHOOL), "When was she last seen?", "TEST-1")
    arrive(second, *PEOPLE)
    second.do(Start())
    walk_to(second, "QUESTIONS")
    look = Look(meeting=second.meeting, procedure=second.procedure, person=SCHOOL, now=second.now)
    (line,) = questions_screen(look, second.step).lines
    assert (line.asked_by, line.open, line.may_answer) == ("Meeting TEST-1", True, True)
    assert "open_question" in {o.code for o in second.held().obstacles}
    second.do(AnswerQuestion(id="q1", text="On Monday."), SCHOOL)
    assert not open_questions(second.meeting)


def test_what_an_owner_said_goes_over_with_their_action():
    """Accepted stays accepted, not done stays so with its reason, and more time still waits for the chair."""
    first = at("CLOSING")
    satisfy(first)
    numbers = [first.meeting.actions[0].number]
    for what in ("Ask the school", "See the aunt"):
        first.do(action(first, what))
        numbers.append(first.meeting.actions[-1].number)
    one, two, three = numbers
    until = first.now + timedelta(days=9)
    first.do(ReportAction(number=one, told=Told.ACCEPTED))
    first.do(ReportAction(number=two, told=Told.NOT_DONE, text="Nobody was there."))
    first.do(ReportAction(number=three, told=Told.MORE_TIME, text="She is away.", until=until, keep=True))
    over = {a.what: a for a in further(first).meeting.actions}
    carried = [over[a.what] for a in first.meeting.actions if a.number in numbers]
    assert [a.state for a in carried] == [ActionState.ACCEPTED, ActionState.NOT_DONE, ActionState.OPEN]
    assert [a.asked_until for a in carried] == [None, None, until]
    assert [[n.text for n in a.log] for a in carried] == [[""], ["Nobody was there."], ["She is away."]]


def test_what_was_answered_to_the_first_invitation_answers_no_further_one():
    """Apologies, what was handed in and when somebody must leave are of that day; a team only sends minutes."""
    table = convened("wmt")
    arrive(table, *PEOPLE)
    away = AnswerInvitation(seat=seat(SCHOOL), reply=ReplyKind.APOLOGIES, reason="Ill", supplied="Seen on Monday")
    table.do(away, SCHOOL)
    leaving = table.now + timedelta(hours=1)
    table.do(AnswerInvitation(seat=seat(POLICE), reply=ReplyKind.ATTENDING, must_leave_at=leaving), POLICE)
    team = TeamAsked(team="MASH PSS", agency="social_care", role="hub", seat=SeatId("team-1"), children=(ANNA,))
    entry = Entry(sequence=table.meeting.sequence + 1, at=table.now, by=SYSTEM, event=team)
    table.meeting = evolve(table.meeting, entry)
    again = {s.id: s for s in seats_again(table.meeting)}
    assert set(again) == {seat(p) for p in PEOPLE}
    assert {(s.apologies, s.supplied, s.must_leave_at) for s in again.values()} == {("", "", None)}


def test_an_operator_makes_the_chairs_part_theirs_who_stood_in_and_who_stands_in_cannot():
    """Nobody takes the chair by a press once it is closed; the deputy keeps their seat, and it can be given back."""
    table = at("CLOSING", deputy=True, here=(*PEOPLE, DEPUTY))
    satisfy(table)
    leave(table, CHAIR)
    table.wait(minutes=3)
    table.do(TakeChair(), DEPUTY)
    table.do(MoveOn(visit=table.meeting.visit, reason="Agreed"), DEPUTY)
    table.refused(TakeChair(), WORKER, code="over")
    mailbox = table.meeting.seats[seat(DEPUTY)].email
    ours = PassChairOn(email=mailbox, name="Any", reason="Long ill")
    table.refused(ours, DEPUTY, code="chairs_already")
    table.do(ours, SYSTEM)
    assert (table.meeting.chair, table.meeting.stood_in) == (DEPUTY, False)
    assert not [s for s in table.meeting.seats if s.startswith("chair-since")]
    table.refused(ours, SYSTEM, code="chairs_already")
    table.do(PassChairOn(seat=seat(CHAIR), reason="Back at work"), DEPUTY)
    assert (table.meeting.chair, chair_seat(table.meeting)) == (CHAIR, seat(CHAIR))


def test_whoever_takes_over_after_the_close_chairs_once_they_come():
    """They had no roll call to answer, and see what they are to finish; nobody else of that agency does so."""
    table = at("CLOSING")
    later = PassChairOn(email="robin@example.org", name="Robin Ames", reason="Left")
    table.refused(later, code="not_closed")
    satisfy(table)
    table.do(MoveOn(visit=table.meeting.visit, reason="Agreed"))
    table.refused(PassChairOn(seat=seat(POLICE), reason="Left"))
    table.refused(PassChairOn(email="robin@example.org", reason=" "))
    table.do(later)
    assert (table.meeting.chair, table.meeting.chaired) == (None, CHAIR)
    assert chair_seat(table.meeting) == "chair-since-1"
    robin = PersonId("robin")
    came = Arrive(person=robin, name="Robin Ames", tenant="t", assurance=Assurance.SIGNED_IN, address="a")
    table.do(replace(came, email="Robin@example.org"), SYSTEM)
    assert table.meeting.chair == robin
    assert barred(table.meeting, table.procedure, table.meeting.people[robin]) is None
    table.refused(later, CHAIR)


def test_nobody_who_was_shut_out_takes_over():
    """Their seat leads to nobody any more: reminders and digest would reach no one."""
    table = at("CLOSING", deputy=True)
    arrive(table, DEPUTY)
    satisfy(table)
    table.do(MoveOn(visit=table.meeting.visit, reason="Agreed"))
    assert seat(DEPUTY) in {s.id for s in successors(table.meeting)}
    table.do(ShutSomebodyOut(person=DEPUTY, reason="Has left"))
    assert seat(DEPUTY) not in {s.id for s in successors(table.meeting)}
    table.refused(PassChairOn(seat=seat(DEPUTY), reason="Left"), SYSTEM)
