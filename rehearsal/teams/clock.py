"""One clock for the bot and for its Teams: time passes only when somebody says so, unless it ticks."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

FIRST_MORNING = datetime(2026, 4, 20, 8, 0, tzinfo=UTC)


class Clock(Protocol):
    """What the service needs to know about time: aware UTC, and the right to move it."""

    def now(self) -> datetime: ...

    def advance(self, by: timedelta) -> None: ...

    def set(self, to: datetime) -> None: ...


class MovableClock:
    """A clock that stands where it was put; a ticking one walks on from there with real seconds."""

    def __init__(self, start: datetime = FIRST_MORNING, *, ticking: bool = False) -> None:
        self.ticking = ticking
        self.set(start)

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        if not self.ticking:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._wound)

    def advance(self, by: timedelta) -> None:
        """Move on by this much (or back, for a test of skew)."""
        self.set(self.now() + by)

    def set(self, to: datetime) -> None:
        """Stand at this moment. Raises ValueError for a time without a zone."""
        if to.tzinfo is None:
            raise ValueError("a clock needs to know the time zone")
        self._base = to.astimezone(UTC)
        self._wound = time.monotonic()
