"""Moving through the agenda, handing over, and what nothing holds back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from meeting.after.updates import AskUpdate, PostUpdate
from meeting.before.amending import Amend
from meeting.before.calling_off import Cancel
from meeting.before.convening import AddSeat, Convene
from meeting.door.admission import Remove
from meeting.door.telephone import HearCaller
from meeting.model import ActionState, Child, ChildId, Status
from meeting.refusals import Refused
from meeting.running import agenda
from meeting.running.chairing import Adjourn, Hold, MoveBack, MoveOn, Resume, Skip, Start
from meeting.running.handover import HandChair, HandForm, NameNoteTaker, RestrictChild, TakeChair
from meeting.steps.actions import Change
from meeting.steps.record import Enter, RightMeeting
from meeting.steps.safeguards import AddNote, AnswerChallenge, RaiseChallenge, RaiseUrgent
from meeting.steps.statement import Acknowledge
from meeting.steps.turns import BeginTurn
from meeting.timing.clocks import hold_by, lateness
from tests.unit.meeting.world import (
    ANNA,
    CHAIR,
    DEPUTY,
    HEALTH,
    NOTES,
    PEOPLE,
    POLICE,
    PROCEDURES,
    SCHOOL,
    STRANGER,
    WORKER,
    Table,
    arrive,
    at,
    choose,
    complete,
    convened,
    decision_for,
    fill_parts,
    finish,
    join_late,
    leave,
    procedure_of,
    seat,
    seat_of,
    slot,
    started,
    starting,
)


# -------------------------------------------------------------------------------------------------------- moving
def test_a_meeting_starts_once_and_with_a_chair():
    """No chair, no start; started, it does not start again."""
    table = convened()
    arrive(table, POLICE)
    with pytest.raises(Refused):
        table.do(Start(), POLICE)
    arrive(table, CHAIR)
    table.do(Start())
    assert (table.meeting.status, table.meeting.started) == (Status.RUNNING, table.now)
    table.refused(Start(), code="already_started")


def test_lateness_is_said_and_never_blocks():
    """Start at +26 h starts; the close wants the reason (SAN-7.1)."""
    table = convened(answers={"concern_received": "2026-12-22T10:00:00+00:00"})
    arrive(table, *PEOPLE)
    table.do(Start())
    ((clock, late),) = lateness(table.meeting, table.procedure, table.meeting.started)
    assert (clock.id, late) == ("hold", timedelta(hours=26))
    part = agenda.part_of(table.procedure.step("CLOSING"), "fields")
    step = table.procedure.step("CLOSING")
    assert "late_reason" in {f.key for f in agenda.gaps_of(table.meeting, table.procedure, step, part, "")}


def test_a_limit_in_days_is_missed_once_its_last_day_is_over():
    """Held within three working days elsewhere: from Friday the Wednesday is in time, at its midnight it is late."""
    san = procedure_of("san")
    days = (replace(c, limit=3, unit="working_days") if c.id == "hold" else c for c in san.clocks)
    rules = replace(san, clocks=tuple(days))
    table = convened(rules, answers={"concern_received": "2026-12-18T15:00:00+00:00"})
    due = datetime(2026, 12, 23, 23, 59, tzinfo=UTC)
    assert hold_by(table.meeting, rules, rules.clock("hold")) == due
    assert lateness(table.meeting, rules, due) == ()
    assert [c.id for c, _ in lateness(table.meeting, rules, due + timedelta(minutes=1))] == ["hold"]


def test_in_time_nobody_is_asked_why():
    """At +23 h no reason is asked (SAN-7.1); two hours run once someone had to act alone (SAN-7.2)."""
    table = convened(answers={"concern_received": "2026-12-22T13:00:00+00:00"})
    arrive(table, *PEOPLE)
    table.do(Start())
    assert lateness(table.meeting, table.procedure, table.meeting.started) == ()
    acted = {"immediate_action": "yes", "acted_by": "police", "acted_at": "2026-12-23T09:30:00+00:00"}
    urgent = convened(answers={"concern_received": "2026-12-23T09:00:00+00:00", **acted})
    arrive(urgent, *PEOPLE)
    urgent.do(Start())
    assert [c.id for c, _ in lateness(urgent.meeting, urgent.procedure, urgent.meeting.started)] == ["hold_immediate"]


def test_going_back_loses_nothing_and_is_recorded():
    """The step before reopens with its answers; at the first there is no before."""
    table = at("FAMILY")
    answers = table.meeting.answers
    table.do(MoveBack(visit=table.meeting.visit))
    assert (table.meeting.step, table.meeting.answers) == ("IDENTITY", answers)
    first = started()
    first.refused(MoveBack(visit=first.meeting.visit), code="first_step")


def test_every_visit_has_its_times():
    """Entered and left, in order; going back is a visit of its own."""
    table = at("FAMILY")
    table.do(MoveBack(visit=table.meeting.visit))
    assert [v.step for v in table.meeting.visits] == ["OPENING", "ROLLCALL", "IDENTITY", "FAMILY", "IDENTITY"]
    assert [v.left is None for v in table.meeting.visits] == [False] * 4 + [True]


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_only_what_may_vary_is_skipped(procedure):
    """A required step stays unless the procedure's agenda is an example (WOK-0.3); right meeting always stays."""
    table = started(procedure)
    while table.meeting.step != "CLOSING":
        skip = Skip(visit=table.meeting.visit, reason="Not needed")
        may = procedure == "wok" and table.step.id != "IDENTITY"
        if table.step.required and not may:
            table.refused(skip, code="step_required")
        complete(table)
        table.go_on()


