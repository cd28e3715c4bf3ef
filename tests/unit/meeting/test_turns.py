"""Each agency in turn, and the questions after it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from meeting.before.convening import AddSeat, Prepare
from meeting.door.admission import Admit, Remove
from meeting.flags import flag
from meeting.machine import evolve
from meeting.model import Assurance, How, PersonId, Seat, SeatId, Standing
from meeting.procedure import Kind
from meeting.refusals import FieldErrors, HeldBack, KeepOrChange, Stale
from meeting.running import agenda
from meeting.running.chairing import Hold, MoveBack, MoveOn, Resume
from meeting.steps.questions import AnswerQuestion, AskQuestion, waiting_for
from meeting.steps.record import WriteUp
from meeting.steps.roll_call import RecordApologies
from meeting.steps.turns import BeginTurn, FinishTurn, ReturnTurn, SetOrder, nothing_further, questions_for, speakers
from meeting.telling.causes import notices_for
from meeting.telling.notices import Send
from tests.unit.meeting.world import (
    CHAIR,
    HEALTH,
    NOTES,
    PEOPLE,
    POLICE,
    PROCEDURES,
    SCHOOL,
    STRANGER,
    WORKER,
    arrive,
    at,
    complete,
    finish,
    join_late,
    leave,
    procedure_of,
    seat,
    slot,
    speak,
    walk_to,
)

ABSENT_SCHOOL = tuple(p for p in PEOPLE if p != SCHOOL)


def floor(table):
    return table.meeting.floors["SHARE"]


def begin(table, person=None):
    return table.do(BeginTurn(step="SHARE", seat=seat(person) if person else None))


# ---------------------------------------------------------------------------------------------------------- order
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_everybody_who_holds_information_is_announced(procedure):
    """Every agency gets a turn; chair and note-taker hold none of their own (WMT-3.4a)."""
    table = at("SHARE", procedure)
    assert set(floor(table).order) == {seat(p) for p in (POLICE, HEALTH, SCHOOL, WORKER)}
    assert floor(table).live is None


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_referrer_speaks_first(procedure):
    """The agency that made the referral begins (WMT-3.4b and the default)."""
    table = at("REASON", procedure)
    seats = {**table.meeting.seats, seat(SCHOOL): replace(table.meeting.seats[seat(SCHOOL)], role="referrer")}
    table.meeting = replace(table.meeting, seats=seats)
    walk_to(table, "SHARE")
    assert floor(table).order[0] == seat(SCHOOL)


def test_a_new_order_leaves_nobody_out():
    """Whoever the chair does not name comes last; a name twice counts once."""
    table = at("SHARE")
    table.do(SetOrder(step="SHARE", seats=(seat(WORKER), seat(POLICE), seat(WORKER))))
    assert floor(table).order[:2] == (seat(WORKER), seat(POLICE))
    assert set(floor(table).order) == {seat(p) for p in (POLICE, HEALTH, SCHOOL, WORKER)}
    table.refused(SetOrder(step="SHARE", seats=(SeatId("nobody"),)), code="no_such_seat")
    table.refused(SetOrder(step="SHARE", seats=()), code="no_such_seat")
    table.refused(SetOrder(step="REASON", seats=(seat(POLICE),)), code="wrong_step")


def test_an_order_set_before_the_step_keeps_everybody_who_came():
    """The order prepared at roll call is completed when the step opens."""
    table = at("ROLLCALL")
    table.do(SetOrder(step="SHARE", seats=(seat(SCHOOL),)))
    walk_to(table, "SHARE")
    assert floor(table).order[0] == seat(SCHOOL)
    assert len(floor(table).order) == 4


def test_information_handed_in_is_read_out_in_turn():
    """An absent agency that sent information stands in the order, and counts as heard once it was read (LCS-4.4c)."""
    table = at("ROLLCALL", here=ABSENT_SCHOOL)
    complete(table)
    table.do(RecordApologies(seat=seat(SCHOOL), reason="Ill", information="Attendance is good"))
    walk_to(table, "SHARE")
    assert seat(SCHOOL) in floor(table).order
    assert flag(table.meeting, table.procedure, "information_missing")
    begin(table, SCHOOL)
    finish(table, seat(SCHOOL), How.ON_BEHALF, information="Attendance is good")
    speak(table)
    table.go_on()
    assert not flag(table.meeting, table.procedure, "information_missing")


@pytest.mark.parametrize("how", [How.NO_ANSWER, How.TYPED])
def test_an_agency_that_said_nothing_leaves_information_missing(how):
    """A missing contribution brings "reconvene?"; one that is there does not (SAN-13.13a)."""
    table = at("SHARE")
    begin(table, SCHOOL)
    finish(table, seat(SCHOOL), how)
    speak(table)
    table.go_on()
    assert flag(table.meeting, table.procedure, "information_missing") is (how is How.NO_ANSWER)


def test_an_absent_agency_brings_the_question_whether_to_reconvene():
    """Agency missing: asked at the close (SAN-13.13a)."""
    table = at("CLOSING", here=ABSENT_SCHOOL)
    part = agenda.part_of(table.step, "fields")
    gaps = agenda.gaps_of(table.meeting, table.procedure, table.step, part, "")
    assert "reconvene" in {f.key for f in gaps}
    here = at("CLOSING")
    assert "reconvene" not in {f.key for f in agenda.gaps_of(here.meeting, here.procedure, here.step, part, "")}


# ----------------------------------------------------------------------------------------------------------- turns
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_one_turn_is_live_and_the_next_follows(procedure):
    """Finishing gives the floor to the next; after the last nobody speaks."""
    table = at("SHARE", procedure)
    order = floor(table).order
    begin(table)
    for speaker in order:
        assert floor(table).live.seat == speaker
        finish(table, speaker)
    assert floor(table).live is None
    assert floor(table).done == order
    table.refused(BeginTurn(step="SHARE"), code="all_spoken")


def test_another_beginning_lets_the_live_one_wait():
    """One turn at a time: who was interrupted speaks next; asking for the live one again changes nothing."""
    table = at("SHARE")
    begin(table, POLICE)
    assert begin(table, POLICE) == ()
    begin(table, HEALTH)
    assert floor(table).live.seat == seat(HEALTH)
    finish(table, seat(HEALTH))
    assert floor(table).live.seat == seat(POLICE)


def test_a_turn_that_is_over_is_stale():
    """What was typed for an earlier turn comes back, nothing is stored."""
    table = at("SHARE")
    begin(table, POLICE)
    old = FinishTurn(step="SHARE", seat=seat(POLICE), turn=1, answers={})
    finish(table, seat(POLICE))
    assert isinstance(table.refused(old, POLICE, code="turn_over"), Stale)


def test_only_whose_turn_it_is_ends_it():
    """The speaker, or chair and note-taker on their behalf."""
    table = at("SHARE")
    begin(table, POLICE)
    command = FinishTurn(step="SHARE", seat=seat(POLICE), turn=1, answers={}, how=How.NOTHING_HELD)
    table.refused(command, HEALTH, code="not_your_turn")
    table.refused(replace(command, how=How.NO_ANSWER), POLICE, code="chair_or_note_taker")
    table.do(command, POLICE)
    assert table.meeting.answer("SHARE", "contribution", seat(POLICE)).how is How.NOTHING_HELD


def test_a_turn_typed_in_part_comes_back_with_its_blanks():
    """Police: information, the choice and four fields (SAN-10.14)."""
    table = at("SHARE")
    begin(table, POLICE)
    command = FinishTurn(step="SHARE", seat=seat(POLICE), turn=1, answers={"information": "Known"})
    wrong = table.refused(command, POLICE)
    assert isinstance(wrong, FieldErrors)
    assert set(wrong.errors) == {"mode", "basis", "processes", "timing", "evidence"}


def test_said_aloud_ends_the_turn_and_owes_its_text():
    """The turn ends, a debt opens; what is chosen is pressed all the same (SAN-10.14)."""
    table = at("SHARE")
    begin(table, POLICE)
    command = FinishTurn(step="SHARE", seat=seat(POLICE), turn=1, answers={}, how=How.SAID_ALOUD)
    assert table.refused(command, POLICE).errors == {"mode": "required"}
    table.do(replace(command, answers={"mode": "none"}), POLICE)
    (debt,) = table.meeting.debts.values()
    assert debt.seat == seat(POLICE)
    table.do(WriteUp(debt=debt.id, text="A caution in 2021"), NOTES)
    assert table.meeting.debts[debt.id].written_up
    assert table.meeting.answer("SHARE", "contribution", seat(POLICE)).answers["written_up"] == "A caution in 2021"


def test_no_silence_holds_the_floor():
    """Invited, no answer: the meeting goes on and names it (9)."""
    table = at("SHARE")
    begin(table)
    speak(table, How.NO_ANSWER)
    table.go_on()
    assert {a.how for s, a in table.meeting.answers.items() if s.step == "SHARE"} == {How.NO_ANSWER}


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_an_unheard_agency_wants_a_reason(procedure):
    """Leaving with one neither heard, declined nor marked absent: refused by name (WMT-3.4a)."""
    table = at("SHARE", procedure)
    begin(table)
    finish(table, floor(table).live.seat)
    held = table.held()
    assert isinstance(held, HeldBack)
    assert not held.hard
    assert len([o for o in held.obstacles if o.code == "not_heard"]) == 3
    table.go_on("They had to go")
    assert floor(table).live is None


def test_leaving_the_step_ends_the_live_turn_which_waits():
    """No turn stays live behind a step that was left; going back takes it up again."""
    table = at("SHARE")
    begin(table, POLICE)
    table.do(MoveBack(visit=table.meeting.visit))
    assert floor(table).live is None
    complete(table)
    table.go_on()
    begin(table)
    assert floor(table).live.seat == seat(POLICE)


def test_a_seat_gets_the_floor_back_to_add_to_what_it_said():
    """What stood stays unless it is answered anew, and the record keeps the first answer."""
    table = at("SHARE")
    begin(table, HEALTH)
    finish(table, seat(HEALTH), information="First")
    table.do(ReturnTurn(step="SHARE", seat=seat(HEALTH)))
    live = floor(table).live
    table.do(FinishTurn(step="SHARE", seat=seat(HEALTH), turn=live.number, answers={"information": "Second"}), HEALTH)
    answer = table.meeting.answer("SHARE", "contribution", seat(HEALTH))
    assert answer.answers["information"] == "Second"
    assert answer.answers["mental_health"] == "About mental_health"
    assert table.meeting.replaced[-1][1].answers["information"] == "First"
    table.refused(ReturnTurn(step="SHARE", seat=seat(NOTES)), code="no_such_seat")


def test_a_page_is_kept_within_the_turn():
    """Health's second page waits; the turn stays live until it is finished (SAN-10.11)."""
    table = at("SHARE")
    begin(table, HEALTH)
    first = {"information": "Known", "medical_advice": "no", "medical_benefit": "none"}
    command = FinishTurn(step="SHARE", seat=seat(HEALTH), turn=1, answers=first, only=frozenset(first))
    table.do(command, HEALTH)
    assert floor(table).live.seat == seat(HEALTH)
    asked = questions_for(table.meeting, table.procedure, table.step, table.meeting.seats[seat(HEALTH)])
    rest = nothing_further(asked, first)
    assert rest["maternity_health"] == "nothing further known"
    table.do(replace(command, answers=rest, only=None), HEALTH)
    assert table.meeting.answer("SHARE", "contribution", seat(HEALTH)).answers["information"] == "Known"


