"""Any commands, by anybody, in any order: what must hold of every meeting.

The run in `make test` is short; `pytest -m faults_long tests/unit/meeting` (or FAULTS_LONG=1) makes it long.
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import meeting
from meeting.door.admission import Admit, MarkPresent, Remove
from meeting.door.quorum import Convert, Restore
from meeting.machine import evolve, unwritten
from meeting.model import ActionState, Assurance, Child, How, MeetingId, PersonId, SeatId, Standing, Status
from meeting.procedure import Kind, Per, parts_of
from meeting.refusals import Refused
from meeting.running import agenda
from meeting.running.chairing import Adjourn, Hold, MoveBack, MoveOn, Resume, Skip, StepEntered, StepSkipped
from meeting.running.handover import HandChair, NameNoteTaker, RestrictChild, TakeChair
from meeting.steps.actions import Change
from meeting.steps.questions import AnswerQuestion, AskQuestion
from meeting.steps.record import NEW_ROW, ConfirmPrepared, Enter, RemoveRow, RightMeeting, SayNone, WriteUp
from meeting.steps.roll_call import HearIntroductions, Introduce, RecordApologies
from meeting.steps.safeguards import AddNote, AnswerChallenge, RaiseChallenge, RaiseUrgent
from meeting.steps.statement import Acknowledge
from meeting.steps.turns import BeginTurn, FinishTurn, ReturnTurn, SetOrder
from meeting.steps.views import GiveViews, InviteAloud, MarkSilent, Opinion, RevealViews, ViewsRevealed
from tests.unit.meeting.world import (
    ANNA,
    BEN,
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
    action,
    arrive,
    at,
    complete,
    decision_for,
    filled,
    leave,
    slot,
    started,
)

ANYBODY = st.sampled_from((*PEOPLE, DEPUTY, STRANGER, PersonId("nobody")))
MOSTLY_CHAIR = st.sampled_from((*[CHAIR] * 9, NOTES, NOTES, WORKER, POLICE, SCHOOL, STRANGER, PersonId("nobody")))
A_SEAT = st.sampled_from([SeatId(f"s-{p}") for p in (*PEOPLE, DEPUTY)] + [SeatId("s-9")])
A_CHILD = st.sampled_from(["", ANNA, BEN, "c9"])
SOME_WAY = st.sampled_from(list(How))
WORDS = st.sampled_from(["", "Seen on Monday", "DV, chaotic", "Arrange ICPC ASAP", "x" * 4001])
REASON = st.sampled_from(["", "They are late"])
WISHES = st.sampled_from(["", "now", "at questions"])
AN_ADDRESSEE = st.one_of(A_SEAT, st.sampled_from(["police", "nobody"]))
PAUSES = (Hold(), Resume(), Restore(), TakeChair(), Convert(quorate_date=""))


class Meetings(RuleBasedStateMachine):
    """Random commands, legal and not, over one meeting."""

    procedures: tuple[str, ...] = ("san",)

    @initialize(data=st.data())
    def begin(self, data):
        children = (Child(id=ANNA, name="Anna Ash"), Child(id=BEN, name="Ben Ash"))
        name = data.draw(st.sampled_from(self.procedures))
        self.table = started(name, children=children, deputy=True)
        for _ in range(data.draw(st.sampled_from(range(len(self.table.procedure.agenda) - 1)))):
            if self.table.meeting.step != "CLOSING":
                complete(self.table)
                self.table.go_on()

    def step_of(self, data):
        here = [self.table.meeting.step] * 9
        return data.draw(st.sampled_from([*here, *(s.id for s in self.table.procedure.agenda), "NOWHERE"]))

    def step_id(self, kind):
        return next(s.id for s in self.table.procedure.agenda if s.kind is kind)

    def send(self, command, by):
        """Send a command, as the chair whoever chairs now: it is done, or refused and has changed nothing."""
        by = (self.table.meeting.chair or by) if by == CHAIR else by
        before, record = self.table.meeting, len(self.table.record)
        try:
            self.table.do(command, by)
        except Refused:
            assert self.table.meeting is before
            assert len(self.table.record) == record

    # ------------------------------------------------------------------------------------------------ the course
    @rule(by=MOSTLY_CHAIR, reason=REASON, stale=st.booleans())
    def move_on(self, by, reason, stale):
        self.send(MoveOn(visit=self.table.meeting.visit - stale, reason=reason), by)

    @precondition(lambda self: self.table.meeting.status is Status.RUNNING)
    @rule(reason=st.sampled_from(["They are late"]))
    def answer_and_go_on(self, reason):
        """What everybody does all day: answer the step, go on."""
        try:
            complete(self.table)
            self.table.go_on(reason)
        except Refused:
            pass

    @rule(by=MOSTLY_CHAIR)
    def back(self, by):
        self.send(MoveBack(visit=self.table.meeting.visit), by)

    @rule(
        by=MOSTLY_CHAIR, command=st.sampled_from([Hold(), Resume(), Restore(), TakeChair(), Convert(quorate_date="")])
    )
    def pause_or_convert(self, by, command):
        self.send(command, by)

    @rule(by=ANYBODY, reason=REASON, hours=st.integers(-1, 2))
    def skip_or_adjourn(self, by, reason, hours):
        self.send(Skip(visit=self.table.meeting.visit, reason=reason), by)
        self.send(Adjourn(resume_at=self.table.now + timedelta(hours=hours)), by)

    @rule(minutes=st.integers(1, 150))
    def time_passes(self, minutes):
        self.table.wait(minutes=minutes)

    # -------------------------------------------------------------------------------------------------- the door
    @rule(person=ANYBODY, joined=st.booleans(), how=st.sampled_from(list(Assurance)))
    def somebody_comes(self, person, joined, how):
        if person != "nobody":
            arrive(self.table, person, joined=joined, assurance=how)

    @rule(person=ANYBODY)
    def somebody_goes(self, person):
        leave(self.table, person)

    @rule(
        by=MOSTLY_CHAIR,
        person=ANYBODY,
        seat=st.one_of(st.none(), A_SEAT),
        wish=st.sampled_from(["", "now", "at questions"]),
    )
    def admit(self, by, person, seat, wish):
        self.send(Admit(person=person, seat=seat, turn_wish=wish), by)

    @rule(by=MOSTLY_CHAIR, person=ANYBODY, kind=st.integers(0, 3))
    def people(self, by, person, kind):
        commands = (
            Remove(person=person, reason="x"),
            MarkPresent(person=person, present=True),
            HandChair(person=person),
            NameNoteTaker(person=person),
        )
        self.send(commands[kind], by)

    @rule(
        by=ANYBODY, person=st.one_of(st.none(), ANYBODY), right=st.booleans(), everybody=st.booleans(), data=st.data()
    )
    def duties(self, by, person, right, everybody, data):
        people = (person,) if person else ()
        self.send(RightMeeting(right=right, people=people, all_present=everybody), by)
        self.send(Acknowledge(step=self.step_of(data), people=people, all_present=everybody), by)
        self.send(Introduce(step=self.step_of(data), answers={}, person=person), by)
        self.send(HearIntroductions(step=self.step_of(data), people=people), by)

    # ------------------------------------------------------------------------------------------------ the record
    @rule(by=MOSTLY_CHAIR, how=SOME_WAY, text=WORDS, keep=st.booleans(), subject=A_CHILD, data=st.data())
    def enter(self, by, how, text, keep, subject, data):
        step = next((s for s in self.table.procedure.agenda if s.id == self.step_of(data)), self.table.step)
        parts = parts_of(step)
        if not parts:
            return
        part = data.draw(st.sampled_from(parts))
        answers = {f.key: text for f in part.fields} if text else filled(part.fields, self.table)
        about = NEW_ROW if part.per in (Per.FREE, Per.OTHER_CHILD) else subject
        only = data.draw(st.one_of(st.none(), st.just(frozenset({part.fields[0].key}))))
        place = slot(step.id, part.id, about)
        self.send(Enter(slot=place, answers=answers, how=how, keep=keep, only=only), by)
        self.send(SayNone(step=step.id, part=part.id), by)
        rows = self.table.meeting.rows.get((step.id, part.id), ())
        if rows and data.draw(st.booleans()):
            self.send(RemoveRow(slot=slot(step.id, part.id, rows[0])), by)
        self.send(ConfirmPrepared(step=step.id), by)

    @rule(by=MOSTLY_CHAIR, number=st.integers(1, 6), text=WORDS)
    def write_up(self, by, number, text):
        self.send(WriteUp(debt=f"d{number}", text=text), by)

    @rule(by=MOSTLY_CHAIR, seat=A_SEAT, text=WORDS, child=A_CHILD)
    def apologise_or_restrict(self, by, seat, text, child):
        self.send(RecordApologies(seat=seat, reason="x", information=text), by)
        self.send(RestrictChild(child=child, agency="education"), by)

    # -------------------------------------------------------------------------------- turns, questions, views
    @rule(by=MOSTLY_CHAIR, seat=st.one_of(st.none(), A_SEAT), how=SOME_WAY, text=WORDS, keep=st.booleans())
    def turns(self, by, seat, how, text, keep):
        step = self.step_id(Kind.TURNS)
        if seat is not None:
            self.send(SetOrder(step=step, seats=(seat,)), by)
            self.send(ReturnTurn(step=step, seat=seat), by)
        self.send(BeginTurn(step=step, seat=seat), by)
        floor = self.table.meeting.floors.get(step)
        if floor is not None and floor.live is not None:
            live = floor.live
            answers = {"information": text, "mode": "none"}
            command = FinishTurn(step=step, seat=live.seat, turn=live.number, answers=answers, how=how, keep=keep)
            self.send(command, by)

    @rule(
        by=ANYBODY,
        to=st.one_of(A_SEAT, st.sampled_from(["police", "nobody"])),
        text=WORDS,
        how=SOME_WAY,
        n=st.integers(1, 4),
    )
    def questions(self, by, to, text, how, n):
        self.send(AskQuestion(to=to, text=text), by)
        self.send(AnswerQuestion(id=f"q{n}", text=text, how=how), by)

    @rule(by=ANYBODY, person=st.one_of(st.none(), ANYBODY), option=st.integers(0, 2), kind=st.integers(0, 3))
    def views(self, by, person, option, kind):
        step = self.step_id(Kind.VIEWS)
        data = self.table.procedure.step(step).data
        scale = 4 if data.scale else None
        options = [
            Opinion(subject=c.id, option=data.threshold.options[option], scale=scale, reason="Heard")
            for c in self.table.meeting.in_scope()
        ]
        people = (person,) if person else ()
        commands = (
            GiveViews(step=step, opinions=tuple(options), person=person),
            InviteAloud(step=step, people=people),
            MarkSilent(step=step, people=people),
            RevealViews(step=step),
        )
        self.send(commands[kind], by)

    # ------------------------------------------------------------------------------------- decision and actions
    @rule(by=MOSTLY_CHAIR, child=A_CHILD, reasons=st.booleans(), data=st.data())
    def decides(self, by, child, reasons, data):
        may = self.table.procedure.step("DECISION").data.outcomes
        chosen = data.draw(st.lists(st.sampled_from([o.id for o in may]), max_size=2, unique=True))
        command = decision_for(self.table, *chosen, subjects=(child,), keep=True)
        self.send(command if reasons else replace(command, rationale={}), by)

    @rule(by=MOSTLY_CHAIR, text=WORDS, keep=st.booleans(), child=A_CHILD, state=st.sampled_from(list(ActionState)))
    def acts(self, by, text, keep, child, state):
        self.send(action(self.table, text, keep=keep, subjects=(child,)), by)
        self.send(Change(number=1, state=state), by)

    @rule(by=ANYBODY, text=WORDS)
    def says(self, by, text):
        ground = (self.table.procedure.challenge_grounds or ("",))[0]
        self.send(RaiseChallenge(text=text, ground=ground), by)
        self.send(AnswerChallenge(id="ch1", text=text), by)
        self.send(AddNote(text=text), by)

    @rule(by=ANYBODY)
    def urgent(self, by):
        """An urgent action is never refused to a seated person."""
        person = self.table.meeting.people.get(by)
        command = RaiseUrgent(what="Police to the address", owner="", due=self.table.now)
        if person is not None and person.standing is Standing.SEATED:
            self.table.do(command, by)
            assert self.table.meeting.actions[-1].urgent
        else:
            self.send(command, by)

    # ------------------------------------------------------------------------------------------------ invariants
    @invariant()
    def the_record_is_gapless(self):
        if hasattr(self, "table"):
            assert [e.sequence for e in self.table.record] == list(range(1, len(self.table.record) + 1))
            assert self.table.meeting.sequence == len(self.table.record)

    @invariant()
    def one_turn_is_live_and_only_where_the_meeting_has_come(self):
        if hasattr(self, "table"):
            for floor in self.table.meeting.floors.values():
                assert floor.live is None or floor.live.seat not in floor.done
                assert floor.live is None or floor.live.number == floor.count
                assert len(set(floor.order)) == len(floor.order)

    @invariant()
    def views_are_sealed_until_an_entry_says_otherwise(self):
        if hasattr(self, "table"):
            shown = {e.event.step for e in self.table.record if isinstance(e.event, ViewsRevealed)}
            assert shown == {s for s, v in self.table.meeting.views.items() if v.revealed}
            for views in self.table.meeting.views.values():
                assert not {v.person for v in views.given} & views.silent

    @invariant()
    def no_decision_without_its_reasons(self):
        if hasattr(self, "table"):
            for decision in self.table.meeting.decisions.values():
                assert decision.rationale or decision.how is How.SAID_ALOUD
                assert decision.outcomes

    @invariant()
    def no_step_is_passed_over_without_an_entry(self):
        """From one visit to the next: forward only over steps that did not apply then, else there is an entry."""
        if hasattr(self, "table"):
            moves = [e.event for e in self.table.record if isinstance(e.event, StepEntered | StepSkipped)]
            entered = [e.step for e in moves if isinstance(e, StepEntered)]
            assert [v.step for v in self.table.meeting.visits] == entered
            ids = [s.id for s in self.table.procedure.agenda]
            for before, after in pairwise(entered):
                between = ids[ids.index(before) + 1 : ids.index(after)]
                conditional = {s.id for s in self.table.procedure.agenda if s.when or s.kind is Kind.QUESTIONS}
                assert set(between) <= conditional

    @invariant()
    def actions_and_debts_are_numbered_once(self):
        if hasattr(self, "table"):
            meeting = self.table.meeting
            assert [a.number for a in meeting.actions] == list(range(1, len(meeting.actions) + 1))
            assert all(debt_id == debt.id for debt_id, debt in meeting.debts.items())

    @invariant()
    def whoever_writes_is_seated(self):
        if hasattr(self, "table"):
            meeting = self.table.meeting
            for scribe in (meeting.chair, meeting.note_taker):
                assert scribe is None or meeting.people[scribe].standing is Standing.SEATED

    def teardown(self):
        """Folding the record from scratch gives the same meeting."""
        if hasattr(self, "table"):
            meeting = unwritten(MeetingId("m"))
            for entry in self.table.record:
                meeting = evolve(meeting, entry)
            assert meeting == self.table.meeting


class AnyProcedure(Meetings):
    """The same under every procedure."""

    procedures = PROCEDURES


SHORT = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(SHORT, max_examples=400, stateful_step_count=80)


@pytest.mark.parametrize("machine", [Meetings, AnyProcedure])
def test_whatever_anybody_sends_the_meeting_holds(machine):
    """Rules refuse or record; nothing else ever happens."""
    run_state_machine_as_test(machine, settings=LONG if os.environ.get("FAULTS_LONG") else SHORT)


@pytest.mark.faults_long
@pytest.mark.parametrize("machine", [Meetings, AnyProcedure])
def test_whatever_anybody_sends_for_long_the_meeting_holds(machine):
    """The same for a long time."""
    run_state_machine_as_test(machine, settings=LONG)


def test_a_long_record_folds_in_time_that_grows_with_its_length():
    """5,000 entries: the last thousand cost no more than a few times the first thousand."""
    table = at("SHARE")
    asked = {f.key for f in agenda.part_of(table.procedure.step("REASON"), "fields").fields}
    costs = []
    for _ in range(5):
        before = time.process_time()
        for number in range(1000):
            match number % 4:
                case 0:
                    table.do(AddNote(text=f"Note {number}"))
                case 1:
                    table.do(Enter(slot=slot("REASON"), answers=dict.fromkeys(asked, f"Text {number}")))
                case 2:
                    table.do(Enter(slot=slot("HISTORY", "event", NEW_ROW), answers=event(number)))
                case _:
                    table.do(BeginTurn(step="SHARE", seat=SeatId(f"s-{(POLICE, HEALTH, SCHOOL, WORKER)[number % 4]}")))
        costs.append(time.process_time() - before)
    assert costs[-1] < 12 * max(costs[0], 0.05)
    meeting, before = unwritten(MeetingId("m")), time.process_time()
    for entry in table.record:
        meeting = evolve(meeting, entry)
    assert time.process_time() - before < 5
    assert meeting == table.meeting


def event(number):
    return {"type": "contact", "date": "2020-01-01", "outcome": f"Outcome {number}"}


def test_whoever_imports_the_machine_has_every_rule():
    """No module that decides, folds, follows or holds back is left to whoever happens to import it."""
    asked = "import sys, meeting.machine; print(*(m for m in sys.modules if m.startswith('meeting.')))"
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    registers = re.compile(r"^@(decides|evolves|follows|stands_at)\(", re.MULTILINE)
    room = Path(meeting.__file__).parent
    files = (f for f in room.rglob("*.py") if registers.search(f.read_text("utf-8")))
    ruled = {".".join(f.relative_to(room.parent).with_suffix("").parts) for f in files}
    assert len(ruled) > 30
    assert ruled <= set(told.stdout.split())
