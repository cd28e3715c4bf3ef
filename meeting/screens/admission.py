"""The door and the seats as chair and note-taker see them: who asks to come in, who is here, who sends apologies."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from meeting.ids import titled
from meeting.model import Assurance, Meeting, Person, PersonId, Seat, Standing, Status, TurnWish
from meeting.procedure import Kind, Procedure
from meeting.screens.asked import MAX_INPUTS
from meeting.screens.frame import Choice, Frame, Look, frame_for
from meeting.steps.roll_call import absence_words

OBSERVER = "observer"  # chosen in place of a seat
_ALIKE = 0.8
_COMMON = (
    "social_care",
    "health",
    "police",
    "education",
    "early_help",
    "housing",
    "probation",
    "youth_justice",
    "voluntary",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorScreen:
    """Somebody at the door."""

    frame: Frame
    person: str
    name: str
    tenant: str
    assurance: Assurance
    standing: Standing
    seat_label: str
    seats: tuple[tuple[str, str], ...]  # free ones first
    proposed: str
    wishes: tuple[str, ...]  # when their turn comes; empty unless turns are being taken
    reason: str
    digits: str = ""  # what a guest without a code reads aloud
    invited: str = ""  # who was invited by the link that they came by


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorLine:
    """One of several people at the door."""

    person: str
    name: str
    tenant: str
    assurance: Assurance
    seats: tuple[tuple[str, str], ...]
    proposed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdScreen:
    """Several people at the door, to be let in by one press."""

    frame: Frame
    lines: tuple[DoorLine, ...]
    more: int  # who waits behind these
    wishes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologiesScreen:
    frame: Frame
    seats: tuple[tuple[str, str], ...]
    seat: str
    reason: str
    information: str
    words: Mapping[str, str]  # what each question is called, by its key
    recorded: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatScreen:
    frame: Frame
    agencies: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    typed: tuple[tuple[str, str], ...]
    errors: tuple[tuple[str, str], ...]


def door_screen(look: Look, person: Person) -> DoorScreen:
    """Return who is at the door, how sure we are, and the seats that they may take."""
    meeting = look.meeting
    seat = meeting.seat_of(person.id)
    return DoorScreen(
        frame=replace(frame_for(look), guidance=look.procedure.admission_guidance),
        person=person.id,
        name=person.name,
        tenant=person.tenant,
        assurance=person.assurance,
        standing=person.standing,
        seat_label=seat.label if seat else "",
        seats=() if person.assurance is Assurance.ANONYMOUS else seat_choices(meeting),
        proposed=look.typed.get("seat", "") or proposed(meeting, person),
        wishes=_wishes(meeting),
        reason=look.typed.get("reason", ""),
        digits=person.digits,
        invited=_invited(meeting, person),
    )


def _invited(meeting: Meeting, person: Person) -> str:
    """Return whom the link was sent to that somebody came by."""
    seat = meeting.seats.get(person.link) if person.link else None
    return f"{seat.name or 'somebody'} ({seat.label})" if seat else ""


def _wishes(meeting: Meeting) -> tuple[str, ...]:
    """Return when the turn of a late arrival may come; nothing before turns are taken."""
    late = meeting.status is Status.RUNNING and any(f.order for f in meeting.floors.values())
    return tuple(TurnWish) if late else ()


def waiting(meeting: Meeting) -> tuple[Person, ...]:
    """Return who waits, those in the call first; whoever reads digits aloud is listened to alone."""
    there = (p for p in meeting.people.values() if p.standing is Standing.WAITING and not p.digits)
    return tuple(sorted(there, key=lambda p: not p.present))


def crowd_screen(look: Look) -> CrowdScreen:
    """Return everybody at the door, as many as one card may ask about."""
    there, wishes = waiting(look.meeting), _wishes(look.meeting)
    shown = there[: MAX_INPUTS - bool(wishes)]
    lines = tuple(_door_line(look, person) for person in shown)
    return CrowdScreen(frame=frame_for(look), lines=lines, more=len(there) - len(shown), wishes=wishes)


def _door_line(look: Look, person: Person) -> DoorLine:
    seats = () if person.assurance is Assurance.ANONYMOUS else seat_choices(look.meeting)
    return DoorLine(
        person=person.id,
        name=person.name,
        tenant=person.tenant,
        assurance=person.assurance,
        seats=(*seats, (OBSERVER, "Observer: sees the board only")),
        proposed=look.typed.get(f"seats.{person.id}", "") or proposed(look.meeting, person),
    )


def seat_choices(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Return (seat, what the list shows), free seats first."""
    free = [s for s in meeting.seats.values() if not meeting.occupants(s.id)]
    taken = [s for s in meeting.seats.values() if meeting.occupants(s.id)]
    made = [(str(s.id), f"{s.label} – {s.name}" if s.name else s.label) for s in free]
    return (*made, *((str(s.id), f"{s.label} – taken by {meeting.occupants(s.id)[0].name}") for s in taken))


