"""Rows that wait in memory until every turn of a transaction has been decided, then are written together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from sqlalchemy import Connection, bindparam, delete, insert, update

from storage.engine import Engines
from storage.failpoints import At, Point
from storage.notices import Asked, NoticeWriter
from storage.schema import entries, meetings, people_index, procedures, receipts
from storage.states import Folded
from storage.times import micros

Rows = list[dict[str, object]]

_ENTRIES = insert(entries)
_MEETINGS = insert(meetings)
_RECEIPTS = insert(receipts)
_INDEX = insert(people_index)
_UNINDEX = delete(people_index).where(
    people_index.c.meeting == bindparam("of_meeting"), people_index.c.key == bindparam("of_key")
)
_MOVE = (
    update(meetings)
    .where(meetings.c.id == bindparam("moved"))
    .values({name: bindparam(name) for name in ("status", "chat", "starts", "sequence", "head")})
)


@dataclass(slots=True, kw_only=True)
class Staged:
    """What one turn, or all turns of a transaction, are going to write."""

    procedures: Rows = field(default_factory=list)
    meetings: Rows = field(default_factory=list)
    entries: Rows = field(default_factory=list)
    unindexed: Rows = field(default_factory=list)
    indexed: Rows = field(default_factory=list)
    receipts: Rows = field(default_factory=list)
    notices: list[Asked] = field(default_factory=list)

    def add(self, later: Staged) -> None:
        """Take another turn's rows after these."""
        for one in fields(self):
            getattr(self, one.name).extend(getattr(later, one.name))


class Writer:
    """Writes what was staged, each table in one statement."""

    def __init__(self, engines: Engines, at: At) -> None:
        self._at = at
        self._notices = NoticeWriter(engines)
        self._keep_procedure = engines.insert()(procedures).on_conflict_do_nothing()

    def write(self, connection: Connection, staged: Staged, moved: Iterable[Folded]) -> None:
        """Write the rows, and the meetings' own rows as they now stand; nothing is committed."""
        for statement, rows in (
            (self._keep_procedure, staged.procedures),
            (_MEETINGS, staged.meetings),
            (_ENTRIES, staged.entries),
        ):
            if rows:
                connection.execute(statement, rows)
        if staged.entries:
            self._at(Point.AFTER_APPEND)
        moves = [_move(state) for state in moved]
        for statement, rows in (
            (_MOVE, moves),
            (_UNINDEX, staged.unindexed),
            (_INDEX, staged.indexed),
            (_RECEIPTS, staged.receipts),
        ):
            if rows:
                connection.execute(statement, rows)
        self._notices.write(connection, staged.notices)


def _move(state: Folded) -> dict[str, object]:
    """Return what a meeting's own row says after its last entry."""
    meeting = state.meeting
    return {
        "moved": meeting.id,
        "status": meeting.status.value,
        "chat": meeting.chat,
        "starts": micros(meeting.starts),
        "sequence": state.sequence,
        "head": state.head,
    }
