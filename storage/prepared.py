"""Core statements compiled once: on a turn's way, compiling and binding anew would cost more than the database does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, Row

Values = Mapping[str, object]


class Prepared:
    """One statement for one database. It takes plain values: text, numbers, bytes, booleans, None."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        self._sql = str(compiled)
        self._names: Sequence[str] | None = compiled.positiontup
        self._constants: dict[str, object] = {k: v for k, v in compiled.params.items() if v is not None}

    def rows(self, connection: Connection, values: Values) -> Sequence[Row[Any]]:
        """Return what the statement finds."""
        return connection.exec_driver_sql(self._sql, self._bound(values)).all()

    def changed(self, connection: Connection, values: Values) -> int:
        """Run the statement once; returns how many rows it changed."""
        return connection.exec_driver_sql(self._sql, self._bound(values)).rowcount

    def many(self, connection: Connection, values: Sequence[Values]) -> None:
        """Run the statement for each of these, if there are any."""
        if len(values) == 1:
            connection.exec_driver_sql(self._sql, self._bound(values[0]))
        elif values:
            connection.exec_driver_sql(self._sql, [self._bound(one) for one in values])

    def raw(self, values: Values) -> tuple[str, Any]:
        """Return the statement and its values as the driver itself takes them."""
        return self._sql, self._bound(values)

    def _bound(self, values: Values) -> Any:  # noqa: ANN401  # a tuple or a mapping, as the driver has it
        bound = {**self._constants, **values}
        return bound if self._names is None else tuple(bound[name] for name in self._names)


class PreparedByCount:
    """A statement about several values at once, compiled once for each number of them."""

    def __init__(self, make: Callable[[Sequence[str]], Executable], dialect: Dialect) -> None:
        self._make = make
        self._dialect = dialect
        self._of: dict[int, Prepared] = {}

    def rows(self, connection: Connection, values: Sequence[str]) -> Sequence[Row[Any]]:
        """Return what the statement finds about these values; nothing about none."""
        if not values:
            return ()
        names = [f"value_{n}" for n in range(len(values))]
        prepared = self._of.get(len(values))
        if prepared is None:
            prepared = self._of[len(values)] = Prepared(self._make(names), self._dialect)
        return prepared.rows(connection, dict(zip(names, values, strict=True)))
