"""Times as the database holds them: whole microseconds since 1970, UTC; exact, ordered, the same on every engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import overload

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000


@overload
def micros(moment: datetime) -> int: ...
@overload
def micros(moment: None) -> None: ...
def micros(moment: datetime | None) -> int | None:
    """Return microseconds since 1970; raises TypeError for a time without a zone."""
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


@overload
def moment(value: int) -> datetime: ...
@overload
def moment(value: None) -> None: ...
def moment(value: int | None) -> datetime | None:
    """Return the aware UTC time of a stored value."""
    return None if value is None else _EPOCH + timedelta(microseconds=value)
