"""Who holds what the chair of a meeting that is over still has to do, once the chair cannot: another seat, from now on.

What was held stays as it was: the minutes name who chaired. Debts, checks, authority, answers to owners, reminders and
the digest go to the one who takes over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.before.mailboxes import require_mailbox
from meeting.door.arriving import leads_anywhere
from meeting.model import Meeting, Note, PersonId, Seat, SeatId, Status
from meeting.refusals import FieldErrors, Refused, said
from meeting.registry import Case, Events, decides, evolves
from meeting.standing import SYSTEM
from meeting.values import with_key


@dataclass(frozen=True, slots=True, kw_only=True)
class PassChairOn:
    """Let somebody of the chair's own agency take over: by a seat of the meeting, or by their name and mailbox."""

    reason: str
    seat: SeatId | None = None
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairPassedOn:
    seat: Seat
    person: PersonId | None  # whoever sits there; None until somebody comes
    reason: str


def successors(meeting: Meeting) -> tuple[Seat, ...]:
    """Return the seats that may take over: those of the chair's agency, but whose it is now and its teams'.

    A seat from which everybody was sent away takes nothing over: nobody would hear of it.
    """
    agency, holds = _led(meeting).agency, _holder(meeting)
    taken = {holds, *meeting.minutes.team_seats}
    mine = (s for s in meeting.seats.values() if s.agency == agency and s.id not in taken)
    return tuple(s for s in mine if leads_anywhere(meeting, s.id))


def _holder(meeting: Meeting) -> SeatId | None:
    """Return the seat of whoever has the chair's part: of one who stands in too."""
    own = meeting.seat_of(meeting.chair)
    return own.id if own else meeting.led_from


@decides(PassChairOn)
def pass_on(case: Case, command: PassChairOn) -> Events:
    """Let somebody take over once the meeting is over; while it runs the chair is handed to somebody who is there."""
    if case.meeting.status not in (Status.CLOSED, Status.CANCELLED):
        raise Refused("not_closed")
    reason = said(command.reason, "reason")
    seat = _chosen(case, command)
    sitting = (p.id for p in case.meeting.occupants(seat.id) if not p.by_telephone)
    return (ChairPassedOn(seat=seat, person=next(sitting, None), reason=reason),)


def _chosen(case: Case, command: PassChairOn) -> Seat:
    """Return the seat that takes over; somebody new gets one, of the chair's own role. Raises FieldErrors."""
    meeting = case.meeting
    offered = successors(meeting)
    if command.seat is not None:
        found = next((s for s in offered if s.id == command.seat), None)
        if found is None:
            raise FieldErrors({"who": "choice"})
        return found
    email, led = command.email.strip(), _led(meeting)
    if not email:
        raise FieldErrors({"email": "required"})
    holder = meeting.seats[holds] if (holds := _holder(meeting)) else None
    if holder is not None and holder.email.casefold() == email.casefold():
        return _confirmed(case, holder)
    known = next((s for s in offered if s.email.casefold() == email.casefold()), None)
    if known is not None:
        return known
    require_mailbox(meeting, led.agency, email, field="email")
    number = sum(s.startswith("chair-since-") for s in meeting.seats) + 1
    label = f"{case.procedure.words.chair_role} since the close"
    return Seat(
        id=SeatId(f"chair-since-{number}"),
        agency=led.agency,
        role=led.role,
        label=label if number == 1 else f"{label} ({number})",
        name=command.name.strip(),
        email=email,
    )


def _confirmed(case: Case, holder: Seat) -> Seat:
    """Return the seat of one who stands in, once the operator makes the chair's part theirs; raises Refused."""
    if case.by != SYSTEM or not case.meeting.stood_in:
        raise Refused("chairs_already")
    return holder


def _led(meeting: Meeting) -> Seat:
    assert meeting.chair_seat is not None  # every meeting is called with one
    return meeting.seats[meeting.chair_seat]


@evolves(ChairPassedOn)
def _passed_on(meeting: Meeting, event: ChairPassedOn, by: PersonId, at: datetime) -> Meeting:
    who = event.seat.name or event.seat.label
    note = Note(at=at, text=f"{who} holds from now on what the chair has to do: {event.reason}", by=by)
    return replace(
        meeting,
        seats=with_key(meeting.seats, event.seat.id, event.seat),
        successor=event.seat.id,
        chaired=meeting.chaired or meeting.chair,
        chair=event.person,
        stood_in=False,
        notes=(*meeting.notes, note),
    )
