"""What the verbs need from outside, in the meeting's own types: the record, the outbox, keys for forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from meeting.model import Entry, Meeting, MeetingId, PersonId, SeatId
from meeting.procedure import Procedure
from meeting.telling.notices import NoticeKind, Send

Decide = Callable[[Meeting, Procedure], Sequence[Entry]]


class Duplicate(ValueError):
    """A meeting of this id or reference exists already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof that one press was taken: its form's nonce, the person, the verb, and a short word for the repeat."""

    nonce: str
    person: str
    verb: str
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """What one turn left behind. `repeat` is the receipt of the first press, where this one was its repeat."""

    meeting: Meeting
    procedure: Procedure
    entries: tuple[Entry, ...]
    repeat: Receipt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of the meetings' index: nothing confidential."""

    id: MeetingId
    reference: str
    status: str
    chat: str
    starts: datetime | None


class Record(Protocol):
    """The record of all meetings; every method may be called from the event loop."""

    async def create(
        self, meeting_id: MeetingId, *, reference: str, procedure: Procedure, decide: Decide, now: datetime
    ) -> Committed:
        """Open a meeting's record under this procedure and write its first entries; raises Duplicate."""

    async def commit(
        self, meeting_id: MeetingId, decide: Decide, *, now: datetime, receipt: Receipt | None = None
    ) -> Committed:
        """Run `decide` on the newest state and write entries, notices and receipt in one durable transaction.

        Whatever `decide` raises reaches the caller, and nothing is written. A receipt that exists already is
        returned as `repeat` without running `decide`. Raises KeyError for an unknown meeting.
        """

    async def read(self, meeting_id: MeetingId) -> tuple[Meeting, Procedure]:
        """Return the folded meeting and the procedure stored with it; raises KeyError."""

    async def reviewed(self, procedure_hash: str) -> datetime | None:
        """Return when somebody first confirmed, in any meeting, that the procedure of this text was reviewed."""

    async def in_chat(self, chat: str) -> tuple[Listed, ...]:
        """Return the meetings held in a chat, newest first."""

    async def of_person(self, key: str, *, but_not: str = "") -> tuple[Listed, ...]:
        """Return the meetings that a person (by any identity key) is invited to or admitted in, but not by that one."""

    async def listed(self) -> tuple[Listed, ...]:
        """Return every meeting that is neither closed nor cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One message of the outbox, claimed to be sent."""

    id: str
    meeting: MeetingId
    key: str
    kind: NoticeKind
    subject: str
    person: str
    private: bool
    seat: SeatId | None
    edits: str
    due: datetime
    attempts: int
    repeat: bool  # it was found half sent after a crash: sending it again may show it twice
    also: tuple[Row, ...] = ()  # other reminders for the same reader, to be told and stamped with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A message of a meeting as it stands in the outbox, delivered in Teams or not."""

    row: Row
    at: datetime
    sent_at: datetime | None


class Outbox(Protocol):
    """The messages that must go out; a claimed row is leased and comes back unless it is stamped."""

    async def claim(self, *, now: datetime, limit: int, lease_seconds: float) -> tuple[Row, ...]:
        """Lease what is due, most urgent first; at most one row per meeting and chat, so that order is kept."""

    async def take_over(self) -> int:
        """Free what a process that has died had leased, where no other process can hold a lease; return how many."""

    async def sent(
        self, row: Row, *, now: datetime, activity: str | None, chat: str, again: Mapping[str, datetime] | None = None
    ) -> None:
        """Stamp a row delivered, and remember which message its key became; `again` names when keys are due anew."""

    async def later(self, row: Row, *, at: datetime, error: str) -> None:
        """Give a row back, to be tried again at that time."""

    async def dead(self, row: Row, *, now: datetime, error: str) -> None:
        """Put a row aside that cannot be delivered; `chairside outbox` and the chair see it."""

    async def dropped(self, row: Row, *, now: datetime, why: str) -> None:
        """Close a row that is no longer relevant, unsent."""

    async def message(self, meeting: MeetingId, key: str) -> tuple[str, str] | None:
        """Return (chat, activity id) of the message that a key became."""

    async def posted(self, meeting: MeetingId, *, now: datetime) -> tuple[Posted, ...]:
        """Return the messages of a meeting that are due or were sent, without the dropped ones, oldest first."""

    async def next_due(self) -> datetime | None:
        """Return when the next waiting row is due, if any waits."""

    async def waiting(self, *, now: datetime) -> int:
        """Return how many rows are due and not delivered."""


