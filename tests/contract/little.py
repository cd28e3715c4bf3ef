"""A little meeting for the storage's tests: three events, a fold, notices on demand, and a way to decide them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from dialogs.ports import Decide
from meeting.model import Assurance, Entry, Meeting, MeetingId, Note, Person, PersonId, Seat, SeatId, Standing, Status
from meeting.procedure import Convening, Part, Procedure
from meeting.telling.notices import Cancel, Notice, NoticeKind, Send
from storage import Keyring, Store, open_store
from storage.failpoints import At, nowhere

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PROCEDURE = Procedure(
    id="little", title="A little procedure", convening=Convening(part=Part(id="c", label="C", fields=())), agenda=()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Somebody said something; `sends` and `cancels` are keys of messages, by kind where they have one."""

    text: str
    sends: tuple[Send, ...] = ()
    cancels: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatInvited:
    seat: Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCame:
    id: str
    email: str
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChanged:
    chat: str = ""
    status: Status = Status.RUNNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Somebody said that the procedure was reviewed."""


EVENTS = (Said, SeatInvited, PersonCame, StateChanged, Reviewed)


def fold(meeting: Meeting, entry: Entry) -> Meeting:
    """Fold the little events as the machine would."""
    meeting = replace(meeting, sequence=entry.sequence)
    match entry.event:
        case Said(text=text):
            return replace(meeting, notes=(*meeting.notes, Note(at=entry.at, text=text, by=entry.by)))
        case SeatInvited(seat=seat):
            return replace(meeting, seats={**meeting.seats, seat.id: seat})
        case PersonCame() as came:
            person = Person(
                id=PersonId(came.id),
                name="Somebody",
                tenant="t",
                assurance=Assurance.SIGNED_IN,
                address=f"29:{came.id}",
                email=came.email,
                standing=came.standing,
            )
            return replace(meeting, people={**meeting.people, person.id: person})
        case StateChanged(chat=chat, status=status):
            return replace(meeting, chat=chat, status=status)
        case Reviewed():
            return replace(meeting, reviewed=entry.at)
    raise AssertionError(entry.event)


def notices_for(before: Meeting, after: Meeting, entry: Entry, procedure: Procedure) -> tuple[Notice, ...]:
    """Ask for what the event names."""
    if not isinstance(entry.event, Said):
        return ()
    return (*(Cancel(key=key) for key in entry.event.cancels), *entry.event.sends)


def deciding(*events: object, by: str = "ann", at: datetime = NOON) -> Decide:
    """Return a decision that appends these events, whatever the meeting."""

    def decide(meeting: Meeting, procedure: Procedure) -> Sequence[Entry]:
        first = meeting.sequence + 1
        return [Entry(sequence=n, at=at, by=PersonId(by), event=event) for n, event in enumerate(events, first)]

    return decide


def say(text: str, *sends: Send, cancels: tuple[str, ...] = ()) -> Decide:
    """Return a decision that says something, and asks for messages."""
    return deciding(Said(text=text, sends=sends, cancels=cancels))


def send(key: str, *, again: bool = False, due: datetime | None = None, urgency: int = 5, person: str = "") -> Send:
    """Return a message to make sure of: to the chat, or to a person's own."""
    return Send(
        key=key,
        kind=NoticeKind.BOARD if key == "board" else NoticeKind.ALERT,
        again=again,
        due=due,
        urgency=urgency,
        person=person,
        private=bool(person),
    )


def seat(id_: str, *, email: str = "", aad: str = "") -> SeatInvited:
    """Return the event that invites a seat."""
    return SeatInvited(seat=Seat(id=SeatId(id_), agency="police", role="officer", label=id_, email=email, aad=aad))


def texts(meeting: Meeting) -> list[str]:
    """Return what was said, in order."""
    return [note.text for note in meeting.notes]


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return later(self.seconds)


def little_store(url: str, keyring: Keyring, *, now: Callable[[], datetime] | None = None, at: At = nowhere) -> Store:
    """Open a store of little meetings."""
    return open_store(url, keyring, fold=fold, notices_for=notices_for, events=EVENTS, now=now, at=at)


async def opened(store: Store, id_: str = "m1", reference: str = "") -> MeetingId:
    """Open a meeting's record with one entry."""
    meeting = MeetingId(id_)
    await store.record.create(
        meeting, reference=reference or f"SM-{id_}", procedure=PROCEDURE, decide=say("opened"), now=NOON
    )
    return meeting


def later(seconds: float) -> datetime:
    """Return a time after noon."""
    return NOON + timedelta(seconds=seconds)
