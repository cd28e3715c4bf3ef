"""Deadlines and their reminders: when each limit ends, who is told before and after it, and what is told no more."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.after.escalating import Escalate
from meeting.after.follow_up import ReportAction, SettleAction
from meeting.after.reconvening import CarryOver
from meeting.before.amending import Amend
from meeting.before.calling_off import Cancel as CallOff
from meeting.before.convening import Convene
from meeting.model import Action, ActionState, Carried, Child, ChildId, Entry, Meeting, PersonId, Seat, SeatId, Told
from meeting.procedure import Clock
from meeting.running.chairing import MoveOn
from meeting.screens.reminder import digest_screen, reminder_screen
from meeting.steps.actions import Agree, Change
from meeting.steps.safeguards import RaiseChallenge, RaiseUrgent
from meeting.telling.causes import notices_for
from meeting.telling.chasing import readers, reminders
from meeting.telling.notices import MAILTO, Cancel, Notice, NoticeKind, Send
from meeting.timing.deadlines import Deadline, deadlines, running
from meeting.timing.reminding import next_morning, open_hours, rungs
from meeting.timing.working_days import at_local, end_of, overdue_from, working_days_after
from procedures.calendar import bank_holidays, days_off
from procedures.load import load
from tests.unit.meeting.world import (
    ANNA,
    CHAIR,
    NOON,
    POLICE,
    SCHOOL,
    SYSTEM,
    Table,
    at,
    convened,
    enter,
    satisfy,
    seat,
)

SAN = load("san")
DAYS = SAN.working_days
LONDON = ZoneInfo("Europe/London")


def local(text: str) -> datetime:
    """Return a local time as aware UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def action_due(due: datetime, *, since: datetime | None = None) -> Deadline:
    """Return the deadline of an action."""
    begun = since or due - timedelta(days=30)
    return Deadline(id="action:1", what="Action 1", since=begun, due=due, overdue=due, holder="owner", action=1)


@pytest.mark.parametrize(
    ("since", "number", "ends"),
    [
        ("2026-12-23", 3, "2026-12-30"),
        ("2026-12-23", 5, "2027-01-04"),
        ("2026-11-23", 15, "2026-12-14"),
        ("2026-11-23", 45, "2027-01-28"),
        ("2027-03-24", 3, "2027-03-31"),
        ("2027-01-04", -1, "2026-12-31"),
    ],
)
def test_working_days_pass_over_weekends_and_bank_holidays(since, number, ends):
    """Counted by hand: Christmas, a substitute day, Easter (SAN-3.2, STY-4.3b, STY-5.1d)."""
    assert working_days_after(date.fromisoformat(since), number, DAYS) == date.fromisoformat(ends)


def test_the_chair_hears_once_that_an_agency_acted_alone():
    """Told of the two hours when it is entered and when another is to chair; not by their own press (SAN-7.2)."""
    acted = {"immediate_action": "yes", "acted_by": "police", "acted_at": "2026-12-23T10:00:00+00:00"}
    table = Table(procedure=SAN)

    def told(command: object, by: PersonId) -> list[tuple[str, str | None]]:
        before, size = table.meeting, len(table.record)
        table.do(command, by)
        sent = (n for e in table.record[size:] for n in notices_for(before, table.meeting, e, SAN))
        return [(n.subject, n.seat) for n in sent if isinstance(n, Send) and n.subject.startswith("acted:")]

    seats = tuple(
        Seat(id=SeatId(who), agency="social_care", role="manager", label=who, aad=who) for who in ("asha", "dee")
    )
    called = Convene(
        reference="SM-1",
        procedure_hash="",
        answers={},
        children=(Child(id=ChildId("c1"), name="Anna"),),
        seats=seats,
        chair_seat=SeatId("dee"),
        draft=True,
    )
    asha = PersonId("asha")
    assert told(called, asha) == []
    assert told(Amend(answers=acted), asha) == [("acted:2026-12-23T12:00+00:00", "dee")]
    assert told(Amend(answers={"cause": "Bruises."}), asha) == []
    assert told(Amend(answers={"acted_at": "2026-12-23T11:00:00+00:00"}), asha) == [
        ("acted:2026-12-23T13:00+00:00", "dee")
    ]
    assert told(Amend(chair=SeatId("asha")), asha) == []
    assert told(Amend(chair=SeatId("dee")), asha) == [("acted:2026-12-23T13:00+00:00", "dee")]


