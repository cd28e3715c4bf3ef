"""Asking people to come: sent, answered, passed on to who covers, moved to another time, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from meeting.before.consenting import InvitedBeforeConsent, beyond_core, waits_for_consent
from meeting.before.inviting import (
    InvitationAnswered,
    InvitationSent,
    MeetingMoved,
    OutsidePathway,
    SeatWithdrawn,
    SuggestionLeftOut,
)
from meeting.before.mailboxes import require_mailbox
from meeting.before.passing import InvitationPassed
from meeting.before.timely import start_errors
from meeting.model import Contact, Meeting, PersonId, ReplyKind, Seat, SeatId, Status
from meeting.procedure import Gate, Procedure
from meeting.refusals import FieldErrors, HeldBack, Obstacle, Refused
from meeting.registry import Case, Events, decides
from meeting.steps.fields import ahead_error
from meeting.timing.working_days import end_of

IN_PERSON = "in person"
MODES = (IN_PERSON, "remote", "phone")
_REPLY = timedelta(hours=4)  # where the stored procedure has no clock for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """Send what has not been sent; `reason` passes contacts outside the local pathway (SAN-2.1)."""

    reason: str = ""
    before_consent: str = ""  # passes agencies beyond the core while consent is not answered (SAN-6.1)
    core_only: bool = False  # the others wait, without a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInvitation:
    """Say for a seat whether somebody comes; with a deputy, the invitation goes on to them."""

    seat: SeatId
    reply: ReplyKind
    mode: str = ""
    must_leave_at: datetime | None = None
    reason: str = ""
    supplied: str = ""
    deputy: Contact | None = None
    hand_on: bool = False  # what one prepared oneself goes along to the deputy


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Hold the meeting at another time or place; whoever was invited is asked again."""

    starts: datetime
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawSeat:
    """Take back a seat that nobody sits on."""

    seat: SeatId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOut:
    """Say why a suggested agency is not invited."""

    role: str
    reason: str


@decides(Invite)
def invite(case: Case, command: Invite) -> Events:
    """Send each invitation that has not been sent.

    A contact outside the local pathway needs a reason (SAN-2.1), and so does an agency beyond the core while nobody
    has said what became of consent (SAN-6.1).
    """
    require_before(case)
    if case.meeting.called_for is None:
        raise Refused("no_start")
    if "past_day" in start_errors(case.meeting.called_for, case.now).values():
        raise Refused("start_past")
    waiting = to_invite(case.meeting, case.by)
    if command.core_only:
        waiting = tuple(s for s in waiting if not beyond_core(case.procedure, s))
    if not waiting:
        raise Refused("nobody_to_invite")
    off = tuple(s for s in waiting if off_pathway(case.procedure, s))
    early = tuple(s for s in waiting if waits_for_consent(case.meeting, case.procedure, s))
    outside, before = command.reason.strip(), command.before_consent.strip()
    held = [_off(case, s) for s in off if not outside]
    held += [Obstacle(code="before_consent", gate=Gate.OVERRIDE, label=s.label) for s in early if not before]
    if held:
        raise HeldBack(tuple(held))
    return (
        *((OutsidePathway(seats=tuple(s.id for s in off), reason=outside),) if off else ()),
        *((InvitedBeforeConsent(seats=tuple(s.id for s in early), reason=before),) if early else ()),
        *(sending(case, seat) for seat in waiting),
    )


def _off(case: Case, seat: Seat) -> Obstacle:
    return Obstacle(code="outside_pathway", gate=case.procedure.invitations.outside_pathway, label=seat.label)


def to_invite(meeting: Meeting, by: PersonId) -> tuple[Seat, ...]:
    """Return the seats that an invitation goes to next: those that can be reached, but for the sender's own."""
    return tuple(
        s for s in unsent(meeting) if reachable(s) and s.aad != by and all(p.id != by for p in meeting.occupants(s.id))
    )


def unsent(meeting: Meeting) -> tuple[Seat, ...]:
    """Return the seats that no invitation has gone to; who said by telephone that they come has none of it yet."""
    held = {s: i for s, i in meeting.invitations.items() if i.number or i.reply is ReplyKind.APOLOGIES}
    return tuple(s for s in meeting.seats.values() if s.id not in held)


def reachable(seat: Seat) -> bool:
    """Tell whether anything says how the seat's person is reached."""
    return bool(seat.email or seat.aad)


def off_pathway(procedure: Procedure, seat: Seat) -> bool:
    """Tell whether a seat belongs to an agency with a pathway and was not found by it."""
    held = procedure.invitations.outside_pathway in (Gate.OVERRIDE, Gate.HARD)
    return held and seat.agency in procedure.invitations.pathways and seat.via != seat.agency


def require_before(case: Case) -> None:
    """Raise Refused unless the meeting is still to be held."""
    if case.meeting.status not in (Status.PREPARING, Status.ADJOURNED):
        raise Refused("already_started")


