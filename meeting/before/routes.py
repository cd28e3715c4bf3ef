"""The local pathway's routes as of the day the meeting was called: circumstances lead to a seat and its contacts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from meeting.conditions import parse_condition
from meeting.flags import flag
from meeting.model import Meeting, Route, Seat, SeatId
from meeting.procedure import Procedure

#: What a convener can say about a case beside the procedure's own questions; pathways ask for these by name.
CIRCUMSTANCES: Mapping[str, str] = {
    "unborn": "Unborn",
    "under_5": "Under 5",
    "school_age": "Of school age",
    "post_16": "16 or older",
    "in_hospital": "In hospital",
    "looked_after": "Looked after",
    "open_case": "Open case",
    "order_in_force": "A court order is in force",
    "police_involved": "Police are investigating",
    "other_authority": "Another authority is involved",
    "sexual_abuse": "Sexual abuse",
    "injury": "Injury, or a medical is likely",
    "adult_needs": "A parent's mental health, substances, domestic abuse or learning disability",
    "position_of_trust": "Allegation against somebody who works with children",
    "school_holidays": "School holidays",
    "out_of_hours": "Out of hours",
}
_SCHOOL, _POST_16, _ADULT = 5, 16, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A seat that the local pathway proposes, and why; nobody sits there until somebody says so."""

    seat: Seat
    why: str


def proposed(meeting: Meeting, procedure: Procedure) -> tuple[Proposed, ...]:
    """Return the seats that the pathway proposes for what is known, and that are neither there nor left out."""
    known = circumstances(meeting, procedure)
    found: dict[SeatId, Proposed] = {}
    for route in meeting.local.routes:
        seat = seat_of(route)
        held = any((s.agency, s.role) == (route.agency, route.role) for s in meeting.seats.values())
        if not held and route.role not in meeting.left_out and _leads(route, meeting, procedure, known):
            found.setdefault(seat.id, Proposed(seat=seat, why=route.why))
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


def circumstances(meeting: Meeting, procedure: Procedure) -> frozenset[str]:
    """Return what is known of the case: what the convener said, and each child's age on the day of the meeting."""
    return meeting.circumstances | frozenset(_ages(meeting))


def _leads(route: Route, meeting: Meeting, procedure: Procedure, known: frozenset[str]) -> bool:
    if not route.when:
        return True
    condition = parse_condition(route.when)
    return condition.holds(lambda name, value: value is None and (name in known or flag(meeting, procedure, name)))


def _ages(meeting: Meeting) -> Iterator[str]:
    day = meeting.started or meeting.starts
    for slot, answer in meeting.answers.items():
        if day is None or slot.subject not in meeting.children:
            continue
        try:
            born = date.fromisoformat(answer.answers.get("dob", ""))
        except ValueError:
            continue
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        yield "under_5" if age < _SCHOOL else "school_age" if age < _POST_16 else "post_16" if age < _ADULT else "adult"