def test_a_calendar_is_mended_by_hand():
    """A proclaimed day is added, a worked one removed; both hold wherever days are counted."""
    may = date(2027, 5, 10)
    mended = replace(DAYS, off=days_off("England and Wales", added=(may,), removed=(date(2026, 12, 28),)))
    assert working_days_after(date(2027, 5, 7), 1, mended) == date(2027, 5, 11)
    assert working_days_after(date(2026, 12, 24), 1, mended) == date(2026, 12, 28)
    assert date(2023, 5, 8) in bank_holidays("England and Wales")  # the coronation


def test_a_limit_in_days_is_overdue_from_midnight():
    """At 23:59 of the last day nothing is late, at 00:00 it is; a chase waits for the next working day."""
    clock = Clock(id="minutes", what="Minutes", from_event="meeting_end", limit=5, unit="calendar_days")
    due = end_of(clock, local("2026-12-23T15:00"), DAYS)
    assert due == local("2026-12-28T23:59")
    assert overdue_from(clock, due, DAYS) == local("2026-12-29T00:00")
    chase = replace(clock, limit=5, unit="working_days", overdue_next_working_day=True)
    due = end_of(chase, local("2026-12-23T15:00"), DAYS)
    assert overdue_from(chase, due, DAYS) == local("2027-01-05T00:00")


def test_a_day_is_londons_and_not_that_of_the_clock_in_between():
    """Half past midnight on a summer's Monday is Sunday evening in UTC: its first working day after is Tuesday."""
    clock = Clock(id="minutes", what="Minutes", from_event="meeting_end", limit=1, unit="working_days")
    assert end_of(clock, local("2027-07-05T00:30"), DAYS) == local("2027-07-06T23:59")
    assert end_of(replace(clock, unit="calendar_days"), local("2027-07-05T00:30"), DAYS) == local("2027-07-06T23:59")
    assert next_morning(local("2027-07-06T00:30"), SAN) == local("2027-07-07T09:00")
    assert next_morning(local("2027-07-09T18:00"), SAN) == local("2027-07-12T09:00")


def test_an_action_climbs_the_ladder():
    """One working day before, at, one after; then the manager, the chair, and again until it is done."""
    made = rungs(action_due(local("2027-01-06T12:00")), SAN)
    assert [(r.name, r.to, r.at) for r in made] == [
        ("before 1", "owner", local("2027-01-05T12:00")),
        ("due", "owner", local("2027-01-06T12:00")),
        ("late 1", "owner", local("2027-01-07T12:00")),
        ("owner_manager", "owner_manager", local("2027-01-08T12:00")),
        ("chair", "chair", local("2027-01-11T12:00")),
        ("again", "owner", local("2027-01-18T12:00")),
    ]


def test_seen_means_quiet_until_it_is_due_but_never_for_what_the_law_sets():
    """Muted are the reminders before the time; a statutory one comes all the same."""
    plain = action_due(local("2027-01-06T12:00"))
    assert next(r.name for r in rungs(plain, SAN, quiet=True)) == "due"
    statutory = replace(plain, statutory=True, clock="see_child")
    made = rungs(statutory, SAN, quiet=True)
    assert [r.name for r in made][:3] == ["before 12h", "before 4h", "before 1h"]
    assert {r.urgency for r in made} == {0}  # it goes before everything else that is due


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2035, 12, 31)))  # noqa: DTZ001  (local times)
def test_what_is_not_statutory_comes_only_in_open_hours_and_in_order(naive):
    """Whatever the hour of the deadline: on a working day between eight and seven, before it what is before it."""
    due = naive.replace(tzinfo=LONDON).astimezone(UTC)
    for rung in rungs(action_due(due), SAN):
        assert open_hours(rung.at, SAN.hours, DAYS)
        if rung.name.startswith("before"):
            assert rung.at <= due
        if rung.name.startswith(("late", "again", "chair")):
            assert rung.at >= due


