"""The messages that must go out: the port `Outbox`, kept in a database.

A row is claimed under a lease and a number that grows with every claim. Its id names both ("ROW.CLAIM"), so that a
worker that slept past its lease cannot stamp what another has taken over.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import Connection, bindparam, case, false, func, literal_column, null, or_, select, update

from dialogs.ports import Posted, Row
from meeting.model import MeetingId, SeatId
from meeting.telling.notices import NoticeKind
from storage import claims
from storage.clock import Clock
from storage.engine import Engines
from storage.failpoints import Point
from storage.glance import Glance
from storage.lanes import Lanes
from storage.prepared import Prepared
from storage.reading import Readers
from storage.schema import DEAD, DROPPED, IS_SENDING, IS_WAITING, LITERAL, SENT, WAITING, messages, outbox
from storage.times import SECOND, micros, moment
from storage.writing import Task, Work

_POSTED = (
    select(outbox)
    .where(
        outbox.c.meeting == bindparam("of_meeting"),
        outbox.c.state != DROPPED,
        or_(outbox.c.due_at <= bindparam("now"), outbox.c.sent_at.is_not(None)),
    )
    .order_by(outbox.c.id)
)
Stamp = Callable[[Connection], int]  # ends one claim; how many rows it changed
_ERROR_LENGTH = 500
_log = logging.getLogger(__name__)


class StoredOutbox:
    """At-least-once: a row that was claimed and never stamped is claimed again once its lease ends."""

    def __init__(self, *, engines: Engines, lanes: Lanes[Task], readers: Readers, glance: Glance, clock: Clock) -> None:
        self._lanes = lanes
        self._glance = glance
        self._due = glance.prepared(claims.DUE)
        self._readers = readers
        self._clock = clock
        self._owner = uuid4().hex
        self._embedded = engines.embedded
        self._sent = Prepared(_SENT, engines.writing.dialect)
        insert = engines.insert()(messages)
        self._remember = insert.on_conflict_do_update(
            index_elements=["meeting", "key"],
            set_={"chat": insert.excluded.chat, "activity": insert.excluded.activity},
        )

    async def claim(self, *, now: datetime, limit: int, lease_seconds: float) -> tuple[Row, ...]:
        """Lease what is due, most urgent first; at most one row per meeting and chat, so that order is kept."""
        if self._nothing(now):
            return ()

        def claim(connection: Connection) -> tuple[tuple[Row, ...], bool]:
            at = self._clock.now(connection, now)
            until = at + int(lease_seconds * SECOND)
            found = claims.claim(connection, now=at, limit=limit, until=until, owner=self._owner)
            return tuple(_row(one) for one in found), False

        work = Work(run=claim, after=Point.AFTER_CLAIM)
        return cast(tuple[Row, ...], await self._lanes.put(work, about="outbox"))

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

        return cast(int, await self._lanes.put(Work(run=free), about="outbox"))

    async def sent(
        self, row: Row, *, now: datetime, activity: str | None, chat: str, again: Mapping[str, datetime] | None = None
    ) -> None:
        """Stamp a row delivered, and remember which message its key became; `again` names when keys are due anew.

        If it was asked for once more while it was being sent, it waits again.
        """
        due_again = {key: micros(at) for key, at in (again or {}).items()}
        at = micros(now)
        stamps = [self._delivered(one, at, due_again.get(one.key)) for one in (row, *row.also)]
        became = {"meeting": row.meeting, "key": row.key, "chat": chat, "activity": activity}
        await self._put(row, stamps, became if activity is not None else None)

    def _delivered(self, row: Row, at: int, again: int | None) -> Stamp:
        """Return how one delivered row is stamped; a statement compiled once, since this is done for every message."""
        if again is not None:
            anew = {"state": WAITING, "due_at": again, "attempts": 0, "sent_at": at, "repeat": False, "error": ""}
            return _stamping(row, anew)
        number, _, fence = row.id.partition(".")
        values = {"row": int(number), "of_fence": int(fence), "at": at}
        return lambda connection: self._sent.changed(connection, values)

    async def later(self, row: Row, *, at: datetime, error: str) -> None:
        """Give a row back, to be tried again at that time; one that was cancelled meanwhile is dropped."""
        values = {
            "state": case((outbox.c.unwanted, DROPPED), else_=WAITING),
            "due_at": micros(at),
            "error": error[:_ERROR_LENGTH],
        }
        await self._stamp(row, values)

    async def dead(self, row: Row, *, now: datetime, error: str) -> None:
        """Put a row aside that cannot be delivered; `chairside outbox` and the chair see it."""
        await self._stamp(row, {"state": DEAD, "error": error[:_ERROR_LENGTH], "repeat": False})

    async def dropped(self, row: Row, *, now: datetime, why: str) -> None:
        """Close a row that is no longer relevant, unsent; if it was asked for once more meanwhile, it waits again."""
        once_more = outbox.c.again_at.is_not(None)
        values = {
            "state": case((once_more, WAITING), else_=DROPPED),
            "due_at": case((once_more, outbox.c.again_at), else_=outbox.c.due_at),
            "error": why[:_ERROR_LENGTH],
            "repeat": False,
        }
        await self._stamp(row, values)

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
            at = self._clock.now(connection, now)
            due = (IS_WAITING & (outbox.c.due_at <= at)) | IS_SENDING
            return connection.execute(select(func.count()).select_from(outbox).where(due)).scalar_one()

        return await self._readers.read(count)

    async def _stamp(self, row: Row, values: dict[str, Any]) -> None:
        """Write the end of a claim, and of what was told with it, unless a row has been claimed again since."""
        await self._put(row, [_stamping(one, values) for one in (row, *row.also)])

    async def _put(self, row: Row, stamps: Sequence[Stamp], became: dict[str, Any] | None = None) -> None:
        def write(connection: Connection) -> tuple[bool, bool]:
            held = [stamp(connection) == 1 for stamp in stamps]
            if held[0] and became is not None:
                connection.execute(self._remember, became)
            return all(held), any(held)

        work = Work(run=write, before=Point.BEFORE_STAMP, after=Point.AFTER_STAMP)
        if not await self._lanes.put(work, about=row.meeting):
            _log.warning("outbox row %s was claimed again meanwhile; its stamp is left out", row.id)


def _stamping(row: Row, values: dict[str, Any]) -> Stamp:
    """Return how one claim ends with these values; it tells how many rows it changed: one, or none."""
    number, _, fence = row.id.partition(".")
    statement = (
        update(outbox)
        .where(outbox.c.id == int(number), outbox.c.fence == int(fence), IS_SENDING)
        .values(**values, lease_until=None, lease_owner="", again_at=None, unwanted=False)
    )
    return lambda connection: connection.execute(statement).rowcount


_ONCE_MORE = outbox.c.again_at.is_not(None)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.fence == bindparam("of_fence"), IS_SENDING)
    .values(
        state=case((_ONCE_MORE, LITERAL[WAITING]), else_=LITERAL[SENT]),
        due_at=case((_ONCE_MORE, outbox.c.again_at), else_=outbox.c.due_at),
        attempts=case((_ONCE_MORE, literal_column("0")), else_=outbox.c.attempts),
        sent_at=bindparam("at"),
        repeat=false(),
        error=literal_column("''"),
        lease_until=null(),
        lease_owner=literal_column("''"),
        again_at=null(),
        unwanted=false(),
    )
)


def _row(claimed: claims.Claimed) -> Row:
    one = claimed.row
    told = _told(one, id_=f"{one.id}.{claimed.fence}", attempts=one.attempts + 1, repeat=claimed.repeat)
    return replace(told, also=tuple(_row(other) for other in claimed.also))


def _posted(row: Any) -> Posted:  # noqa: ANN401  # a row of `outbox`
    told = _told(row, id_=str(row.id), attempts=row.attempts, repeat=row.repeat)
    return Posted(row=told, at=moment(row.created), sent_at=moment(row.sent_at))


def _told(row: Any, *, id_: str, attempts: int, repeat: bool) -> Row:  # noqa: ANN401  # a row of `outbox`
    return Row(
        id=id_,
        meeting=MeetingId(row.meeting),
        key=row.key,
        kind=NoticeKind(row.kind),
        subject=row.subject,
        person=row.person,
        private=row.private,
        seat=SeatId(row.seat) if row.seat else None,
        edits=row.edits,
        due=moment(row.due_at),
        attempts=attempts,
        repeat=repeat,
    )
