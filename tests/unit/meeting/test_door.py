"""Calling a meeting, and who comes in."""

from dataclasses import replace

import pytest

from meeting.after.distributing import recipients
from meeting.before.briefing import ConfirmBriefing
from meeting.before.calling_off import Cancel
from meeting.before.convening import AddSeat, Convene, LinkChat, Prepare
from meeting.before.forwarding import Forward, PassOn
from meeting.before.invitations import AnswerInvitation, Invite
from meeting.door.admission import Admit, Leave, MarkPresent, Remove
from meeting.door.guests import AskCode, TryCode
from meeting.duties import barred
from meeting.model import Assurance, Contact, PersonId, ReplyKind, Seat, SeatId, Standing
from meeting.refusals import FieldErrors, HeldBack
from meeting.registry import Case
from meeting.running.chairing import Start
from meeting.running.gates import obstacles
from meeting.steps.questions import AskQuestion
from meeting.steps.statement import AskToShare
from tests.unit.meeting.world import (
    ANNA,
    CHAIR,
    HEALTH,
    NOTES,
    PEOPLE,
    POLICE,
    PROCEDURES,
    SCHOOL,
    STRANGER,
    SYSTEM,
    WORKER,
    Table,
    arrive,
    at,
    convened,
    leave,
    procedure_of,
    seat,
    seat_of,
    slot,
    started,
    walk_to,
)

GUEST = PersonId("guest")
HOUSING = Seat(id=SeatId("s-housing"), agency="housing", role="officer", label="Housing", email="guest@example.org")


def calling(**more):
    given = {"answers": {}, "children": (), "seats": (seat_of(CHAIR),), "chair_seat": seat(CHAIR), **more}
    return Convene(reference="R", procedure_hash="h", **given)


# ------------------------------------------------------------------------------------------------------- convening
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_blanks_at_convening_want_a_reason(procedure):
    """What the procedure requires is named; a reason, or starting now, goes on (SAN-8.1, STY-4.4)."""
    from meeting.model import Child

    child = (Child(id=ANNA, name="Anna Ash"),)
    table = Table(procedure=procedure_of(procedure))
    held = table.refused(calling(children=child))
    assert isinstance(held, HeldBack)
    assert not held.hard
    table.do(calling(children=child, reason="Out of hours"))
    assert "Out of hours" in table.meeting.notes[-1].text
    now = Table(procedure=procedure_of(procedure))
    now.do(calling(children=child, start_now=True))


def test_a_meeting_is_about_somebody_and_has_a_chairs_seat():
    """No child, no seat, a chair's seat that is none: refused."""
    from meeting.model import Child

    table = Table(procedure=procedure_of("san"))
    child = (Child(id=ANNA, name="Anna Ash"),)
    table.refused(calling(reason="x"), code="no_children")
    table.refused(calling(reason="x", children=child, seats=()), code="no_seats")
    table.refused(calling(reason="x", children=child, chair_seat=SeatId("s9")), code="no_such_seat")
    wrong = calling(reason="x", children=child, answers={"concern_received": "yesterday"})
    assert table.refused(wrong).errors == {"concern_received": "datetime"}


def test_a_meeting_is_called_once():
    """Calling it again would overwrite who sits where."""
    table = convened()
    table.refused(calling(reason="x"), code="convened_already")


def test_before_the_chair_is_there_only_who_called_the_meeting_acts():
    """Whoever called it, the system, and nobody else (5)."""
    table = convened()
    arrive(table, POLICE)
    for person in (POLICE, STRANGER):
        table.refused(LinkChat(chat="c"), person, code="chair_or_note_taker")
        table.refused(Cancel(reason="x"), person, code="chair_or_note_taker")
        table.refused(AddSeat(seat=HOUSING), person, code="chair_or_note_taker")
    table.do(LinkChat(chat="c"), SYSTEM)
    assert table.do(LinkChat(chat="c"), SYSTEM) == ()
    table.do(LinkChat(chat="d"), CHAIR)


def test_an_added_agency_says_why():
    """A blank reason is a field error; "has concerns" is minuted; twice the same seat is refused (SAN-1.6)."""
    table = started()
    assert table.refused(AddSeat(seat=HOUSING)).errors == {"reason": "required"}
    table.do(AddSeat(seat=replace(HOUSING, reason="has concerns about the child")))
    assert "has concerns" in table.meeting.notes[-1].text
    table.refused(AddSeat(seat=replace(HOUSING, reason="x")), code="seat_exists")


def test_only_tables_that_take_none_are_prepared_as_none():
    """Chronology "none" may be prepared, an incident may not."""
    table = convened()
    arrive(table, WORKER)
    table.do(Prepare(slot=slot("HISTORY", "event"), answers={}, none=True), WORKER)
    assert ("HISTORY", "event") in table.meeting.none_rows
    other = convened("wok")
    arrive(other, WORKER)
    other.refused(Prepare(slot=slot("REASON", "incident"), answers={}, none=True), WORKER, code="none_not_allowed")
    assert isinstance(
        other.refused(Prepare(slot=slot("IDENTITY", "fields", ANNA), answers={"dob": "x"}), WORKER), FieldErrors
    )


