"""Somebody who is in the call by telephone only: heard by chair or note-taker, who answer for them."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.door.arriving import PersonAdmitted, PersonArrived, PersonJoined
from meeting.model import TELEPHONE, Assurance, Meeting, PersonId, ReplyKind, Seat, SeatId, Standing
from meeting.refusals import Refused
from meeting.registry import Case, Events, decides


@dataclass(frozen=True, slots=True, kw_only=True)
class HearCaller:
    """Chair or note-taker hears, on the telephone, whoever answers for a seat; name "" is whom it was invited by."""

    seat: SeatId
    name: str = ""


@decides(HearCaller)
def hear_caller(case: Case, command: HearCaller) -> Events:
    """Seat a caller, present from now on as everybody else is; they are told nothing and press nothing.

    That somebody answered "by phone" to their invitation seats nobody: presence, and with it the quorum, is what
    chair or note-taker hear. Who chairs or takes notes needs buttons.
    """
    meeting = case.meeting
    seat = meeting.seats.get(command.seat)
    if seat is None:
        raise Refused("no_such_seat", command.seat)
    if seat.id in (meeting.chair_seat, meeting.note_taker_seat):
        raise Refused("needs_buttons")
    name, address = command.name.strip() or seat.name or seat.label, f"{TELEPHONE}{seat.id}"
    earlier = [p for p in meeting.people.values() if p.address == address]
    caller = next((p for p in earlier if p.name == name), None)
    person = caller.id if caller else PersonId(f"{TELEPHONE}{meeting.id}:{seat.id}:{len(earlier) + 1}")
    happened: list[object] = []
    if caller is None:
        vouched = Assurance.VOUCHED
        new = PersonArrived(person=person, name=name, tenant="", assurance=vouched, address=address, email="")
        happened.append(new)
    if caller is None or caller.standing is not Standing.SEATED:
        happened.append(PersonAdmitted(person=person, seat=seat.id, turn_wish=""))
    if caller is None or not caller.present:
        happened.append(PersonJoined(person=person))
    return tuple(happened)


def empty_seats(meeting: Meeting) -> tuple[Seat, ...]:
    """Return the seats where nobody is: somebody on the telephone may answer for them."""
    taken = {meeting.chair_seat, meeting.note_taker_seat, *(p.seat for p in meeting.attendees())}
    return tuple(s for s in meeting.seats.values() if s.id not in taken)


def comes_by_telephone(meeting: Meeting, seat: Seat) -> bool:
    """Tell whether the answer to a seat's invitation was that they come by telephone."""
    held = meeting.invitations.get(seat.id)
    return held is not None and held.reply is ReplyKind.ATTENDING and held.mode == "phone"