def sending(case: Case, seat: Seat, contact: Contact | None = None, *, moved: datetime | None = None) -> InvitationSent:
    """Return the sending, with the times at which an answer is chased and the next in the chain is asked."""
    before = case.meeting.invitations.get(seat.id)
    starts = moved or case.meeting.called_for
    clock = case.procedure.clock("invitation_reply")
    wait = end_of(clock, case.now, case.procedure.working_days) - case.now if clock else _REPLY
    if starts is not None and starts > case.now:
        wait = min(wait, (starts - case.now) / 2)
    cover = timedelta(minutes=seat.cover_minutes)
    return InvitationSent(
        seat=seat.id,
        number=before.number + 1 if before else 1,
        chase_at=case.now + wait,
        cover_at=case.now + cover if seat.cover_minutes else None,
        contact=contact,
    )


@decides(AnswerInvitation)
def answer(case: Case, command: AnswerInvitation) -> Events:
    """Record an answer; apologies say why, and can hand information in; a deputy is invited in turn."""
    require_before(case)
    if command.reply is ReplyKind.NONE:
        raise FieldErrors({"reply": "required"})
    if command.reply is ReplyKind.APOLOGIES and not command.reason.strip():
        raise FieldErrors({"reason": "required"})
    if command.mode and command.mode not in MODES:
        raise FieldErrors({"mode": "choice"})
    answered = _answer(case, command)
    deputy = command.deputy
    if deputy is None:
        held = case.meeting.invitations.get(command.seat)
        same = held is not None and held.reply is answered.reply and held.mode == answered.mode
        seat = case.meeting.seats[command.seat]
        fresh = answered.must_leave_at != seat.must_leave_at or answered.supplied or answered.reason != seat.apologies
        return () if same and not fresh else (answered,)
    if not (deputy.email or deputy.aad):
        raise FieldErrors({"deputy_email": "required"})
    seat = case.meeting.seats[command.seat]
    require_colleague(case, seat, deputy)
    handed_on = command.hand_on and not answered.behalf
    passed = InvitationPassed(seat=seat.id, to=deputy, deputy=True, handed_on=handed_on)
    return (answered, passed, sending(case, seat, deputy)) if case.meeting.starts else (answered, passed)


def require_colleague(case: Case, seat: Seat, to: Contact) -> None:
    """Raise FieldErrors for somebody whom no letter may go to, Refused where whoever leads would give up their seat."""
    require_mailbox(case.meeting, seat.agency, to.email, field="deputy_email")
    if any(p.id in (case.meeting.chair, case.meeting.note_taker) for p in case.meeting.occupants(seat.id)):
        raise Refused("hand_over_first")


def _answer(case: Case, command: AnswerInvitation) -> InvitationAnswered:
    own = case.meeting.seat_of(case.by)
    behalf = own is None or own.id != command.seat
    said = case.meeting.seats[command.seat].must_leave_at if behalf else None  # a blank of one's own takes it back
    coming = command.reply is ReplyKind.ATTENDING
    return InvitationAnswered(
        seat=command.seat,
        reply=command.reply,
        mode=command.mode if coming else "",
        must_leave_at=(command.must_leave_at or said) if coming else None,
        reason=command.reason.strip(),
        supplied=command.supplied.strip(),
        behalf=behalf,
    )


@decides(Move)
def move(case: Case, command: Move) -> Events:
    """Hold it at another time or place: every calendar entry is brought up to date, and everybody answers anew."""
    require_before(case)
    if code := ahead_error(command.starts, case.now):
        raise FieldErrors({"starts": code})
    if command.starts == case.meeting.called_for and command.place in ("", case.meeting.place):
        return ()
    moved = MeetingMoved(starts=command.starts, place=command.place or case.meeting.place)
    asked = (case.meeting.seats[i] for i in case.meeting.invitations if i in case.meeting.seats)
    return (moved, *(sending(case, seat, moved=command.starts) for seat in asked))


@decides(WithdrawSeat)
def withdraw(case: Case, command: WithdrawSeat) -> Events:
    """Take a seat back, with a reason; who was invited to it is told."""
    require_before(case)
    if not command.reason.strip():
        raise FieldErrors({"reason": "required"})
    led = (case.meeting.chair_seat, case.meeting.note_taker_seat)
    if command.seat in led or case.meeting.occupants(command.seat):
        raise Refused("seat_taken")
    return (SeatWithdrawn(seat=command.seat, reason=command.reason.strip()),)


@decides(LeaveOut)
def leave_out(case: Case, command: LeaveOut) -> Events:
    """Write down why a suggestion is not followed; the meeting goes on in any case (LCS-1.0, SAN-1.1)."""
    if not command.reason.strip():
        raise FieldErrors({"reason": "required"})
    return (SuggestionLeftOut(role=command.role, reason=command.reason.strip()),)
