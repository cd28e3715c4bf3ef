"""A seat's papers: what its reader is entitled to, to be opened or taken away; every reading is written down first."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from html import escape, unescape

from aiohttp import web

from dialogs.papers import NotEntitled, PaperKind, paper, papers_for
from dialogs.places import Guest
from documents.copies import Copy, Format, Maker
from documents.pdf import NoPango
from documents.printing import NotPrinted
from web import seat_pages as pages
from web.files import files
from web.forms import set_cookie
from web.pasting import paste_page
from web.seat import NOW_OPEN, PATH, TO_PAPERS, WAITS, SeatRoutes, Visit, go

FORMATS = {Format.HTML: "read", Format.WORD: "Word", Format.PDF: "PDF", Format.TEXT: "plain text"}
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')
NoteRead = Callable[[Guest, str, str], Awaitable[None]]


class PaperRoutes:
    """`/seat/HANDLE/papers`, for whoever holds the seat's session."""

    def __init__(self, seats: SeatRoutes, maker: Maker, note: NoteRead) -> None:
        self._seats, self._maker, self._note = seats, maker, note

    def plug_into(self, app: web.Application) -> None:
        """Add the routes."""
        app.router.add_get(f"{PATH}/papers", self.listed)
        app.router.add_get(PATH + r"/papers/{kind:[a-z]+}.{format:[a-z]+}", self.one)
        app.router.add_get(PATH + r"/papers/{kind:[a-z]+}/paste", self.paste)

    async def listed(self, request: web.Request) -> web.StreamResponse:
        """Show what there is to read."""
        visit = await self._seats.visit(request)
        guest = _inside(visit)
        if guest is None:
            response = go(visit.base)
            set_cookie(response, TO_PAPERS, visit.handle, seconds=WAITS)
            return response
        found = papers_for(guest.meeting, guest.procedure, guest.session.person)
        parts = [_links(visit.base, one.kind, one.label) for one in found]
        if not parts:
            parts = [pages.text("There is nothing for you to read yet. You get a letter when there is.")]
        parts.append(pages.link(f"{visit.base}/room/", "Back to the meeting and your actions"))
        return web.Response(text=pages.page(f"Papers of {guest.meeting.reference}", *parts), content_type="text/html")

    async def one(self, request: web.Request) -> web.StreamResponse:
        """Send one paper; who read it, and how, stands in the record before the first byte leaves."""
        visit = await self._seats.visit(request)
        guest, format_ = _inside(visit), request.match_info["format"]
        if guest is None:
            return go(visit.base)
        try:
            kind = PaperKind(request.match_info["kind"])
            document = paper(guest.meeting, guest.procedure, guest.session.person, kind, self._seats.now())
            maker = replace(self._maker, order=guest.procedure.minutes.case_system_order)
            copy = await asyncio.to_thread(maker.copy, document, Format(format_), kind=kind.value)
        except (NotEntitled, ValueError):
            raise web.HTTPNotFound from None
        except (NoPango, NotPrinted):
            raise web.HTTPServiceUnavailable(text="PDF is not possible here now. Take another format.") from None
        await self._note(guest, kind.value, "page" if copy.format is Format.HTML else f"download {copy.format.value}")
        return _sent(copy)

    async def paste(self, request: web.Request) -> web.StreamResponse:
        """Show one paper in pieces, each for its field of the case system; that somebody read it is written down."""
        visit = await self._seats.visit(request)
        guest = _inside(visit)
        if guest is None:
            return go(visit.base)
        try:
            kind = PaperKind(request.match_info["kind"])
            document = paper(guest.meeting, guest.procedure, guest.session.person, kind, self._seats.now())
        except (NotEntitled, ValueError):
            raise web.HTTPNotFound from None
        await self._note(guest, kind.value, "page to paste from")
        marked = self._maker.marked(document)
        order = guest.procedure.minutes.case_system_order
        return web.Response(text=paste_page(marked, order, visit.base), content_type="text/html")


def _inside(visit: Visit) -> Guest | None:
    """Return who may read here; everybody else goes to the seat's first page and proves who they are."""
    return visit.guest if visit.guest is not None and visit.guest.place in NOW_OPEN else None


def _links(base: str, kind: PaperKind, label: str) -> str:
    found = [pages.anchor(f"{base}/papers/{kind.value}.{f.value}", f"{label}: {words}") for f, words in FORMATS.items()]
    found.append(pages.anchor(f"{base}/papers/{kind.value}/paste", f"{label}: in pieces, to paste"))
    return f"<h2>{label}</h2><ul>{''.join(f'<li>{one}</li>' for one in found)}</ul>"


def _sent(copy: Copy) -> web.Response:
    """Return a copy: the page with its own policy, anything else to be saved."""
    headers, content = {"Content-Type": copy.media_type}, copy.content
    if copy.format is Format.HTML:
        html, policy = _shown(copy.content.decode())
        headers["Content-Security-Policy"], content = f"{policy}; frame-ancestors 'none'", html.encode()
    else:
        headers["Content-Disposition"] = f'attachment; filename="{copy.name}"'
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return web.Response(body=content, headers=headers)


def _shown(html: str) -> tuple[str, str]:
    """Return a paper as a tab shows it, and its policy: it goes when its reader leaves in another tab."""
    own = _POLICY.search(html)
    assert own is not None  # every document says what it may fetch
    policy = f"{unescape(own[1])}; script-src 'self'"
    script = f'<script type="module" src="{files().address("paper.js")}"></script>\n</head>'
    return html.replace(own[1], escape(policy), 1).replace("</head>", script, 1), policy