def test_the_six_topics_are_asked_once_across_health():
    """Filled by the first health seat, the second one's form asks none; a mere preparation does not count."""
    midwife = PersonId("midwife")
    extra = Seat(id=seat(midwife), agency="health", role="health_practitioner", label="Midwife", reason="involved")
    table = at("SHARE")
    table.do(AddSeat(seat=replace(extra, email="midwife@example.org")))
    join_late(table, midwife)
    both = [table.meeting.seats[seat(p)] for p in (HEALTH, midwife)]

    def topics():
        return [
            "substance_misuse" in {f.key for f in questions_for(table.meeting, table.procedure, table.step, s)}
            for s in both
        ]

    assert topics() == [True, True]
    begin(table, midwife)
    finish(table, seat(midwife))
    assert topics() == [False, True]


def test_flagged_words_in_a_turn_are_prompted_once():
    """Free text of every agency is looked over (SAN-10.2)."""
    table = at("SHARE")
    begin(table, SCHOOL)
    command = FinishTurn(step="SHARE", seat=seat(SCHOOL), turn=1, answers={"information": "Mum is hard to engage"})
    assert isinstance(table.refused(command, SCHOOL), KeepOrChange)
    table.do(replace(command, keep=True), SCHOOL)


def test_what_a_seat_prepared_is_given_by_itself_only():
    """Nobody else sees a turn's preparation before it is given: the chair's press does not give it either."""
    from meeting.running.chairing import Start
    from tests.unit.meeting.world import convened

    table = convened()
    arrive(table, *PEOPLE)
    for person in (SCHOOL, POLICE):
        prepared = Prepare(slot=slot("SHARE", "contribution", seat(person)), answers={"information": "Private"})
        table.do(prepared, person)
    table.do(Start())
    walk_to(table, "SHARE")
    begin(table, SCHOOL)
    finish(table, seat(SCHOOL), How.SAID_ALOUD, by=NOTES)
    assert "information" not in table.meeting.answer("SHARE", "contribution", seat(SCHOOL)).answers
    begin(table, POLICE)
    number = floor(table).live.number
    table.do(
        FinishTurn(step="SHARE", seat=seat(POLICE), turn=number, answers={"mode": "none"}, how=How.SAID_ALOUD), POLICE
    )
    assert table.meeting.answer("SHARE", "contribution", seat(POLICE)).answers["information"] == "Private"


