"""Asking somebody else in the place of who was asked: who covers, where nobody answers, or a colleague who is named."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.before.invitations import require_before, require_colleague, sending
from meeting.before.inviting import InvitationUnanswered
from meeting.before.passing import InvitationPassed
from meeting.model import Contact, ReplyKind, SeatId
from meeting.refusals import FieldErrors, Refused
from meeting.registry import Case, Events, decides


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn:
    """Ask the next in a seat's chain, since nobody has answered."""

    seat: SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """Have a colleague asked in one's place, without apologies: it reached the wrong one of an agency, say."""

    seat: SeatId
    to: Contact
    reason: str = ""
    hand_on: bool = False  # what one prepared oneself goes along


@decides(PassOn)
def pass_on(case: Case, command: PassOn) -> Events:
    """Ask who covers; where nobody is left to ask, the chair is told. An answer that came meanwhile ends it."""
    require_before(case)
    seat, held = case.meeting.seats[command.seat], case.meeting.invitations.get(command.seat)
    here = any(p.present for p in case.meeting.occupants(seat.id))  # who is there already needs nobody to cover
    if held is None or held.reply is not ReplyKind.NONE or here:
        raise Refused("answered_already")
    if not seat.chain:
        return () if held.exhausted else (InvitationUnanswered(seat=seat.id),)
    return (InvitationPassed(seat=seat.id, to=seat.chain[0]), sending(case, seat, seat.chain[0]))


@decides(Forward)
def forward(case: Case, command: Forward) -> Events:
    """Pass an invitation on to a colleague of the same agency, who is invited in turn (LCS-1.2)."""
    require_before(case)
    seat, to = case.meeting.seats[command.seat], command.to
    if not (to.email or to.aad):
        raise FieldErrors({"deputy_email": "required"})
    if to.email.casefold() == seat.email.casefold() != "":
        raise FieldErrors({"deputy_email": "asked_already"})
    require_colleague(case, seat, to)
    own = case.meeting.seat_of(case.by) == seat
    passed = InvitationPassed(
        seat=seat.id, to=to, deputy=True, reason=command.reason.strip(), handed_on=command.hand_on and own
    )
    asked = seat.id in case.meeting.invitations
    return (passed, sending(case, seat, to)) if asked and case.meeting.called_for else (passed,)
