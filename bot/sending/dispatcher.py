"""Takes up what falls due: claimed under a lease, so many at a time, the next while the former are on their way."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from dialogs.ports import Outbox, Row

log = structlog.get_logger(__name__)
LEASE_SECONDS = 60.0
FEWEST, MOST = 10, 500  # rows under way; what a crash can send twice
AT_RISK = timedelta(seconds=0.25)  # as many are under way as went out in the last time so long
AT_ONCE = 10  # rows begun before anything else has its turn on the loop
BREATH = 0.05  # seconds that a claim waits for more room, so that one is made for many rows
LAST_SECONDS = 5.0  # for what is on its way when the service stops


class Dispatcher:
    """One worker; `wake` makes it look at once, `rest` waits until nothing is due.

    As many rows are under way as went out in the last quarter of a second, ten at least: whatever becomes urgent finds
    no more before it, and a crash repeats no more. Half of them are claimed at a time, the others stamped meanwhile.
    """

    def __init__(
        self, *, outbox: Outbox, send: Callable[[Row], Coroutine[None, None, None]], now: Callable[[], datetime]
    ) -> None:
        self._outbox, self._send, self._now = outbox, send, now
        self._woken = asyncio.Event()
        self._resting = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._ends: deque[datetime] = deque(maxlen=MOST)
        self.last_round: datetime | None = None
        self.last_tick: datetime | None = None

    def wake(self) -> None:
        """Look at the outbox now."""
        self._resting.clear()
        self._woken.set()

    def tick(self) -> None:
        """Look at the outbox because the clock says so."""
        self.last_tick = self._now()
        self.wake()

    async def rest(self) -> None:
        """Wait until everything that was due has been sent or put off."""
        self.wake()
        await self._resting.wait()

    async def run(self) -> None:
        """Work until cancelled; whatever goes wrong while rows are taken up, it looks again."""
        try:
            while True:
                self._woken.clear()
                try:
                    await self._gather_room()
                    taken = await self._take_up()
                except Exception:
                    log.exception("outbox.round_failed")
                    await asyncio.sleep(1)
                    continue
                self.last_round = self._now()
                if taken or self._woken.is_set():
                    continue
                if not self._under_way:
                    self._resting.set()
                await self._woken.wait()
        finally:
            if self._under_way:  # what is cut off between sent and stamped goes out twice
                await asyncio.wait(self._under_way, timeout=LAST_SECONDS)
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _gather_room(self) -> None:
        """Wait until a quarter of the places is free, or for a breath: what is slow keeps its own place only."""
        with suppress(TimeoutError):
            async with asyncio.timeout(BREATH):
                while self._under_way and self._places() - len(self._under_way) < self._places() // 4:
                    self._woken.clear()
                    await self._woken.wait()

    def _places(self) -> int:
        """Return how many rows may be under way."""
        since = self._now() - AT_RISK
        while self._ends and self._ends[0] < since:
            self._ends.popleft()
        return max(FEWEST, len(self._ends))

    async def _take_up(self) -> int:
        """Begin to send what is due, most urgent first; returns how many rows. What is slow holds up nothing else."""
        places = self._places()
        room = min(places - len(self._under_way), max(FEWEST, places // 2))
        if room <= 0:
            return 0
        rows = await self._outbox.claim(now=self._now(), limit=room, lease_seconds=LEASE_SECONDS)
        for number, row in enumerate(rows, start=1):
            self._under_way.add(asyncio.create_task(self._one(row), name=f"outbox row {row.id}"))
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)
        return len(rows)

    async def _one(self, row: Row) -> None:
        """Send a row and make room for the next; one whose end could not be written comes back after its lease."""
        try:
            await self._send(row)
        except Exception:
            log.exception("outbox.row_left", row=row.id)
        finally:
            task = asyncio.current_task()
            assert task is not None
            self._under_way.discard(task)
            self._ends.append(self._now())
            self._woken.set()
