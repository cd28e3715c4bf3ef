"""The meeting as its entries tell it: who sits where, which step is open, what has been answered. Pure values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from meeting.after.minutes_kept import Minutes

MeetingId = NewType("MeetingId", str)  # a UUID
PersonId = NewType("PersonId", str)
SeatId = NewType("SeatId", str)
ChildId = NewType("ChildId", str)
StepId = str

Answers = Mapping[str, str]  # field key -> answer; several choices are joined by ", "; dates are ISO 8601


class _Blank(Mapping[str, str]):
    """No answers: it can stand as a default in a dataclass (a mapping proxy has no hash before Python 3.12)."""

    def __getitem__(self, key: str) -> str:
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __hash__(self) -> int:
        return 0


NO_ANSWERS: Answers = _Blank()
UNKNOWN = "not known"
NONE = "none"
TELEPHONE = "telephone:"  # how the address of somebody begins who is in the call by telephone only


class Status(StrEnum):
    """Where a meeting is in its life."""

    PREPARING = "preparing"
    RUNNING = "running"
    ON_HOLD = "on hold"
    ADJOURNED = "adjourned"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Assurance(StrEnum):
    """How sure we are who somebody is."""

    SIGNED_IN = "signed in"
    GUEST_CODE = "guest with code"
    VOUCHED = "vouched by voice"
    ANONYMOUS = "anonymous"


class Standing(StrEnum):
    """What the door has said."""

    WAITING = "waiting"
    SEATED = "seated"
    OBSERVER = "observer"
    REMOVED = "removed"


class How(StrEnum):
    """How an answer reached the record."""

    TYPED = "typed"
    PREPARED = "prepared"
    CONFIRMED = "confirmed"
    HEARD = "heard aloud"
    SAID_ALOUD = "said aloud"  # nothing typed: a debt to write up
    WRITTEN_UP = "written up"
    ON_BEHALF = "on behalf"
    NOTHING_HELD = "nothing held"
    NO_ANSWER = "invited, no answer"
    LATER = "left open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody who can be asked to sit on a seat, and how they are reached."""

    name: str = ""
    email: str = ""
    aad: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way of the local pathway: under which condition which seat is proposed, and who is asked in turn."""

    agency: str
    role: str
    label: str
    why: str
    when: str  # a condition on circumstances and flags; "" always
    contacts: tuple[Contact, ...]
    cover_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """What the deployment's pathways said on the day the meeting was called."""

    area: str = ""
    domains: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # agency -> where its mailboxes may be
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An agency and a role; a person occupies it from a time to a time, or nobody does."""

    id: SeatId
    agency: str
    role: str
    label: str  # what the shared chat calls it; never a child's name
    name: str = ""  # who was invited
    email: str = ""
    aad: str = ""
    prefill: Answers = NO_ANSWERS  # what the invitation knows for the introduction
    reason: str = ""  # why this agency was added
    via: str = ""  # pathway
    chain: tuple[Contact, ...] = ()  # who is asked next, where nobody answers
    cover_minutes: int = 0  # how long each of them is waited for; 0: nobody is asked in their place
    apologies: str = ""
    deputy_of: str = ""
    supplied: str = ""  # information handed in to be read out
    restricted: frozenset[ChildId] = frozenset()
    must_leave_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One time that somebody was in the meeting."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who came to the door, and what they may see."""

    id: PersonId
    name: str
    tenant: str
    assurance: Assurance
    address: str  # where the channel reaches them
    email: str = ""
    standing: Standing = Standing.WAITING
    seat: SeatId | None = None
    present: bool = False
    stays: tuple[Stay, ...] = ()
    arrived_at_step: StepId = ""
    arrived: datetime | None = None  # when they came to the door
    turn_wish: str = ""  # late arrivals: now, after this speaker, at questions
    right_meeting: bool | None = None
    acknowledged: frozenset[StepId] = frozenset()
    introduced: bool = False
    digits: str = ""  # a guest reads these aloud to be let in without a code
    link: SeatId | None = None  # the seat whose link a guest came by
    accepted: datetime | None = None  # when a guest accepted the confidentiality statement

    @property
    def by_telephone(self) -> bool:
        """Tell whether they can be heard and no message reaches them here: chair and note-taker answer for them."""
        return self.address.startswith(TELEPHONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child, young person or unborn child that the meeting is about."""

    id: ChildId
    name: str
    in_scope: bool = True
    unborn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place in the record: a part of a step, about one subject (a child, a row, a seat, or "" for the meeting)."""

    step: StepId
    part: str
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands in a slot, from whom, and how it came there."""

    answers: Answers
    by: PersonId
    at: datetime
    how: How = How.TYPED
    seat: SeatId | None = None  # for whom it stands, where that is not who wrote it
    kept: tuple[str, ...] = ()  # warnings that the author chose to keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """An agency's agreement to what stood in a slot at that time."""

    seat: SeatId
    by: PersonId
    at: datetime
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """Something said aloud, or left open, that must be written up before the minutes are authorised."""

    id: str
    slot: Slot
    what: str
    opened: datetime
    seat: SeatId | None = None
    written_up: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A gate that the chair passed with a reason."""

    step: StepId
    missing: tuple[str, ...]
    reason: str
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaker's time: who, and whether it has ended."""

    seat: SeatId
    number: int
    began: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The announced order of one turns step, who has spoken, and who speaks now."""

    order: tuple[SeatId, ...] = ()
    live: Turn | None = None
    done: tuple[SeatId, ...] = ()
    count: int = 0  # turns begun so far
    next_up: tuple[SeatId, ...] = ()  # late arrivals put ahead of the announced order


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    id: str
    asked_by: PersonId
    to: str  # a seat's id or an agency
    to_label: str
    text: str
    at: datetime
    during_turn: bool = False
    answer: str = ""
    answered_by: PersonId | None = None
    answered_how: How | None = None

    @property
    def open(self) -> bool:
        """Tell whether nobody has answered yet."""
        return self.answered_how is None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One attendee's view on one subject: the threshold, the scale, or both; private until revealed."""

    person: PersonId
    seat: SeatId | None
    subject: str
    option: str = ""
    scale: int | None = None
    reason: str = ""
    at: datetime
    how: How = How.TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """The round of views: whom it reached, what they said, and whether all may see it."""

    invited: Mapping[PersonId, str] = field(default_factory=dict)  # person -> the way they were asked
    given: tuple[View, ...] = ()
    silent: frozenset[PersonId] = frozenset()
    partial: frozenset[PersonId] = frozenset()  # who has answered for some children, and is not through
    revealed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the chair decided for one subject."""

    subject: str
    outcomes: tuple[str, ...]
    needs: Mapping[str, str]  # "outcome.field" -> answer
    rationale: Answers
    how: How
    by: PersonId
    at: datetime
    lead_criminal: str = ""
    lead_welfare: str = ""
    dissent: tuple[PersonId, ...] = ()


class ActionState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DONE = "done"
    NOT_POSSIBLE = "not possible"
    NOT_DONE = "not done"
    WITHDRAWN = "withdrawn"
    CARRIED = "carried"  # into a further meeting, whose list it stands on now


class Told(StrEnum):
    """What is said of an action once it is agreed: by its owner, or by the chair."""

    SEEN = "seen"
    ACCEPTED = "accepted"
    PROGRESS = "progress"
    DONE = "done"
    NOT_POSSIBLE = "not possible"  # circumstances changed
    NOT_DONE = "not done"
    MORE_TIME = "more time"
    HANDED_OVER = "handed over"
    GRANTED = "more time granted"
    REFUSED = "more time refused"
    CLOSED = "closed"
    REOPENED = "reopened"
    CARRIED = "carried over"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionNote:
    """One thing that was said of an action: progress, evidence, a reason."""

    at: datetime
    by: PersonId
    told: Told
    text: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    number: int
    what: str
    owner: str  # a named person
    owner_seat: SeatId | None
    due: datetime
    extra: Answers = NO_ANSWERS
    subjects: tuple[str, ...] = ()
    origin: str = ""  # "", a required action's id, an outcome's id, a checkpoint's id, "urgent"
    urgent: bool = False
    state: ActionState = ActionState.OPEN
    by: PersonId
    at: datetime
    default_due: bool = False  # the time comes from a default, not from this procedure
    log: tuple[ActionNote, ...] = ()
    asked_until: datetime | None = None  # more time that waits for the chair's answer
    quiet: bool = False  # seen by its owner: reminded again only once it is due
    ended: datetime | None = None  # since when nobody has to do it any more
    closed: datetime | None = None  # the chair has closed it


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    id: str
    by: PersonId
    ground: str
    text: str
    at: datetime
    about: str = ""  # the decision challenged, in words
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A disagreement that went to the local escalation protocol, and the stage at which it stands."""

    id: str
    challenge: str
    by: PersonId
    at: datetime
    stage: int = 0  # index of the protocol's stages
    stage_since: datetime
    moves: tuple[tuple[datetime, str], ...] = ()  # (when, what was said on leaving a stage)
    resolved: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What the chair told everybody after the meeting: a later decision, or news."""

    id: str
    by: PersonId
    at: datetime
    text: str
    decision: bool = False  # it answers what was to be decided later


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRequest:
    """An attendee's question what became of it."""

    id: str
    by: PersonId
    at: datetime
    text: str = ""
    answered: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """Something that changed after the meeting, which may point to a different plan."""

    id: str
    by: PersonId
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A further meeting on the same matter."""

    meeting: MeetingId
    reference: str
    at: datetime
    starts: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What an earlier meeting left open, as this one was called."""

    reference: str
    held: datetime | None = None
    decided: tuple[str, ...] = ()  # its plan: what was decided, for whom
    questions: tuple[tuple[str, str], ...] = ()  # (to whom, text)
    developments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """A request to share what was said, and the chair's answer."""

    id: str
    by: PersonId
    what: str
    at: datetime
    granted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A line for the minutes, or something worth telling: times of joining, conversion, hand-over."""

    at: datetime
    text: str
    step: StepId = ""
    by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The codes of one guest's seat: when they were asked for, and how far the newest one is used up."""

    number: int = 0
    asked: tuple[datetime, ...] = ()  # of the last 24 hours
    tries: int = 0  # of the newest code
    spent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The record stays readable, whatever its age, and why."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Somebody read a paper of the meeting outside its cards."""

    reader: PersonId
    paper: str
    way: str  # "page", "download html", …
    at: datetime


class ReplyKind(StrEnum):
    """What somebody answered to an invitation."""

    NONE = "no answer"
    ATTENDING = "attending"
    APOLOGIES = "apologies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """The newest invitation of one seat, and its answer."""

    seat: SeatId
    number: int  # counts what was sent: the calendar entry's SEQUENCE rises with it
    sent: datetime
    reply: ReplyKind = ReplyKind.NONE
    mode: str = ""  # in person, remote, phone
    answered: datetime | None = None
    by: PersonId | None = None
    behalf: bool = False
    asked: tuple[str, ...] = ()  # who was asked before, in order
    exhausted: bool = False  # nobody answered, and nobody is left to ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to a seat that counts: which, how it went out or why it could not."""

    seat: SeatId | None  # None: to an address that has no seat
    key: str  # the message's key in the outbox
    kind: str
    at: datetime
    how: str = ""  # "Teams" or "e-mail"; "" where it could not be delivered, or is being tried again
    failed: str = ""  # why it could not be delivered, as a code


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
    subject_type: str = "individual"
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
    met: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (required action, subject) -> how it was met
    met_with: Mapping[tuple[str, str], Answers] = field(default_factory=dict)  # what was answered with it
    read_back: int = 0  # how many actions were on the list when it was read back
    debts: Mapping[str, Debt] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    permissions: tuple[Permission, ...] = ()
    notes: tuple[Note, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    circumstances: frozenset[str] = frozenset()  # what pathways and conditions may ask about, beside the answers
    local: Local = field(default_factory=Local)
    draft: bool = False  # called piece by piece: what convening asks is looked at when the meeting starts
    invitations: Mapping[SeatId, Invitation] = field(default_factory=dict)
    withdrawn: Mapping[SeatId, Seat] = field(default_factory=dict)  # taken back; a cancellation still reaches them
    left_out: Mapping[str, str] = field(default_factory=dict)  # a suggestion that was not followed -> why
    briefed: Mapping[SeatId, frozenset[int]] = field(default_factory=dict)  # lines of the briefing each confirmed
    converted: datetime | None = None
    quorate_date: str = ""
    started: datetime | None = None
    ended: datetime | None = None
    resume_at: datetime | None = None
    chair_last: datetime | None = None  # the chair's last entry
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
    stood_in: bool = False  # somebody took the chair without being handed it

    def occupants(self, seat: SeatId) -> tuple[Person, ...]:
        """Return who sits on this seat now, in order of arrival."""
        return tuple(p for p in self.people.values() if p.seat == seat and p.standing is Standing.SEATED)

    def child(self, subject: str) -> Child | None:
        """Return the child that an answer or a decision is about, or None where it is about a seat, a row or all."""
        return self.children.get(ChildId(subject))

    def seat_of(self, person: PersonId | None) -> Seat | None:
        """Return the seat that somebody holds, if any."""
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

    def answer(self, step: StepId, part: str, subject: str = "") -> Answer | None:
        """Return what stands in a slot."""
        return self.answers.get(Slot(step=step, part=part, subject=subject))


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """Before the first entry."""

    id: MeetingId


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact of the record: its place in the order, its time (aware UTC), who caused it, and what happened."""

    sequence: int
    at: datetime
    by: PersonId
    event: object = field(default=None)
