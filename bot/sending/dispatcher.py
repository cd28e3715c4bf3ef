"""Takes up what falls due: claimed under a lease, so many at a time, the next while the former are on their way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from dialogs.ports import Outbox, Row

log = structlog.get_logger(__name__)
LEASE_SECONDS = 60.0
FEWEST, MOST = 10, 100  # rows under way; what a crash can send twice
QUICK = timedelta(seconds=0.2)  # from the claim to the stamp
LAST_SECONDS = 5.0  # for what is on its way when the service stops


class Dispatcher:
    """One worker; `wake` makes it look at once, `rest` waits until nothing is due.

    Ten rows are under way, and more only as long as each is done quickly: whatever becomes urgent finds no more before
    it than goes out in that time.
    """

    def __init__(self, *, outbox: Outbox, send: Callable[[Row], Awaitable[None]], now: Callable[[], datetime]) -> None:
        self._outbox, self._send, self._now = outbox, send, now
        self._woken = asyncio.Event()
        self._resting = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._places = FEWEST
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

    async def _take_up(self) -> int:
        """Begin to send what is due, most urgent first; returns how many rows. What is slow holds up nothing else."""
        room = self._places - len(self._under_way)
        if room <= 0:
            return 0
        rows = await self._outbox.claim(now=self._now(), limit=room, lease_seconds=LEASE_SECONDS)
        for row in rows:
            task = asyncio.create_task(self._one(row), name=f"outbox row {row.id}")
            self._under_way.add(task)
            task.add_done_callback(self._ended)
        return len(rows)

    async def _one(self, row: Row) -> None:
        """Send a row; each that was quick makes one place more, each that was not one fewer."""
        began = self._now()
        await self._send(row)
        step = 1 if self._now() - began < QUICK else -1
        self._places = min(MOST, max(FEWEST, self._places + step))

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Make room for the next; a row whose end could not be written comes back when its lease is over."""
        self._under_way.discard(task)
        self._woken.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("outbox.row_left", row=task.get_name(), exc_info=task.exception())
