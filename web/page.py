"""The page's routes, the same for every back end (web/__init__.py tells the protocol)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web

from web.headers import from_this_page, lay_under
from web.port import Answer, AnswerKind, Conversation, Press, Unknown
from web.rates import Rates
from web.shell import Shell, page_html
from web.stream import STREAMS, Streams, Told, event
from web.untrusted import Unparsed, parse
from web.writing import answer_json, look_json

Find = Callable[[web.Request], Awaitable[Conversation]]
log = structlog.get_logger(__name__)

PING_SECONDS = 20.0  # a proxy must not take silence for the end
GATHER_SECONDS = 0.1  # changes that come together are sent together
MAX_PRESS = 256 * 1024  # bytes
MAX_WORDS = 2000  # characters


def add_page(app: web.Application, base: str, *, find: Find, shell: Shell, rates: Rates | None = None) -> None:
    """Serve the page below `base`, which may hold variables; `find` says whose conversation a request is about.

    With `rates` whoever is let in and posts faster than a person can is answered 429, before anything is read.
    """
    page = _Page(find, shell, rates)
    app.router.add_get(f"{base}/", page.shell)
    app.router.add_get(f"{base}/state", page.state)
    app.router.add_get(f"{base}/events", page.events)
    app.router.add_post(f"{base}/press", page.press)
    app.router.add_post(f"{base}/refresh", page.refresh)
    app.router.add_post(f"{base}/say", page.say)
    if STREAMS not in app:
        app[STREAMS] = Streams()
        app.on_shutdown.append(_end_streams)


async def _end_streams(app: web.Application) -> None:
    """End what would otherwise never end, so that the service stops at once."""
    for stream in tuple(app[STREAMS].tasks):
        stream.cancel()


class _Page:
    def __init__(self, find: Find, shell: Shell, rates: Rates | None) -> None:
        self._find, self._shell, self._rates = find, shell, rates

    async def shell(self, request: web.Request) -> web.Response:
        """Send the page; whoever may not see the meeting gets the back end's own answer."""
        await self._find(request)
        html = page_html(self._shell, base=request.path.rstrip("/"))
        return web.Response(text=html, content_type="text/html")

    async def state(self, request: web.Request) -> web.Response:
        """Send what changed since the mark of this page."""
        here = await self._find(request)
        response = web.json_response(look_json(await here.look(after=_mark(request.query.get("after", "")))))
        response.enable_compression()
        return response

    async def press(self, request: web.Request) -> web.Response:
        """Carry out a press; the answer holds what changed on the page."""
        here, body = await self._asked(request)
        press = Press(
            message=_text(body, "message"),
            verb=_text(body, "verb"),
            title=_text(body, "title"),
            data=_data(body.get("data")),
        )
        return await self._answered(request.app[STREAMS], here, body, lambda: here.press(press))

    async def refresh(self, request: web.Request) -> web.Response:
        """Fetch one card again."""
        here, body = await self._asked(request)
        return await self._answered(request.app[STREAMS], here, body, lambda: here.refresh(_text(body, "message")))

    async def say(self, request: web.Request) -> web.Response:
        """Pass words on to the bot."""
        here, body = await self._asked(request)
        if not here.speaks:
            raise web.HTTPForbidden
        await here.say(_text(body, "text")[:MAX_WORDS])
        return web.json_response({})

    async def _asked(self, request: web.Request) -> tuple[Conversation, dict[str, Any]]:
        if not from_this_page(request):
            raise web.HTTPForbidden
        here = await self._find(request)  # whoever has the link alone uses up nobody's presses
        if self._rates is not None and not self._rates.allow(request.path.rpartition("/")[0]):
            raise web.HTTPTooManyRequests(headers={"Retry-After": "1"})
        if (request.content_length or 0) > MAX_PRESS:
            raise web.HTTPRequestEntityTooLarge(max_size=MAX_PRESS, actual_size=request.content_length or 0)
        try:
            return here, parse(await request.read())
        except Unparsed:
            raise web.HTTPBadRequest from None

    async def _answered(
        self, streams: Streams, here: Conversation, body: dict[str, Any], act: Callable[[], Awaitable[Answer]]
    ) -> web.Response:
        with streams.answering():
            try:
                answer = await act()
            except Unknown:
                answer = Answer(kind=AnswerKind.ERROR, text="That card is no longer here. Open your part again.")
            look = await here.look(after=_mark(_text(body, "after")))
        return web.json_response(answer_json(answer, look))

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream changes until the browser goes, the visitor must come in again, or the service stops."""
        here = await self._find(request)
        if request.app[STREAMS].crowded(request.path):
            raise web.HTTPTooManyRequests(headers={"Retry-After": "10"})
        asked = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        lay_under(response)
        await response.prepare(request)
        try:
            with request.app[STREAMS].opened(request.path):
                await self._stream(request, response, here, asked)
        except ConnectionError:  # the browser went; it comes back with the mark that it has
            return response
        except Exception:  # its head is sent: no other answer can follow, and the browser comes back
            log.exception("page.stream_failed")
        return response

    async def _stream(self, request: web.Request, response: web.StreamResponse, here: Conversation, asked: str) -> None:
        told, streams = Told(asked), request.app[STREAMS]
        while True:
            await response.write(await told.news(here, streams))
            try:
                await asyncio.wait_for(here.changed(after=told.mark), PING_SECONDS)
                await asyncio.sleep(GATHER_SECONDS)
            except TimeoutError:
                await response.write(b": here\n\n")
            try:
                here = await self._find(request)
            except web.HTTPServiceUnavailable:
                return  # it comes back in a moment, and so does the browser
            except web.HTTPException:
                await response.write(event("end", {}))
                return


def _mark(asked: str) -> int:
    return int(asked) if asked.isdecimal() and len(asked) < 16 else 0


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name, "")
    return value if isinstance(value, str) else ""


def _data(given: object) -> dict[str, object]:
    return {str(k): v for k, v in given.items()} if isinstance(given, dict) else {}
