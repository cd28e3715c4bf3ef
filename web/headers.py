"""What every answer of a page carries: nothing is kept, framed, guessed, indexed or fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

#: Scripts, styles and calls only from here; `connect-src` is for the page's own protocol. No inline script or style.
POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Server": "Chairside",  # else the versions of Python and of aiohttp
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",  # heard over https only: a rehearsal's http stays as it is
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}
MARK, MARKED = "X-Chairside", "page"
#: The host of the public address, as browsers know it: a proxy in front may ask under another.
PUBLIC_HOST = web.AppKey("public host", str)


@web.middleware
async def strict_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lay the headers under every answer; what a handler set itself stays. Error pages carry them too."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        lay_under(error)
        raise
    lay_under(response)
    return response


def lay_under(response: web.StreamResponse) -> None:
    """Set each header that the answer does not have yet; a stream needs this before it is prepared."""
    if response.prepared:
        return
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def from_here(request: web.Request) -> bool:
    """Tell whether a browser that says where a request comes from names this host, or none."""
    site, origin = request.headers.get("Sec-Fetch-Site", "same-origin"), request.headers.get("Origin", "")
    ours = (request.host, request.app.get(PUBLIC_HOST, ""))
    return site == "same-origin" and (not origin or urlsplit(origin).netloc in ours)


def from_this_page(request: web.Request) -> bool:
    """Tell whether a POST comes from the page itself: its own header, and no other site behind it."""
    marked = request.headers.get(MARK) == MARKED and request.content_type == "application/json"
    return marked and from_here(request)
