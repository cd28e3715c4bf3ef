"""The messages that must go out: the port `Outbox`, kept in a database.

A row is claimed under a lease and a number that grows with every claim. Its id names both ("ROW.CLAIM"), so that a
worker that slept past its lease cannot stamp what another has taken over.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import Connection, bindparam, or_, select

from dialogs.ports import Posted, Row
from meeting.model import MeetingId, SeatId
from meeting.telling.notices import NoticeKind
from storage import claims
from storage.clock import Clock
from storage.engine import Engines
from storage.failpoints import Point
from storage.glance import Glance
from storage.lanes import Lanes
from storage.reading import Readers
from storage.schema import DEAD, DROPPED, SENT, WAITING, messages, outbox
from storage.stamps import Claim, Stamp
from storage.times import SECOND, micros, moment
from storage.writing import Ending, Task, Work

_POSTED = (
    select(outbox)
    .where(
        outbox.c.meeting == bindparam("of_meeting"),
        outbox.c.state != DROPPED,
        or_(outbox.c.due_at <= bindparam("now"), outbox.c.sent_at.is_not(None)),
    )
    .order_by(outbox.c.id)
)
_ERROR_LENGTH = 500
_CLAIMS, _ENDS = "claims", "outbox"  # two writing threads, where there are several: neither waits for the other
_log = logging.getLogger(__name__)


class StoredOutbox:
    """At-least-once: a row that was claimed and never stamped is claimed again once its lease ends."""

    def __init__(self, *, engines: Engines, lanes: Lanes[Task], readers: Readers, glance: Glance, clock: Clock) -> None:
        self._lanes = lanes
        self._claims = claims.Claims(engines, clock)
        self._glance = glance
        self._due = glance.prepared(claims.due(clock.of_statement))
        self._readers = readers
        self._clock = clock
        self._owner = uuid4().hex
        self._embedded = engines.embedded
        self._more = False  # the last claim found as much as it asked for

    async def claim(self, *, now: datetime, limit: int, lease_seconds: float) -> tuple[Row, ...]:
        """Lease what is due, most urgent first; at most one row per meeting and chat, so that order is kept."""
        if not self._more and self._nothing(now):
            return ()

        def claim(connection: Connection) -> tuple[tuple[Row, ...], bool]:
            at, lease = self._clock.told(now), int(lease_seconds * SECOND)
            found = self._claims.claim(connection, now=at, limit=limit, lease=lease, owner=self._owner)
            return tuple(_row(one) for one in found), False

        work = Work(run=claim, after=Point.AFTER_CLAIM, single=True)
        claimed = cast(tuple[Row, ...], await self._lanes.put(work, about=_CLAIMS))
        self._more = len(claimed) >= limit
        return claimed

    def _nothing(self, now: datetime) -> bool:
        """Tell from the loop that nothing is due, where that is quick: most wakings find nothing to send."""
        if not self._glance.possible:
            return False
        return self._glance.first(self._due, {"now": self._clock.here(now)}) is None

    async def take_over(self) -> int:
        """Free what a process that has died had leased; only an embedded store knows that there is no other process."""
        if not self._embedded:
            return 0

        def free(connection: Connection) -> tuple[int, bool]:
            return connection.execute(claims.FREE).rowcount, True

        return cast(int, await self._lanes.put(Work(run=free), about=_ENDS))

    async def sent(
        self, row: Row, *, now: datetime, activity: str | None, chat: str, again: Mapping[str, datetime] | None = None
    ) -> None:
        """Stamp a row delivered, and remember which message its key became; `again` names when keys are due anew.

        If it was asked for once more while it was being sent, it waits again.
        """
        due, at = {key: micros(when) for key, when in (again or {}).items()}, micros(now)
        first = Stamp(*_claim(row), SENT, due.get(row.key), at, chat=activity and chat, activity=activity)
        others = (Stamp(*_claim(one), SENT, due.get(one.key), at) for one in row.also)
        await self._ended(row, (first, *others))

    async def later(self, row: Row, *, at: datetime, error: str) -> None:
        """Give a row back, to be tried again at that time; one that was cancelled meanwhile is dropped."""
        await self._end(row, state=WAITING, due=micros(at), error=error)

    async def dead(self, row: Row, *, now: datetime, error: str) -> None:
        """Put a row aside that cannot be delivered; `chairside outbox` and the chair see it."""
        await self._end(row, state=DEAD, error=error)

    async def dropped(self, row: Row, *, now: datetime, why: str) -> None:
        """Close a row that is no longer relevant, unsent; if it was asked for once more meanwhile, it waits again."""
        await self._end(row, state=DROPPED, error=why)

    async def message(self, meeting: MeetingId, key: str) -> tuple[str, str] | None:
        """Return (chat, activity id) of the message that a key became."""
        query = select(messages.c.chat, messages.c.activity).where(messages.c.meeting == meeting, messages.c.key == key)
        found = await self._readers.read(lambda connection: connection.execute(query).first())
        return (found.chat, found.activity) if found else None

    async def posted(self, meeting: MeetingId, *, now: datetime) -> tuple[Posted, ...]:
        """Return the messages of a meeting that are due or were sent, without the dropped ones, oldest first."""

        def read(connection: Connection) -> tuple[Posted, ...]:
            at = self._clock.now(connection, now)
            rows = connection.execute(_POSTED, {"of_meeting": meeting, "now": at}).all()
            return tuple(_posted(row) for row in rows)

        return await self._readers.read(read)

    async def next_due(self) -> datetime | None:
        """Return when the next row is due: one that waits and may be claimed, or one whose lease ends."""
        return moment(await self._readers.read(claims.next_due))

    async def waiting(self, *, now: datetime) -> int:
        """Return how many rows are due and not delivered."""

        def count(connection: Connection) -> int:
            return int(connection.execute(claims.COUNTED, {"now": self._clock.now(connection, now)}).scalar_one())

        return await self._readers.read(count)

    async def _end(self, row: Row, *, state: str, due: int | None = None, error: str) -> None:
        """End a claim, and those of what was told with it."""
        ends = (Stamp(*_claim(one), state, due, error=error[:_ERROR_LENGTH]) for one in (row, *row.also))
        await self._ended(row, tuple(ends))

    async def _ended(self, row: Row, stamps: tuple[Stamp, ...]) -> None:
        """Write stamps, unless a row has been claimed again since."""
        held = cast(frozenset[Claim], await self._lanes.put(Ending(stamps=stamps), about=_ENDS))
        if len(held) != len(stamps):
            _log.warning("outbox row %s was claimed again meanwhile; its stamp is left out", row.id)


def _claim(row: Row) -> Claim:
    """Return the row's number and that of its claim."""
    number, _, fence = row.id.partition(".")
    return int(number), int(fence)


def _row(claimed: claims.Claimed) -> Row:
    told = _held(claimed.row)
    return replace(told, also=tuple(map(_held, claimed.also))) if claimed.also else told


def _held(row: Any) -> Row:  # noqa: ANN401  # a row of `outbox`
    return _told(row, id_=f"{row.id}.{row.fence}")


def _posted(row: Any) -> Posted:  # noqa: ANN401  # a row of `outbox`
    return Posted(row=_told(row, id_=str(row.id)), at=moment(row.created), sent_at=moment(row.sent_at))


def _told(row: Any, *, id_: str) -> Row:  # noqa: ANN401  # a row of `outbox`
    return Row(
        id=id_,
        meeting=MeetingId(row.meeting),
        key=row.key,
        kind=NoticeKind(row.kind),
        subject=row.subject,
        person=row.person,
        private=bool(row.private),
        seat=SeatId(row.seat) if row.seat else None,
        edits=row.edits,
        due=moment(row.due_at),
        attempts=row.attempts,
        repeat=bool(row.repeat),
    )
