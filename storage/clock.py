"""Whose clock counts: the database's where several machines share it, so that no lease depends on theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, text

from storage.times import micros

_DATABASE_NOW = text("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)")


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

    def here(self, callers: datetime) -> int:
        """Return the stand-in's time, if there is one, else the caller's: an embedded database has no other."""
        return micros(callers if self._stand_in is None else self._stand_in())
