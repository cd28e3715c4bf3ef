"""What a browser is told while its page is open: what is new for it, after whoever pressed has their answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import web

from web.port import Conversation, Look
from web.writing import look_json

MOST = 24  # streams of one page: windows of one person
HOLD_SECONDS = 0.5  # the longest that answers may hold back what others are told


@dataclass(slots=True)
class Streams:
    """The event streams that are open, and how they give way to answers."""

    tasks: dict[asyncio.Task[Any], str] = field(default_factory=dict)  # -> the address that each belongs to
    _answers: int = 0
    _calm: asyncio.Event = field(default_factory=asyncio.Event)
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def crowded(self, address: str) -> bool:
        """Tell whether an address has as many streams open as anybody has windows."""
        return sum(one == address for one in self.tasks.values()) >= MOST

    @contextmanager
    def opened(self, address: str) -> Iterator[None]:
        """Know the task that is running now as a stream of this address."""
        task = asyncio.current_task()
        assert task is not None
        self.tasks[task] = address
        try:
            yield
        finally:
            del self.tasks[task]

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Hold the streams back for as long as somebody waits for the answer to a press."""
        self._answers += 1
        self._calm.clear()
        try:
            yield
        finally:
            self._answers -= 1
            if not self._answers:
                self._calm.set()

    async def look(self, here: Conversation, *, after: int) -> Look:
        """Return what somebody sees, one look at a time: a press that comes meanwhile waits for one, not for all."""
        async with self._looking:
            if self._answers:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._calm.wait(), HOLD_SECONDS)
            return await here.look(after=after)


STREAMS = web.AppKey("streams", Streams)


class Told:
    """What one browser was told last."""

    def __init__(self, asked: str) -> None:
        self.epoch, self.mark = _place(asked)
        self._head: Look | None = None

    async def news(self, here: Conversation, streams: Streams) -> bytes:
        """Return the event that brings this browser up to now: a change, the mark alone, or nothing."""
        look = await streams.look(here, after=self.mark)
        if look.epoch != self.epoch and self.mark:
            look = await streams.look(here, after=0)
        head = replace(look, mark=0, messages=(), gone=())
        same = look.epoch == self.epoch and head == self._head and not look.messages and not look.gone
        moved = look.mark > self.mark
        self.epoch, self.mark, self._head = look.epoch, look.mark, head
        if not same:
            return event("change", look_json(look), f"{self.epoch}:{self.mark}")
        return event("mark", self.mark, f"{self.epoch}:{self.mark}") if moved else b""


def event(kind: str, data: object, id_: str = "") -> bytes:
    """Return one server-sent event."""
    named = f"id: {id_}\n" if id_ else ""
    return f"event: {kind}\n{named}data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def _place(asked: str) -> tuple[str, int]:
    """Return (epoch, mark) of what a browser has; nothing where it says nothing that can be read."""
    epoch, _, mark = asked.partition(":")
    return (epoch, int(mark)) if mark.isdecimal() and len(mark) < 16 else ("", 0)