def proposed(meeting: Meeting, person: Person) -> str:
    """Return the free seat whose invitation fits: same name or address, else the only one of that domain."""
    free = [s for s in meeting.seats.values() if not meeting.occupants(s.id)]
    if person.link is not None:
        return str(person.link)
    for seat in free:
        if _same(seat, person):
            return str(seat.id)
    domain = person.email.lower().rpartition("@")[2]
    fits = [s for s in free if domain and s.email.lower().rpartition("@")[2] == domain]
    return str(fits[0].id) if len(fits) == 1 else ""


def _same(seat: Seat, person: Person) -> bool:
    if seat.email and seat.email.lower() == person.email.lower():
        return True
    likeness = difflib.SequenceMatcher(a=seat.name.lower(), b=person.name.lower()).ratio()
    return bool(seat.name) and likeness >= _ALIKE


def apologies_screen(look: Look) -> ApologiesScreen:
    """Return the seats without anybody here, and the apologies that stand."""
    here = {p.seat for p in look.meeting.attendees()}
    seats = look.meeting.seats.values()
    ordered = [s for s in seats if s.id not in here] + [s for s in seats if s.id in here]
    return ApologiesScreen(
        frame=frame_for(look),
        seats=tuple((str(s.id), f"{s.label} – {s.name}" if s.name else s.label) for s in ordered),
        seat=look.typed.get("seat", ""),
        reason=look.typed.get("reason", ""),
        information=look.typed.get("information", ""),
        words=absence_words(look.procedure),
        recorded=tuple((s.label, s.apologies) for s in seats if s.apologies),
    )


def seat_screen(look: Look) -> SeatScreen:
    """Return the form that gives one more agency a seat, with the reasons that the procedure knows (SAN-1.6)."""
    keys = ("label", "agency", "name", "email", "why", "reason")
    return SeatScreen(
        frame=frame_for(look),
        agencies=agencies(look.meeting, look.procedure),
        reasons=look.procedure.invitations.added_agency_reasons,
        typed=tuple((key, look.typed.get(key, "")) for key in keys),
        errors=tuple(look.errors.items()),
    )


def agencies(meeting: Meeting, procedure: Procedure) -> tuple[Choice, ...]:
    """Return the agencies that a seat can belong to: those here, prompted, and common ones."""
    seats = (s.agency for s in meeting.seats.values())
    known = dict.fromkeys((*_COMMON, *seats, *_prompted(procedure), "other"))
    return tuple((a, titled(a)) for a in known)


def _prompted(procedure: Procedure) -> Iterator[str]:
    for step in procedure.agenda:
        for prompts in getattr(step.data, "prompts", ()) if step.kind is Kind.TURNS else ():
            if prompts.audience not in ("default", "referrer", "other"):
                yield prompts.audience


def person_at(look: Look, key: str = "subject") -> Person | None:
    """Return the person whom the screen is about."""
    return look.meeting.people.get(PersonId(look.args.get(key, "")))