NIGHTS = [
    day
    for year in range(2026, 2036)
    for month in (3, 10)
    for day in [max(d for d in (date(year, month, n) for n in range(25, 32)) if d.weekday() == 6)]
]


@pytest.mark.parametrize("night", NIGHTS, ids=str)
def test_the_nights_on_which_the_clocks_change(night):
    """No reminder at a time that does not exist, each once in the hour that comes twice; hours run through."""
    for minute in range(0, 240, 15):
        moment = at_local(night, time(minute // 60, minute % 60), DAYS)
        again = moment.astimezone(LONDON)
        assert again.astimezone(UTC) == moment
        assert again.date() == night
        statutory = replace(action_due(moment + timedelta(hours=12)), statutory=True, clock="see_child")
        times = [r.at for r in rungs(statutory, SAN) if r.name.startswith("before")]
        assert times == [moment, moment + timedelta(hours=8), moment + timedelta(hours=11)]
        keys = [(r.name, r.at) for r in rungs(action_due(moment), SAN)]
        assert len(keys) == len(set(keys))
    half_past = datetime.combine(night, time(0, 30), tzinfo=UTC)
    left_out = night.month == 3  # half past one there is in October twice, in March not at all
    assert at_local(night, time(1, 30), DAYS) == (at_local(night, time(2, 30), DAYS) if left_out else half_past)
    for fold in (0, 1):
        begun = datetime.combine(night, time(1, 30, fold=fold), tzinfo=LONDON).astimezone(UTC)
        assert end_of(
            Clock(id="c", what="x", from_event="y", limit=24, unit="hours"), begun, DAYS
        ) == begun + timedelta(hours=24)
        statutory = replace(action_due(begun), statutory=True, clock="see_child")
        assert [r.at for r in rungs(statutory, SAN) if r.name == "due"] == [begun]
    working = working_days_after(night, 1, DAYS), working_days_after(night, -1, DAYS)
    due = at_local(working[0], time(12), DAYS)
    told = next(r.at for r in rungs(action_due(due), SAN) if r.name == "before 1").astimezone(LONDON)
    assert (told.date(), told.time()) == (working[1], time(12)), "noon before the change is noon after it"


def told(before: Meeting, table: Table, event: object) -> tuple[Notice, ...]:
    """Return what one event changes in everybody's reminders."""
    entry = Entry(sequence=table.meeting.sequence, at=NOON, by=CHAIR, event=event)
    return tuple(reminders(before, table.meeting, entry, table.procedure))


def test_what_an_entry_changes_is_sent_or_cancelled():
    """Agreed: one row for each rung; moved: the old ones go; done: none is left. Keys name ids, never content."""
    table = at("ACTIONS")
    due = NOON + timedelta(days=14)
    (agreed,) = table.do(Agree(what="Visit the aunt", owner="Paul Grant", owner_seat=seat(POLICE), due=due))
    number = table.meeting.actions[-1].number
    before = replace(table.meeting, actions=table.meeting.actions[:-1])
    sends = [n for n in told(before, table, agreed) if isinstance(n, Send)]
    assert {s.kind for s in sends} == {NoticeKind.REMINDER}
    assert len(sends) == 6
    assert all("aunt" not in f"{s.key}{s.subject}" for s in sends)
    was = table.meeting
    (moved,) = table.do(Change(number=number, due=due + timedelta(days=7)))
    changed = told(was, table, moved)
    assert {n.key for n in changed if isinstance(n, Cancel)} == {s.key for s in sends}
    assert len([n for n in changed if isinstance(n, Send)]) == 6
    was = table.meeting
    (done,) = table.do(ReportAction(number=number, told=Told.DONE, text="Seen."))
    ended = told(was, table, done)
    assert {type(n) for n in ended} == {Cancel}
    assert table.meeting.actions[-1].state is ActionState.DONE


@pytest.mark.parametrize(
    ("kind", "end", "clock", "due"),
    [
        ("police protection", "not known", "police_protection", "2026-12-26T07:00"),  # 72 hours, over Christmas
        ("police protection", "2026-12-28T07:00", "police_protection", "2026-12-26T07:00"),  # the law allows no more
        ("police protection", "2026-12-24T10:00", "order_end", "2026-12-24T10:00"),  # ended sooner, as entered
        ("emergency protection order", "2026-12-30T17:00", "order_end", "2026-12-30T17:00"),
        ("emergency protection order", "not known", "", ""),  # the court's end: nobody computes it
    ],
)
def test_what_ends_an_order_is_the_law_or_what_was_entered(kind, end, clock, due):
    """From its start, by the hour and whatever the day, reminded at night too; each says where its limit stands."""
    table = at("PLAN")
    given = {"kind": kind, "start": local("2026-12-23T07:00").isoformat()}
    until = end if end == "not known" else local(end).isoformat()
    enter(table, "PLAN", "order", ANNA, answer="yes", end=until, **given)
    mine = [d for d in running(table.meeting, table.procedure) if d.clock in ("police_protection", "order_end")]
    assert [(d.clock, d.due, d.statutory, d.default) for d in mine] == (
        [(clock, local(due), True, True)] if clock else []
    )
    for d in mine:
        names = [r.name for r in rungs(d, table.procedure, quiet=True)]
        assert names[:3] == ["before 24h", "before 4h", "late"]


def test_an_answer_under_which_a_limit_runs_brings_its_reminders_and_takes_them_away():
    """An assessment that starts brings those of its 45 days, and one that is not made after all cancels them."""
    table = at("PLAN", "sty", answers={"origin": "new referral", "referral_date": "2026-12-21"})
    enter(table, "PLAN", "fields", ANNA, assessment="none")
    seen = []
    for answer in ("starts now", "none", "already running"):
        was = table.meeting
        enter(table, "PLAN", "fields", ANNA, assessment=answer)
        seen.append([n for n in told(was, table, table.record[-1].event) if "clock:assessment:" in n.key])
    begun, ended, again = seen
    assert begun
    assert all(isinstance(n, Send) for n in begun)
    assert {n.key for n in ended if isinstance(n, Cancel)} == {n.key for n in begun} == {n.key for n in again}


@pytest.mark.parametrize("how", ["handed over", "sent back", "carried over"])
def test_what_is_long_overdue_is_told_again_whoever_has_it_now(how):
    """Every rung has passed: from the next working morning its owner is reminded again, and then as before.

    Handed to somebody else, sent back by the chair, or on a further meeting's list: without it, nobody would hear.
    """
    table = at("ACTIONS")
    table.do(Agree(what="Visit", owner="Pat Doyle", owner_seat=seat(POLICE), due=NOON + timedelta(days=1)))
    number = table.meeting.actions[-1].number
    table.wait(days=28)  # a Wednesday, like the day of the meeting
    if how == "sent back":
        table.do(ReportAction(number=number, told=Told.DONE, text="Seen."))
    was = table.meeting
    match how:
        case "handed over":
            new = ReportAction(number=number, told=Told.HANDED_OVER, owner="Sal Finch", owner_seat=seat(SCHOOL))
            (event,) = table.do(new)
        case "sent back":
            (event,) = table.do(SettleAction(number=number, told=Told.REOPENED, text="Nobody was seen."))
        case _:
            first, table = table.meeting, convened()
            was, table.now = table.meeting, NOON + timedelta(days=28)
            mine = tuple(a for a in first.actions if a.number == number)
            event = table.do(CarryOver(carried=Carried(reference="TEST-1"), actions=mine), SYSTEM)[-1]
            number = 1
    entry = Entry(sequence=table.meeting.sequence, at=table.now, by=CHAIR, event=event)
    sent = [n for n in reminders(was, table.meeting, entry, table.procedure) if isinstance(n, Send)]
    (again,) = [n for n in sent if n.subject.startswith(f"action:{number}|")]
    assert again.seat == seat(SCHOOL if how == "handed over" else POLICE)
    assert (again.due, again.again) == (local("2027-01-21T09:00"), True)
    screen = reminder_screen(table.meeting, table.procedure, [again.subject], again.seat, local("2027-01-21T09:00"))
    assert [(line.action, line.late) for line in screen.lines] == [(number, True)]


def test_what_somebody_took_on_in_a_meeting_that_was_called_off_is_still_theirs():
    """Called off half-way: no limit of the meeting runs on, the urgent action does, and its owner is told of it."""
    table = at("SHARE")
    table.do(RaiseUrgent(what="Visit tonight", owner="Pat Doyle", due=NOON + timedelta(hours=5)), PersonId(POLICE))
    was = table.meeting
    (event,) = table.do(CallOff(reason="Another authority leads"))
    assert [(d.action, d.ended) for d in deadlines(table.meeting, table.procedure)] == [(1, None)]
    entry = Entry(sequence=table.meeting.sequence, at=NOON, by=PersonId(CHAIR), event=event)
    after = notices_for(was, table.meeting, entry, table.procedure)
    assert not [n for n in after if isinstance(n, Cancel) and n.key.startswith("remind:action")]
    assert [n.seat for n in after if isinstance(n, Send) and n.kind is NoticeKind.OWN_ACTIONS] == [seat(POLICE)]
    table.do(ReportAction(number=1, told=Told.DONE, text="Seen."), PersonId(POLICE))
    assert running(table.meeting, table.procedure) == ()


def test_without_a_way_to_the_owner_the_chair_is_told():
    """Nobody of that name was invited: the reminders go to whoever chairs, and nothing is lost."""
    table = at("ACTIONS")
    table.do(Agree(what="Visit", owner="Nobody Known", due=NOON + timedelta(days=6)))
    deadline = next(d for d in deadlines(table.meeting, table.procedure) if d.action == len(table.meeting.actions))
    (reader,) = readers(table.meeting, table.procedure, deadline, "owner")
    assert reader.seat == seat(CHAIR)
    assert isinstance(table.meeting.actions[-1], Action)


def test_the_protocols_contacts_are_told_by_mail_and_of_nothing():
    """A local procedure names them; the row holds the address and an id."""
    table = at("DECISION")
    table.do(RaiseChallenge(text="Health was not heard."), PersonId(POLICE))
    local_one = replace(table.procedure.follow_up, escalation_contacts=("board@partnership.example",))
    table.procedure = replace(table.procedure, follow_up=local_one)
    was = table.meeting
    (event,) = table.do(Escalate(challenge="ch1"), PersonId(POLICE))
    entry = Entry(sequence=table.meeting.sequence, at=NOON, by=PersonId(POLICE), event=event)
    asked = notices_for(was, table.meeting, entry, table.procedure)
    (letter,) = [n for n in asked if isinstance(n, Send) and n.kind is NoticeKind.ESCALATION]
    assert letter.person == f"{MAILTO}board@partnership.example"
    stages = [d for d in deadlines(table.meeting, table.procedure) if d.id.startswith("escalation")]
    assert [(d.due - NOON >= timedelta(hours=48), d.default) for d in stages] == [(True, True)]


def test_a_chairs_digest_begins_with_what_is_theirs():
    """Forty actions of others stand below the chair's own limits, those that are late first; a card shows some."""
    table = at("CLOSING")
    satisfy(table)
    table.do(MoveOn(visit=table.meeting.visit, reason="Agreed"))
    since = table.now - timedelta(days=5)
    forty = tuple(
        Action(number=n, what="x", owner="Pat Doyle", owner_seat=seat(POLICE), due=due, by=CHAIR, at=since)
        for n, due in enumerate((table.now + timedelta(hours=5 * n - 60) for n in range(40)), start=1)
    )
    screen = digest_screen(replace(table.meeting, actions=forty), table.procedure, table.now)
    numbers = [line.action for line in screen.lines]
    limits = numbers.count(0)
    assert limits
    assert numbers == [0] * limits + list(range(1, 41))
    assert "Minutes distributed" in {line.what for line in screen.lines[:limits]}
