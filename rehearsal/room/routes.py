"""The room on the network: loopback only, one page for each seat, and the bar's controls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from documents.copies import Format
from documents.pdf import NoPango
from documents.printing import NotPrinted
from procedures.load import Faulty
from rehearsal.case import Case, NoCase, find_case
from rehearsal.room.casting import made_from, written
from rehearsal.room.controls import controls
from rehearsal.room.lobby import lobby_html
from rehearsal.room.mail import Mail, mail_html, mails
from rehearsal.room.room import Room
from rehearsal.room.seat import RoomSeat
from web.files import add_files
from web.headers import from_this_page, strict_headers
from web.page import add_page
from web.shell import Shell

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MAX_BODY = 512 * 1024  # bytes
#: The document names its own style by its hash in a policy of its own; both hold.
PAPER = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SHELL = Shell(scripts=("room.js",), bar='<div id="bar"></div>', fictional=True, sign_in="/")


def room_app(room: Room) -> web.Application:
    """Return the room's application. Raises web.build.NoRenderer where the set-up was not finished."""
    app = web.Application(middlewares=[strict_headers, _from_here], client_max_size=MAX_BODY)
    seats = _Seats(room)
    add_page(app, "/seat/{seat}", find=seats.find, shell=SHELL)
    add_files(app)
    app.router.add_get("/", seats.first)
    app.router.add_get("/seat/{seat}/room", seats.controls)
    app.router.add_post("/seat/{seat}/room", seats.change)
    app.router.add_get(r"/minutes/{reference:.+}.{format:[a-z]+}", seats.minutes)
    app.router.add_get(r"/report{suffix:\.(html|csv)}", seats.report)
    app.router.add_get(r"/seat/{seat}/mail/{number:\d+}", seats.letter)
    app.router.add_get(r"/seat/{seat}/mail/{number:\d+}.ics", seats.entry)
    lobby = _Lobby(room)
    app.router.add_get("/cases", lobby.show)
    app.router.add_post("/cases", lobby.choose)
    app.router.add_post("/cases/own", lobby.own)
    app.router.add_post("/cases/file", lobby.file)
    return app


@web.middleware
async def _from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse whoever came under another name than this machine's, or was sent by another site."""
    if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        raise web.HTTPForbidden(text="The rehearsal room answers on this machine only.")
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise web.HTTPForbidden
    return await handler(request)


class _Seats:
    def __init__(self, room: Room) -> None:
        self._room = room

    async def find(self, request: web.Request) -> RoomSeat:
        """Return the seat of an address; raises HTTPNotFound, HTTPServiceUnavailable between two cases."""
        try:
            played = self._room.played
            return RoomSeat(played, request.match_info["seat"])
        except KeyError:
            raise web.HTTPNotFound(text="There is no such seat in this case.") from None
        except LookupError:
            raise web.HTTPServiceUnavailable from None

    async def first(self, request: web.Request) -> web.StreamResponse:
        """Go to the chair's seat."""
        raise web.HTTPFound(f"/seat/{_chair(self._room)}/")

    async def controls(self, request: web.Request) -> web.Response:
        """Send what the bar shows."""
        await self.find(request)
        return web.json_response(await controls(self._room, request.match_info["seat"]))

    async def letter(self, request: web.Request) -> web.Response:
        """Show an e-mail to this seat's person, with the link and the calendar entry that it brought."""
        mail = await self._mail(request)
        return _html(mail_html(mail, back=f"/seat/{request.match_info['seat']}/"))

    async def entry(self, request: web.Request) -> web.Response:
        """Send the calendar entry of an e-mail as a file."""
        mail = await self._mail(request)
        if mail.entry is None:
            raise web.HTTPNotFound
        headers = {"Content-Disposition": f'attachment; filename="{mail.file}"', "Content-Type": "text/calendar"}
        return web.Response(body=mail.entry, headers=headers)

    async def _mail(self, request: web.Request) -> Mail:
        seat, number = await self.find(request), int(request.match_info["number"])
        found = next((m for m in mails(self._room.played, seat.seat) if m.number == number), None)
        if found is None:
            raise web.HTTPNotFound(text="There is no such e-mail for this seat.")
        return found

    async def change(self, request: web.Request) -> web.Response:
        """Do what somebody pressed in the bar; answers with the bar as it is then."""
        if not from_this_page(request):
            raise web.HTTPForbidden
        seat, body = await self.find(request), await request.json()
        await _changed(self._room, seat.seat, body if isinstance(body, dict) else {})
        return web.json_response(await controls(self._room, request.match_info["seat"]))

    async def minutes(self, request: web.Request) -> web.Response:
        """Send a meeting's minutes in one format: HTML to be read here, the others to be kept."""
        try:
            copy = await self._room.minutes(request.match_info["reference"], Format(request.match_info["format"]))
        except (LookupError, ValueError):
            raise web.HTTPNotFound(text="There are no minutes before the meeting has started.") from None
        except (NoPango, NotPrinted) as missing:
            raise web.HTTPNotFound(text=str(missing)) from None
        if copy.format is not Format.HTML:
            headers = {"Content-Disposition": f'attachment; filename="{copy.name}"'}
            return web.Response(body=copy.content, headers={**headers, "Content-Type": copy.media_type})
        headers = {"Content-Security-Policy": PAPER, "Content-Type": copy.media_type}
        return web.Response(body=copy.content, headers=headers)

    async def report(self, request: web.Request) -> web.Response:
        """Send the report without names: the page to be read here, the table to be kept."""
        suffix = request.match_info["suffix"]
        content = await self._room.report(suffix)
        if suffix == ".html":
            return web.Response(body=content, headers={"Content-Security-Policy": PAPER, "Content-Type": "text/html"})
        kept = {"Content-Disposition": 'attachment; filename="chairside-report.csv"', "Content-Type": "text/csv"}
        return web.Response(body=content, headers=kept)


