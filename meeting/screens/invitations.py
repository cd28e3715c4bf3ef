"""Invitations as each person sees them: one's own, the convener's table of all, and what is about to be sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from meeting.before.amending import unanswered, unanswered_terms
from meeting.before.asked_of import asked_of, to_prepare
from meeting.before.consenting import waits_for_consent
from meeting.before.invitations import off_pathway, reachable, to_invite, unsent
from meeting.before.suggesting import Proposal, proposals
from meeting.flags import CONTRIBUTION
from meeting.model import TERMS, Delivery, Meeting, ReplyKind, Seat, SeatId, Slot, Status
from meeting.procedure import Kind, Procedure
from meeting.roles import speaks_for_agency
from meeting.running.handover import restrictable
from meeting.screens.frame import Frame, Look, frame_for
from meeting.screens.sending import PathwayLine, ToSend, about_to_send, pathway_lines
from meeting.telling.delaying import LATE_AFTER
from meeting.timing.clocks import hold_by, hold_clocks, limit_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """How a meeting is joined by who does not come in person."""

    offered: bool = True
    link: str = ""
    dial_in: str = ""  # number and code, as they were written down


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationScreen:
    """One seat's invitation: when, where, what to bring, and what was answered."""

    frame: Frame
    seat: str
    label: str
    starts: datetime | None
    place: str
    joining: Joining
    briefing: tuple[tuple[int, str, bool], ...]  # (number, line, confirmed), those to be confirmed
    notes: tuple[str, ...]  # lines that are only read
    duties: tuple[tuple[str, str], ...]  # what to prepare; all that is asked of it, where the procedure wants it said
    reply: ReplyKind
    mode: str
    must_leave_at: datetime | None
    over: bool
    prepared: bool
    may_prepare: bool
    adjourned: bool = False  # it has begun, and goes on then
    calendar: bool = False  # it can be handed over as a calendar file
    reading: Mapping[int, str] = field(default_factory=dict)  # where a line of the briefing can be read up


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedLine:
    """One row of the table."""

    seat: str
    label: str
    name: str
    state: str  # not sent, no address, here, waiting, stuck, attending, apologies, undelivered, exhausted
    detail: str = ""
    at: datetime | None
    way: str  # Teams, e-mail, or ""
    number: int
    prepared: bool = False
    briefed: bool | None = None  # None: nothing to confirm
    behalf: bool = False
    asked: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLine:
    """A clock within which the meeting is to be held: when it ends, and how long that is from now."""

    what: str
    limit: str  # in words
    due: datetime | None
    left: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableScreen:
    frame: Frame
    starts: datetime | None
    place: str
    rows: tuple[InvitedLine, ...]
    proposals: tuple[Proposal, ...]
    pathway: tuple[PathwayLine, ...]
    clocks: tuple[HoldLine, ...]
    blanks: tuple[str, ...]
    blank_terms: tuple[str, ...]  # what the invitations themselves would say, and nobody has answered
    joining: Joining
    to_send: tuple[ToSend, ...]
    unreachable: tuple[str, ...]
    outside: tuple[str, ...]  # labels of seats outside their pathway, not yet invited
    before_consent: tuple[str, ...]  # labels of seats that wait until consent is answered, not yet invited
    core_waits: bool  # others than these are about to be invited
    apart: bool = False  # one of several children can be kept from an agency that is asked
    review: tuple[str, ...] = ()  # why it is asked whether the procedure was reviewed
    typed: Mapping[str, str] = field(default_factory=dict)  # reasons that were typed, when one was still missing


def invitation_screen(look: Look, seat_id: SeatId) -> InvitationScreen:
    """Return one seat's invitation; raises KeyError for a seat that is not there."""
    meeting, procedure = look.meeting, look.procedure
    seat, held = meeting.seats[seat_id], meeting.invitations.get(seat_id)
    confirmed = meeting.briefed.get(seat_id, frozenset())
    lines = tuple(enumerate(procedure.invitations.briefing))
    told = any(line.per_agency_duties for _, line in lines)
    adjourned = meeting.status is Status.ADJOURNED
    return InvitationScreen(
        frame=frame_for(look),
        seat=seat_id,
        label=seat.label,
        starts=meeting.called_for,
        place=meeting.place,
        joining=joining(meeting),
        briefing=tuple((n, line.text, n in confirmed) for n, line in lines if line.acknowledge),
        notes=tuple(line.text for _, line in lines if not line.acknowledge),
        duties=(asked_of if told else to_prepare)(meeting, procedure, seat),
        reply=held.reply if held else ReplyKind.NONE,
        mode=held.mode if held else "",
        must_leave_at=seat.must_leave_at,
        over=frame_for(look).closed or (meeting.started is not None and not adjourned),
        adjourned=adjourned,
        prepared=prepared(meeting, procedure, seat_id),
        may_prepare=speaks_for_agency(procedure, seat),
        calendar=look.calendar and meeting.starts is not None,
        reading={n: line.link for n, line in lines if line.link.startswith("https://")},
    )


