"""`/seat/calendar/WORD`: a calendar file for somebody in Teams; the word opens it for a quarter of an hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from dialogs.calendars import calendar_of
from dialogs.engine import Forged
from dialogs.links import CALENDAR_PATH, Links
from dialogs.ports import Record
from web import seat_pages as pages

ENDED = "This link has ended, or what it was for stands no more. Press the button in Teams again."


class CalendarRoutes:
    """Hands out calendar files: times, numbers and a reference, as in a letter; nobody signs in to read them."""

    def __init__(self, *, record: Record, links: Links, now: Callable[[], datetime]) -> None:
        self._record, self._links, self._now = record, links, now

    def plug_into(self, app: web.Application) -> None:
        """Add the route; the application has `strict_headers`."""
        app.router.add_get(CALENDAR_PATH + "{word:[A-Za-z0-9_-]{1,600}}", self.file)

    async def file(self, request: web.Request) -> web.Response:
        """Send one file as things stand now; a link that has ended, was forged or leads nowhere says the same."""
        try:
            given = self._links.passes.open(request.match_info["word"])
            meeting, _ = await self._record.read(given.meeting)
        except (Forged, KeyError):
            return _gone()
        now = self._now()
        made = calendar_of(meeting, given, self._links, now) if now < given.until else None
        if made is None:
            return _gone()
        headers = {
            "Content-Type": f"text/calendar; charset=utf-8; method={made.method.value}",
            "Content-Disposition": f'attachment; filename="{given.kept.value}.ics"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        return web.Response(body=made.content, headers=headers)


def _gone() -> web.Response:
    html = pages.page("For your calendar", pages.text(ENDED))
    return web.Response(status=404, text=html, content_type="text/html")
