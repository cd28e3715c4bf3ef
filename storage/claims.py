"""Which rows of the outbox may be sent now, and the lease on them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
    update,
)

from meeting.telling.notices import NoticeKind
from storage.batches import as_one, unpacked
from storage.clock import Clock
from storage.engine import Engines
from storage.nearest import SHORT, held, near, waits
from storage.prepared import Prepared
from storage.schema import IS_SENDING, IS_WAITING, LITERAL, SENDING, outbox


class Told(NamedTuple):
    """What sending needs of a row, as this claim left it; what puts rows in order comes first."""

    urgency: int
    due_at: int
    id: int
    fence: int
    meeting: str
    key: str
    kind: str
    subject: str
    person: str
    private: bool
    seat: str
    target: str
    edits: str
    attempts: int
    repeat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A row, and the other reminders for the same reader and their digest, which are told with it."""

    row: Told
    also: Sequence[Told] = ()


_BEYOND = 50  # rows looked at beyond those wanted: some chats have more to say than one message
_ALL = 2**62
_NEXT = select(outbox.c.due_at).where(IS_WAITING, ~held(outbox)).order_by(outbox.c.due_at).limit(1)
_LAPSE = select(func.min(outbox.c.lease_until)).where(IS_SENDING)
# Two counts, each by an index: an OR of both would look at every row there ever was.
COUNTED = select(
    select(func.count()).where(waits(bindparam("now", type_=BigInteger))).scalar_subquery()
    + select(func.count()).where(IS_SENDING).scalar_subquery()
)
_TOLD = tuple(outbox.c[name] for name in Told._fields)
_OF_CLAIM = as_one(select(*_TOLD).where(IS_SENDING, outbox.c.lease_owner == bindparam("owner", type_=String)))
FREE = outbox.update().where(IS_SENDING).values(lease_until=0)


def due(now: ColumnElement[int]) -> Any:  # noqa: ANN401  # a SELECT
    """Return the statement that finds something if a row could be claimed: two looks, each by an index of its own."""
    return select(literal_column("1")).where(or_(exists().where(waits(now)), exists().where(_lapsed(now))))


class Claims:
    """A claim: one statement, compiled once."""

    def __init__(self, engines: Engines, clock: Clock) -> None:
        dialect, leased = engines.writing.dialect, _leased(clock.of_statement, embedded=engines.embedded)
        self._embedded = engines.embedded
        self._lease = Prepared(leased if engines.embedded else leased.returning(*_TOLD), dialect)
        self._told = Prepared(_OF_CLAIM, dialect)
        self._count = itertools.count(1)

    def claim(
        self, connection: Connection, *, now: int | None, limit: int, lease: int, owner: str
    ) -> Sequence[Claimed]:
        """Lease up to `limit` rows for a time (microseconds), most urgent first, then longest due, then oldest.

        Without `now` the database's clock counts.
        """
        claim = f"{owner}.{next(self._count)}"
        asked = {"now": now, "wanted": limit, "lease": lease, "owner": claim}
        rows = self._leased(connection, {**asked, "most": limit + _BEYOND})
        # Where nothing was found, a few chats may have so much to say that others are hidden behind it.
        rows = rows or self._leased(connection, {**asked, "most": _ALL})
        readers: dict[tuple[str, str], list[Told]] = {}
        for row in sorted(map(Told._make, rows)):
            readers.setdefault((row.meeting, row.target), []).append(row)
        return [Claimed(row=first, also=also) for first, *also in readers.values()]

    def _leased(self, connection: Connection, asked: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        if not self._embedded:
            return self._lease.rows(connection, asked)
        if not self._lease.changed(connection, asked):
            return ()
        return unpacked(self._told.rows(connection, {"owner": asked["owner"]}))


def _lapsed(now: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(IS_SENDING, outbox.c.lease_until <= now)


def _chosen(now: ColumnElement[int], *, embedded: bool) -> FromClause:
    """Return the ids of what goes next: the first row of each chat where nothing is on its way, and what fell back."""
    nearby = near(now, _number("most"), embedded=embedded)
    free = select(*(nearby.c[one.key] for one in SHORT)).where(~nearby.c.held)
    found = union_all(free, select(*SHORT).where(_lapsed(now))).subquery("found")
    first = (found.c.urgency, found.c.due_at, found.c.id)
    place = func.row_number().over(partition_by=(found.c.meeting, found.c.target), order_by=first)
    placed = select(found, place.label("place")).subquery("placed")
    nearest = select(placed.c.id).where(placed.c.place == 1)
    return nearest.order_by(placed.c.urgency, placed.c.due_at, placed.c.id).limit(_number("wanted")).cte("chosen")


def _free(now: ColumnElement[int], *, embedded: bool) -> FromClause:
    """Return what goes next, locked, and what else one reader is to be reminded of, which is told in one message.

    A digest that is due then goes with the reminders, so that nobody reads the same lines twice.

    Rows are looked at once more under their lock, since another worker may have claimed them between, and left out
    where another holds the lock.
    """
    # The same as waiting or lapsed, said so that no planner takes the index of all waiting rows for a few.
    free_now = case((IS_WAITING, outbox.c.due_at), (IS_SENDING, outbox.c.lease_until)) <= now
    reminder, digest = (literal_column(f"'{kind}'", String) for kind in (NoticeKind.REMINDER, NoticeKind.DIGEST))
    found = (outbox.c.id, IS_SENDING.label("found_sending"))
    chosen = outbox.c.id.in_(select(_chosen(now, embedded=embedded).c.id))
    first = select(*found, outbox.c.meeting, outbox.c.target, outbox.c.kind).where(chosen, free_now)
    locked = first.with_for_update(skip_locked=True).cte("first")
    reminded = select(locked.c.meeting, locked.c.target).where(locked.c.kind == reminder)
    same_reader = tuple_(outbox.c.meeting, outbox.c.target).in_(reminded)
    other = outbox.c.id.not_in(select(locked.c.id))
    also = select(*found).where(same_reader, outbox.c.kind.in_((reminder, digest)), free_now, other)
    also_locked = also.with_for_update(skip_locked=True).cte("also")
    return union_all(select(locked.c.id, locked.c.found_sending), select(also_locked)).subquery("free")


def _leased(now: ColumnElement[int], *, embedded: bool) -> Any:  # noqa: ANN401  # an UPDATE that returns
    """Return the statement that leases what goes next, and tells it as it is then."""
    free = _free(now, embedded=embedded)
    leased = {
        "state": LITERAL[SENDING],
        "attempts": outbox.c.attempts + 1,
        "fence": outbox.c.fence + 1,
        "lease_until": now + _number("lease"),
        "lease_owner": bindparam("owner", type_=String),
        "repeat": or_(outbox.c.repeat, free.c.found_sending),
    }
    return update(outbox).where(outbox.c.id == free.c.id).values(leased)


def _number(name: str) -> Any:  # noqa: ANN401  # a parameter
    return bindparam(name, type_=BigInteger)


def next_due(connection: Connection) -> int | None:
    """Return when the next row can be claimed (microseconds), if any ever can."""
    moments = (connection.execute(_NEXT).scalar(), connection.execute(_LAPSE).scalar())
    return min((one for one in moments if one is not None), default=None)
