"""Who a meeting brings together: seats and the people on them, the children it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from meeting.model.words import NO_ANSWERS, Answers, ChildId, PersonId, SeatId, StepId

TELEPHONE = "telephone:"  # how the address of somebody begins who is in the call by telephone only


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
    REPLACED = "replaced"  # by somebody whom they named, before they ever came


class TurnWish(StrEnum):
    """When a late arrival has their turn, as the chair wished at the door."""

    NOW = "now"
    AFTER_THIS_SPEAKER = "after this speaker"
    AT_QUESTIONS = "at questions"


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
    marking: str = ""  # the deployment's own, at the head of the minutes


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
    deputy_of: str = ""  # a seat of its own beside another's: that it stays empty needs no reason
    in_place_of: str = ""  # who was invited to this seat and named somebody else for it
    supplied: str = ""  # information handed in to be read out
    restricted: frozenset[ChildId] = frozenset()
    must_leave_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One time that somebody was in the meeting."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutOut:
    """That the chair ended somebody's access after the close, and the place they had until then."""

    at: datetime
    by: PersonId
    reason: str
    was: Standing


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
    arrived: datetime | None = None  # when they came to the door
    turn_wish: str = ""  # of a late arrival: a TurnWish
    right_meeting: bool | None = None
    right_meeting_heard: bool = False  # chair or note-taker heard them say so
    acknowledged: frozenset[StepId] = frozenset()
    heard: frozenset[StepId] = frozenset()  # those of them that chair or note-taker heard
    introduced: bool = False
    digits: str = ""  # a guest reads these aloud to be let in without a code
    link: SeatId | None = None  # the seat whose link a guest came by
    accepted: datetime | None = None  # when a guest accepted the confidentiality statement
    shut_out: ShutOut | None = None  # after the close

    @property
    def by_telephone(self) -> bool:
        """Tell whether they can be heard and no message reaches them here: chair and note-taker answer for them."""
        return self.address.startswith(TELEPHONE)

    @property
    def took_part(self) -> bool:
        """Tell whether they were in the meeting on a seat, and were not sent away; shut out since, they were."""
        held = self.shut_out.was if self.shut_out is not None else self.standing
        return held is Standing.SEATED and bool(self.stays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child, young person or unborn child that the meeting is about."""

    id: ChildId
    name: str
    in_scope: bool = True
    unborn: bool = False
    circumstances: frozenset[str] | None = None  # None: what is said of all the children


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The codes of one guest's seat: when they were asked for, and how far the newest one is used up."""

    number: int = 0
    asked: tuple[datetime, ...] = ()  # of the last 24 hours
    tries: int = 0  # of the newest code
    spent: bool = False
    since: datetime | None = None  # the seat became another's then: what was proved before counts no more
