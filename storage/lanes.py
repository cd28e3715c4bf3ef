"""Threads that write: each takes everything that waits for it into one transaction, commits once, then answers all."""

from __future__ import annotations

import asyncio
import logging
import threading
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")
_MOST = 64  # jobs in one transaction: whoever presses waits for those that share it
_MOST_WITH_LIGHT = 512  # where the others are light
_MANY = 4  # light jobs in one transaction, from which on the next waits for more of them,
_ENOUGH = 64  # until there are so many,
_GATHERING = 0.03  # for so many seconds at most
_log = logging.getLogger(__name__)


class Closed(Exception):
    """The store was closed."""


@dataclass(slots=True, eq=False, kw_only=True)
class Job(Generic[T]):
    """Something to write, and who waits for it. Whoever performs it sets `result` or `error`."""

    task: T
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[object]
    result: object = None
    error: BaseException | None = None
    wakes: bool = False  # rows of the outbox may have become due

    def give(self) -> None:
        """Answer who waits; on the loop's own thread."""
        if self.answer.done():
            return  # cancelled: what was committed stays committed
        if self.error is not None:
            self.answer.set_exception(self.error)
        else:
            self.answer.set_result(self.result)


Perform = Callable[[Sequence[Job[T]]], None]
Light = Callable[[T], bool]


@dataclass(slots=True, eq=False)
class _Lane(Generic[T]):
    perform: Perform[T]
    light: Light[T]
    answered: Callable[[Sequence[Job[T]]], None]
    waiting: SimpleQueue[Job[T] | None] = field(default_factory=SimpleQueue)
    ready: threading.Event = field(default_factory=threading.Event)  # what waits is worth a transaction
    storm: bool = False  # light jobs come faster than they are performed

    def put(self, job: Job[T] | None) -> None:
        """Let a job wait for its transaction; None ends the thread."""
        self.waiting.put(job)
        if job is None or not self.light(job.task) or self.waiting.qsize() >= _ENOUGH:
            self.ready.set()

    def run(self) -> None:
        """Perform what comes until a None comes."""
        while (first := self.waiting.get()) is not None:
            if self.storm and self.light(first.task):
                self.ready.wait(_GATHERING)
            self.ready.clear()
            batch, last = self._all_after(first)
            self.storm = len(batch) >= _MANY
            try:
                self.perform(batch)
            except BaseException as error:  # noqa: BLE001  # a thread that dies would leave everybody waiting
                _log.exception("a writing thread failed; its jobs are told")
                for job in batch:
                    job.error = job.error or error
            self.answered(batch)
            if last:
                return

    def _all_after(self, first: Job[T]) -> tuple[list[Job[T]], bool]:
        batch, heavy = [first], int(not self.light(first.task))
        while heavy < _MOST and len(batch) < _MOST_WITH_LIGHT:
            try:
                job = self.waiting.get_nowait()
            except Empty:
                break
            if job is None:
                return batch, True
            batch.append(job)
            heavy += not self.light(job.task)
        return batch, False


class Lanes(Generic[T]):
    """A number of writing threads; what names the same meeting goes to the same one, in order.

    `light` tells of a job whether it costs next to nothing beside others, so that many of them share a commit.
    """

    def __init__(self, count: int, perform: Perform[T], light: Light[T]) -> None:
        self._lanes = tuple(_Lane(perform, light, self._answer) for _ in range(count))
        self._threads = tuple(
            threading.Thread(target=lane.run, name=f"storage-writer-{n}", daemon=True)
            for n, lane in enumerate(self._lanes)
        )
        self._closed = False
        self._wakers: list[Callable[[], None]] = []
        for thread in self._threads:
            thread.start()

    async def put(self, task: T, about: str) -> object:
        """Have a task performed durably and return its result; raises what it raised."""
        if self._closed:
            raise Closed
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[object] = loop.create_future()
        lane = self._lanes[zlib.crc32(about.encode()) % len(self._lanes)]
        lane.put(Job(task=task, loop=loop, answer=answer))
        return await answer

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Have a callback called, on the loop that committed, whenever rows of the outbox may be due."""
        self._wakers.append(callback)

    def close(self) -> None:
        """Let the threads finish what waits, and end them."""
        if not self._closed:
            self._closed = True
            for lane in self._lanes:
                lane.put(None)
            for thread in self._threads:
                thread.join()

    def _answer(self, batch: Sequence[Job[T]]) -> None:
        """Hand the answers to their loops: one call for each loop, however many jobs."""
        for loop in {job.loop for job in batch}:
            jobs = [job for job in batch if job.loop is loop]
            try:
                loop.call_soon_threadsafe(self._give, jobs)
            except RuntimeError:
                _log.warning("a loop was closed before its %d writes were answered", len(jobs))

    def _give(self, jobs: Sequence[Job[T]]) -> None:
        for job in jobs:
            job.give()
        if any(job.wakes and job.error is None for job in jobs):
            for wake in self._wakers:
                wake()