def joining(meeting: Meeting) -> Joining:
    """Return how a meeting is joined from elsewhere; nothing at all where that is not offered (LCS-2.1)."""
    terms = meeting.said_at(TERMS)
    if terms.get("remote_offered") == "no":
        return Joining(offered=False)
    return Joining(link=meeting.convened.get("join_link", ""), dial_in=terms.get("dial_in", ""))


def prepared(meeting: Meeting, procedure: Procedure, seat: SeatId) -> bool:
    """Tell whether a seat has prepared its turn; never what it wrote (LCS-5.2)."""
    turns = (s.id for s in procedure.agenda if s.kind is Kind.TURNS)
    return any(Slot(step=step, part=CONTRIBUTION, subject=seat) in meeting.answers for step in turns)


def table_screen(look: Look) -> TableScreen:
    """Return everybody who is asked to come, with what became of it; what was prepared is not shown."""
    meeting, procedure = look.meeting, look.procedure
    waiting = to_invite(meeting, look.person)
    early = tuple(s for s in waiting if waits_for_consent(meeting, procedure, s))
    return TableScreen(
        frame=replace(frame_for(look), guidance=_guidance(procedure)),
        starts=meeting.called_for,
        place=meeting.place,
        rows=tuple(_line(look, s) for s in meeting.seats.values()),
        proposals=proposals(meeting, procedure),
        pathway=pathway_lines(look),
        clocks=tuple(_clocks(look)),
        blanks=unanswered(meeting, procedure),
        blank_terms=unanswered_terms(meeting, procedure),
        joining=joining(meeting),
        to_send=about_to_send(look),
        unreachable=tuple(s.label for s in unsent(meeting) if not reachable(s)),
        outside=tuple(s.label for s in waiting if off_pathway(procedure, s)),
        before_consent=tuple(s.label for s in early),
        core_waits=len(early) < len(waiting),
        apart=len(meeting.children) > 1 and bool(restrictable(meeting, procedure)),
        review=look.review,
        typed=look.typed,
    )


def _guidance(procedure: Procedure) -> str:
    """Return what the procedure says of inviting, with where it is kept once the deployment set a link (SAN-2.5)."""
    told = procedure.invitations
    kept = (f"{r.title}: {r.link}" for r in procedure.references if r.link and set(r.src) & set(told.src))
    return "\n\n".join((told.guidance, *kept))


def _clocks(look: Look) -> Iterator[HoldLine]:
    for clock in hold_clocks(look.procedure):
        due = hold_by(look.meeting, look.procedure, clock)
        if due is not None or clock.when is None:
            yield HoldLine(what=clock.what, limit=limit_words(clock), due=due, left=due - look.now if due else None)


def _line(look: Look, seat: Seat) -> InvitedLine:
    meeting, procedure = look.meeting, look.procedure
    held = meeting.invitations.get(seat.id)
    sent = next((d for d in reversed(meeting.deliveries) if _of(d, seat, held.number if held else 0)), None)
    lines = {n for n, line in enumerate(procedure.invitations.briefing) if line.acknowledge}
    state, detail, at = _state(look, seat, sent)
    return InvitedLine(
        seat=seat.id,
        label=seat.label,
        name=seat.name,
        state=state,
        detail=detail,
        at=at,
        way=sent.how if sent else "",
        number=held.number if held else 0,
        prepared=prepared(meeting, procedure, seat.id),
        briefed=lines <= meeting.briefed.get(seat.id, frozenset()) if lines else None,
        behalf=bool(held and held.behalf),
        asked=held.asked if held else (),
        why=seat.reason or (f"{seat.via} pathway" if seat.via else ""),
    )


def _of(delivery: Delivery, seat: Seat, number: int) -> bool:
    return delivery.seat == seat.id and delivery.key in (f"invite:{seat.id}:{number}", f"chase:{seat.id}:{number}")


def _state(look: Look, seat: Seat, sent: Delivery | None) -> tuple[str, str, datetime | None]:
    """Return (state, detail, since when) of one seat's invitation."""
    meeting = look.meeting
    held = meeting.invitations.get(seat.id)
    if seat.apologies:
        return "apologies", seat.apologies, held.answered if held else None
    if held is None and meeting.occupants(seat.id):
        return "here", "", None
    if held is None:
        return ("not sent" if reachable(seat) else "no address"), "", None
    if held.reply is ReplyKind.ATTENDING:
        return "attending", held.mode, held.answered
    if sent is not None and sent.failed:
        return "undelivered", sent.failed, sent.at
    if held.exhausted:
        return "exhausted", "", held.sent
    if sent is None and look.now - held.sent >= LATE_AFTER:
        return "stuck", "", held.sent
    return "waiting", "", sent.at if sent else held.sent
