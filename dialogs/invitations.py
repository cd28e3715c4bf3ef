"""Answering an invitation, for oneself or on behalf; sending, moving and taking back what was sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from cards.times import LONDON
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb
from dialogs.dues import chosen_time
from dialogs.reading import when
from meeting.before.briefing import ConfirmBriefing
from meeting.before.invitations import (
    IN_PERSON,
    AnswerInvitation,
    Invite,
    LeaveOut,
    Move,
    WithdrawSeat,
    to_invite,
)
from meeting.model import NO_ANSWERS, Answers, Contact, ReplyKind, SeatId
from meeting.refusals import FieldErrors, Refused
from meeting.screens.frame import Look
from meeting.screens.invitations import joining
from meeting.screens.inviting import SOMEBODY_ELSE
from meeting.telling.delivery import SendAgain

FORMS = {
    "table": "invitations.table",
    "preview": "invitations.preview",
    "behalf": "invitations.behalf",
    "leave_out": "invitations.leave_out",
    "withdraw": "invitations.withdraw",
    "move": "invitations.move",
    "decline": "invitations.decline",
    "forward": "forwarding.form",
    "seat": "drafting.seat",
    "lead": "drafting.lead",
    "questions": "drafting.questions",
    "cancel": "moves.cancel",
    "prepare": "convening.prepare",
    "mine": "invitations.mine",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatForm(Form):
    seat: str = ticket()
    form: str = ticket()
    role: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendForm(Form):
    mode: str = ""
    leave: str = ""
    seat: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineForm(Form):
    reason: str = ""
    supplied: str = ""
    deputy: str = ""
    deputy_email: str = ""
    hand_on: bool = False
    seat: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class BehalfForm(Form):
    who: str = ""
    reply: str = ""
    leave: str = ""
    reason: str = ""
    supplied: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonForm(Form):
    reason: str = ""
    who: str = ""
    role: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class SendForm(Form):
    reason: str = ""
    before_consent: str = ""
    core_only: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveForm(Form):
    starts: Answers = NO_ANSWERS
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingForm(Form):
    lines: tuple[str, ...] = ()
    seat: str = ticket()


@verb("invitations.show", form=SeatForm)
async def show(ask: Ask[SeatForm]) -> Reply:
    """Open a part of the invitations; what is about to be sent is shown with the way that each would take."""
    args = {"role": ask.form.role}
    if ask.form.form == "preview" and ask.ways is not None:
        look = await ask.look()
        waiting = tuple(seat.id for seat in to_invite(look.meeting, ask.person))
        args |= {f"way.{seat}": way for seat, way in (await ask.ways.ways(look.meeting, waiting)).items()}
    return Show(view=FORMS.get(ask.form.form, "invitations.table"), args=args)


@verb("invitations.open", form=SeatForm)
async def open_form(ask: Ask[SeatForm]) -> Reply:
    """Open a form of one's own invitation."""
    return Show(view=FORMS.get(ask.form.form, "invitations.mine"), args={"seat": ask.form.seat})


@verb("invitations.attend", form=AttendForm)
async def attend(ask: Ask[AttendForm]) -> Reply:
    """Say that one comes, how, and until when."""
    look = await ask.look()
    leaving = _leaving(look, ask.form.leave)
    seat = SeatId(ask.form.seat)
    mode = ask.form.mode if joining(look.meeting).offered else IN_PERSON  # the card asks only where there is a choice
    coming = AnswerInvitation(seat=seat, reply=ReplyKind.ATTENDING, mode=mode, must_leave_at=leaving)
    await ask.do(coming)
    return Show(view="invitations.mine", args={"seat": seat}, done="answered_invitation")


def _leaving(look: Look, clock: str) -> datetime | None:
    """Return when somebody must leave, on the day of the meeting; raises Refused for what is no time."""
    day = (look.meeting.called_for or look.now).astimezone(LONDON).date().isoformat()
    at = when(day, clock.strip()) if clock.strip() else None
    if clock.strip() and at is None:
        raise Refused("no_clock_time")
    return at