def test_a_skip_is_recorded_with_its_reason():
    """Without a reason refused, with one minuted; what lies behind the next step still holds (WOK-0.3)."""
    table = at("SUMMARY", "wok")
    table.refused(Skip(visit=table.meeting.visit, reason=""), code="reason_needed")
    table.do(Skip(visit=table.meeting.visit, reason="Said in the turns"))
    assert table.meeting.step == "VIEWS"
    assert table.meeting.visits[-2].skipped
    assert table.meeting.overrides[-1].reason == "Said in the turns"


def test_what_was_skipped_is_owed_by_nobody():
    """A roll call passed over bars no one from content."""
    table = started("wok")
    table.do(Skip(visit=table.meeting.visit, reason="All know each other"))
    table.do(Acknowledge(step="RULES", all_present=True))
    from meeting.duties import duties

    assert list(duties(table.meeting, table.procedure, table.meeting.people[POLICE])) == []


def test_hold_and_adjournment_stop_the_agenda_and_keep_everything():
    """Paused nobody moves; resumed it is the same step and the same turn."""
    table = at("SHARE")
    visit = table.meeting.visit
    table.do(Hold())
    table.refused(MoveOn(visit=visit), code="paused")
    table.refused(Hold(), code="not_running")
    table.do(Resume())
    table.refused(Resume(), code="not_paused")
    table.refused(Adjourn(resume_at=table.now), code="past")
    table.refused(Adjourn(resume_at=datetime(2027, 1, 4, 9)), code="past")  # noqa: DTZ001 - nobody's time
    table.do(Adjourn(resume_at=table.now + timedelta(days=1), reason="Police called away"))
    table.refused(MoveOn(visit=visit), code="paused")
    table.do(Resume())
    assert (table.meeting.step, table.meeting.visit, table.meeting.status) == ("SHARE", visit, Status.RUNNING)


def test_the_last_step_closes_and_then_it_is_over():
    """Closed: nothing moves any more, what follows up still does."""
    table = closed()
    assert table.meeting.ended == table.now
    assert table.meeting.visits[-1].left == table.now
    for command in (MoveOn(visit=table.meeting.visit), Hold(), Start(), Cancel(reason="x")):
        table.refused(command, code="over")


def closed(procedure="san"):
    table = at("CLOSING", procedure)
    fill_parts(table, table.step)
    table.go_on()
    assert table.meeting.status is Status.CLOSED
    return table


def test_calling_it_off_wants_a_reason_and_ends_it():
    """Cancelled, with the reason in the minutes."""
    table = convened()
    arrive(table, CHAIR)
    table.refused(Cancel(reason=" "), code="reason_needed")
    table.do(Cancel(reason="Held already"))
    assert table.meeting.status is Status.CANCELLED
    table.refused(Start(), code="over")


# -------------------------------------------------------------------------------------------------------- handover
def manned(**more):
    return at("SHARE", deputy=True, here=(*PEOPLE, DEPUTY), **more)


