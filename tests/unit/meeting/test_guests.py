"""People outside Teams: the code's limits, the digits read aloud, what a guest accepts, what is noted as read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from meeting.after.follow_up import ReportAction
from meeting.after.shutting import ShutSomebodyOut
from meeting.before.calling_off import Cancel as CallOff
from meeting.door.admission import Admit, Arrive, MarkPresent, Remove
from meeting.door.guests import CODE_LIVES, MAX_TRIES, AcceptStatement, AskCode, NoteReading, TryCode, guest_id
from meeting.duties import barred
from meeting.model import Assurance, MeetingId, SeatId, Standing, Status, Told
from meeting.running.chairing import Hold
from meeting.steps.safeguards import RaiseUrgent
from tests.unit.meeting.world import CHAIR, POLICE, SCHOOL, SYSTEM, Table, convened, seat, seat_of, started

GUEST = guest_id(MeetingId("m"), seat(SCHOOL))
CODE, VOICE = Assurance.GUEST_CODE, Assurance.VOUCHED


def with_addresses() -> Table:
    """A meeting that was convened with an address for the school."""
    return convened(seats=(CHAIR, POLICE, SCHOOL))


def knock(
    table: Table, assurance: Assurance, *, digits: str = "", joined: bool = False, address: str = "web:1"
) -> None:
    table.do(
        Arrive(
            person=GUEST,
            name="Pat Reed",
            tenant="outside Teams",
            assurance=assurance,
            address=address,
            email="pat@example.org",
            joined=joined,
            seat=seat(SCHOOL),
            digits=digits,
        ),
        SYSTEM,
    )


def ask(table: Table) -> int:
    table.do(AskCode(seat=seat(SCHOOL)), SYSTEM)
    return int(table.meeting.codes[seat(SCHOOL)].number)


def try_it(table: Table, number: int, *, right: bool) -> None:
    table.do(TryCode(seat=seat(SCHOOL), number=number, right=right), SYSTEM)


def gone(table: Table, number: int) -> None:
    table.refused(TryCode(seat=seat(SCHOOL), number=number, right=True), SYSTEM, code="code_gone")


def test_a_code_opens_once():
    """The right one is spent by its use, whatever is typed after it."""
    table = with_addresses()
    number = ask(table)
    try_it(table, number, right=False)
    try_it(table, number, right=True)
    gone(table, number)


def test_a_code_dies_by_time_by_tries_and_by_a_newer_one():
    """Ten minutes, five tries, the newest only: what is past that is refused before it is compared."""
    table = with_addresses()
    gone(table, 1)
    first = ask(table)
    second = ask(table)
    gone(table, first)
    for _ in range(MAX_TRIES):
        try_it(table, second, right=False)
    gone(table, second)
    third = ask(table)
    table.wait(seconds=CODE_LIVES.total_seconds())
    try_it(table, third, right=False)
    table.wait(seconds=1)
    gone(table, third)


def test_codes_are_rationed():
    """Three in ten minutes, ten in a day; a day later again."""
    table = with_addresses()
    for _ in range(3):
        ask(table)
    table.refused(AskCode(seat=seat(SCHOOL)), SYSTEM, code="code_wait")
    for _ in range(7):
        table.wait(minutes=11)
        ask(table)
    table.wait(minutes=11)
    table.refused(AskCode(seat=seat(SCHOOL)), SYSTEM, code="code_wait")
    table.wait(hours=24)
    ask(table)


def test_no_address_no_code():
    """A seat without an address gets none; its person reads digits aloud, or the note-taker answers for them."""
    table = with_addresses()
    bare = replace(table.meeting.seats[seat(POLICE)], email="")
    table.meeting = replace(table.meeting, seats={**table.meeting.seats, seat(POLICE): bare})
    table.refused(AskCode(seat=seat(POLICE)), SYSTEM, code="no_address")
    table.refused(AskCode(seat=SeatId("nowhere")), SYSTEM, code="no_such_seat")


def test_a_proved_guest_takes_the_links_seat_and_no_other():
    """Where two seats were invited by one address, the link decides."""
    table = with_addresses()
    twin = replace(seat_of(SCHOOL), id=SeatId("a-twin"), email="pat@example.org")
    table.meeting = replace(table.meeting, seats={twin.id: twin, **table.meeting.seats})
    knock(table, CODE)
    person = table.meeting.people[GUEST]
    assert (person.standing, person.seat) == (Standing.SEATED, seat(SCHOOL))


def test_digits_wait_for_the_chair():
    """Without a code nobody is seated by themselves; the newest digits stand at the door; then the chair lets in."""
    table = started(seats=(CHAIR, POLICE, SCHOOL), here=(CHAIR,))
    knock(table, VOICE, digits="4821", address="web:1")
    knock(table, VOICE, digits="1999", address="web:2", joined=True)
    waiting = table.meeting.people[GUEST]
    assert (waiting.standing, waiting.digits, waiting.address) == (Standing.WAITING, "1999", "web:2")
    table.refused(Admit(person=GUEST, seat=seat(SCHOOL), digits="4821"), code="digits_changed")
    table.do(Admit(person=GUEST, seat=seat(SCHOOL), digits="1999"))
    knock(table, VOICE, digits="0000", address="web:3")
    admitted = table.meeting.people[GUEST]
    assert (admitted.standing, admitted.digits, admitted.address) == (Standing.SEATED, "1999", "web:2")


def test_a_voice_comes_back_only_after_it_has_gone():
    """Nobody is pushed out by a second browser; once they are marked as gone, the chair hears new digits."""
    table = started(seats=(CHAIR, POLICE, SCHOOL), here=(CHAIR,))
    knock(table, VOICE, digits="4821", joined=True)
    table.do(Admit(person=GUEST, seat=seat(SCHOOL), digits="4821"))
    table.do(AcceptStatement(), GUEST)
    knock(table, VOICE, digits="1111", address="web:2", joined=True)
    assert table.meeting.people[GUEST].address == "web:1"
    table.do(MarkPresent(person=GUEST, present=False))
    knock(table, VOICE, digits="2222", address="web:2", joined=True)
    again = table.meeting.people[GUEST]
    assert (again.standing, again.digits, again.accepted is None) == (Standing.WAITING, "2222", False)


def test_a_removed_guest_stays_out_with_any_code():
    """Only the chair's own press lets them in again."""
    table = started(seats=(CHAIR, POLICE, SCHOOL), here=(CHAIR,))
    knock(table, CODE, joined=True)
    table.do(Remove(person=GUEST, reason="Wrong meeting"))
    knock(table, CODE, joined=True)
    assert table.meeting.people[GUEST].standing is Standing.REMOVED


