"""A guest's way to their seat: `/seat/HANDLE`. What may be shown is decided anew at each request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from dialogs.guests import GuestDoor, Invitation, NoInvitation
from dialogs.places import Guest, Place
from meeting.refusals import Refused
from web import seat_pages as pages
from web.forms import Forms, end_cookie, seat_cookie, set_cookie
from web.headers import lay_under
from web.page import add_page
from web.port import Conversation
from web.rates import Rates
from web.shell import Shell

PATH = "/seat/{handle}"
NOW_OPEN = (Place.OPEN, Place.PAPERS)
INSIDE = (Place.WAITING, Place.STATEMENT, *NOW_OPEN)
TO_PAPERS, WAITS = "__Host-papers", 15 * 60  # seconds: who came for the papers is led on to them once proved
BAR = '<nav class="bar" aria-label="Seat"><a href="../papers">Papers</a> <a href="../leave">Leave</a></nav>'
Converse = Callable[[Guest], Conversation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request to one seat: what its link stands for, and who holds its cookie, if anybody does."""

    request: web.Request
    invited: Invitation
    guest: Guest | None

    handle: str

    @property
    def base(self) -> str:
        """The address of this seat."""
        return f"/seat/{self.handle}"

    @property
    def cookie(self) -> str:
        """The name of this seat's cookie."""
        return seat_cookie(self.invited.meeting.id, self.invited.seat.id)


class SeatRoutes:
    """The plain pages before and around the meeting's own page."""

    def __init__(self, door: GuestDoor, forms: Forms, *, accounts: bool) -> None:
        self._door, self._forms = door, forms
        self.now, self.accounts = door.now, accounts

    def plug_into(self, app: web.Application, converse: Converse, *, fictional: bool) -> None:
        """Add every route of a seat; the application has `strict_headers`."""
        router = app.router
        for path in (PATH, f"{PATH}/"):
            router.add_get(path, self.landing)
        router.add_get(f"{PATH}/leave", self.leaving)
        for name, act in (("code", self.code), ("prove", self.prove), ("aloud", self.aloud)):
            router.add_post(f"{PATH}/{name}", act)
        router.add_post(f"{PATH}/leave", self.leave)

        async def find(request: web.Request) -> Conversation:
            visit = await self.visit(request)
            if visit.guest is None or visit.guest.place not in INSIDE:
                raise web.HTTPUnauthorized
            if request.path.endswith("/room/"):
                await self._door.come(visit.guest)
            return converse(visit.guest)

        add_page(app, f"{PATH}/room", find=find, shell=Shell(bar=BAR, fictional=fictional, sign_in=".."), rates=Rates())

    async def visit(self, request: web.Request, handle: str = "") -> Visit:
        """Return who asks; raises HTTPNotFound with a page of its own for a link that opens nothing."""
        handle = handle or request.match_info["handle"]
        try:
            invited = await self._door.invitation(handle)
        except NoInvitation:
            gone = web.HTTPNotFound(text=pages.no_link(), content_type="text/html")
            lay_under(gone)
            raise gone from None
        token = request.cookies.get(seat_cookie(invited.meeting.id, invited.seat.id), "")
        guest = await self._door.who(invited, token)
        return Visit(request=request, handle=handle, invited=invited, guest=guest)

    async def landing(self, request: web.Request) -> web.StreamResponse:
        """Show whoever comes by the link what they have to do next."""
        visit = await self.visit(request)
        return self.shown(visit)

    def shown(self, visit: Visit, problem: str = "") -> web.StreamResponse:
        """Show a seat's visitor what comes next for them, with what went wrong."""
        place = visit.guest.place if visit.guest and not problem else None
        if place in NOW_OPEN and visit.request.cookies.get(TO_PAPERS) == visit.handle:
            response = go(f"{visit.base}/papers")
            end_cookie(response, TO_PAPERS)
            return response
        if place in INSIDE:
            return go(f"{visit.base}/room/")
        key = self._forms.visit(visit.request)
        token = self._forms.field(key)
        match place:
            case Place.REMOVED:
                html = pages.removed()
            case _:
                about = visit.invited
                html = pages.landing(
                    about.meeting, about.seat.id, visit.base, token, problem=problem, accounts=self.accounts
                )
        return self._sent(html, key)

    def _sent(self, html: str, key: str) -> web.Response:
        response = web.Response(text=html, content_type="text/html")
        self._forms.keep(response, key)
        return response

    async def code(self, request: web.Request) -> web.StreamResponse:
        """Send a code."""
        await self._forms.read(request)
        visit = await self.visit(request)
        return await self._tried(visit, self._door.send_code(request.match_info["handle"]))

    async def prove(self, request: web.Request) -> web.StreamResponse:
        """Let in whoever typed the code."""
        fields = await self._forms.read(request)
        visit = await self.visit(request)
        return await self._begun(visit, self._door.prove(request.match_info["handle"], fields.get("digits", "")[:32]))

    async def aloud(self, request: web.Request) -> web.StreamResponse:
        """Show digits to be read aloud, and ask at the door."""
        fields = await self._forms.read(request)
        visit = await self.visit(request)
        return await self._begun(visit, self._door.read_aloud(request.match_info["handle"], fields.get("name", "")))

    async def leaving(self, request: web.Request) -> web.StreamResponse:
        """Ask whether somebody leaves."""
        visit = await self.visit(request)
        if visit.guest is None:
            return go(visit.base)
        key = self._forms.visit(request)
        return self._sent(pages.leaving(visit.base, self._forms.field(key)), key)

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """Leave; this browser opens nothing any more."""
        await self._forms.read(request)
        visit = await self.visit(request)
        if visit.guest is not None:
            await self._door.leave(visit.guest)
        response = web.Response(text=pages.left(), content_type="text/html")
        end_cookie(response, visit.cookie)
        return response

    async def _tried(self, visit: Visit, act: Awaitable[None]) -> web.StreamResponse:
        try:
            await act
        except Refused as refused:
            return self.shown(await self.visit(visit.request), refused.code)
        return go(visit.base)

    async def _begun(self, visit: Visit, act: Awaitable[str]) -> web.StreamResponse:
        """Give the browser the token of a new session; the old one is of no use."""
        try:
            token = await act
        except Refused as refused:
            return self.shown(await self.visit(visit.request), refused.code)
        response = go(visit.base)
        set_cookie(response, visit.cookie, token, seconds=12 * 3600)
        return response


def go(address: str) -> web.Response:
    """Return the answer that sends a browser on."""
    return web.Response(status=303, headers={"Location": address})