class Way(StrEnum):
    """How somebody in a browser proved who they are."""

    CODE = "code"
    VOICE = "voice"  # nothing yet: the chair lets them in by their voice
    ENTRA = "Entra ID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser in which somebody came to one meeting. `id` is public; what opens it is kept only as a hash."""

    id: str
    meeting: MeetingId
    person: PersonId
    seat: SeatId
    way: Way
    proved: datetime
    until: datetime


class Sessions(Protocol):
    """The browsers that are let in, each by a token that only it holds."""

    async def open(self, session: Session, token: str) -> None:
        """Keep a session; what has run out goes."""

    async def find(self, token: str, *, now: datetime) -> Session | None:
        """Return the session that a token opens, unless it has run out."""

    async def end(self, session: Session) -> None:
        """Let a session open nothing any more."""

    async def begun(self, meeting: MeetingId, person: PersonId, *, since: datetime) -> int:
        """Return how many sessions of somebody have begun since then and still run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable:
    """How a chat or a person is reached on their channel; refreshed on every incoming activity."""

    address: str  # a chat's id, or a person's
    service_url: str
    tenant: str
    personal_chat: str = ""  # a person's 1:1 chat, once known
    call: str = ""  # a chat's call, as Teams numbers it, once known


class Directory(Protocol):
    """Where chats and people are reached."""

    async def remember(self, reachable: Reachable) -> None:
        """Keep the newest way to reach an address."""

    async def find(self, address: str) -> Reachable | None:
        """Return the way to reach an address."""

    async def recognise(self, reachable: Reachable, identities: Iterable[str]) -> None:
        """Keep the way to reach somebody, and that they are who has these identities (Entra ids, e-mail addresses)."""

    async def named(self, identity: str) -> Reachable | None:
        """Return the way to reach whoever has this identity, whatever its case."""


class Ways(Protocol):
    """Which way a message would take, as things stand now."""

    async def ways(self, meeting: Meeting, seats: Iterable[SeatId]) -> Mapping[SeatId, str]:
        """Return for each seat "Teams", "e-mail", or the code of why neither would reach it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """The bot came into a chat by somebody's hand; they are owed an offer until one was posted."""

    chat: Reachable
    by: str  # the address of whoever brought it
    private: bool = False  # their 1:1 chat
    offer: str = ""  # the message that offers their meetings, while nobody has answered it


class Installations(Protocol):
    """The chats that the bot was brought into: what it owes them outlives a crash, for Teams tells it once."""

    async def note(self, installation: Installation) -> bool:
        """Keep that the bot came into a chat; tell whether an offer is owed: once, until the bot was removed."""

    async def offered(self, chat: str, message: str) -> None:
        """Note that the offer was posted, as which message ("" where Teams keeps its id back)."""

    async def answered(self, chat: str, message: str, *, meeting: MeetingId, edit: Send, now: datetime) -> None:
        """Note that an offer was answered, and have its message edited: `edit` is due at once and names its key."""

    async def removed(self, chat: str) -> None:
        """Forget a chat that the bot was taken out of."""

    async def owed(self) -> tuple[Installation, ...]:
        """Return the chats in which no offer was posted yet."""

    async def open_offers(self) -> tuple[Installation, ...]:
        """Return the chats whose offer stands unanswered, with its message."""
