"""Who may do what: every command, in every role."""

from dataclasses import replace
from datetime import timedelta

import pytest

from meeting import access
from meeting.after.asking_again import AnswerAgain
from meeting.after.case_system import ConfirmRecorded, ConfirmTask, SayCaseStatus
from meeting.after.correcting import AnswerCorrection, AskCorrection
from meeting.after.distributing import ChooseRecipients, MarkSent, SayReceived, SendMinutes
from meeting.after.escalating import Escalate, MoveEscalation, ResolveEscalation
from meeting.after.follow_up import ReportAction, SettleAction
from meeting.after.marking import MarkLines
from meeting.after.minutes import AmendLine, Authorise, BeginCheck, DelegateAuthority, RecordNotes
from meeting.after.reconvening import CarryOver, LinkMeeting, ReportDevelopment
from meeting.after.retention import HoldRecord, ReleaseRecord
from meeting.after.shutting import ShutSomebodyOut
from meeting.after.succeeding import PassChairOn
from meeting.after.updates import AskUpdate, PostUpdate
from meeting.before.amending import Amend
from meeting.before.briefing import ConfirmBriefing
from meeting.before.calling_off import Cancel
from meeting.before.convening import AddSeat, Convene, LinkChat, Prepare
from meeting.before.forwarding import Forward, PassOn
from meeting.before.invitations import (
    AnswerInvitation,
    Invite,
    LeaveOut,
    Move,
    WithdrawSeat,
)
from meeting.before.reviewing import ConfirmReviewed
from meeting.door.admission import Admit, Arrive, Leave, MarkPresent, Remove
from meeting.door.call import NoteCall
from meeting.door.guests import AcceptStatement, AskCode, NoteReading, TryCode, guest_id
from meeting.door.quorum import Convert, Restore
from meeting.door.relationships import SayRelationship
from meeting.door.telephone import HearCaller
from meeting.model import (
    CONVENED,
    Assurance,
    Carried,
    Contact,
    MeetingId,
    PersonId,
    ReplyKind,
    Seat,
    SeatId,
    Standing,
    Status,
    TeamTask,
    Told,
)
from meeting.refusals import NotAllowed, Refused
from meeting.registry import deciders
from meeting.roles import called, held
from meeting.running.chairing import Adjourn, AskForm, Hold, MoveBack, MoveOn, Resume, Skip, Start
from meeting.running.handover import HandChair, HandForm, NameNoteTaker, RestrictChild, TakeChair
from meeting.running.straight import GoStraight
from meeting.steps.actions import Agree, Change, Meet
from meeting.steps.agreeing import Accept, ReadBack
from meeting.steps.decision import Decide, Dissent
from meeting.steps.questions import AnswerQuestion, AskQuestion, NoQuestion
from meeting.steps.record import ConfirmPrepared, Enter, RemoveRow, RightMeeting, SayNone, WriteUp
from meeting.steps.roll_call import HearIntroductions, Introduce, RecordApologies
from meeting.steps.safeguards import AddNote, AnswerChallenge, RaiseChallenge, RaiseUrgent
from meeting.steps.sharing import Allow
from meeting.steps.statement import Acknowledge, AnswerToShare, AskToShare, SetRecording
from meeting.steps.turns import BeginTurn, FinishTurn, ReturnTurn, SetOrder
from meeting.steps.views import GiveViews, InviteAloud, MarkSilent, RevealViews
from meeting.telling.delaying import NoteDelay, NoteUnneeded
from meeting.telling.delivery import NoteDelivery, NoteFailure, SendAgain
from tests.unit.meeting.world import (
    ANNA,
    CHAIR,
    NOON,
    NOTES,
    PEOPLE,
    POLICE,
    SCHOOL,
    STRANGER,
    SYSTEM,
    WORKER,
    arrive,
    at,
    decision_for,
    procedure_of,
    seat,
    seat_of,
    slot,
)

