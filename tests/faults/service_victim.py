"""A nursery of services that kill themselves: `python -m tests.faults.service_victim`.

For each line `SETTINGS AHEAD POINT NTH` on its input (a JSON file; seconds by which its clock is ahead; POINT - lets it
live) it brings the whole service to life in a process of its own, forked so that nothing is imported twice. It prints
`born PROCESS`, `listening PORT` once what happened meanwhile is made up for, and `dead`.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import serving
from bot.settings import Settings
from storage.failpoints import Point
from tests.faults.storage_victim import killer, tell

POINTS = {point.name: point.value for point in Point}


async def serve(settings: Settings, ahead: timedelta, point: str, nth: int) -> None:
    """Serve until killed."""
    async with serving(
        settings, now=lambda: datetime.now(UTC) + ahead, at=killer(POINTS.get(point, ""), nth)
    ) as service:
        await service.started()
        tell(f"listening {service.port}")
        await asyncio.Event().wait()


def live(file: str, ahead: str, point: str, nth: str) -> None:
    """Be a service; never returns."""
    try:
        settings = Settings(**json.loads(Path(file).read_text(encoding="utf-8")))
        asyncio.run(serve(settings, timedelta(seconds=float(ahead)), point, int(nth)))
    finally:
        os._exit(1)


def main() -> None:
    """Bring services to life, one after the other; what they share with this process, none of them collects."""
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        process = os.fork()
        if not process:
            live(*line.split())
        tell(f"born {process}")
        os.waitpid(process, 0)
        tell("dead")


if __name__ == "__main__":
    main()