# ---------------------------------------------------------------------------------------------------- late arrivals
def test_a_late_arrival_speaks_after_the_others():
    """Invited and late: seated at once, at the end of the round."""
    table = at("SHARE", here=ABSENT_SCHOOL)
    assert seat(SCHOOL) not in floor(table).order
    arrive(table, SCHOOL)
    assert floor(table).order[-1] == seat(SCHOOL)


def test_somebody_in_the_chat_who_joins_the_call_late_gets_a_turn():
    """Seated before, present only now: the floor takes them in."""
    table = at("ROLLCALL", here=ABSENT_SCHOOL)
    arrive(table, SCHOOL, joined=False)
    complete(table)
    walk_to(table, "SHARE")
    assert seat(SCHOOL) not in floor(table).order
    arrive(table, SCHOOL)
    assert seat(SCHOOL) in floor(table).order


@pytest.mark.parametrize("wish", ["now", "after this speaker"])
def test_a_late_arrival_may_speak_next(wish):
    """The chair gives them their turn after this speaker."""
    table = at("SHARE", here=ABSENT_SCHOOL)
    begin(table)
    arrive(table, STRANGER)
    table.do(Admit(person=STRANGER, seat=seat(SCHOOL), turn_wish=wish))
    finish(table, floor(table).live.seat)
    assert floor(table).live.seat == seat(SCHOOL)


