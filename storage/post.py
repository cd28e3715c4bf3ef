"""What a keeper sees of the outbox, and may do: rows that wait, are late or were put aside, and sending one again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Select, func, select, union_all, update

from storage.lanes import Lanes
from storage.reading import Readers
from storage.schema import DEAD, DROPPED, IS_DEAD, IS_SENDING, IS_WAITING, SENDING, WAITING, meetings, outbox
from storage.times import micros, moment
from storage.writing import Task, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """One row as it lies there: ids, kinds, seats and times, nothing confidential."""

    id: int
    reference: str
    key: str
    kind: str
    to: str  # a seat, a person's id, or "" for the meeting's chat
    due: datetime
    state: str
    attempts: int
    error: str
    sent: datetime | None


class Post:
    """The outbox for its keeper."""

    def __init__(self, *, lanes: Lanes[Task], readers: Readers) -> None:
        self._lanes, self._readers = lanes, readers

    async def stuck(self, *, now: datetime, limit: int = 100) -> tuple[Lying, ...]:
        """Return what was put aside and what is late, the longest first."""
        stuck = union_all(*_late(now), select(outbox.c.id).where(IS_DEAD))
        return await self._rows(_ROWS.where(outbox.c.id.in_(stuck)).limit(limit))

    async def oldest_late(self, *, now: datetime) -> Lying | None:
        """Return what has been due for longest; what was put aside is due no more."""
        return next(iter(await self._rows(_ROWS.where(outbox.c.id.in_(union_all(*_late(now)))).limit(1))), None)

    async def of(self, reference: str, *, limit: int = 500) -> tuple[Lying, ...]:
        """Return every row of one meeting, in order of time."""
        return await self._rows(_ROWS.where(meetings.c.reference == reference).limit(limit))

    async def one(self, row: int) -> Lying | None:
        """Return one row, if there is one of this number."""
        return next(iter(await self._rows(_ROWS.where(outbox.c.id == row))), None)

    async def counts(self) -> dict[str, int]:
        """Return how many rows were put aside, wait and are on their way, by state: what is over is not counted."""
        numbers = await self._readers.read(lambda connection: connection.execute(_COUNTS).one())
        return dict(zip(_COUNTED, numbers, strict=True))

    async def resend(self, row: int, *, now: datetime) -> bool:
        """Let a row that was put aside, dropped or put off be sent now; one that was delivered is left alone."""

        def again(connection: Connection) -> tuple[bool, bool]:
            stamp = (
                update(outbox)
                .where(outbox.c.id == row, outbox.c.state.in_((DEAD, DROPPED, WAITING)))
                .values(state=WAITING, due_at=micros(now), attempts=0, error="", unwanted=False)
            )
            changed = connection.execute(stamp).rowcount == 1
            return changed, changed

        return cast(bool, await self._lanes.put(Work(run=again), about="outbox"))

    async def _rows(self, query: Select[Any]) -> tuple[Lying, ...]:
        found = await self._readers.read(lambda connection: connection.execute(query).all())
        return tuple(_lying(one) for one in found)


_ROWS = (
    select(outbox, meetings.c.reference)
    .join(meetings, meetings.c.id == outbox.c.meeting)
    .order_by(outbox.c.due_at, outbox.c.id)
)

# Each count by an index of its own: one over all states would look at every row there ever was.
_COUNTED = {DEAD: IS_DEAD, WAITING: IS_WAITING, SENDING: IS_SENDING}
_COUNTS = select(*(select(func.count()).where(one).scalar_subquery() for one in _COUNTED.values()))


def _late(now: datetime) -> list[Select[Any]]:
    """Return what finds the ids of what is late: two looks, each by an index; an OR would look at every row."""
    return [select(outbox.c.id).where(one, outbox.c.due_at < micros(now)) for one in (IS_WAITING, IS_SENDING)]


def _lying(one: Any) -> Lying:  # noqa: ANN401  # a row of the outbox
    return Lying(
        id=one.id,
        reference=one.reference,
        key=one.key,
        kind=one.kind,
        to=one.seat or one.person,
        due=moment(one.due_at),
        state=one.state,
        attempts=one.attempts,
        error=one.error,
        sent=moment(one.sent_at) if one.sent_at is not None else None,
    )