@verb("invitations.decline", form=DeclineForm)
async def decline(ask: Ask[DeclineForm]) -> Reply:
    """Send apologies, with what one's agency knows, and name who comes instead."""
    form = ask.form
    named = Contact(name=form.deputy, email=form.deputy_email) if form.deputy or form.deputy_email else None
    await ask.do(replace(_apologies(form.seat, form), deputy=named, hand_on=form.hand_on))
    return Show(view="invitations.mine", args={"seat": form.seat}, done="answered_invitation")


@verb("invitations.behalf", form=BehalfForm)
async def behalf(ask: Ask[BehalfForm]) -> Reply:
    """Enter what somebody said by telephone; where somebody else comes, who that is, is asked next."""
    form, look = ask.form, await ask.look()
    if blank := {k: "required" for k in ("who", "reply") if not getattr(form, k)}:
        raise FieldErrors(blank)
    if form.reply == SOMEBODY_ELSE:
        return Show(view="forwarding.form", args={"seat": form.who}, typed={"reason": form.reason})
    seat, leaving = SeatId(form.who), _leaving(look, form.leave)
    if form.reply == "apologies":
        await ask.do(_apologies(seat, form))
    else:
        coming = AnswerInvitation(seat=seat, reply=ReplyKind.ATTENDING, mode=form.reply, must_leave_at=leaving)
        await ask.do(coming)
    return Show(view="invitations.table", done="saved")


def _apologies(seat: str, form: DeclineForm | BehalfForm) -> AnswerInvitation:
    reply = ReplyKind.APOLOGIES
    return AnswerInvitation(seat=SeatId(seat), reply=reply, reason=form.reason, supplied=form.supplied)


@verb("invitations.confirm", form=BriefingForm)
async def confirm(ask: Ask[BriefingForm]) -> Reply:
    """Confirm lines of the briefing."""
    lines = frozenset(int(n) for n in ask.form.lines if n.isdecimal())
    await ask.do(ConfirmBriefing(seat=SeatId(ask.form.seat), lines=lines))
    return Show(view="invitations.mine", args={"seat": ask.form.seat}, done="confirmed")


@verb("invitations.send", form=SendForm)
async def send(ask: Ask[SendForm]) -> Reply:
    """Send what was shown, or of it what goes to the core agencies."""
    form = ask.form
    await ask.do(Invite(reason=form.reason, before_consent=form.before_consent, core_only=bool(form.core_only)))
    return Show(view="invitations.table", done="invited")


@verb("invitations.send_again", form=SeatForm)
async def send_again(ask: Ask[SeatForm]) -> Reply:
    """Have everything tried again that could not be delivered."""
    await ask.do(SendAgain())
    return Show(view="invitations.table", done="sent_again")


@verb("invitations.move", form=MoveForm)
async def move(ask: Ask[MoveForm]) -> Reply:
    """Hold the meeting at another time or place."""
    starts = chosen_time(ask.form.starts, "starts")
    if starts is None:
        raise FieldErrors({"starts": "required"})
    await ask.do(Move(starts=starts, place=ask.form.place))
    return Show(view="invitations.table", done="moved_invitations")


@verb("invitations.withdraw", form=ReasonForm)
async def withdraw(ask: Ask[ReasonForm]) -> Reply:
    """Take a seat back, with a reason."""
    if not ask.form.who:
        raise FieldErrors({"who": "required"})
    await ask.do(WithdrawSeat(seat=SeatId(ask.form.who), reason=ask.form.reason))
    return Show(view="invitations.table", done="saved")


@verb("invitations.leave_out", form=ReasonForm)
async def leave_out(ask: Ask[ReasonForm]) -> Reply:
    """Say why somebody who is suggested is not invited."""
    await ask.do(LeaveOut(role=ask.form.role, reason=ask.form.reason))
    return Show(view="invitations.table", done="saved")