LATE, OBSERVER, GONE, NAMELESS, SOMEBODY = (PersonId(p) for p in ("late", "observer", "gone", "nameless", "somebody"))
ROLES = {
    "chair": CHAIR,
    "note-taker": NOTES,
    "owner": WORKER,
    "live speaker": POLICE,
    "attendee": SCHOOL,
    "late arrival": LATE,
    "observer": OBSERVER,
    "waiting": STRANGER,
    "removed": GONE,
    "anonymous": NAMELESS,
    "stranger": SOMEBODY,
}
SCRIBES = frozenset({"chair", "note-taker"})
SEATED = SCRIBES | {"owner", "live speaker", "attendee", "late arrival"}
READY = SEATED - {"late arrival"}
ONLY_CHAIR = frozenset({"chair"})
NOBODY = frozenset[str]()
EVERYBODY = frozenset(ROLES)
SOON = NOON + timedelta(hours=3)
HOUSING = Seat(id=SeatId("s-housing"), agency="housing", role="officer", label="Housing", reason="involved")

#: one harmless example of each command, and who may send it during somebody's turn
MATRIX: dict[type, tuple[object, frozenset[str]]] = {
    Convene: (
        Convene(reference="R", procedure_hash="", answers={}, children=(), seats=(), chair_seat=seat(CHAIR)),
        EVERYBODY,
    ),
    Cancel: (Cancel(reason="x"), SCRIBES),
    LinkChat: (LinkChat(chat="c"), SCRIBES),
    AddSeat: (AddSeat(seat=HOUSING), SCRIBES),
    Prepare: (Prepare(slot=slot("REASON"), answers={}), SCRIBES | {"owner"}),
    Amend: (Amend(), SCRIBES),
    ConfirmReviewed: (ConfirmReviewed(), ONLY_CHAIR),
    Invite: (Invite(), SCRIBES),
    AnswerInvitation: (AnswerInvitation(seat=seat(WORKER), reply=ReplyKind.ATTENDING), SCRIBES | {"owner"}),
    PassOn: (PassOn(seat=seat(WORKER)), SCRIBES),
    Forward: (Forward(seat=seat(WORKER), to=Contact(email="c@example.org")), SCRIBES | {"owner"}),
    Move: (Move(starts=NOON + timedelta(days=1)), SCRIBES),
    WithdrawSeat: (WithdrawSeat(seat=seat(WORKER), reason="x"), SCRIBES),
    LeaveOut: (LeaveOut(role="service", reason="x"), SCRIBES),
    ConfirmBriefing: (ConfirmBriefing(seat=seat(WORKER), lines=frozenset({0})), SCRIBES | {"owner"}),
    NoteDelivery: (NoteDelivery(seat=seat(POLICE), key="k", kind="alert", how="Teams"), NOBODY),
    NoteFailure: (NoteFailure(seat=seat(POLICE), key="k", kind="alert", why="no_address"), NOBODY),
    NoteDelay: (NoteDelay(seat=seat(POLICE), key="k", kind="alert"), NOBODY),
    NoteUnneeded: (NoteUnneeded(key="k"), NOBODY),
    SendAgain: (SendAgain(), SCRIBES),
    Arrive: (
        Arrive(person=SOMEBODY, name="S", tenant="t", assurance=Assurance.SIGNED_IN, address="a"),
        NOBODY,
    ),
    Leave: (Leave(person=SCHOOL), NOBODY),
    AskCode: (AskCode(seat=seat(SCHOOL)), NOBODY),
    TryCode: (TryCode(seat=seat(SCHOOL), number=1, right=True), NOBODY),
    NoteReading: (NoteReading(reader=SCHOOL, paper="minutes", way="page"), NOBODY),
    AcceptStatement: (AcceptStatement(), SEATED),
    HoldRecord: (HoldRecord(reason="x"), NOBODY),
    ReleaseRecord: (ReleaseRecord(), NOBODY),
    Admit: (Admit(person=STRANGER, seat=None), SCRIBES),
    Remove: (Remove(person=SCHOOL, reason="x"), SCRIBES),
    MarkPresent: (MarkPresent(person=SCHOOL, present=True), SCRIBES),
    HearCaller: (HearCaller(seat=seat(SCHOOL)), SCRIBES),
    Acknowledge: (Acknowledge(step="OPENING"), SEATED),
    AskToShare: (AskToShare(what="x"), SEATED),
    AnswerToShare: (AnswerToShare(id="p1", granted=True), ONLY_CHAIR),
    SetRecording: (SetRecording(on=True), SCRIBES),
    Introduce: (Introduce(step="ROLLCALL", answers={}), SEATED),
    HearIntroductions: (HearIntroductions(step="ROLLCALL"), SCRIBES),
    RecordApologies: (RecordApologies(seat=seat(SCHOOL), reason="x"), SCRIBES),
    Convert: (Convert(quorate_date=""), ONLY_CHAIR),
    Restore: (Restore(), ONLY_CHAIR),
    SayRelationship: (SayRelationship(child=ANNA, answers={}), READY),
    Enter: (Enter(slot=slot("REASON"), answers={}), SCRIBES | {"owner"}),
    ConfirmPrepared: (ConfirmPrepared(step="REASON"), SCRIBES | {"owner"}),
    SayNone: (SayNone(step="HISTORY", part="event"), SCRIBES | {"owner"}),
    RemoveRow: (RemoveRow(slot=slot("HISTORY", "event", "row:x")), SCRIBES | {"owner"}),
    RightMeeting: (RightMeeting(right=True), SEATED),
    Allow: (Allow(slot=slot("REASON")), READY),
    WriteUp: (WriteUp(debt="d1", text="x"), SCRIBES),
    SetOrder: (SetOrder(step="SHARE", seats=(seat(POLICE),)), ONLY_CHAIR),
    BeginTurn: (BeginTurn(step="SHARE", seat=seat(POLICE)), ONLY_CHAIR),
    FinishTurn: (FinishTurn(step="SHARE", seat=seat(POLICE), turn=1, answers={}), SCRIBES | {"live speaker"}),
    ReturnTurn: (ReturnTurn(step="SHARE", seat=seat(POLICE)), ONLY_CHAIR),
    AskQuestion: (AskQuestion(to="police", text="x"), READY),
    AnswerQuestion: (AnswerQuestion(id="q1", text="x"), READY),
    NoQuestion: (NoQuestion(step="QUESTIONS"), READY),
    GiveViews: (GiveViews(step="VIEWS", opinions=()), READY),
    InviteAloud: (InviteAloud(step="VIEWS", people=(SCHOOL,)), SCRIBES),
    MarkSilent: (MarkSilent(step="VIEWS"), SCRIBES),
    RevealViews: (RevealViews(step="VIEWS"), ONLY_CHAIR),
    Decide: (Decide(step="DECISION", subjects=(), outcomes=(), needs={}, rationale={}), ONLY_CHAIR),
    Dissent: (Dissent(step="DECISION", subject=ANNA), READY),
    Agree: (Agree(what="x", owner="x y", due=SOON), SCRIBES),
    Meet: (Meet(step="ACTIONS", id="x", subjects=(), answers={}), SCRIBES),
    Change: (Change(number=1, what="x"), SCRIBES),
    ReadBack: (ReadBack(), SCRIBES),
    RecordNotes: (RecordNotes(), SCRIBES),
    BeginCheck: (BeginCheck(), ONLY_CHAIR),
    AmendLine: (AmendLine(section="REASON", after="x"), SCRIBES),
    Authorise: (Authorise(version=1, digest="x"), ONLY_CHAIR),
    DelegateAuthority: (DelegateAuthority(), NOBODY),
    AskCorrection: (AskCorrection(text="x"), READY),
    AnswerCorrection: (AnswerCorrection(id="co1", accepted=True, text="x"), ONLY_CHAIR),
    SayCaseStatus: (SayCaseStatus(child=ANNA, answers={"case_status": "open"}), SCRIBES),
    ConfirmTask: (ConfirmTask(task="x"), SCRIBES),
    ConfirmRecorded: (ConfirmRecorded(reference="x"), SCRIBES),
    ChooseRecipients: (ChooseRecipients(seats=(seat(POLICE),)), SCRIBES),
    SendMinutes: (SendMinutes(seats=(seat(POLICE),)), SCRIBES),
    MarkSent: (MarkSent(seat=seat(POLICE), how="x"), SCRIBES),
    SayReceived: (SayReceived(received=True), READY),
    MarkLines: (MarkLines(mark="withheld", on={"x": ("housing",)}), ONLY_CHAIR),
    Accept: (Accept(number=1), READY),
    Start: (Start(), ONLY_CHAIR),
    MoveOn: (MoveOn(visit=99), ONLY_CHAIR),
    MoveBack: (MoveBack(visit=99), ONLY_CHAIR),
    Skip: (Skip(visit=99, reason="x"), ONLY_CHAIR),
    GoStraight: (GoStraight(visit=99, reason="x"), ONLY_CHAIR),
    NoteCall: (NoteCall(began=True), NOBODY),
    Hold: (Hold(), ONLY_CHAIR),
    Resume: (Resume(), ONLY_CHAIR),
    Adjourn: (Adjourn(resume_at=SOON), ONLY_CHAIR),
    TakeChair: (TakeChair(), SEATED),
    HandChair: (HandChair(person=WORKER), ONLY_CHAIR),
    NameNoteTaker: (NameNoteTaker(person=WORKER), ONLY_CHAIR),
    HandForm: (HandForm(step="REASON", seat=seat(SCHOOL)), ONLY_CHAIR),
    RestrictChild: (RestrictChild(child=ANNA, agency="education"), ONLY_CHAIR),
    RaiseUrgent: (RaiseUrgent(what="x", owner="", due=SOON), SEATED),
    RaiseChallenge: (RaiseChallenge(text="x"), READY),
    AnswerChallenge: (AnswerChallenge(id="ch1", text="x"), ONLY_CHAIR),
    AddNote: (AddNote(text="x"), SCRIBES),
    AnswerAgain: (AnswerAgain(slot=slot("OTHER_LA", "fields", ANNA), value="no"), SCRIBES),
    ReportAction: (ReportAction(number=1, told=Told.PROGRESS, text="x"), SEATED),
    SettleAction: (SettleAction(number=1, told=Told.CLOSED), ONLY_CHAIR),
    PostUpdate: (PostUpdate(text="x"), ONLY_CHAIR),
    AskUpdate: (AskUpdate(), SEATED),
    Escalate: (Escalate(challenge="ch1"), READY),
    MoveEscalation: (MoveEscalation(id="e1", text="x"), ONLY_CHAIR),
    ResolveEscalation: (ResolveEscalation(id="e1", outcome="x"), ONLY_CHAIR),
    ReportDevelopment: (ReportDevelopment(text="x"), SEATED),
    ShutSomebodyOut: (ShutSomebodyOut(person=SCHOOL, reason="x"), ONLY_CHAIR),
    PassChairOn: (PassChairOn(email="new@example.org", reason="x"), ONLY_CHAIR),
    LinkMeeting: (LinkMeeting(meeting=MeetingId("m2"), reference="R2"), ONLY_CHAIR),
    CarryOver: (CarryOver(carried=Carried(reference="R"), actions=()), NOBODY),
}
SELF_ASKED = (AskForm,)  # a panel of one's own: what it shows is decided when it is built
PERMISSION = ("chair_not_silent", "no_stand_in", "not_addressed", "chair_stays", "not_your_action")  # later rules