# -------------------------------------------------------------------------------------------------------- the door
@pytest.mark.parametrize("assurance", [Assurance.SIGNED_IN, Assurance.GUEST_CODE])
def test_whoever_was_invited_is_seated_at_once(assurance):
    """Signed in, or with the code of the invitation: seated; chair and note-taker take their parts."""
    table = convened()
    arrive(table, CHAIR, NOTES, POLICE, assurance=assurance)
    assert table.meeting.people[POLICE].standing is Standing.SEATED
    assert (table.meeting.chair, table.meeting.note_taker) == (CHAIR, NOTES)


def test_an_identity_that_was_not_proven_takes_no_seat():
    """A name or an address that anybody can type matches no invitation."""
    table = started(here=(CHAIR, NOTES))
    arrive(table, POLICE, assurance=Assurance.ANONYMOUS)
    assert table.meeting.people[POLICE].standing is Standing.WAITING


def test_a_stranger_waits_until_somebody_looks():
    """Seat, observer, or removed; until then no content (A32)."""
    table = at("SHARE")
    arrive(table, STRANGER)
    person = table.meeting.people[STRANGER]
    assert (person.standing, barred(table.meeting, table.procedure, person)) == (Standing.WAITING, "not_admitted")
    table.refused(Admit(person=STRANGER, seat=seat(SCHOOL)), POLICE, code="chair_or_note_taker")
    table.refused(Admit(person=STRANGER, seat=SeatId("s9")), code="no_such_seat")
    table.refused(Admit(person=STRANGER, seat=seat(SCHOOL), turn_wish="first"), code="no_such_choice")
    table.do(Admit(person=STRANGER, seat=seat(SCHOOL)), NOTES)
    assert table.meeting.people[STRANGER].seat == seat(SCHOOL)


def test_an_observer_takes_nobodys_part():
    """No seat: not attendee, not note-taker, no content; also where the meeting has no note-taker's seat."""
    table = started(seats=tuple(p for p in PEOPLE if p != NOTES), here=tuple(p for p in PEOPLE if p != NOTES))
    arrive(table, STRANGER)
    table.do(Admit(person=STRANGER, seat=None))
    assert table.meeting.note_taker is None
    assert STRANGER not in {p.id for p in table.meeting.attendees()}
    assert barred(table.meeting, table.procedure, table.meeting.people[STRANGER]) == "not_admitted"


def test_an_anonymous_identity_never_holds_a_seat():
    """It may watch the board and no more."""
    table = started()
    arrive(table, STRANGER, assurance=Assurance.ANONYMOUS)
    table.refused(Admit(person=STRANGER, seat=seat(SCHOOL)), code="anonymous_no_seat")
    table.do(Admit(person=STRANGER, seat=None))


def test_whoever_was_removed_stays_out_until_admitted_again():
    """Coming back changes nothing; the chair's press does. Meanwhile no seat is theirs, but what they did at one is."""
    table = started()
    table.do(Remove(person=SCHOOL, reason="Wrong meeting"))
    arrive(table, SCHOOL)
    person = table.meeting.people[SCHOOL]
    assert (person.standing, person.present) == (Standing.REMOVED, False)
    assert (table.meeting.seat_of(SCHOOL), table.meeting.came_for(SCHOOL)) == (None, table.meeting.seats[seat(SCHOOL)])
    table.refused(MarkPresent(person=SCHOOL, present=True), NOTES, code="not_here")
    table.do(Admit(person=SCHOOL, seat=seat(SCHOOL)))
    arrive(table, SCHOOL)
    assert table.meeting.people[SCHOOL].present
    assert table.meeting.seat_of(SCHOOL) == table.meeting.seats[seat(SCHOOL)]


def test_whoever_waits_and_is_invited_or_proven_later_is_seated():
    """A guest who first came unknown and then gives the code; one whose agency is added meanwhile."""
    table = started()
    arrive(table, GUEST, assurance=Assurance.ANONYMOUS)
    table.do(AddSeat(seat=replace(HOUSING, reason="involved")))
    arrive(table, GUEST, assurance=Assurance.ANONYMOUS)
    assert table.meeting.people[GUEST].standing is Standing.WAITING
    arrive(table, GUEST, assurance=Assurance.GUEST_CODE)
    assert (table.meeting.people[GUEST].standing, table.meeting.people[GUEST].seat) == (Standing.SEATED, HOUSING.id)
    assert len(table.meeting.people[GUEST].stays) == 1


def test_the_chair_is_not_made_an_observer():
    """Whoever chairs keeps a seat; a note-taker who only watches takes no notes."""
    table = started()
    table.refused(Admit(person=CHAIR, seat=None), code="chair_stays")
    table.do(Admit(person=NOTES, seat=None))
    assert table.meeting.note_taker is None


