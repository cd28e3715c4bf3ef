"""Faults on demand: what the next calls of the bot meet, and what goes wrong on the way to the bot."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypedDict, Unpack
from urllib.parse import unquote

from aiohttp import web

from rehearsal.teams.refusals import REFUSALS, Refusal, throttled

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Calls(TypedDict, total=False):
    """Which calls a fault hits: of the next ones those that match, once unless told."""

    times: int | None
    method: str
    path: str  # a part of it
    conversation: str
    after: bool  # the call takes effect first


@dataclass(kw_only=True, slots=True)
class Fault:
    """One thing that goes wrong, for the next `times` calls that match; None: until it is `release`d."""

    times: int | None = 1
    method: str | None = None
    path: str = ""
    conversation: str = ""
    refusal: Refusal | None = None
    reset: bool = False
    delay: float | None = None
    after: bool = False
    met: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)  # set by the first call that it hits
    freed: asyncio.Event = field(default_factory=asyncio.Event)

    def matches(self, request: web.Request) -> bool:
        place = unquote(request.path)
        return (
            not self.spent
            and self.method in (None, request.method)
            and self.path in place
            and self.conversation in place
        )

    @property
    def spent(self) -> bool:
        return self.freed.is_set() or (self.times is not None and self.met >= self.times)

    def release(self) -> None:
        """Let hanging calls go on, and no further call be hit."""
        self.freed.set()


class Faults:
    """The queue of faults to come; the oldest that matches a call hits it."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.duplicates = 0
        self.dropped_answers = 0
        self.lost = 0

    def answer(self, error: str | int, *, retry_after: int | None = None, **calls: Unpack[Calls]) -> Fault:
        """The next calls get this error: a status, or a name such as `403-roster` (see `refusals.REFUSALS`).

        Raises KeyError for an error that Teams does not know.
        """
        refusal = throttled(retry_after) if str(error) == "429" else REFUSALS[str(error)]
        return self._add(Fault(refusal=refusal, **calls))

    def reset(self, **calls: Unpack[Calls]) -> Fault:
        """The next calls lose their connection; with after=True when the work is already done."""
        return self._add(Fault(reset=True, **calls))

    def hang(self, **calls: Unpack[Calls]) -> Fault:
        """The next calls wait until `release`; the caller's own time-out may come first."""
        return self._add(Fault(delay=float("inf"), **calls))

    def delay(self, seconds: float, **calls: Unpack[Calls]) -> Fault:
        """The next calls take this much longer, in real seconds."""
        return self._add(Fault(delay=seconds, **calls))

    def duplicate_next(self, times: int = 1) -> None:
        """The next activities reach the bot twice, word for word."""
        self.duplicates += times

    def drop_answers(self, times: int = 1) -> None:
        """The bot's next answers get lost on the way to the client, which will therefore ask again."""
        self.dropped_answers += times

    def lose_next(self, times: int = 1) -> None:
        """The next activities never reach the bot."""
        self.lost += times

    def clear(self) -> None:
        """Nothing goes wrong from here on; what hangs is let go."""
        for each in self.waiting:
            each.release()
        self.waiting.clear()
        self.duplicates = self.dropped_answers = self.lost = 0

    def _add(self, fault: Fault) -> Fault:
        self.waiting.append(fault)
        return fault

    def take(self, counter: str) -> bool:
        """Whether one more of `duplicates`, `dropped_answers` or `lost` is due; it is then used up."""
        left = getattr(self, counter)
        if left:
            setattr(self, counter, left - 1)
        return bool(left)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Lets the first matching fault hit this call."""
        fault = next((each for each in self.waiting if each.matches(request)), None)
        if fault is None:
            return await handler(request)
        fault.met += 1
        fault.reached.set()
        done = await handler(request) if fault.after else None
        await _wait(fault)
        if fault.reset:
            _cut(request)
        if fault.refusal is not None:
            return refused(fault.refusal)
        return done or await handler(request)


async def _wait(fault: Fault) -> None:
    if fault.delay is None:
        return
    forever = fault.delay == float("inf")
    try:
        await asyncio.wait_for(fault.freed.wait(), None if forever else fault.delay)
    except TimeoutError:
        return


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
    raise asyncio.CancelledError


def refused(refusal: Refusal) -> web.Response:
    """The refusal as an HTTP answer."""
    if refusal.body is None:
        return web.Response(status=refusal.status, headers=refusal.headers)
    return web.json_response(refusal.body, status=refusal.status, headers=refusal.headers)
