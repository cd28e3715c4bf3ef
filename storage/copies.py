"""Messages that a crash may have posted twice: the copy that is known, and the older ones that somebody met since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, select, update

from meeting.model import MeetingId
from storage.lanes import Lanes
from storage.reading import Readers
from storage.schema import messages
from storage.writing import Task, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What a key of a meeting became the last time that it was sent, and the older messages that it became before."""

    meeting: MeetingId
    key: str
    newest: str
    older: frozenset[str] = frozenset()


class Copies:
    """Written by the stamp of a row that was sent again (`storage.stamps`), and here by whoever met an older copy."""

    def __init__(self, *, lanes: Lanes[Task], readers: Readers) -> None:
        self._lanes, self._readers = lanes, readers

    async def known(self) -> tuple[Copy, ...]:
        """Return every message that may be there twice."""
        rows = await self._readers.read(lambda connection: connection.execute(_DOUBLED).all())
        return tuple(_copy(row) for row in rows)

    async def keep(self, copy: Copy) -> None:
        """Keep which older copies are there and not closed yet."""
        of_key = (messages.c.meeting == copy.meeting, messages.c.key == copy.key)

        def write(connection: Connection) -> tuple[None, bool]:
            connection.execute(update(messages).where(*of_key).values(older=" ".join(sorted(copy.older))))
            return None, False

        cast(None, await self._lanes.put(Work(run=write), about=copy.meeting))


_DOUBLED = select(messages).where(messages.c.doubled)


def _copy(row: Any) -> Copy:  # noqa: ANN401  # a row of `messages`
    return Copy(meeting=MeetingId(row.meeting), key=row.key, newest=row.activity, older=frozenset(row.older.split()))
