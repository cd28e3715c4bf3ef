"""Rate limits as Teams documents them, measured on the service's own clock."""

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

Windows = tuple[tuple[int, float], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RateLimits:
    """How many calls fit into how many seconds; `scale` shortens every window for a fast rehearsal."""

    writes: Windows = ((7, 1), (8, 2), (60, 30), (1800, 3600))
    rosters: Windows = ((14, 1), (16, 2), (120, 30), (3600, 3600))
    tenant: Windows = ((50, 1),)
    scale: float = 1.0


class RateMeter:
    """Counts admitted calls by key and refuses the one too many."""

    def __init__(self) -> None:
        self.refused = 0
        self._calls: dict[str, deque[datetime]] = defaultdict(deque)

    def admit(self, key: str, windows: Windows, *, scale: float, now: datetime) -> int | None:
        """None where the call fits and is now counted; else the whole seconds after which it would."""
        calls = self._calls[key]
        longest = timedelta(seconds=max(seconds for _, seconds in windows) / scale)
        while calls and calls[0] <= now - longest:
            calls.popleft()
        waits = [self._wait(calls, limit, timedelta(seconds=seconds / scale), now) for limit, seconds in windows]
        wait = max(waits)
        if wait > timedelta(0):
            self.refused += 1
            return max(1, ceil(wait.total_seconds()))
        calls.append(now)
        return None

    @staticmethod
    def _wait(calls: deque[datetime], limit: int, window: timedelta, now: datetime) -> timedelta:
        if len(calls) < limit:
            return timedelta(0)
        return calls[-limit] + window - now