def test_the_deputy_takes_the_chair_after_two_silent_minutes():
    """A chair who is silent while waited for; recorded (WMT-1.1, 9)."""
    table = manned()
    table.wait(minutes=1, seconds=59)
    table.refused(TakeChair(), DEPUTY, code="chair_not_silent")
    table.wait(seconds=1)
    table.refused(TakeChair(), WORKER, code="no_stand_in")
    table.do(TakeChair(), DEPUTY)
    assert table.meeting.chair == DEPUTY
    assert "took the chair" in table.meeting.notes[-1].text
    table.refused(MoveOn(visit=table.meeting.visit), CHAIR, code="chair_only")


def test_a_chair_who_answers_is_not_silent():
    """Every entry of the chair counts."""
    table = manned()
    table.wait(minutes=1)
    table.do(AddNote(text="One moment"))
    table.wait(minutes=1, seconds=30)
    table.refused(TakeChair(), DEPUTY, code="chair_not_silent")


def test_while_somebody_else_is_waited_for_the_chair_is_not():
    """A live speaker is not the chair's silence."""
    table = manned()
    table.do(BeginTurn(step="SHARE"))
    table.wait(minutes=10)
    table.refused(TakeChair(), DEPUTY, code="chair_not_silent")


def test_without_a_deputy_here_any_social_care_manager_may():
    """The deputy first; is none here, a manager of social care, and nobody else."""
    table = manned()
    leave(table, DEPUTY)
    table.wait(minutes=3)
    for person in (POLICE, WORKER, DEPUTY):
        table.refused(TakeChair(), person, code="no_stand_in")
    other = at("SHARE", here=(*PEOPLE, DEPUTY), seats=(*PEOPLE, DEPUTY))
    other.wait(minutes=3)
    other.do(TakeChair(), DEPUTY)
    assert other.meeting.chair == DEPUTY


def test_a_chair_who_dropped_out_is_given_two_minutes():
    """A lost line is no abdication."""
    table = manned()
    leave(table, CHAIR)
    table.wait(minutes=1)
    table.refused(TakeChair(), DEPUTY, code="chair_not_silent")
    table.wait(minutes=1)
    table.do(TakeChair(), DEPUTY)


def test_a_deputy_who_cannot_lead_keeps_nobody_else_from_it():
    """By telephone there is no button to press, and in the wrong meeting none that counts: a manager stands in then."""
    manager = replace(seat_of(DEPUTY), id=seat(STRANGER), role="service_manager", deputy_of="", reason="x")
    for how in ("telephone", "wrong meeting"):
        table = at("SHARE", deputy=True, here=(*PEOPLE, DEPUTY) if how == "wrong meeting" else PEOPLE)
        table.do(AddSeat(seat=replace(manager, email=f"{STRANGER}@example.org")))
        join_late(table, STRANGER)
        leave(table, CHAIR)
        table.wait(minutes=3)
        if how == "telephone":
            table.do(HearCaller(seat=seat(DEPUTY)))
        else:
            table.refused(TakeChair(), STRANGER, code="no_stand_in")
            table.do(RightMeeting(right=False), DEPUTY)
        table.do(TakeChair(), STRANGER)
        assert table.meeting.chair == STRANGER


def test_nobody_takes_the_chair_of_an_adjourned_meeting_before_it_goes_on():
    """Whoever adjourned has gone and is not missed; at the hour that was said they are (9)."""
    table = manned()
    table.do(Adjourn(resume_at=table.now + timedelta(hours=1)))
    leave(table, CHAIR)
    table.wait(minutes=30)
    table.refused(TakeChair(), DEPUTY, code="chair_not_silent")
    table.wait(minutes=32)
    table.do(TakeChair(), DEPUTY)
    table.do(Resume(), DEPUTY)


def test_a_chair_who_never_came_is_missed_from_the_time_it_was_called_for():
    """Before that nobody takes the chair."""
    table = convened(deputy=True)
    table.now -= timedelta(minutes=10)
    arrive(table, DEPUTY)
    table.refused(TakeChair(), DEPUTY, code="chair_not_silent")
    table.wait(minutes=12)
    table.do(TakeChair(), DEPUTY)
    table.do(Start(), DEPUTY)


def test_the_chair_hands_over_to_somebody_who_is_here():
    """Seated and present; the new chair moves the meeting, the old one does not."""
    table = manned()
    leave(table, SCHOOL)
    table.refused(HandChair(person=SCHOOL), code="not_here")
    table.refused(HandChair(person=STRANGER), code="nobody")
    table.do(HandChair(person=WORKER))
    table.do(MoveBack(visit=table.meeting.visit), WORKER)
    table.refused(Hold(), CHAIR, code="chair_only")
    assert table.do(TakeChair(), WORKER) == ()