def test_whoever_is_let_in_while_the_meeting_is_held_has_a_turn_too():
    """A pause stops the prompts, not the door: once it goes on, nobody who came meanwhile is left out."""
    table = at("SHARE", here=ABSENT_SCHOOL)
    arrive(table, STRANGER)
    table.do(Hold())
    table.do(Admit(person=STRANGER, seat=seat(SCHOOL)))
    table.do(Resume())
    assert floor(table).order[-1] == seat(SCHOOL)


def test_a_late_arrival_may_speak_at_questions():
    """Put off to the questions: the round goes on without them, and the questions open for them."""
    table = at("SHARE", here=ABSENT_SCHOOL)
    arrive(table, STRANGER)
    table.do(Admit(person=STRANGER, seat=seat(SCHOOL), turn_wish="at questions"))
    assert seat(SCHOOL) not in floor(table).order
    speak(table)
    table.go_on()
    assert table.meeting.step == "QUESTIONS"
    begin(table, SCHOOL)
    finish(table, seat(SCHOOL))
    table.go_on()
    assert table.meeting.step == "SUMMARY"


def test_a_late_note_taker_has_no_turn():
    """Whoever only writes the minutes, or chairs, is not put on the floor."""
    table = at("SHARE", here=tuple(p for p in PEOPLE if p != NOTES))
    arrive(table, NOTES)
    assert seat(NOTES) not in floor(table).order
    leave(table, CHAIR)
    arrive(table, CHAIR)
    assert seat(CHAIR) not in floor(table).order


def test_speakers_are_those_present_or_represented_in_writing():
    """Whoever was sent away does not speak."""
    table = at("SHARE")
    speak = {s.id for s in speakers(table.meeting, table.procedure)}
    assert speak == {seat(p) for p in (POLICE, HEALTH, SCHOOL, WORKER)}
    table.do(Remove(person=SCHOOL, reason="Wrong meeting"))
    assert table.meeting.people[SCHOOL].standing is Standing.REMOVED
    assert seat(SCHOOL) not in {s.id for s in speakers(table.meeting, table.procedure)}


def test_who_must_leave_speaks_early():
    """The chair gives a seat its turn ahead of the order."""
    table = at("SHARE")
    begin(table, WORKER)
    assert floor(table).live.seat == seat(WORKER)
    table.wait(minutes=timedelta(minutes=5).total_seconds() / 60)
    finish(table, seat(WORKER))
    assert floor(table).live.seat != seat(WORKER)


# -------------------------------------------------------------------------------------------------------- questions
def ask(table, to, text="When was she last seen?", by=HEALTH):
    table.do(AskQuestion(to=to, text=text), by)
    return table.meeting.questions[-1]


