"""The whole service in a process that kills itself: `python -m tests.faults.service_victim SETTINGS POINT NTH`.

SETTINGS is a JSON file; POINT "" lets it live. It prints `listening PORT` once Teams can post to it.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from bot.app import serving
from bot.settings import Settings
from tests.faults.storage_victim import killer


async def serve(settings: Settings, point: str, nth: int) -> None:
    """Serve until killed."""
    async with serving(settings, at=killer(point, nth)) as service:
        print(f"listening {service.port}", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    file, point, nth = sys.argv[1:]
    asyncio.run(serve(Settings(**json.loads(Path(file).read_text(encoding="utf-8"))), point, int(nth)))
