"""The boundary of the pages: what went wrong behind one is told in a sentence, and in the log by its places alone."""

from __future__ import annotations

import secrets

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

log = structlog.get_logger(__name__)
TOLD = (
    "Something went wrong here. Please try again: nothing is recorded twice. "
    "If it happens again, telephone the chair. Reference {reference}."
)


@web.middleware
async def told_plainly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 500 with a sentence and a reference where a handler failed; an answer of its own stays."""
    try:
        return await handler(request)
    except (web.HTTPException, ConnectionError):  # ConnectionError: nobody is there to be told
        raise
    except Exception:
        reference = secrets.token_hex(4)
        route = request.match_info.route.resource
        log.exception("page.failed", reference=reference, page=route.canonical if route else "")
        raise web.HTTPInternalServerError(text=TOLD.format(reference=reference)) from None
