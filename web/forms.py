"""Plain HTML forms that only their own page can send, and the cookies of a visit.

A form carries a token made from a cookie that only this browser has (double submit, keyed: nobody can make one up),
and a browser that says where a request comes from is believed. Cookies carry the `__Host-` prefix: https, this host,
no other.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from html import escape

from aiohttp import web

from web.headers import from_here
from web.untrusted import fields_of

VISIT = "__Host-visit"
_PURPOSE = b"chairside form 1"
#: Also for somebody whose browser was closed and came back with an old page, or keeps no cookies.
GONE = "This page has lost its cookie. Open the link of the letter again, in a browser that keeps cookies."


class Forms:
    """Makes and checks the tokens of forms, under one key."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, _PURPOSE, "sha256")

    def visit(self, request: web.Request) -> str:
        """Return this browser's visit, a new one where it has none; `keep` hands it over with the answer."""
        known = request.cookies.get(VISIT, "")
        return known if 20 <= len(known) <= 64 else secrets.token_urlsafe(24)

    def keep(self, response: web.StreamResponse, visit: str) -> None:
        """Hand the visit to the browser."""
        set_cookie(response, VISIT, visit, seconds=None)

    def field(self, visit: str) -> str:
        """Return the hidden field of a form of this visit, as HTML."""
        return f'<input type="hidden" name="form" value="{escape(self._token(visit))}">'

    async def read(self, request: web.Request) -> dict[str, str]:
        """Return the fields of a form that this page sent; raises HTTPForbidden for any other."""
        if not _from_here(request):
            raise web.HTTPForbidden
        fields = await fields_of(request)
        visit, token = request.cookies.get(VISIT, ""), fields.pop("form", "")
        if not visit or not hmac.compare_digest(self._token(visit).encode(), token.encode()):
            raise web.HTTPForbidden(text=GONE)
        return fields

    def _token(self, visit: str) -> str:
        return hmac.digest(self._key, visit.encode(), "sha256").hex()


def _from_here(request: web.Request) -> bool:
    """Tell whether a form comes from this host; "null" is what browsers say of forms under `no-referrer`."""
    named = request.headers.get("Origin", "") != "null"
    return from_here(request) if named else request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def seat_cookie(meeting: str, seat: str) -> str:
    """Return the name of the cookie of one seat: two meetings in one browser do not push each other out."""
    return f"__Host-seat-{hashlib.sha256(f'{meeting} {seat}'.encode()).hexdigest()[:16]}"


def set_cookie(response: web.StreamResponse, name: str, value: str, *, seconds: int | None) -> None:
    """Set a cookie that no script reads and that no other site's request carries, but for a link that is followed."""
    response.set_cookie(name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="Lax")


def end_cookie(response: web.StreamResponse, name: str) -> None:
    """Take a cookie away."""
    response.del_cookie(name, path="/", secure=True, httponly=True, samesite="Lax")
