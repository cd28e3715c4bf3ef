"""The meeting whole, and one entry of its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from meeting.model.actions import Action, Origin
from meeting.model.answers import CONVENED, Agreed, Answer, Debt, Override, Slot
from meeting.model.follow_up import (
    Carried,
    Challenge,
    Development,
    Escalation,
    Held,
    Link,
    Reading,
    Update,
    UpdateRequest,
)
from meeting.model.invitations import Delivery, Invitation
from meeting.model.minutes import Minutes
from meeting.model.people import Child, Codes, Contact, Local, Person, Seat, Standing
from meeting.model.steps import Decision, Floor, Note, Permission, Question, Views
from meeting.model.words import NO_ANSWERS, Answers, ChildId, MeetingId, PersonId, SeatId, StepId


class Status(StrEnum):
    """Where a meeting is in its life."""

    PREPARING = "preparing"
    RUNNING = "running"
    ON_HOLD = "on hold"
    ADJOURNED = "adjourned"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepVisit:
    step: StepId
    entered: datetime
    left: datetime | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Meeting:
    """One strategy meeting, folded from its entries."""

    id: MeetingId
    reference: str
    procedure: str
    procedure_hash: str
    status: Status = Status.PREPARING
    sequence: int = 0
    chat: str = ""
    starts: datetime | None = None
    place: str = ""
    chair: PersonId | None = None
    chair_seat: SeatId | None = None
    note_taker: PersonId | None = None
    note_taker_seat: SeatId | None = None
    deputy_seat: SeatId | None = None
    handed_to: Mapping[StepId, SeatId] = field(default_factory=dict)
    seats: Mapping[SeatId, Seat] = field(default_factory=dict)
    people: Mapping[PersonId, Person] = field(default_factory=dict)
    children: Mapping[ChildId, Child] = field(default_factory=dict)
    subject_type: str = ""
    answers: Mapping[Slot, Answer] = field(default_factory=dict)
    replaced: tuple[tuple[Slot, Answer], ...] = ()  # what stood there before a correction
    rows: Mapping[tuple[StepId, str], tuple[str, ...]] = field(default_factory=dict)  # row ids in order
    none_rows: frozenset[tuple[StepId, str]] = frozenset()
    agreed: Mapping[Slot, Agreed] = field(default_factory=dict)  # what an agency agreed to before it is shared
    step: StepId = ""
    visit: int = 0  # counts steps entered; a form of an earlier visit is stale
    visits: tuple[StepVisit, ...] = ()
    floors: Mapping[StepId, Floor] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    views: Mapping[StepId, Views] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    met: Mapping[tuple[Origin, str], str] = field(default_factory=dict)  # (demand, subject) -> how it was met
    met_with: Mapping[tuple[Origin, str], Answers] = field(default_factory=dict)  # what was answered with it
    read_back: int = 0  # how many actions were on the list when it was read back
    debts: Mapping[str, Debt] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    permissions: tuple[Permission, ...] = ()
    notes: tuple[Note, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    delayed: tuple[Delivery, ...] = ()  # letters that the mail server has not taken yet; `at`: since when that is known
    started_now: bool = False  # begun at once: what convening asks and nobody answered is asked again before the end
    circumstances: frozenset[str] = frozenset()  # what pathways and conditions may ask about, beside the answers
    local: Local = field(default_factory=Local)
    draft: bool = False  # called piece by piece: what convening asks is looked at when the meeting starts
    invitations: Mapping[SeatId, Invitation] = field(default_factory=dict)
    withdrawn: Mapping[SeatId, Seat] = field(default_factory=dict)  # taken back; a cancellation still reaches them
    former: Mapping[SeatId, tuple[Contact, ...]] = field(default_factory=dict)  # asked to a seat before, now another's
    left_out: Mapping[str, str] = field(default_factory=dict)  # a suggestion that was not followed -> why
    briefed: Mapping[SeatId, frozenset[int]] = field(default_factory=dict)  # lines of the briefing each confirmed
    converted: datetime | None = None
    quorate_date: str = ""
    started: datetime | None = None
    ended: datetime | None = None
    resume_at: datetime | None = None
    adjourned: tuple[datetime, ...] = ()  # until when it was adjourned, each time
    chair_last: datetime | None = None  # the chair's last entry
    others_last: datetime | None = None  # the last entry of anybody else
    linked_from: str = ""
    codes: Mapping[SeatId, Codes] = field(default_factory=dict)
    held: Held | None = None
    readings: tuple[Reading, ...] = ()
    carried: Carried | None = None
    links: tuple[Link, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    updates: tuple[Update, ...] = ()
    update_requests: tuple[UpdateRequest, ...] = ()
    developments: tuple[Development, ...] = ()
    minutes: Minutes = field(default_factory=Minutes)
    reviewed: datetime | None = None  # when it was said here that the procedure was reviewed, for every meeting
    successor: SeatId | None = None  # holds since the close what the chair still has to do
    chaired: PersonId | None = None  # who chaired until the close, once somebody took over
    stood_in: bool = False  # somebody took the chair without its holder, or was handed it by whoever did

    @property
    def called_for(self) -> datetime | None:
        """Return when the meeting is to begin; once it was adjourned, when it was to go on."""
        return self.adjourned[-1] if self.adjourned else self.starts

    @property
    def led_from(self) -> SeatId | None:
        """Return the seat that the chair's part belongs to: its own, since it was handed over another."""
        return self.successor or self.chair_seat

    def entry_version(self, seat: SeatId) -> int:
        """Return how often a seat's calendar entry has changed: the SEQUENCE of RFC 5545, 3.8.7.4."""
        held = self.invitations.get(seat)
        return (held.number - 1 if held else 0) + len(self.adjourned)

    def occupants(self, seat: SeatId) -> tuple[Person, ...]:
        """Return who sits on this seat now, in order of arrival."""
        return tuple(p for p in self.people.values() if p.seat == seat and p.standing is Standing.SEATED)

    def names_on(self, seat: SeatId) -> tuple[str, ...]:
        """Return who sits on this seat by name, each once: whoever answered a letter and came in Teams is one."""
        return tuple(dict.fromkeys(p.name for p in self.occupants(seat)))

    def took_part(self) -> frozenset[SeatId]:
        """Return the seats whose people were in the meeting and were not sent away; shut out since, they were."""
        return frozenset(p.seat for p in self.people.values() if p.took_part and p.seat)

    def child(self, subject: str) -> Child | None:
        """Return the child that an answer or a decision is about, or None where it is about a seat, a row or all."""
        return self.children.get(ChildId(subject))

    def action(self, number: int) -> Action | None:
        """Return the action of this number."""
        return next((a for a in self.actions if a.number == number), None)

    def seat_of(self, person: PersonId | None) -> Seat | None:
        """Return the seat that somebody holds; none once they were sent away."""
        somebody = self.people.get(person) if person else None
        return self.came_for(person) if somebody and somebody.standing is Standing.SEATED else None

    def came_for(self, person: PersonId | None) -> Seat | None:
        """Return the seat that somebody holds, or held until they were sent away: what they did stays that seat's."""
        somebody = self.people.get(person) if person else None
        return self.seats.get(somebody.seat) if somebody and somebody.seat else None

    def admitted(self) -> tuple[Person, ...]:
        """Return everyone with a seat or an observer's place."""
        return tuple(p for p in self.people.values() if p.standing in (Standing.SEATED, Standing.OBSERVER))

    def attendees(self) -> tuple[Person, ...]:
        """Return everyone who is seated and present; observers and absent people are not attendees."""
        return tuple(p for p in self.people.values() if p.standing is Standing.SEATED and p.present)

    def in_scope(self) -> tuple[Child, ...]:
        """Return the children that decisions are asked for."""
        return tuple(c for c in self.children.values() if c.in_scope)

    @property
    def convened(self) -> Answers:
        """Return what was answered when the meeting was called."""
        return self.said_at(CONVENED)

    def said_at(self, slot: Slot) -> Answers:
        """Return the answers in a slot; none where nothing stands there."""
        answer = self.answers.get(slot)
        return answer.answers if answer is not None else NO_ANSWERS

    def answer(self, step: StepId, part: str, subject: str = "") -> Answer | None:
        """Return what stands in a slot."""
        return self.answers.get(Slot(step=step, part=part, subject=subject))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact of the record: its place in the order, its time (aware UTC), who caused it, and what happened."""

    sequence: int
    at: datetime
    by: PersonId
    event: object = field(default=None)
