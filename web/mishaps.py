"""The boundary of the pages: what went wrong behind one is told in a sentence, and in the log by its places alone.

Whoever goes to a page sees a page, with a way on; a script that asks is answered by its status, as ever.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from web import seat_pages as pages
from web.seat import go

log = structlog.get_logger(__name__)
TOLD = (
    "Something went wrong here. Please try again: nothing is recorded twice. "
    "If it happens again, telephone the chair. Reference {reference}."
)
OF_A_SEAT = re.compile(r"/seat/[\w-]+(?=/|\Z)")
BEGINS_AGAIN = (401, 405)  # a page kept from an earlier visit, or of a form that was sent: its link leads on
WORDS: Mapping[int, str] = {
    403: "This page is too old, or came from somewhere else. Nothing was sent. Please begin again.",
    404: "There is nothing at this address: it is not whole, or what stood here is not for you any more.",
    413: "What was sent is too long for one page. Please shorten it.",
    429: "This was pressed too often in a short time. Please wait a minute.",
}


@web.middleware
async def told_plainly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 500 with a sentence and a reference where a handler failed; what was refused is a page to who reads it."""
    try:
        return await handler(request)
    except ConnectionError:  # nobody is there to be told
        raise
    except web.HTTPException as refused:
        if refused.status < 400 or refused.content_type == "text/html" or not _goes_there(request):
            raise
        return _told(request, refused.status, _words(refused), refused.headers.get("Retry-After", ""))
    except Exception:
        reference = secrets.token_hex(4)
        route = request.match_info.route.resource
        log.exception("page.failed", reference=reference, page=route.canonical if route else "")
        if _goes_there(request):
            return _told(request, 500, TOLD.format(reference=reference))
        raise web.HTTPInternalServerError(text=TOLD.format(reference=reference)) from None


def _goes_there(request: web.Request) -> bool:
    """Tell whether a person's browser goes to this address, so that its answer is what they read."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return mode == "navigate" and "text/html" in request.headers.get("Accept", "")


def _words(refused: web.HTTPException) -> str:
    """Return what a handler says, else what its status means to somebody who reads."""
    own = refused.text or ""
    plain = f"{refused.status}: {refused.reason}"
    return WORDS.get(refused.status, "This page cannot be shown now. Please try again.") if own in ("", plain) else own


def _told(request: web.Request, status: int, words: str, wait: str = "") -> web.StreamResponse:
    """Return a page with these words and the way back to the seat; what merely has to begin again is led there."""
    seat = OF_A_SEAT.match(request.path)
    if seat and status in BEGINS_AGAIN and request.path.rstrip("/") != seat[0]:
        return go(seat[0])
    way = [pages.link(seat[0], "Go to the page of your link")] if seat else []
    html = pages.page("That did not work", pages.text(words), *way, pages.text(pages.HELP))
    headers = {"Retry-After": wait} if wait else {}
    return web.Response(status=status, text=html, content_type="text/html", headers=headers)
