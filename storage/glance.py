"""A look at the embedded database from the event loop itself.

Finding one row of SQLite by its key takes some microseconds, from memory that the process shares with the writer, and
never waits for it (write-ahead log); waking a reading thread takes a hundred times as long. PostgreSQL lies across a
network and is asked by the threads only.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from sqlalchemy.sql.expression import ClauseElement

from storage.engine import Engines
from storage.prepared import Prepared


class Glance:
    """One reading connection, outside of any transaction: each look sees what was committed last."""

    def __init__(self, engines: Engines) -> None:
        self._connection = engines.reading.raw_connection() if engines.embedded else None
        self._dialect = engines.reading.dialect
        self._lock = threading.Lock()  # loops of several threads may share a store

    @property
    def possible(self) -> bool:
        """Tell whether this database can be looked at from the loop."""
        return self._connection is not None

    def prepared(self, statement: ClauseElement) -> Prepared:
        """Return a statement to look with."""
        return Prepared(statement, self._dialect)

    def first(self, statement: Prepared, values: Mapping[str, object]) -> tuple[Any, ...] | None:
        """Return the first row that a statement finds, or None."""
        assert self._connection is not None
        with self._lock:
            cursor = self._connection.cursor()
            try:
                found: tuple[Any, ...] | None = cursor.execute(*statement.raw(values)).fetchone()
            finally:
                cursor.close()
        return found

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
