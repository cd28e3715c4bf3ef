"""Which rows of the outbox may be sent now, and the lease on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import BigInteger, Connection, and_, bindparam, exists, func, or_, select, update

from meeting.telling.notices import NoticeKind
from storage.schema import IS_SENDING, IS_WAITING, LITERAL, SENDING, outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A row as it was found, with the number of this claim."""

    row: Any  # of `outbox`
    fence: int
    repeat: bool
    also: tuple[Claimed, ...] = ()  # other reminders for the same reader, told with it


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
_due_now = select(*_SHORT).where(_DUE, ~_held)
_NEAREST = _due_now.order_by(*_ORDER).limit(bindparam("most"))
_place = func.row_number().over(partition_by=(outbox.c.meeting, outbox.c.target), order_by=_ORDER).label("place")
_placed = _due_now.add_columns(_place).subquery()
_FIRSTS = select(_placed).where(_placed.c.place == 1)
DUE = select(outbox.c.id).where(or_(_DUE, _LAPSED)).limit(1)
_REPEATS = select(*_SHORT).where(_LAPSED)
# Looked at once more under its lock, since another worker may have claimed it between.
_LOCKED = (
    select(outbox)
    .where(outbox.c.id.in_(bindparam("chosen", expanding=True)), or_(_DUE, _LAPSED))
    .order_by(*_ORDER)
    .with_for_update(skip_locked=True)
)
# What else one reader is to be reminded of, at the same time or long ago: it is told in one message.
_ALSO = (
    select(outbox)
    .where(
        outbox.c.meeting.in_(bindparam("meetings", expanding=True)),
        outbox.c.id.not_in(bindparam("chosen", expanding=True)),
        outbox.c.kind == NoticeKind.REMINDER.value,
        or_(_DUE, _LAPSED),
    )
    .order_by(outbox.c.due_at, outbox.c.id)
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(outbox)
    .where(outbox.c.id == bindparam("claimed"))
    .values(
        state=SENDING,
        attempts=outbox.c.attempts + 1,
        fence=bindparam("next_fence"),
        lease_until=bindparam("until"),
        lease_owner=bindparam("owner"),
        repeat=bindparam("found_sending"),
    )
)
_NEXT = select(outbox.c.due_at).where(IS_WAITING, ~_held).order_by(outbox.c.due_at).limit(1)
_LAPSE = select(func.min(outbox.c.lease_until)).where(IS_SENDING)
FREE = outbox.update().where(IS_SENDING).values(lease_until=0)


def claim(connection: Connection, *, now: int, limit: int, until: int, owner: str) -> Sequence[Claimed]:
    """Lease up to `limit` rows until a time (microseconds), most urgent first, then longest due, then oldest."""
    chosen = _chosen(connection, now, limit)
    if not chosen:
        return ()
    rows = connection.execute(_LOCKED, {"now": now, "chosen": chosen}).all()
    claimed = _together(connection, now, [_claimed(row) for row in rows])
    leases = [
        {"claimed": one.row.id, "next_fence": one.fence, "until": until, "owner": owner, "found_sending": one.repeat}
        for first in claimed
        for one in (first, *first.also)
    ]
    if leases:
        connection.execute(_LEASE, leases)
    return claimed


def _claimed(row: Any) -> Claimed:  # noqa: ANN401  # of `outbox`
    return Claimed(row=row, fence=row.fence + 1, repeat=row.repeat or row.state == SENDING)


def _together(connection: Connection, now: int, claimed: Sequence[Claimed]) -> Sequence[Claimed]:
    """Return the claimed rows, a reminder with everything else that the same reader is to be reminded of now."""
    firsts = {(c.row.meeting, c.row.target): c for c in claimed if c.row.kind == NoticeKind.REMINDER.value}
    if not firsts:
        return claimed
    of_these = {"meetings": sorted({meeting for meeting, _ in firsts}), "chosen": [c.row.id for c in claimed]}
    also: dict[int, list[Claimed]] = {}
    for row in connection.execute(_ALSO, {"now": now, **of_these}):
        if (first := firsts.get((row.meeting, row.target))) is not None:
            also.setdefault(first.row.id, []).append(_claimed(row))
    return [replace(one, also=tuple(also.get(one.row.id, ()))) for one in claimed]


def _chosen(connection: Connection, now: int, limit: int) -> list[int]:
    """Return the ids of the first row of each meeting and chat, in the order of sending."""
    repeats = connection.execute(_REPEATS, {"now": now}).all()
    near = connection.execute(_NEAREST, {"now": now, "most": _AHEAD * limit}).all()
    firsts = _firsts([*repeats, *near])
    if len(near) == _AHEAD * limit and len(firsts) < limit:  # a few chats have so much to say that others are hidden
        firsts = _firsts([*repeats, *connection.execute(_FIRSTS, {"now": now})])
    return firsts[:limit]


def _firsts(rows: Sequence[Any]) -> list[int]:
    first: dict[tuple[str, str], int] = {}
    for row in sorted(rows, key=lambda row: (row.urgency, row.due_at, row.id)):
        first.setdefault((row.meeting, row.target), row.id)
    return list(first.values())


def next_due(connection: Connection) -> int | None:
    """Return when the next row can be claimed (microseconds), if any ever can."""
    moments = (connection.execute(_NEXT).scalar(), connection.execute(_LAPSE).scalar())
    return min((one for one in moments if one is not None), default=None)