@pytest.fixture(scope="module")
def crowd():
    """A meeting in its turns with somebody in every role at the table and the door."""
    table = at("SHARE")
    table.do(BeginTurn(step="SHARE", seat=seat(POLICE)))
    midwife = replace(HOUSING, id=seat(LATE), agency="health", label="Midwife", email="late@example.org")
    table.do(AddSeat(seat=midwife))
    arrive(table, LATE, OBSERVER, STRANGER, GONE)
    arrive(table, NAMELESS, assurance=Assurance.ANONYMOUS)
    table.do(Admit(person=OBSERVER, seat=None))
    table.do(Remove(person=GONE, reason="x"))
    return table


def test_every_rule_has_its_access_and_every_access_its_rule():
    """A command without a rule of access would be nobody's, or everybody's."""
    assert set(access.RULES) == set(deciders())


def test_a_command_stands_in_one_table():
    """Which table it stands in says when it may come: two would say two things."""
    tables = (access.IN_SESSION, access.UNTIL_ITS_END, access.AT_ANY_TIME)
    assert sum(map(len, tables)) == len(access.RULES)


def test_every_command_is_in_the_matrix():
    """A new command is held against every role."""
    assert set(MATRIX) | set(SELF_ASKED) == set(deciders())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("command", MATRIX, ids=lambda c: c.__name__)