def test_the_chair_stays_with_the_agency_that_the_procedure_keeps_it_to():
    """Social care convenes and chairs (STY-2.1): nobody else is called as chair, named, or handed it."""
    table = manned(procedure="sty")
    table.refused(HandChair(person=POLICE), code="chair_agency")
    table.do(HandChair(person=WORKER))
    waiting = convened("sty")
    waiting.refused(Amend(chair=seat(POLICE)), code="chair_agency")
    waiting.do(Amend(chair=seat(WORKER)))
    child, led = Child(id=ANNA, name="Anna Ash"), seat_of(POLICE)
    called = Convene(
        reference="T", procedure_hash="h", answers={}, children=(child,), seats=(led,), chair_seat=led.id, draft=True
    )
    Table(procedure=procedure_of("sty")).refused(called, code="chair_agency")
    Table(procedure=procedure_of("san")).do(called)


def test_whoever_stands_in_stands_in_until_the_chairs_own_holder_is_back():
    """Handing it to oneself or on to a third makes nobody its holder; the holder needs nobody's leave (WMT-1.1)."""
    table = manned()
    leave(table, CHAIR)
    table.wait(minutes=2)
    table.do(TakeChair(), DEPUTY)
    assert table.do(HandChair(person=DEPUTY), DEPUTY) == ()
    table.do(HandChair(person=WORKER), DEPUTY)
    assert table.meeting.stood_in
    arrive(table, CHAIR)
    table.do(HandChair(person=DEPUTY), WORKER)
    leave(table, DEPUTY)
    table.wait(minutes=2)
    table.do(TakeChair(), CHAIR)
    assert (table.meeting.chair, table.meeting.stood_in) == (CHAIR, False)


def test_nothing_is_decided_and_no_turn_given_while_the_meeting_is_paused():
    """On hold and adjourned the floor, the round of views and the decision wait; what is typed already is taken."""
    speaking = at("SHARE", "sty")
    speaking.do(BeginTurn(step="SHARE"))
    speaking.do(Hold())
    first = speaking.meeting.floors["SHARE"].live.seat
    speaking.refused(BeginTurn(step="SHARE", seat=seat(SCHOOL)), code="paused")
    finish(speaking, first)
    deciding = at("DECISION", "sty")
    deciding.do(Adjourn(resume_at=deciding.now + timedelta(days=1)))
    deciding.refused(decision_for(deciding, starting(deciding).id), code="paused")
    deciding.do(Resume())
    choose(deciding, ANNA)


def test_a_form_is_handed_to_one_seat_for_one_step():
    """Health fills in REASON, and nothing else (WOK-3.1)."""
    table = at("REASON")
    enter = Enter(slot=slot("REASON"), answers={"referral": "A burn"})
    table.refused(enter, HEALTH, code="not_your_form")
    table.do(HandForm(step="REASON", seat=seat(HEALTH)))
    table.do(enter, HEALTH)
    table.refused(Enter(slot=slot("CONSENT", "purpose", "see the child"), answers={}), HEALTH, code="not_your_form")
    table.refused(HandForm(step="NOWHERE", seat=seat(HEALTH)), code="no_such_step")


def test_a_child_is_restricted_for_an_agency_but_never_for_the_core():
    """Whoever of that agency comes later is restricted as well (WOK-0.8, A32)."""
    from meeting.before.convening import AddSeat
    from meeting.model import PersonId, Seat

    table = at("SHARE", "wok")
    for core in ("social_care", "health", "police"):
        refused = table.refused(RestrictChild(child=ANNA, agency=core), code="core_sees_all")
        assert refused.details == ("social care", "health", "police")  # the procedure's own, not the rules'
    table.refused(RestrictChild(child=ANNA, agency="housing"), code="no_such_seat")
    table.refused(RestrictChild(child=ChildId("c9"), agency="education"), code="no_such_subject")
    table.do(RestrictChild(child=ANNA, agency="education"))
    nursery = Seat(id=seat(PersonId("n")), agency="education", role="nursery", label="Nursery", reason="involved")
    table.do(AddSeat(seat=nursery))
    assert table.meeting.seats[nursery.id].restricted == {ANNA}


