"""A meeting's folded state, what it starts from, and under whose names it is found again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from meeting.model import Entry, Meeting, MeetingId, Standing
from meeting.procedure import Procedure
from meeting.telling.notices import Notice
from storage.chain import Chain, Start
from storage.codec import Codec
from storage.keyring import Keyring
from storage.sealing import Seal

Fold = Callable[[Meeting, Entry], Meeting]
NoticesFor = Callable[[Meeting, Meeting, Entry, Procedure], Iterable[Notice]]


class Erased(KeyError):
    """The meeting's key was destroyed: it can still be verified, but not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A meeting as of its last entry, with what the next entry needs."""

    meeting: Meeting
    procedure: Procedure
    sequence: int
    mac: bytes  # of the last entry
    head: bytes  # of the record up to it
    seal: Seal
    keys: frozenset[str]  # the identities it is indexed under


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What reading and writing a record take, besides a connection."""

    fold: Fold
    notices_for: NoticesFor
    codec: Codec
    keyring: Keyring
    chain: Chain


def blank(meeting: MeetingId, reference: str, procedure: Procedure, procedure_hash: str) -> Meeting:
    """Return a meeting before its first entry: it knows its names and its procedure, and nothing else."""
    return Meeting(id=meeting, reference=reference, procedure=procedure.id, procedure_hash=procedure_hash)


def start_of(row: Any) -> Start:  # noqa: ANN401  # a row of `meetings`
    """Return what the chain of a stored meeting begins with."""
    return Start(meeting=row.id, reference=row.reference, procedure=row.procedure, created=row.created)


def identities(meeting: Meeting) -> frozenset[str]:
    """Return the identity keys of everybody who is invited or admitted, in lower case."""
    invited = {key for seat in meeting.seats.values() for key in (seat.aad, seat.email)}
    admitted = {
        key
        for person in meeting.people.values()
        if person.standing in (Standing.SEATED, Standing.OBSERVER)
        for key in (person.id, person.email, person.address)
    }
    return frozenset(normal(key) for key in invited | admitted if key)


def normal(identity: str) -> str:
    """Return an identity key as it is compared: without regard to case."""
    return identity.strip().casefold()
