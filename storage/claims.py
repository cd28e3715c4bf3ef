"""Which rows of the outbox may be sent now, and the lease on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
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
    update,
)

from meeting.telling.notices import NoticeKind
from storage.batches import packed, table
from storage.engine import Engines
from storage.prepared import Prepared
from storage.schema import IS_SENDING, IS_WAITING, LITERAL, SENDING, outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A row as this claim left it."""

    row: Any  # of `outbox`
    also: tuple[Claimed, ...] = ()  # other reminders for the same reader, told with it


REMINDER = NoticeKind.REMINDER.value
_now = bindparam("now", type_=BigInteger)
_other = outbox.alias("other")
_AHEAD = 8  # rows looked at for each one wanted, before the slow way is taken
_ORDER = (outbox.c.urgency, outbox.c.due_at, outbox.c.id)
_SHORT = (outbox.c.id, outbox.c.meeting, outbox.c.target, outbox.c.urgency, outbox.c.due_at)
_DUE = and_(IS_WAITING, outbox.c.due_at <= _now)
_LAPSED = and_(IS_SENDING, outbox.c.lease_until <= _now)
# Another row of the same meeting and chat is on its way: what follows it waits, or a repeat of it goes first.
_held = exists().where(
    _other.c.state == LITERAL[SENDING],
    _other.c.meeting == outbox.c.meeting,
    _other.c.target == outbox.c.target,
)
_due_now = select(*_SHORT).where(_DUE)
_NEAREST = _due_now.order_by(*_ORDER).limit(bindparam("most"))
_place = func.row_number().over(partition_by=(outbox.c.meeting, outbox.c.target), order_by=_ORDER).label("place")
_placed = _due_now.where(~_held).add_columns(_place).subquery()
_FIRSTS = select(_placed).where(_placed.c.place == 1)
DUE = select(outbox.c.id).where(or_(_DUE, _LAPSED)).limit(1)
_SENDING = select(*_SHORT, outbox.c.lease_until).where(IS_SENDING)
# The same as _DUE or _LAPSED, said so that no planner takes the index of all waiting rows for a few that are named.
_FREE_NOW = case((IS_WAITING, outbox.c.due_at), (IS_SENDING, outbox.c.lease_until)) <= _now
_NEXT = select(outbox.c.due_at).where(IS_WAITING, ~_held).order_by(outbox.c.due_at).limit(1)
_LAPSE = select(func.min(outbox.c.lease_until)).where(IS_SENDING)
FREE = outbox.update().where(IS_SENDING).values(lease_until=0)


class Claims:
    """The statements of a claim, compiled once."""

    def __init__(self, engines: Engines) -> None:
        dialect = engines.writing.dialect
        self._sending, self._nearest, self._firsts = (Prepared(one, dialect) for one in (_SENDING, _NEAREST, _FIRSTS))
        chosen = table("chosen", (Column("id", BigInteger),), embedded=engines.embedded)
        self._lease = Prepared(_leased(outbox.c.id.in_(select(chosen.c.id))), dialect)
        readers = (Column("meeting", String), Column("target", String))
        told = table("readers", readers, embedded=engines.embedded)
        same = tuple_(outbox.c.meeting, outbox.c.target).in_(select(told.c.meeting, told.c.target))
        # What else one reader is to be reminded of, at the same time or long ago: it is told in one message.
        self._also = Prepared(_leased(same, outbox.c.kind == literal_column(f"'{REMINDER}'")), dialect)

    def claim(self, connection: Connection, *, now: int, limit: int, until: int, owner: str) -> Sequence[Claimed]:
        """Lease up to `limit` rows until a time (microseconds), most urgent first, then longest due, then oldest."""
        chosen = self._chosen(connection, now, limit)
        if not chosen:
            return ()
        lease = {"now": now, "until": until, "owner": owner}
        rows = self._lease.rows(connection, {**lease, "chosen": packed([{"id": one} for one in chosen])})
        firsts = [Claimed(row=row) for row in sorted(rows, key=_order)]
        readers = [(c.row.meeting, c.row.target) for c in firsts if c.row.kind == REMINDER]
        if not readers:
            return firsts
        asked = packed([{"meeting": meeting, "target": target} for meeting, target in readers])
        also: dict[tuple[str, str], list[Claimed]] = {}
        for row in sorted(self._also.rows(connection, {**lease, "readers": asked}), key=_order):
            also.setdefault((row.meeting, row.target), []).append(Claimed(row=row))
        return [replace(c, also=tuple(also.get((c.row.meeting, c.row.target), ()))) for c in firsts] if also else firsts

    def _chosen(self, connection: Connection, now: int, limit: int) -> list[int]:
        """Return the ids of the first row of each meeting and chat, in the order of sending."""
        for most in (limit, _AHEAD * limit):
            near = self._nearest.rows(connection, {"now": now, "most": most})
            firsts = self._free(connection, now, near)
            if len(near) < most or len(firsts) >= limit:
                return firsts[:limit]
        # A few chats have so much to say that others are hidden behind it.
        return self._free(connection, now, self._firsts.rows(connection, {"now": now}))[:limit]

    def _free(self, connection: Connection, now: int, due: Sequence[Any]) -> list[int]:
        """Return the first of what is due in each chat where nothing is on its way, and what fell back to be sent.

        What is on its way is read after what is due: whatever was claimed between the two counts as being sent.
        """
        sending = self._sending.rows(connection, {})
        held = {(row.meeting, row.target) for row in sending}
        first = {(row.meeting, row.target): row for row in sending if row.lease_until <= now}
        for row in due:
            if (row.meeting, row.target) not in held:
                first.setdefault((row.meeting, row.target), row)
        return [row.id for row in sorted(first.values(), key=_order)]


def _leased(*which: ColumnElement[bool]) -> Any:  # noqa: ANN401  # an UPDATE that returns
    """Return the statement that leases rows, and tells them as they are then.

    They are looked at once more under their lock, since another worker may have claimed them between, and left out
    where another holds the lock.
    """
    free = (
        select(outbox.c.id, IS_SENDING.label("found_sending"))
        .where(*which, _FREE_NOW)
        .with_for_update(skip_locked=True)
        .cte("free")
    )
    leased = {
        "state": LITERAL[SENDING],
        "attempts": outbox.c.attempts + 1,
        "fence": outbox.c.fence + 1,
        "lease_until": bindparam("until", type_=BigInteger),
        "lease_owner": bindparam("owner", type_=String),
        "repeat": or_(outbox.c.repeat, free.c.found_sending),
    }
    return update(outbox).where(outbox.c.id == free.c.id).values(leased).returning(*outbox.c)


def _order(row: Any) -> tuple[int, int, int]:  # noqa: ANN401  # of `outbox`
    return (row.urgency, row.due_at, row.id)


def next_due(connection: Connection) -> int | None:
    """Return when the next row can be claimed (microseconds), if any ever can."""
    moments = (connection.execute(_NEXT).scalar(), connection.execute(_LAPSE).scalar())
    return min((one for one in moments if one is not None), default=None)