def test_a_note_taker_who_was_sent_away_writes_no_more():
    """Removed: no power is left behind."""
    table = at("SHARE")
    table.do(Remove(person=NOTES, reason="Left the room"))
    assert table.meeting.note_taker is None
    table.refused(AddNote(text="x"), NOTES, code="chair_or_note_taker")
    table.refused(Remove(person=CHAIR, reason="x"), code="chair_stays")
    table.do(NameNoteTaker(person=WORKER))
    table.do(AddNote(text="x"), WORKER)


# ------------------------------------------------------------------------------------------------------ safeguards
def urgent(table, **more):
    return RaiseUrgent(what="Police to the address", **{"owner": "", "due": table.now, **more})


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_urgent_action_is_open_to_every_seat_in_every_step(procedure):
    """Behind no gate, in no step kept back; nothing else of the step changes (STY-2.2)."""
    table = started(procedure)
    while True:
        before = table.meeting
        table.do(urgent(table), SCHOOL)
        assert table.meeting.actions[-1].urgent
        assert (table.meeting.step, table.meeting.floors) == (before.step, before.floors)
        if table.meeting.step == "CLOSING":
            break
        complete(table)
        table.go_on()


@pytest.mark.parametrize("state", ["before", "hold", "adjourned", "closed", "cancelled", "unconfirmed", "wrong"])
def test_urgent_action_does_not_wait_for_the_meeting(state):
    """Before the start, on hold, adjourned, closed, in the wrong meeting: it stands on the list."""
    table = closed() if state == "closed" else convened() if state in ("before", "cancelled") else at("IDENTITY")
    match state:
        case "before" | "cancelled":
            arrive(table, *PEOPLE)
            if state == "cancelled":
                table.do(Cancel(reason="Held already"))
        case "hold":
            table.do(Hold())
        case "adjourned":
            table.do(Adjourn(resume_at=table.now + timedelta(days=1)))
        case "wrong":
            table.do(RightMeeting(right=False), SCHOOL)
    table.do(urgent(table), SCHOOL)
    assert table.meeting.actions[-1].urgent


def test_urgent_action_wants_its_words_and_nothing_else():
    """No owner: whoever raised it; a time that has passed, or a seat that is gone, is mended, not refused."""
    table = started()
    table.refused(RaiseUrgent(what=" ", owner="", due=table.now), SCHOOL, code="fields")
    table.do(urgent(table, due=datetime(2020, 1, 1), owner_seat="gone"), SCHOOL)  # noqa: DTZ001 - mended
    action = table.meeting.actions[-1]
    assert (action.owner, action.due, action.owner_seat) == ("Sal Finch", table.now, None)


def test_a_challenge_stands_by_name_with_its_ground():
    """Four grounds where the procedure lists them, free text elsewhere; the chair answers before closing (STY-5.2c)."""
    table = at("SHARE", "sty")
    table.refused(RaiseChallenge(text="Too fast"), POLICE, code="fields")
    ground = table.procedure.challenge_grounds[0]
    table.do(RaiseChallenge(text="Too fast", ground=ground), POLICE)
    table.refused(AnswerChallenge(id="ch1", text="Noted"), POLICE, code="chair_only")
    while table.meeting.step != "CLOSING":
        complete(table)
        table.go_on()
    fill_parts(table, table.step)
    assert [o.code for o in table.held().obstacles if o.gate == "override"] == ["challenge"]
    table.refused(AnswerChallenge(id="ch1", text=" "), code="fields")
    table.do(AnswerChallenge(id="ch1", text="We take more time"))
    table.refused(AnswerChallenge(id="ch1", text="Again"), code="answered_already")
    table.go_on()
    free = at("SHARE")
    free.do(RaiseChallenge(text="Too fast"), POLICE)


def test_news_is_told_and_asked_for_once_the_meeting_is_over():
    """While it runs what is new is said there (STY-5.1e)."""
    table = started("sty")
    table.refused(PostUpdate(text="Seen at home"), code="not_closed")
    table.refused(AskUpdate(), POLICE, code="not_closed")


def test_follow_up_goes_on_after_the_close():
    """Challenges, actions and notes are not over when the meeting is."""
    table = closed("sty")
    ground = table.procedure.challenge_grounds[0]
    table.do(RaiseChallenge(text="Too fast", ground=ground), POLICE)
    table.do(AnswerChallenge(id="ch1", text="Noted"))
    table.do(Change(number=1, state=ActionState.DONE))
    table.do(AddNote(text="Sent"))