def test_whoever_was_removed_comes_back_by_no_other_way():
    """Sent away in Teams, they prove the code of their letter: they wait, and the chair may let them in."""
    table = started(seats=(CHAIR, POLICE, SCHOOL), here=(CHAIR, SCHOOL))
    table.do(Remove(person=SCHOOL, reason="Wrong meeting"))
    knock(table, CODE, joined=True)
    assert table.meeting.people[GUEST].standing is Standing.WAITING
    table.do(Admit(person=GUEST, seat=seat(SCHOOL)))
    assert table.meeting.people[GUEST].standing is Standing.SEATED


def test_a_guest_accepts_once_and_the_minutes_know():
    """The acceptance is an entry with its time; whoever holds no seat accepts nothing."""
    table = started(seats=(CHAIR, POLICE, SCHOOL), here=(CHAIR,))
    knock(table, VOICE, digits="4821")
    table.refused(AcceptStatement(), GUEST, code="not_admitted")
    table.do(Admit(person=GUEST, seat=seat(SCHOOL), digits="4821"))
    person = table.meeting.people[GUEST]
    assert barred(table.meeting, table.procedure, person) == "accept"
    table.do(AcceptStatement(), GUEST)
    assert barred(table.meeting, table.procedure, table.meeting.people[GUEST]) != "accept"
    assert table.do(AcceptStatement(), GUEST) == ()
    assert table.meeting.people[GUEST].accepted == table.now
    assert "accepted confidentiality" in table.meeting.notes[-1].text


@pytest.mark.parametrize("way", ["page", "download html"])
def test_readings_are_kept(way):
    """Who, what, how and when; also while the meeting is on hold."""
    table = started(here=(CHAIR,))
    table.do(Hold())
    table.wait(minutes=1)
    table.do(NoteReading(reader=CHAIR, paper="minutes", way=way), SYSTEM)
    reading = table.meeting.readings[-1]
    assert (reading.reader, reading.paper, reading.way, reading.at) == (CHAIR, "minutes", way, table.now)
    assert reading.at - table.meeting.started == timedelta(minutes=1)


def test_who_has_something_to_do_comes_in_after_a_meeting_was_called_off():
    """They were sent a letter about it, and say how it stands; nobody else, and not once it is done."""
    table = started(seats=(CHAIR, POLICE, SCHOOL), here=(CHAIR, POLICE))
    table.do(RaiseUrgent(what="Keep her at school", owner="Sal Finch", due=table.now + timedelta(hours=3)), POLICE)
    table.do(CallOff(reason="Another authority leads"))
    ask(table)
    table.refused(AskCode(seat=seat(POLICE)), SYSTEM, code="over")
    table.do(ReportAction(number=1, told=Told.DONE, text="She stays."))
    table.refused(AskCode(seat=seat(SCHOOL)), SYSTEM, code="over")


def test_no_code_on_its_way_opens_the_seat_of_whoever_is_shut_out():
    """Of one who came by a seat's link under another address too: the code is gone, and no other can be asked for."""
    table = started(here=(CHAIR, POLICE), seats=(CHAIR, POLICE, SCHOOL))
    knock(table, CODE, joined=True)
    came = replace(table.meeting.people[GUEST], email="pat@elsewhere.example")
    table.meeting = replace(table.meeting, people={**table.meeting.people, GUEST: came}, status=Status.CLOSED)
    number = ask(table)
    table.do(ShutSomebodyOut(person=GUEST, reason="Wrong address"))
    gone(table, number)
    table.refused(AskCode(seat=seat(SCHOOL)), SYSTEM, code="no_address")
