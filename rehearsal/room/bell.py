"""Wakes everybody who waits for something to happen."""

from __future__ import annotations

import asyncio


class Bell:
    """Rung by whatever changes; each ring wakes all who wait."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who waits now."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def heard(self) -> None:
        """Wait for the next ring."""
        await self._rung.wait()
