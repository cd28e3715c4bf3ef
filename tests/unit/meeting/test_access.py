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
from meeting.after.updates import AskUpdate, PostUpdate
from meeting.before.amending import Amend
from meeting.before.briefing import ConfirmBriefing
from meeting.before.calling_off import Cancel
from meeting.before.convening import AddSeat, Convene, LinkChat, Prepare
from meeting.before.invitations import (
    AnswerInvitation,
    Invite,
    LeaveOut,
    Move,
    PassOn,
    WithdrawSeat,
)
from meeting.door.admission import Admit, Arrive, Leave, MarkPresent, Remove
from meeting.door.call import NoteCall
from meeting.door.guests import AcceptStatement, AskCode, NoteReading, TryCode
from meeting.door.quorum import Convert, Restore
from meeting.door.relationships import SayRelationship
from meeting.door.telephone import HearCaller
from meeting.model import Assurance, Carried, MeetingId, PersonId, ReplyKind, Seat, SeatId, Told
from meeting.refusals import NotAllowed, Refused
from meeting.registry import deciders
from meeting.running.agenda import owner_matches
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
    seat,
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
    Invite: (Invite(), SCRIBES),
    AnswerInvitation: (AnswerInvitation(seat=seat(WORKER), reply=ReplyKind.ATTENDING), SCRIBES | {"owner"}),
    PassOn: (PassOn(seat=seat(WORKER)), SCRIBES),
    Move: (Move(starts=NOON + timedelta(days=1)), SCRIBES),
    WithdrawSeat: (WithdrawSeat(seat=seat(WORKER), reason="x"), SCRIBES),
    LeaveOut: (LeaveOut(role="service", reason="x"), SCRIBES),
    ConfirmBriefing: (ConfirmBriefing(seat=seat(WORKER), lines=frozenset({0})), SCRIBES | {"owner"}),
    NoteDelivery: (NoteDelivery(seat=seat(POLICE), key="k", kind="alert", how="Teams"), NOBODY),
    NoteFailure: (NoteFailure(seat=seat(POLICE), key="k", kind="alert", why="no_address"), NOBODY),
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


def test_every_command_is_in_the_matrix():
    """A new command is held against every role."""
    assert set(MATRIX) | set(SELF_ASKED) == set(deciders())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("command", MATRIX, ids=lambda c: c.__name__)
def test_who_may_do_what(crowd, command, role):
    """Allowed or refused once, whichever channel it came by."""
    example, allowed = MATRIX[command]
    before = crowd.meeting
    try:
        crowd.do(example, ROLES[role])
    except NotAllowed as refusal:
        may = refusal.code in PERMISSION
    except Refused:
        may = True
    else:
        may = True
    finally:
        crowd.meeting = before
    assert may is (role in allowed)


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


def test_the_system_alone_reports_arrivals(crowd):
    """No person says that another has come or gone."""
    before = crowd.meeting
    crowd.do(Leave(person=SCHOOL), SYSTEM)
    crowd.meeting = before


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
    """A step's owner is the role, or the child's own holder of it."""
    assert owner_matches("social_worker", "child_social_worker")
    assert owner_matches("chair", "chair")
    assert not owner_matches("social_worker", "school")


def test_what_is_unknown_is_refused_to_everybody(crowd):
    """No rule stumbles over a person, seat or step that does not exist."""
    crowd.refused(RightMeeting(right=True, people=(PersonId("x"),)), NOTES, code="nobody")
    crowd.refused(InviteAloud(step="VIEWS", people=(PersonId("x"),)), NOTES, code="nobody")
    crowd.refused(BeginTurn(step="SHARE", seat=SeatId("x")), code="no_such_seat")
    crowd.refused(SetOrder(step="NOWHERE", seats=()), code="no_such_step")
    assert isinstance(crowd.refused(decision_for(crowd, "s47")), Refused)