async def _changed(room: Room, seat: str, asked: dict[str, Any]) -> None:
    script = room.played.script
    match asked.get("do"):
        case "take":
            script.held.discard(str(asked.get("leave", "")))
            script.held.add(seat)
        case "leave":
            script.held.discard(seat)
        case "play":
            script.set_playing(playing=bool(asked.get("playing")), pace=str(asked.get("pace", "")))
        case "step":
            await script.step()
        case "clock":
            to = await room.when(str(asked.get("how", "")))
            if to is not None:
                await room.move_clock(to)
        case "again":
            await room.again()
        case _:
            raise web.HTTPBadRequest


class _Lobby:
    def __init__(self, room: Room) -> None:
        self._room = room

    async def show(self, request: web.Request) -> web.Response:
        """Show the cases."""
        return _html(lobby_html(back="/" if self._room.set else ""))

    async def choose(self, request: web.Request) -> web.Response:
        """Begin a case that ships."""
        form = await request.post()
        early = form.get("early") == "yes"
        return await self._begin(
            lambda: find_case(str(form.get("case", ""))), str(form.get("procedure", "")), early=early
        )

    async def own(self, request: web.Request) -> web.Response:
        """Begin a case with other names."""
        form = await request.post()
        children = [line.strip() for line in str(form.get("children", "")).splitlines() if line.strip()]

        def make() -> Case:
            case = find_case(str(form.get("case", "")))
            people = {str(case.data["chair"]): str(form.get("chair", "")).strip()}
            return made_from(case, title=str(form.get("title", "")).strip(), children=children, people=people)

        return await self._begin(make, str(form.get("procedure", "")))

    async def file(self, request: web.Request) -> web.Response:
        """Begin a case that somebody wrote."""
        text = str((await request.post()).get("text", ""))
        return await self._begin(lambda: written(text), "", text=text)

    async def _begin(  # the first answer takes as long as the invitations need
        self,
        make: Callable[[], Case],
        procedure: str,
        *,
        text: str = "",
        early: bool = False,
    ) -> web.Response:
        try:
            await self._room.begin(make(), procedure, early=early)
        except NoCase as wrong:
            return _html(lobby_html(trouble=str(wrong), text=text), status=422)
        except Faulty as wrong:
            return _html(lobby_html(trouble="; ".join(map(str, wrong.faults)), text=text), status=422)
        raise web.HTTPSeeOther(f"/seat/{_chair(self._room)}/")


def _chair(room: Room) -> str:
    return str(room.case.data["chair"]) if room.case else ""


def _html(text: str, *, status: int = 200) -> web.Response:
    return web.Response(text=text, content_type="text/html", status=status)
