"""Core statements compiled once: on a turn's way, compiling and binding anew would cost more than the database does.

SQLite's driver is called straight: it answers in microseconds, and SQLAlchemy's results took four times as long as it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement

Values = Mapping[str, object]


def straight(connection: Connection, sql: str, values: Any = (), *, many: bool = False) -> sqlite3.Cursor:  # noqa: ANN401  # a tuple, or several of them
    """Run a statement by SQLite's own driver, in the connection's transaction; raises SQLAlchemy's errors."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    try:
        return driver.executemany(sql, values) if many else driver.execute(sql, values)
    except sqlite3.Error as error:
        raise DBAPIError.instance(sql, None, error, sqlite3.Error, hide_parameters=True) from error


class Prepared:
    """One statement for one database. It takes plain values: text, numbers, bytes, booleans, None."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        self._statement = statement
        self._dialect = dialect
        self._embedded = dialect.name == "sqlite"
        self._named: Callable[[Sequence[Any]], Any] | None = None  # makes a row of it, once the columns are known

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[str] | None, dict[str, object]]:
        """The statement as the driver takes it, the order of its values, and those that never change.

        Compiled at its first use: a start, and a command that asks for little, need few statements of all.
        """
        compiled = self._statement.compile(dialect=self._dialect)
        assert isinstance(compiled, SQLCompiler)
        return str(compiled), compiled.positiontup, {k: v for k, v in compiled.params.items() if v is not None}

    def rows(self, connection: Connection, values: Values) -> Sequence[Any]:
        """Return what the statement finds: rows whose columns are attributes."""
        if not self._embedded:
            return connection.exec_driver_sql(self._compiled[0], self._bound(values)).all()
        cursor = straight(connection, self._compiled[0], self._bound(values))
        if self._named is None:
            self._named = _rows(column[0] for column in cursor.description)
        return [self._named(one) for one in cursor]

    def changed(self, connection: Connection, values: Values) -> int:
        """Run the statement once; returns how many rows it changed."""
        if self._embedded:
            return straight(connection, self._compiled[0], self._bound(values)).rowcount
        return connection.exec_driver_sql(self._compiled[0], self._bound(values)).rowcount

    def many(self, connection: Connection, values: Sequence[Values]) -> None:
        """Run the statement for each of these, if there are any."""
        if not values:
            return
        bound = [self._bound(one) for one in values]
        if self._embedded:
            straight(connection, self._compiled[0], bound, many=True)
        else:
            connection.exec_driver_sql(self._compiled[0], bound if len(bound) > 1 else bound[0])

    def raw(self, values: Values) -> tuple[str, Any]:
        """Return the statement and its values as the driver itself takes them."""
        return self._compiled[0], self._bound(values)

    def _bound(self, values: Values) -> Any:  # noqa: ANN401  # a tuple or a mapping, as the driver has it
        _, names, constants = self._compiled
        bound = {**constants, **values}
        return bound if names is None else tuple(bound[name] for name in names)


def _rows(columns: Iterable[str]) -> Callable[[Sequence[Any]], Any]:
    """Return what makes rows whose columns are attributes."""
    fields = {name: property(itemgetter(place)) for place, name in enumerate(columns)}
    return type("Row", (tuple,), {"__slots__": (), **fields})  # its columns are known only once it has run


class PreparedByCount:
    """A statement about several values at once, compiled once for each number of them."""

    def __init__(self, make: Callable[[Sequence[str]], ClauseElement], dialect: Dialect) -> None:
        self._make = make
        self._dialect = dialect
        self._of: dict[int, Prepared] = {}

    def rows(self, connection: Connection, values: Sequence[str]) -> Sequence[Any]:
        """Return what the statement finds about these values; nothing about none."""
        if not values:
            return ()
        names = [f"value_{n}" for n in range(len(values))]
        prepared = self._of.get(len(values))
        if prepared is None:
            prepared = self._of[len(values)] = Prepared(self._make(names), self._dialect)
        return prepared.rows(connection, dict(zip(names, values, strict=True)))
