"""The local pathway's routes as of the day the meeting was called: circumstances lead to a seat and its contacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from meeting.circumstances import said_of
from meeting.conditions import parse_condition
from meeting.flags import flag
from meeting.model import Child, Meeting, Route, Seat, SeatId
from meeting.procedure import Procedure

_SCHOOL, _POST_16, _ADULT = 5, 16, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A seat that the local pathway proposes, and why; nobody sits there until somebody says so."""

    seat: Seat
    why: str
    children: tuple[str, ...] = ()  # for whom it is proposed, by name, where that is not everybody
    left_out: str = ""  # why it is not taken; it may be all the same


def proposed(meeting: Meeting, procedure: Procedure) -> tuple[Proposed, ...]:
    """Return the seats that the pathway proposes for what is known, and that are not there yet."""
    found: dict[SeatId, Proposed] = {}
    for route in meeting.local.routes:
        seat = seat_of(route)
        held = any((s.agency, s.role) == (route.agency, route.role) for s in meeting.seats.values())
        whom = () if held else _leads_from(route, meeting, procedure)
        if whom:
            some = tuple(c.name for c in whom) if len(whom) < len(meeting.children) else ()
            back = any((s.agency, s.role) == (route.agency, route.role) for s in meeting.withdrawn.values())
            left = meeting.left_out.get(route.role, "taken back" if back else "")
            found.setdefault(seat.id, Proposed(seat=seat, why=route.why, children=some, left_out=left))
    return tuple(found.values())


def seat_of(route: Route) -> Seat:
    """Return the seat at a route's end: its first contact is invited, the others cover in turn."""
    first, *chain = route.contacts
    return Seat(
        id=SeatId(route.role),
        agency=route.agency,
        role=route.role,
        label=route.label,
        name=first.name,
        email=first.email,
        aad=first.aad,
        via=route.agency,
        chain=tuple(chain),
        cover_minutes=route.cover_minutes,
        reason=route.why,
    )


def _leads_from(route: Route, meeting: Meeting, procedure: Procedure) -> tuple[Child, ...]:
    """Return the children for whom a route leads to its seat: a condition is held against one child at a time."""
    return tuple(c for c in meeting.children.values() if _leads(route, meeting, procedure, c))


def _leads(route: Route, meeting: Meeting, procedure: Procedure, child: Child) -> bool:
    if not route.when:
        return True
    known = said_of(meeting, child) | frozenset(_ages(meeting, child))
    condition = parse_condition(route.when)
    return condition.holds(
        lambda name, value: value is None and (name in known or flag(meeting, procedure, name, child.id))
    )


def _ages(meeting: Meeting, child: Child) -> Iterator[str]:
    """Yield what a child's date of birth says of its age on the day of the meeting."""
    day, birth = meeting.started or meeting.starts, born(meeting, child)
    if day is not None and birth is not None:
        age = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
        yield "under_5" if age < _SCHOOL else "school_age" if age < _POST_16 else "post_16" if age < _ADULT else "adult"


def born(meeting: Meeting, child: Child) -> date | None:
    """Return a child's date of birth, None where it is not written down, or not known."""
    for slot, answer in meeting.answers.items():
        if slot.subject == child.id and "dob" in answer.answers:
            try:
                return date.fromisoformat(answer.answers["dob"])
            except ValueError:
                continue
    return None
