"""Rows that wait in memory until every turn of a transaction has been decided, then are written together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Insert, bindparam, delete, insert, update

from storage.engine import Engines
from storage.failpoints import At, Point
from storage.notices import Asked, NoticeWriter
from storage.prepared import Prepared
from storage.schema import entries, meetings, people_index, procedures, receipts
from storage.states import Folded
from storage.times import micros

Rows = list[dict[str, object]]


@dataclass(slots=True, kw_only=True)
class Staged:
    """What one turn, or all turns of a transaction, are going to write."""

    procedures: Rows = field(default_factory=list)
    reviewed: Rows = field(default_factory=list)
    meetings: Rows = field(default_factory=list)
    entries: Rows = field(default_factory=list)
    unindexed: Rows = field(default_factory=list)
    indexed: Rows = field(default_factory=list)
    receipts: Rows = field(default_factory=list)
    notices: list[Asked] = field(default_factory=list)

    def add(self, later: Staged) -> None:
        """Take another turn's rows after these."""
        self.procedures += later.procedures
        self.reviewed += later.reviewed
        self.meetings += later.meetings
        self.entries += later.entries
        self.unindexed += later.unindexed
        self.indexed += later.indexed
        self.receipts += later.receipts
        self.notices += later.notices


class Writer:
    """Writes what was staged, each table in one statement."""

    def __init__(self, engines: Engines, at: At) -> None:
        self._at = at
        self._notices = NoticeWriter(engines)
        dialect = engines.writing.dialect
        keep = engines.insert()(procedures).on_conflict_do_nothing()
        moved = ("status", "chat", "starts", "sequence", "head")
        known = ("of_meeting", "of_key")
        self._procedures = Prepared(_all(keep, procedures.c), dialect)
        first = update(procedures).values(reviewed=bindparam("at")).where(procedures.c.reviewed.is_(None))
        self._reviewed = Prepared(first.where(procedures.c.hash == bindparam("of_hash")), dialect)
        self._meetings = Prepared(_all(insert(meetings), meetings.c), dialect)
        self._entries = Prepared(_all(insert(entries), entries.c), dialect)
        self._receipts = Prepared(_all(insert(receipts), receipts.c), dialect)
        self._indexed = Prepared(_all(insert(people_index), people_index.c), dialect)
        self._unindexed = Prepared(delete(people_index).where(*map(_same, people_index.c, known)), dialect)
        move = update(meetings).values({name: bindparam(name) for name in moved})
        self._move = Prepared(move.where(meetings.c.id == bindparam("moved")), dialect)

    def write(self, connection: Connection, staged: Staged, moved: Iterable[Folded]) -> None:
        """Write the rows, and the meetings' own rows as they now stand; nothing is committed."""
        self._procedures.many(connection, staged.procedures)
        self._reviewed.many(connection, staged.reviewed)
        self._meetings.many(connection, staged.meetings)
        self._entries.many(connection, staged.entries)
        if staged.entries:
            self._at(Point.AFTER_APPEND)
        self._move.many(connection, [_move(state) for state in moved])
        self._unindexed.many(connection, staged.unindexed)
        self._indexed.many(connection, staged.indexed)
        self._receipts.many(connection, staged.receipts)
        self._notices.write(connection, staged.notices)


def _all(into: Insert, columns: Iterable[ColumnElement[Any]]) -> Insert:
    """Return the insertion with a value of its own name for each column."""
    return into.values({column.key: bindparam(column.key) for column in columns})


def _same(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return column == bindparam(name)


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
