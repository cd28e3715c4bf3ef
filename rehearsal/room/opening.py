"""Opens the room on a port of this machine, with the first case ready before anybody is told the address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from rehearsal.case import Case
from rehearsal.room.room import Room, opened
from rehearsal.room.routes import room_app

HOST = "127.0.0.1"


@asynccontextmanager
async def serving_room(case: Case, procedure: str = "", *, port: int = 0) -> AsyncIterator[tuple[str, Room]]:
    """Serve the room; yields its address, where the first card is ready to be fetched, and the room.

    Raises OSError where the port is taken, procedures.load.Faulty, web.build.NoRenderer.
    """
    async with opened() as room:
        runner = web.AppRunner(room_app(room), access_log=None, shutdown_timeout=1)
        await room.begin(case, procedure)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, port).start()
            yield f"http://{HOST}:{runner.addresses[0][1]}/", room
        finally:
            await runner.cleanup()
