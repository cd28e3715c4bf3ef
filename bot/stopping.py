"""Being asked to stop: by the system (SIGTERM), or by whoever typed the command (Ctrl+C)."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stopping() -> Iterator[asyncio.Event]:
    """Yield what is set once this process is asked to stop; to be asked a second time ends it at once."""
    loop, asked = asyncio.get_running_loop(), asyncio.Event()

    def leave_alone() -> None:
        for one in SIGNALS:
            loop.remove_signal_handler(one)

    def ask() -> None:
        asked.set()
        leave_alone()

    for one in SIGNALS:
        loop.add_signal_handler(one, ask)
    try:
        yield asked
    finally:
        leave_alone()
