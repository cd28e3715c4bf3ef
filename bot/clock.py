"""The tick: APScheduler looks at the outbox when the next row is due, every second as a safety net, and tidies daily.

APScheduler keeps nothing: what is due stands in the outbox (docs/adr/0003).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from dialogs.ports import Outbox

SAFETY_SECONDS = 1  # so that a board that rests for three seconds is edited right after them


class Tick:
    """Wakes the dispatcher in time."""

    def __init__(self, *, outbox: Outbox, wake: Callable[[], None], daily: Callable[[], Awaitable[object]]) -> None:
        self._outbox, self._wake, self._daily = outbox, wake, daily
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.add_job(self._look, IntervalTrigger(seconds=SAFETY_SECONDS), id="safety net")
        self._scheduler.add_job(self._tidy, IntervalTrigger(days=1), id="daily", next_run_time=datetime.now(UTC))
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking, if it ever began."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _tidy(self) -> None:
        await self._daily()

    async def _look(self) -> None:
        """Wake the dispatcher now, and again at the next due time, if that comes before the next look."""
        self._wake()
        try:
            due = await self._outbox.next_due()
        except asyncio.CancelledError:  # the service stops, which the scheduler would log as an error
            return
        except Exception:  # noqa: BLE001  # the dispatcher, which was woken, meets the same and logs it
            return
        now = datetime.now(UTC)
        if due is not None and now < due < now + timedelta(seconds=SAFETY_SECONDS):
            self._scheduler.add_job(self._wake, DateTrigger(run_date=due), id="next due", replace_existing=True)
