"""After the close, whatever happens in any order: somebody is told of each open action, nobody twice or wrongly.

The outbox is a dictionary here that keeps each key as the stored one does (`storage/notices.py`).
"""

import os
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from meeting.after.follow_up import ReportAction, SettleAction
from meeting.after.reconvening import LinkMeeting
from meeting.after.shutting import PersonShutOut, ShutSomebodyOut
from meeting.after.succeeding import PassChairOn
from meeting.before.convening import AddSeat
from meeting.door.admission import Admit, Arrive
from meeting.door.arriving import leads_anywhere
from meeting.machine import decide, evolve, unwritten
from meeting.model import ActionState, Assurance, MeetingId, PersonId, Seat, Standing, Told
from meeting.refusals import Refused
from meeting.running.chairing import MoveOn
from meeting.screens.reminder import digest_screen, reminder_screen
from meeting.steps.action_list import OVER
from meeting.steps.actions import Agree, Change
from meeting.telling.causes import notices_for
from meeting.telling.chasing import readers, still_open
from meeting.telling.notices import Cancel, Notice, NoticeKind, Send
from meeting.telling.owners import NOT_YOURS
from meeting.telling.readers import Reader, chair_seat, owner
from meeting.timing.deadlines import running
from meeting.timing.reminding import AGAIN, next_morning, next_time, rungs
from tests.unit.meeting.world import (
    CHAIR,
    DEPUTY,
    HEALTH,
    NOTES,
    POLICE,
    SCHOOL,
    SEATS,
    STRANGER,
    SYSTEM,
    WORKER,
    Table,
    action,
    arrive,
    at,
    satisfy,
    seat,
)

NURSE = PersonId("nurse")
AWAY = Seat(
    id=seat(NURSE), agency="health", role="nurse", label="Nurse", name="Nia Rees", email="nurse@example.org", reason="x"
)
OWNERS = {  # by name: who sits somewhere, who never came, who came for somebody else, who watches, whom nobody knows
    "Pat Doyle": seat(POLICE),
    "Sal Finch": seat(SCHOOL),
    "Wyn Cole": seat(WORKER),
    "Nia Rees": seat(NURSE),
    "Asha Bell": seat(CHAIR),
    "A sergeant": seat(POLICE),
    "Sam Stranger": seat(POLICE),
    "Nobody Known": None,
}
A_NAME = st.sampled_from(list(OWNERS))
SOMEBODY = st.sampled_from([CHAIR, CHAIR, NOTES, POLICE, SCHOOL, WORKER, HEALTH, NURSE, DEPUTY, STRANGER])
A_NUMBER = st.integers(1, 6)
DAYS = st.integers(1, 20)
A_STATE = st.sampled_from(ActionState)


@dataclass
class Kept:
    """One row of the outbox."""

    send: Send
    due: datetime
    state: str = "waiting"
    sent: bool = False


@cache
def closed() -> Table:
    """Return a meeting that has closed, with an action of each kind of owner; the deputy is a manager."""
    table = at("CLOSING", deputy=True)
    table.do(AddSeat(seat=AWAY))
    arrive(table, DEPUTY, STRANGER)
    table.do(Admit(person=STRANGER, seat=seat(POLICE)))
    for days, (name, where) in enumerate(OWNERS.items(), start=1):
        due = table.now + timedelta(days=days)
        table.do(action(table, f"Task of {name}", owner=name, owner_seat=where, due=due, keep=True))
    satisfy(table)
    table.do(MoveOn(visit=table.meeting.visit, reason="Agreed"))
    assert table.meeting.ended
    return table


class Outbox(dict[str, Kept]):
    """Keeps each key once: what waits goes once, what was dropped unsent waits again if it is asked for again."""

    def ask(self, notice: Notice, now: datetime) -> None:
        """Take up one notice."""
        known = self.get(notice.key)
        match notice:
            case Cancel():
                if known and known.state == "waiting":
                    known.state = "dropped"
            case Send() if known is None:
                self[notice.key] = Kept(send=notice, due=notice.due or now)
            case Send() if known.state == "waiting":
                if notice.again:
                    known.send, known.due = notice, min(known.due, notice.due or now)
            case Send() if notice.again or (known.state == "dropped" and not known.sent):
                known.send, known.due, known.state = notice, notice.due or now, "waiting"

    def waiting(self, *kinds: NoticeKind) -> list[Kept]:
        """Return what is still to go out."""
        return [k for k in self.values() if k.state == "waiting" and k.send.kind in kinds]


