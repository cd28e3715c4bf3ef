"""Which rows of the outbox may be sent now, and the lease on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, and_, bindparam, exists, func, or_, select, update

from storage.schema import IS_SENDING, IS_WAITING, SENDING, outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A row as it was found, with the number of this claim."""

    row: Any  # of `outbox`
    fence: int
    repeat: bool


_now = bindparam("now", type_=BigInteger)
_other = outbox.alias("other")
_FREE = or_(and_(IS_WAITING, outbox.c.due_at <= _now), and_(IS_SENDING, outbox.c.lease_until <= _now))
_ORDER = (outbox.c.urgency, outbox.c.due_at, outbox.c.id)


def _held(still: Any) -> Any:  # noqa: ANN401  # SQLAlchemy's expressions
    """Return whether another row of the same meeting and chat is being sent."""
    sending = _other.c.state == IS_SENDING.right
    same = and_(_other.c.meeting == outbox.c.meeting, _other.c.target == outbox.c.target)
    return exists().where(sending, same, still)


# The first row of each meeting and chat, unless one of them is on its way ...
_first = (
    select(
        outbox.c.id,
        func.row_number().over(partition_by=(outbox.c.meeting, outbox.c.target), order_by=_ORDER).label("place"),
    )
    .where(_FREE, ~_held(_other.c.lease_until > _now))
    .subquery()
)
# ... locked, and looked at once more, since another worker may have claimed it between.
_CLAIM = (
    select(outbox)
    .where(outbox.c.id.in_(select(_first.c.id).where(_first.c.place == 1)), _FREE)
    .order_by(*_ORDER)
    .limit(bindparam("most"))
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
_NEXT = select(func.min(outbox.c.due_at)).where(IS_WAITING, ~_held(_other.c.lease_until.is_not(None)))
_LAPSE = select(func.min(outbox.c.lease_until)).where(IS_SENDING)


def claim(connection: Connection, *, now: int, limit: int, until: int, owner: str) -> Sequence[Claimed]:
    """Lease up to `limit` rows until a time (microseconds), most urgent first, then longest due, then oldest."""
    rows = connection.execute(_CLAIM, {"now": now, "most": limit}).all()
    claimed = [Claimed(row=row, fence=row.fence + 1, repeat=row.repeat or row.state == SENDING) for row in rows]
    if claimed:
        leases = [
            {
                "claimed": one.row.id,
                "next_fence": one.fence,
                "until": until,
                "owner": owner,
                "found_sending": one.repeat,
            }
            for one in claimed
        ]
        connection.execute(_LEASE, leases)
    return claimed


def next_due(connection: Connection) -> int | None:
    """Return when the next row can be claimed (microseconds), if any ever can."""
    moments = (connection.execute(_NEXT).scalar(), connection.execute(_LAPSE).scalar())
    return min((one for one in moments if one is not None), default=None)
