"""The clock of the channel: time that only moves forward, waiting, and chance; tests bring their own."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

_CHANCE = random.SystemRandom()


def full_jitter(ceiling: float) -> float:
    """A wait between nothing and `ceiling` seconds, so that many senders do not come back at the same moment."""
    return _CHANCE.uniform(0, ceiling)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[float], float] = full_jitter


def hurried(times: float) -> Timing:
    """A timing whose limits and pauses are the same and pass so many times as fast."""

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds / times)

    return Timing(monotonic=lambda: time.monotonic() * times, sleep=sleep)