@cache
def caused() -> Outbox:
    """Return what the whole meeting has put into the outbox by its close."""
    outbox, meeting, procedure = Outbox(), unwritten(MeetingId("m")), closed().procedure
    for entry in closed().record:
        before, meeting = meeting, evolve(meeting, entry)
        if meeting.seats:
            for notice in notices_for(before, meeting, entry, procedure):
                outbox.ask(notice, entry.at)
    return outbox


class Afterwards(RuleBasedStateMachine):
    """Random transitions of actions, people and the chair's part; time passes, and what is due is sent."""

    @initialize()
    def begin(self):
        known = closed()
        self.table = Table(procedure=known.procedure, meeting=known.meeting, record=list(known.record), now=known.now)
        self.outbox = Outbox({key: replace(kept) for key, kept in caused().items()})
        self.told: list[str] = []

    def send(self, command, by):
        """Do a command, as the chair whoever holds that part now; what its entries cause goes into the outbox."""
        table = self.table
        by = (table.meeting.chair or by) if by == CHAIR else by
        try:
            entries = decide(table.meeting, command, by=by, procedure=table.procedure, now=table.now)
        except Refused:
            return
        for entry in entries:
            before, table.meeting = table.meeting, evolve(table.meeting, entry)
            asked = notices_for(before, table.meeting, entry, table.procedure)
            for notice in asked:
                self.outbox.ask(notice, table.now)
            self.rightly(before, entry, [n for n in asked if isinstance(n, Send)])
        table.record += entries

    def rightly(self, before, entry, sends):
        """Who has an action now, and had it not before, is told; who has it no more hears that; never the presser."""
        after, seat_by = self.table.meeting, self.table.meeting.seat_of(entry.by)
        for action_ in after.actions:
            was = next((a for a in before.actions if a.number == action_.number), None)
            if was is None or was.state in OVER or action_.state in OVER or before.status != after.status:
                continue
            now, then = owner(after, action_), owner(before, was)
            if now == then or (now.seat and now.seat == then.seat) or entry.by == SYSTEM:
                continue
            yours = [n for n in sends if n.kind is NoticeKind.OWN_ACTIONS and n.seat == now.seat]
            chairs = [n for n in sends if n.subject.startswith("no_way:") and n.seat == chair_seat(after)]
            mine = seat_by is not None and seat_by.id == now.seat
            assert yours or mine or (now == Reader() and chairs) or now.person
            sent_away = isinstance(entry.event, PersonShutOut)
            if then.seat and not sent_away and leads_anywhere(after, then.seat) and seat_by and seat_by.id != then.seat:
                assert [n for n in sends if n.subject == f"{NOT_YOURS}:{action_.number}" and n.seat == then.seat]

    # ------------------------------------------------------------------------------------------------ what happens
    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours):
        until = self.table.now + timedelta(hours=hours)
        while ready := [k for k in self.outbox.values() if k.state == "waiting" and k.due <= until]:
            row = min(ready, key=lambda k: k.due)
            self.table.now = max(self.table.now, row.due)
            self.deliver(row)
        self.table.now = until

    def deliver(self, row):
        meeting, procedure, now = self.table.meeting, self.table.procedure, self.table.now
        row.state = "dropped"
        match row.send.kind:
            case NoticeKind.REMINDER:
                lines = reminder_screen(meeting, procedure, [row.send.subject], row.send.seat, now).lines != ()
                again = next_time(now, procedure) if f"|{AGAIN}|" in row.send.subject else None
            case NoticeKind.DIGEST:
                lines = digest_screen(meeting, procedure, now).lines != ()
                again = next_morning(now, procedure) if still_open(meeting, procedure) else None
            case _:
                lines, again = True, None
        if lines:
            self.told.append(f"{row.send.key} {row.due if again else ''}")
            row.sent = True
            row.state, row.due = ("waiting", again) if again else ("sent", row.due)

    @rule(
        number=A_NUMBER, name=A_NAME, days=DAYS, by=SOMEBODY, kind=st.integers(0, 3), state=st.sampled_from(ActionState)
    )
    def changed(self, number, name, days, by, kind, state):
        due = self.table.now + timedelta(days=days)
        commands = (
            Change(number=number, owner=name, owner_seat=OWNERS[name]),
            Change(number=number, due=due, keep=True),
            Change(number=number, state=state),
            Agree(what="More", owner=name, owner_seat=OWNERS[name], due=due, keep=True),
        )
        self.send(commands[kind], by)

    @rule(number=A_NUMBER, name=A_NAME, days=DAYS, by=SOMEBODY, told=st.sampled_from(Told))
    def reported(self, number, name, days, by, told):
        until, where = self.table.now + timedelta(days=days), OWNERS[name]
        over = ReportAction(number=number, told=told, text="x", until=until, owner=name, owner_seat=where, keep=True)
        self.send(over, by)
        self.send(SettleAction(number=number, told=told, text="x", until=until), by)

    @rule(person=SOMEBODY)
    def shut_out(self, person):
        self.send(ShutSomebodyOut(person=person, reason="Has left"), CHAIR)

    @rule(person=SOMEBODY)
    def comes_late(self, person):
        name = SEATS[person][2] if person in SEATS else "Sam Stranger"
        came = Arrive(person=person, name=name, tenant="t", assurance=Assurance.SIGNED_IN, address=f"a:{person}")
        self.send(replace(came, email=f"{person}@example.org"), SYSTEM)

    @rule(which=st.sampled_from([seat(DEPUTY), seat(WORKER), None]))
    def chair_passed_on(self, which):
        new = {"seat": which} if which else {"name": "Robin Ames", "email": "robin@example.org"}
        self.send(PassChairOn(reason="Left", **new), SYSTEM)

    @rule(sure=st.integers(0, 5))
    def reconvened(self, sure):
        if sure == 0:
            self.send(LinkMeeting(meeting=MeetingId("m2"), reference="TEST-1/2"), SYSTEM)

    # -------------------------------------------------------------------------------------------------- what holds
    @invariant()
    def each_open_action_is_told_of_by_somebody(self):
        if hasattr(self, "outbox"):
            waiting = {k.send.subject.split("|")[0] for k in self.outbox.waiting(NoticeKind.REMINDER)}
            for action_ in self.table.meeting.actions:
                assert (f"action:{action_.number}" in waiting) == (action_.state not in OVER), action_

    @invariant()
    def whoever_is_reminded_is_whom_the_ladder_names_now(self):
        if hasattr(self, "outbox"):
            meeting, procedure = self.table.meeting, self.table.procedure
            still = {d.id: d for d in running(meeting, procedure)}
            for row in self.outbox.waiting(NoticeKind.REMINDER):
                id_, name, stamp = row.send.subject.split("|")
                deadline = still[id_]
                to = next(r.to for r in rungs(deadline, procedure) if r.name == name)
                someone = PersonId(row.send.person) if row.send.person else None
                assert Reader(seat=row.send.seat, person=someone) in readers(meeting, procedure, deadline, to)
                assert f"{deadline.due:%Y%m%d%H%M}" == stamp

    @invariant()
    def nobody_who_was_sent_away_is_written_to(self):
        if hasattr(self, "outbox"):
            meeting = self.table.meeting
            for row in self.outbox.waiting(NoticeKind.REMINDER, NoticeKind.DIGEST):
                someone = meeting.people.get(PersonId(row.send.person))
                assert someone is None or someone.standing is not Standing.REMOVED
                assert row.send.seat is None or leads_anywhere(meeting, row.send.seat)

    @invariant()
    def nobody_is_told_the_same_twice(self):
        if hasattr(self, "outbox"):
            assert not [key for key, times in Counter(self.told).items() if times > 1]

    @invariant()
    def the_chair_is_told_each_morning_while_anything_is_open(self):
        if hasattr(self, "outbox") and still_open(self.table.meeting, self.table.procedure):
            (row,) = self.outbox.waiting(NoticeKind.DIGEST)
            assert row.send.seat == chair_seat(self.table.meeting)


SHORT = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(SHORT, max_examples=1500, stateful_step_count=50)


def test_whatever_follows_a_meeting_somebody_is_told_and_nobody_wrongly():
    """Handed over, moved, withdrawn, shut out, chair passed on, reconvened, in any order, while time passes."""
    run_state_machine_as_test(Afterwards, settings=LONG if os.environ.get("FAULTS_LONG") else SHORT)


@pytest.mark.faults_long
def test_whatever_follows_a_meeting_for_long_somebody_is_told():
    """The same for a long time."""
    run_state_machine_as_test(Afterwards, settings=LONG)
