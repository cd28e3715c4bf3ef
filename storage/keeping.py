"""What the keeper of a store does: verify the record, erase a meeting, wrap the keys anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select, update

from meeting.model import MeetingId
from procedures.stored import content_hash
from storage.chain import Chain, Finding, Link
from storage.forgetting import forget_ways
from storage.keyring import Keyring
from storage.schema import entries, meetings, messages, outbox, people_index, procedures, receipts, sessions
from storage.states import start_of
from storage.times import moment

_MANY = 200  # meetings in one transaction
_MEETING = select(meetings).where(meetings.c.id == bindparam("id"))
_ENTRIES = select(entries).where(entries.c.meeting == bindparam("id")).order_by(entries.c.sequence)
_STALE = (
    select(meetings.c.id, meetings.c.wrapped, meetings.c.wrapped_by)
    .where(meetings.c.wrapped.is_not(None), meetings.c.wrapped_by != bindparam("newest"))
    .limit(_MANY)
    .with_for_update()
)
_OLD_RECEIPTS = delete(receipts).where(receipts.c.at < bindparam("before"))
_REWRAP = (
    update(meetings)
    .where(meetings.c.id == bindparam("of_meeting"))
    .values(wrapped=bindparam("anew"), wrapped_by=bindparam("by"))
)
_ERASE = (
    update(meetings)
    .where(meetings.c.id == bindparam("of_meeting"), meetings.c.erased.is_(None))
    .values(wrapped=None, erased=bindparam("at"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The end of a meeting's record at some time, to be kept somewhere else: a later record must contain it."""

    meeting: str
    sequence: int
    head: str  # hexadecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One meeting's row: nothing confidential."""

    id: MeetingId
    reference: str
    status: str
    called_for: datetime  # when it was to begin, else when it was written down
    erased: datetime | None


def kept(connection: Connection) -> tuple[Kept, ...]:
    """Return every meeting's row, oldest first."""
    query = select(meetings.c.id, meetings.c.reference, meetings.c.status, meetings.c.erased)
    called_for = func.coalesce(meetings.c.starts, meetings.c.created).label("called_for")
    rows = connection.execute(query.add_columns(called_for).order_by(meetings.c.created, meetings.c.id))
    return tuple(
        Kept(
            id=MeetingId(row.id),
            reference=row.reference,
            status=row.status,
            called_for=moment(row.called_for),
            erased=moment(row.erased),
        )
        for row in rows
    )


def ids(connection: Connection) -> Sequence[str]:
    """Return every meeting's id."""
    return connection.execute(select(meetings.c.id).order_by(meetings.c.id)).scalars().all()


def anchors(connection: Connection) -> tuple[Anchor, ...]:
    """Return where every meeting's record ends now."""
    rows = connection.execute(select(meetings.c.id, meetings.c.sequence, meetings.c.head))
    return tuple(Anchor(meeting=row.id, sequence=row.sequence, head=row.head.hex()) for row in rows)


def verify(connection: Connection, chain: Chain, meeting: str, anchor: Anchor | None) -> tuple[Finding, ...]:
    """Hold one meeting's stored rows against the chain, and against an anchor taken earlier; it may be erased."""
    row = connection.execute(_MEETING, {"id": meeting}).first()
    if row is None:
        return (Finding(meeting=meeting, row=0, what="is missing"),)
    found = connection.execute(_ENTRIES, {"id": meeting})
    links = [Link(sequence=one.sequence, at=one.at, sealed=one.sealed, mac=one.mac) for one in found]
    findings = chain.verify(start_of(row), row.sequence, row.head, links)
    if findings or anchor is None or anchor.sequence == 0:
        return findings
    at_anchor = next((link for link in links if link.sequence == anchor.sequence), None)
    if at_anchor is None or chain.head(meeting, anchor.sequence, at_anchor.mac).hex() != anchor.head:
        return (Finding(meeting=meeting, row=anchor.sequence, what="is not what its anchor says"),)
    return ()


def changed_procedures(connection: Connection) -> tuple[Finding, ...]:
    """Find stored procedures whose content no longer has their hash."""
    rows = connection.execute(select(procedures))
    return tuple(
        Finding(meeting="", row=0, what=f"procedure {row.hash[:12]} was changed")
        for row in rows
        if content_hash(row.content) != row.hash
    )


def erase(connection: Connection, meeting: MeetingId, at: int) -> bool:
    """Destroy a meeting's key, all that names its people and how only they are reached; its chain stays.

    Tells whether there was something to erase; raises KeyError for an unknown meeting.
    """
    found = connection.execute(_MEETING.with_for_update(), {"id": meeting}).first()
    if found is None:
        raise KeyError(meeting)
    of_it = select(people_index.c.key).where(people_index.c.meeting == meeting)
    keys = [bytes(key) for key in connection.execute(of_it).scalars()]
    for table in (people_index, receipts, messages, outbox, sessions):
        connection.execute(delete(table).where(table.c.meeting == meeting))
    erased = connection.execute(_ERASE, {"of_meeting": meeting, "at": at}).rowcount == 1
    forget_ways(connection, keys, found.chat)
    return erased


def forget_receipts(connection: Connection, before: int) -> int:
    """Forget the receipts of presses that were taken before a time; returns how many."""
    return connection.execute(_OLD_RECEIPTS, {"before": before}).rowcount


def rewrap(connection: Connection, keyring: Keyring) -> int:
    """Wrap some meetings' keys by the newest wrapping key; returns how many, 0 when all are done."""
    rows = connection.execute(_STALE, {"newest": keyring.newest}).all()
    anew: list[Mapping[str, object]] = []
    for row in rows:
        by, wrapped = keyring.wrap(keyring.unwrap(row.wrapped, row.wrapped_by, row.id), row.id)
        anew.append({"of_meeting": row.id, "anew": wrapped, "by": by})
    if anew:
        connection.execute(_REWRAP, anew)
    return len(anew)


def in_use(connection: Connection) -> frozenset[str]:
    """Return the ids of the wrapping keys that some meeting still needs."""
    query = select(meetings.c.wrapped_by).where(meetings.c.wrapped.is_not(None)).distinct()
    return frozenset(connection.execute(query).scalars())
