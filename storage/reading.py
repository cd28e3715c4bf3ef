"""A few threads that read, so that the event loop never waits for the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection

from storage.engine import Engines

T = TypeVar("T")


class Readers:
    """Runs reads on connections that cannot write."""

    def __init__(self, engines: Engines) -> None:
        self._engine = engines.reading
        self._pool = ThreadPoolExecutor(max_workers=engines.readers, thread_name_prefix="storage-reader")

    async def read(self, run: Callable[[Connection], T]) -> T:
        """Return what `run` reads in one transaction."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._in_transaction, run)

    def close(self) -> None:
        """End the threads once they have read what they are reading."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _in_transaction(self, run: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection, connection.begin():
            return run(connection)