def test_who_may_do_what(crowd, command, role):
    """Allowed or refused once, whichever channel it came by."""
    example, allowed = MATRIX[command]
    assert may(crowd, example, ROLES[role]) is (role in allowed)


def may(table, command, person):
    """Tell whether somebody may send a command as things stand; the table is left as it was."""
    before = table.meeting
    try:
        table.do(command, person)
    except NotAllowed as refusal:
        return refusal.code in PERMISSION
    except Refused:
        return True
    finally:
        table.meeting = before
    return True


def in_state(crowd, status):
    """Return the crowd's table with its meeting brought into this state, or called and not yet begun."""
    table = replace(crowd, record=[])
    match status:
        case Status.ON_HOLD:
            table.do(Hold())
        case Status.ADJOURNED:
            table.do(Adjourn(resume_at=SOON))
        case Status.CANCELLED:
            table.do(Cancel(reason="x"))
        case _:
            table.meeting = replace(table.meeting, status=status, ended=table.now)
    return table


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.RUNNING])
def test_no_state_gives_anybody_more_than_a_running_meeting_does(crowd, status):
    """A pause, the time before the start and the time after the close take rights away; they hand out none."""
    table = in_state(crowd, status)
    gained = {
        (command.__name__, role)
        for command, (example, allowed) in MATRIX.items()
        for role, person in ROLES.items()
        if role not in allowed and may(table, example, person)
    }
    assert gained == set()


