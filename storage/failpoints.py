"""Places where a test may stop the process; in service nothing happens there."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Point(StrEnum):
    """The moments around a durable write at which a crash would hurt most."""

    AFTER_APPEND = "after append"  # entries are written, notices and receipts are not, nothing is committed
    BEFORE_COMMIT = "before commit"  # a turn is written whole, but not committed
    AFTER_COMMIT = "after commit"  # a turn is durable, but nobody has been told
    AFTER_CLAIM = "after claim"  # rows are leased durably, none is sent
    BEFORE_STAMP = "before stamp"  # a message went out, but its row does not know
    AFTER_STAMP = "after stamp"  # the row knows, but its sender has not been told
    IN_MIGRATION = "in migration"  # the tables are changed, but not committed


At = Callable[[Point], None]


def nowhere(point: Point) -> None:
    """Let the process go on."""