def test_a_question_names_a_seat_or_an_agency_and_has_words():
    """Nobody of that name: field error; blank: field error (LCS-3.5b)."""
    table = at("SHARE")
    assert table.refused(AskQuestion(to="nobody", text="?"), HEALTH).errors == {"to": "addressee"}
    assert table.refused(AskQuestion(to="police", text=" "), HEALTH).errors == {"text": "required"}


def test_a_question_during_a_turn_waits_for_the_questions():
    """It is kept, marked, and the speaker speaks on (LCS-3.3, LCS-3.6)."""
    table = at("SHARE")
    begin(table, POLICE)
    question = ask(table, "police")
    assert question.during_turn
    assert floor(table).live.seat == seat(POLICE)
    assert waiting_for(table.meeting, POLICE) == (question,)
    assert waiting_for(table.meeting, SCHOOL) == ()


def test_the_questions_open_only_if_somebody_asked():
    """Nobody has a question: the step is passed over; somebody has: it opens."""
    quiet, asked = at("SHARE"), at("SHARE")
    ask(asked, "police")
    for table in (quiet, asked):
        speak(table)
        table.go_on()
    assert (quiet.meeting.step, asked.meeting.step) == ("SUMMARY", "QUESTIONS")


def test_lcs_always_asks_for_questions():
    """Any agency may ask; the step is never passed over (LCS-3.6)."""
    table = at("SHARE", "lcs")
    speak(table)
    table.go_on()
    assert table.meeting.step == "QUESTIONS"


def test_the_addressee_answers_once_and_the_scribe_for_those_heard():
    """Answered: closed; others may not answer; said aloud owes the text, which then answers it."""
    table = at("SHARE")
    first, second = ask(table, "police"), ask(table, seat(SCHOOL))
    table.refused(AnswerQuestion(id=first.id, text="Monday"), SCHOOL, code="not_addressed")
    table.refused(AnswerQuestion(id=first.id, text=" "), POLICE, code="fields")
    table.do(AnswerQuestion(id=first.id, text="Monday"), POLICE)
    table.refused(AnswerQuestion(id=first.id, text="Tuesday"), POLICE, code="answered_already")
    table.do(AnswerQuestion(id=second.id, text="", how=How.SAID_ALOUD), NOTES)
    (debt,) = table.meeting.debts.values()
    table.do(WriteUp(debt=debt.id, text="On Friday"), NOTES)
    assert table.meeting.questions[1].answer == "On Friday"


def test_an_answer_is_owed_at_the_procedures_own_step_of_questions():
    """What was said aloud is written up, and changes the minutes, under a step that this procedure has."""
    san = procedure_of("san")
    agenda_ = tuple(replace(s, id="ASKING") if s.kind is Kind.QUESTIONS else s for s in san.agenda)
    table = at("SHARE", replace(san, agenda=agenda_))
    table.do(AnswerQuestion(id=ask(table, "police").id, text="", how=How.SAID_ALOUD), NOTES)
    (debt,) = table.meeting.debts.values()
    assert debt.slot.step == "ASKING"


def test_an_unanswered_question_is_named_and_does_not_block():
    """WARN: named, and the meeting goes on."""
    table = at("SHARE")
    ask(table, "police")
    speak(table)
    table.go_on()
    table.go_on()
    assert table.meeting.step == "SUMMARY"
    assert table.meeting.questions[0].open


def test_the_waiting_and_the_anonymous_ask_nothing():
    """Content belongs to admitted people who met their duties."""
    table = at("SHARE")
    arrive(table, STRANGER, assurance=Assurance.ANONYMOUS)
    table.refused(AskQuestion(to="police", text="?"), STRANGER, code="not_admitted")


def test_a_form_for_an_old_visit_is_answered_with_where_the_meeting_is():
    """A press that belongs to an earlier step moves nothing."""
    table = at("SHARE")
    table.refused(MoveOn(visit=table.meeting.visit - 1), code="moved_on")


def test_between_two_turns_no_other_card_of_the_step_is_posted():
    """The next turn says as much; after the last one the step's card comes below the turns, where the chair looks."""
    table = at("SHARE")
    begin(table)
    posted = []
    while (live := floor(table).live) is not None:
        before, known = replace(table.meeting, chat="chat"), len(table.record)
        finish(table, live.seat)
        wanted = {}
        for entry in table.record[known:]:
            after = evolve(before, entry)
            for notice in notices_for(before, after, entry, table.procedure):
                if notice.key.startswith("round:"):
                    wanted[notice.key] = isinstance(notice, Send)
            before = after
        posted.append(any(wanted.values()))
    assert len(posted) == 4
    assert posted == [False, False, False, True]