@pytest.mark.parametrize("status", Status)
def test_whoever_was_sent_away_may_do_nothing_any_more(crowd, status):
    """Neither the owner of a form, nor the holder of the chair's seat, nor a team, nor whoever called the meeting."""
    table = in_state(crowd, status) if status is not Status.RUNNING else replace(crowd, record=[])
    sending = TeamTask(team="Business support", seat=seat(SCHOOL), children=(ANNA,), at=NOON)
    called = {CONVENED: replace(table.meeting.answers[CONVENED], by=SCHOOL)}
    table.meeting = replace(
        table.meeting,
        chair=NOTES,
        minutes=replace(table.meeting.minutes, teams=(sending,)),
        people={
            **table.meeting.people,
            **{p: replace(table.meeting.people[p], standing=Standing.REMOVED) for p in (CHAIR, WORKER, SCHOOL)},
        },
    )
    unled = replace(table, meeting=replace(table.meeting, chair=None, answers={**table.meeting.answers, **called}))
    for person in (CHAIR, WORKER, SCHOOL):
        for one in (table, unled):
            left = {c.__name__ for c, (example, _) in MATRIX.items() if c is not Convene and may(one, example, person)}
            assert left == set(), (person, left)


def test_a_link_to_a_teams_seat_makes_nobody_its_team(crowd):
    """Whoever opened a forwarded link waits with the invited address on them, and has proved nothing (WMT-4.6)."""
    table = replace(crowd, record=[])
    office = replace(HOUSING, id=SeatId("team-1"), email="office@example.org")
    table.do(AddSeat(seat=office))
    sending = TeamTask(team="Business support", seat=office.id, children=(ANNA,), at=NOON)
    table.meeting = replace(table.meeting, minutes=replace(table.meeting.minutes, teams=(sending,)))
    guest = guest_id(table.meeting.id, office.id)
    come = Arrive(person=guest, name="Jo", tenant="t", assurance=Assurance.VOUCHED, address="w", email=office.email)
    table.do(replace(come, seat=office.id, digits="1234"), SYSTEM)
    mark = MarkSent(seat=seat(POLICE), how="By post")
    table.refused(mark, guest, code="distributors_only")
    table.do(replace(come, seat=office.id, assurance=Assurance.GUEST_CODE), SYSTEM)
    table.refused(mark, guest, code="not_authorised_yet")
    table.refused(mark, PersonId("s-office"), code="distributors_only")