def test_comings_and_goings_are_kept():
    """Every stay has its times; leaving twice is leaving once."""
    table = started()
    table.wait(minutes=5)
    leave(table, POLICE)
    assert table.do(Leave(person=POLICE), SYSTEM) == ()
    table.wait(minutes=5)
    table.do(MarkPresent(person=POLICE, present=True), NOTES)
    assert table.do(MarkPresent(person=POLICE, present=True), NOTES) == ()
    first, second = table.meeting.people[POLICE].stays
    assert (first.until is not None, second.until) == (True, None)


def test_before_the_start_nobody_is_present_by_invitation_alone():
    """Invitees who have not joined do not count."""
    table = convened()
    arrive(table, CHAIR, HEALTH, joined=False)
    assert table.meeting.attendees() == ()


def test_whoever_names_a_deputy_stays_on_record_and_has_no_way_in():
    """What they asked for is answered under their name; their seat, and all that it is shown, is the other's."""
    table = convened()
    arrive(table, *(p for p in PEOPLE if p != SCHOOL))
    arrive(table, SCHOOL, joined=False)
    table.do(AskToShare(what="My notes"), SCHOOL)
    deputy = Contact(name="Lee Late", email="lee@example.org")
    table.do(AskCode(seat=seat(SCHOOL)), SYSTEM)
    table.do(AnswerInvitation(seat=seat(SCHOOL), reply=ReplyKind.APOLOGIES, reason="Ill", deputy=deputy), SCHOOL)
    table.refused(AskToShare(what="More"), SCHOOL, code="not_admitted")
    table.refused(TryCode(seat=seat(SCHOOL), number=1, right=True), SYSTEM, code="code_gone")  # it went to them
    table.do(AskCode(seat=seat(SCHOOL)), SYSTEM)
    assert table.meeting.codes[seat(SCHOOL)].number == 2  # so that the digits differ
    assert table.meeting.occupants(seat(SCHOOL)) == ()
    table.do(Start())
    walk_to(table, "CLOSING")
    assert "Request to share: Sal Finch" in [o.label for o in closing_obstacles(table)]
    arrive(table, SCHOOL)
    assert table.meeting.people[SCHOOL].standing is Standing.WAITING


def test_nobody_covers_for_somebody_who_is_there():
    """On their open page, or in the call, without an answer to the invitation: the next in the chain is not asked."""
    table = convened("sty")
    cover = Contact(name="Lee Late", email="lee@example.org")
    held = replace(table.meeting.seats[seat(SCHOOL)], chain=(cover,))
    table.meeting = replace(table.meeting, seats={**table.meeting.seats, seat(SCHOOL): held})
    table.do(Invite(), SYSTEM)
    arrive(table, SCHOOL)
    table.refused(PassOn(seat=seat(SCHOOL)), SYSTEM, code="answered_already")
    leave(table, SCHOOL)
    table.do(ConfirmBriefing(seat=seat(SCHOOL), lines=frozenset({0})), SCHOOL)
    table.do(PassOn(seat=seat(SCHOOL)), SYSTEM)
    assert table.meeting.seats[seat(SCHOOL)].email == cover.email
    assert seat(SCHOOL) not in table.meeting.briefed  # each confirms it for themselves (STY-5.1a)
    arrive(table, CHAIR)
    table.refused(Forward(seat=seat(CHAIR), to=cover), CHAIR, code="hand_over_first")


def closing_obstacles(table):
    case = Case(meeting=table.meeting, procedure=table.procedure, by=CHAIR, now=table.now)
    return obstacles(case, leaving=table.step, entering=None)


def test_no_minutes_go_to_the_seat_of_somebody_who_was_sent_away():
    """In the wrong meeting and removed: they did not take part (WMT-3.1b). Left early, they did."""
    table = started("sty")
    table.do(Remove(person=SCHOOL, reason="The wrong meeting"))
    leave(table, HEALTH)
    assert recipients(table.meeting) == (seat(WORKER), seat(POLICE), seat(HEALTH))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, None),
        ({"right_meeting": False}, "wrong_meeting"),
        ({"right_meeting": None}, "right_meeting"),
        ({"standing": Standing.OBSERVER}, "not_admitted"),
        ({"standing": Standing.WAITING}, "not_admitted"),
        ({"assurance": Assurance.ANONYMOUS}, "not_admitted"),
        ({"link": seat(SCHOOL), "accepted": None}, "accept"),
        ({"acknowledged": frozenset()}, "acknowledge"),
        ({"introduced": False}, "introduce"),
    ],
)
def test_who_may_see_no_content_and_why(changed, why):
    """One thing that is amiss is enough, whatever else somebody has done; else they see what is shared."""
    table = at("SHARE")
    person = replace(table.meeting.people[SCHOOL], **changed)
    table.meeting = replace(table.meeting, people={**table.meeting.people, SCHOOL: person})
    assert barred(table.meeting, table.procedure, person) == why
    asked = AskQuestion(to="police", text="Who was at home?")
    assert table.refused(asked, SCHOOL, code=why) if why else table.do(asked, SCHOOL)
