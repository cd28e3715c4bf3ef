"""The life of a meeting's minutes as its entries tell it: changes, authority, recipients, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from meeting.model.words import PersonId, SeatId

if TYPE_CHECKING:
    from meeting.model.meeting import Meeting

SHAREABLE, WITHHELD = "shareable", "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change after the meeting: what a line was and what it became; every change makes a new version."""

    version: int
    section: str  # the section's key
    part: str  # heading of the part, "" for the section itself
    label: str  # what the line is called; "" for a plain one, and for one that was added
    place: str  # the line's place, "" for one that was added
    before: str
    after: str
    by: PersonId
    at: datetime
    written_up: bool = False  # the record itself holds it: a debt that was written up


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """The chair's word for one version: the meeting as it was then, and the fingerprint of what was read."""

    version: int
    digest: str  # SHA-256 of the authorised text
    by: PersonId
    at: datetime
    meeting: Meeting  # nothing that happens later changes what was authorised
    reason: str = ""  # for authorising without what was missing
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One copy on its way to a seat: which version, and by what."""

    seat: SeatId
    version: int
    how: str  # "link", or in the sender's own words
    by: PersonId
    at: datetime
    key: str = ""  # the message in the outbox, whose delivery the record notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What somebody said about their copy."""

    person: PersonId
    seat: SeatId | None
    received: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What somebody asks to be put right, and the answer; an accepted one stands as an addendum."""

    id: str
    by: PersonId
    at: datetime
    text: str
    answer: str = ""
    accepted: bool | None = None
    answered: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamTask:
    """The distribution task of a receiving team: for which children, and its seat."""

    team: str
    seat: SeatId
    children: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """Something done in the case system."""

    by: PersonId
    at: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Everything that happened to the minutes since the meeting closed."""

    notes_recorded: datetime | None = None
    check_begun: datetime | None = None
    changes: tuple[Change, ...] = ()
    authorised: Authorisation | None = None
    earlier: tuple[Authorisation, ...] = ()  # authorised once, amended since
    delegates: frozenset[PersonId] = frozenset()  # who may authorise in the chair's place
    tasks: Mapping[tuple[str, str], Confirmed] = field(default_factory=lambda: MappingProxyType({}))
    teams: tuple[TeamTask, ...] = ()
    recipients: tuple[SeatId, ...] | None = None  # None: nobody has chosen; the attendees
    sent: tuple[Sending, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    corrections: tuple[Correction, ...] = ()
    recorded: Confirmed | None = None
    marks: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    # (line's place, "shareable" | "withheld") -> text's fingerprint | agencies

    @property
    def version(self) -> int:
        """Return the number of the newest version: the draft at closing is the first."""
        return self.changes[-1].version if self.changes else 1

    @property
    def team_seats(self) -> frozenset[SeatId]:
        """Return the seats of the teams that only send the minutes on."""
        return frozenset(t.seat for t in self.teams)

    def sending(self, seat: SeatId) -> Sending | None:
        """Return the newest copy that went to a seat."""
        return next((s for s in reversed(self.sent) if s.seat == seat), None)

    def with_change(self, change: Change) -> Self:
        """Return the minutes with one more version; one that was authorised must be authorised again (WMT-4.3)."""
        earlier = (*self.earlier, self.authorised) if self.authorised else self.earlier
        return replace(self, changes=(*self.changes, change), authorised=None, earlier=earlier)