@pytest.mark.parametrize("role", [r for r in ROLES if r not in SCRIBES])
@pytest.mark.parametrize(
    "command",
    [
        Acknowledge(step="OPENING", people=(CHAIR,)),
        Acknowledge(step="OPENING", all_present=True),
        RightMeeting(right=True, people=(CHAIR,)),
        RightMeeting(right=True, all_present=True),
        Introduce(step="ROLLCALL", answers={}, person=CHAIR),
        GiveViews(step="VIEWS", opinions=(), person=CHAIR),
    ],
    ids=lambda c: type(c).__name__,
)
def test_nobody_answers_for_others_but_chair_and_note_taker(crowd, command, role):
    """Heard aloud is recorded by two people only."""
    crowd.refused(command, ROLES[role], code="chair_or_note_taker")


def test_a_live_speaker_ends_no_turn_but_their_own(crowd):
    """The seat in the command is the speaker's own."""
    other = FinishTurn(step="SHARE", seat=seat(SCHOOL), turn=1, answers={})
    crowd.refused(other, POLICE, code="not_your_turn")


def test_before_the_start_there_is_no_content():
    """Nobody but who prepares sees or says anything of the case."""
    from tests.unit.meeting.world import convened

    table = convened()
    arrive(table, *PEOPLE)
    table.refused(AskQuestion(to="police", text="x"), SCHOOL, code="not_started")
    table.refused(Enter(slot=slot("REASON"), answers={}), WORKER, code="not_started")


def test_the_childs_own_social_worker_is_the_social_worker():
    """A step's owner is the role, or whoever the procedure says holds it as well; an agency's name is no role."""
    san = procedure_of("san")
    worker, head = seat_of(WORKER), replace(seat_of(SCHOOL), role="head_teacher")
    assert called(san, "social_worker", worker)
    assert called(san, "chair", replace(worker, role="chair"))
    assert not called(san, "social_worker", head)
    assert (held(san, "school_or_nursery", head), called(san, "school_or_nursery", head)) == (True, False)
    assert not held(san, "child_social_worker", seat_of(CHAIR))


def test_what_is_unknown_is_refused_to_everybody(crowd):
    """No rule stumbles over a person, seat or step that does not exist."""
    crowd.refused(RightMeeting(right=True, people=(PersonId("x"),)), NOTES, code="nobody")
    crowd.refused(InviteAloud(step="VIEWS", people=(PersonId("x"),)), NOTES, code="nobody")
    crowd.refused(BeginTurn(step="SHARE", seat=SeatId("x")), code="no_such_seat")
    crowd.refused(SetOrder(step="NOWHERE", seats=()), code="no_such_step")
    assert isinstance(crowd.refused(decision_for(crowd, "s47")), Refused)
