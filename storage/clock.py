"""Whose clock counts: the database's where several machines share it, so that no lease depends on theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, Connection, bindparam, func, literal_column, select, text

from storage.times import micros

_DATABASE_NOW = text("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)")
_STATEMENT_NOW = literal_column("CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000000 AS BIGINT)", BigInteger)


class Clock:
    """Tells the time by which rows are due and leases end, in microseconds."""

    def __init__(self, *, embedded: bool, stand_in: Callable[[], datetime] | None) -> None:
        self._embedded = embedded
        self._stand_in = stand_in

    def now(self, connection: Connection, callers: datetime) -> int:
        """Return the stand-in's time, if there is one; else the caller's with SQLite, the database's with others."""
        if self._stand_in is not None or self._embedded:
            return self.here(callers)
        return int(connection.execute(_DATABASE_NOW).scalar_one())

    def told(self, callers: datetime) -> int | None:
        """Return what to give a statement as its `now`: None where the database has its own."""
        return self.here(callers) if self._stand_in is not None or self._embedded else None

    @property
    def of_statement(self) -> ColumnElement[int]:
        """The time within a statement: the parameter `now`, or the database's where that is None."""
        given: ColumnElement[int] = bindparam("now", type_=BigInteger)
        # As a subquery it is worked out once, not for each row.
        return given if self._embedded else select(func.coalesce(given, _STATEMENT_NOW)).scalar_subquery()

    def here(self, callers: datetime) -> int:
        """Return the stand-in's time, if there is one, else the caller's: an embedded database has no other."""
        return micros(callers if self._stand_in is None else self._stand_in())
