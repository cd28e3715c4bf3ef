"""How fast Teams lets a bot write, and how fast one person may press; kept by this process for itself."""

import asyncio
from collections import deque

from bot.teams.timing import Timing

_CONVERSATION = ((7, 1.0), (8, 2.0), (60, 30.0))
#: Teams counts arrivals: a little more than its second keeps jitter of the network out of the next window.
_TENANT = ((50, 1.05),)
_QUIET_SECONDS = 30.0
_LANES = 512


class Window:
    """Sliding windows: at most `count` moments in any `seconds`, for each rule."""

    def __init__(self, rules: tuple[tuple[int, float], ...]) -> None:
        self._rules = rules
        self._moments: deque[float] = deque(maxlen=max(count for count, _ in rules))

    def delay(self, now: float) -> float:
        """How many seconds from now the next one may come."""
        waits = [self._moments[-count] + seconds - now for count, seconds in self._rules if len(self._moments) >= count]
        longest = max(waits, default=0.0)
        return longest if longest > 1e-6 else 0.0

    def stamp(self, now: float) -> None:
        self._moments.append(now)

    def quiet(self, now: float) -> bool:
        """Whether nothing of the past can delay anything any more."""
        return not self._moments or now - self._moments[-1] > _QUIET_SECONDS


class Lane:
    """One conversation: one write at a time (two at once bring a 412), and its windows."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.window = Window(_CONVERSATION)


class Limits:
    """Waits instead of sending too fast: a conversation takes 7 in 1 s, 8 in 2 s, 60 in 30 s, a tenant 50 a second."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._lanes: dict[str, Lane] = {}
        self._tenants: dict[str, Window] = {}

    def lane(self, conversation: str) -> Lane:
        """The lane of the conversation; whoever writes holds its `turn`."""
        if len(self._lanes) >= _LANES:
            now = self._timing.monotonic()
            kept = {
                name: lane for name, lane in self._lanes.items() if lane.turn.locked() or not lane.window.quiet(now)
            }
            self._lanes = kept
        return self._lanes.setdefault(conversation, Lane())

    async def wait(self, *, tenant: str, lane: Lane | None) -> None:
        """Returns when one more request may leave for this tenant and in this lane."""
        shared = self._tenants.setdefault(tenant, Window(_TENANT))
        while True:
            now = self._timing.monotonic()
            delay = max(shared.delay(now), lane.window.delay(now) if lane is not None else 0.0)
            if delay == 0:
                shared.stamp(now)
                return
            await self._timing.sleep(delay)

    def answered(self, lane: Lane) -> None:
        """Counts a write from its answer on, so that it cannot reach Teams later than we count."""
        lane.window.stamp(self._timing.monotonic())


class Presses:
    """How fast one person may press: 5 a second, 20 at once."""

    _RATE = 5.0
    _BURST = 20.0
    _PEOPLE = 10_000

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._left: dict[str, tuple[float, float]] = {}

    def allow(self, person: str) -> bool:
        """Whether one more press of this person is handled now."""
        now = self._timing.monotonic()
        left, since = self._left.pop(person, (self._BURST, now))
        left = min(self._BURST, left + (now - since) * self._RATE)
        if len(self._left) >= self._PEOPLE:
            del self._left[next(iter(self._left))]  # whoever has not pressed for longest
        self._left[person] = (left - 1 if left >= 1 else left, now)
        return left >= 1
