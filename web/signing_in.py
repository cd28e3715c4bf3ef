"""A seat's own person with a work account of the council's: the same link, opened by signing in through Entra ID."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urlencode

from aiohttp import web

from dialogs.guests import GuestDoor
from meeting.model import PersonId
from meeting.refusals import Refused
from web.forms import Forms, set_cookie
from web.rates import Rates
from web.seat import PATH, SeatRoutes, go
from web.untrusted import fields_of

CALLBACK = "/signed-in"
OF_A_LINK = (10, 1 / 60)  # sign-ins at once, and lastingly a second: nobody fills what waits for Entra ID by one link
OF_AN_ADDRESS = (60, 1.0)  # a whole authority may come by one
TOO_MANY = "Too many sign-ins were begun. Wait a minute, or use a code: go back to the page of your link."


class NotSignedIn(Exception):
    """Nobody was signed in; the message is a code for the log and holds no name."""


class SignIn(Protocol):
    """Sends browsers to the directory and takes them back."""

    async def begin(self, *, back: str, visit: str) -> str:
        """Return the address to send this browser to; raises NotSignedIn."""

    def came(self, fields: Mapping[str, str]) -> str:
        """Keep what the directory had a browser post; returns the state to ask with, "" for what was not begun here."""

    async def end(self, state: str, *, visit: str) -> tuple[PersonId, str]:
        """Return who signed in and where they came from; raises NotSignedIn for what this browser did not begin."""


class SignInRoutes:
    """`/seat/HANDLE/sign-in` and the address that Entra ID sends browsers back to."""

    def __init__(self, seats: SeatRoutes, sign_in: SignIn, door: GuestDoor, forms: Forms) -> None:
        self._seats, self._sign_in, self._door, self._forms = seats, sign_in, door, forms
        self._links = Rates(burst=OF_A_LINK[0], a_second=OF_A_LINK[1])
        self._addresses = Rates(burst=OF_AN_ADDRESS[0], a_second=OF_AN_ADDRESS[1])

    def plug_into(self, app: web.Application) -> None:
        """Add the routes."""
        app.router.add_get(f"{PATH}/sign-in", self.leave)
        app.router.add_post(CALLBACK, self.came)
        app.router.add_get(CALLBACK, self.back)

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """Send the browser to Entra ID; whoever begins more sign-ins than a person does is answered 429.

        The link is asked first: behind a proxy all have one address, which one link's flood must not use up.
        """
        seat = await self._seats.visit(request)
        if not (self._links.allow(seat.cookie) and self._addresses.allow(request.remote or "")):
            raise web.HTTPTooManyRequests(text=TOO_MANY, headers={"Retry-After": "60"})
        visit = self._forms.visit(request)
        try:
            response = go(await self._sign_in.begin(back=request.match_info["handle"], visit=visit))
        except NotSignedIn:
            return self._seats.shown(seat, "not_signed_in")
        self._forms.keep(response, visit)
        return response

    async def came(self, request: web.Request) -> web.StreamResponse:
        """Take what Entra ID posts (RFC 9700, 4.3.1: no code in an address); this browser's cookies come next."""
        state = self._sign_in.came(await fields_of(request))
        return go(f"{CALLBACK}?{urlencode({'state': state})}")

    async def back(self, request: web.Request) -> web.StreamResponse:
        """Take the browser back: whoever signed in gets the seat that is theirs, and no other."""
        try:
            person, handle = await self._sign_in.end(request.query.get("state", ""), visit=self._forms.visit(request))
        except NotSignedIn:
            raise web.HTTPForbidden(text="The sign-in did not work. Open the link of the letter again.") from None
        seat = await self._seats.visit(request, handle)
        try:
            token = await self._door.sign_in(handle, person)
        except Refused as refused:
            return self._seats.shown(seat, refused.code)
        response = go(seat.base)
        set_cookie(response, seat.cookie, token, seconds=12 * 3600)
        return response
