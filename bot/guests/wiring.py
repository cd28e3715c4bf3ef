"""Puts the pages of people outside Teams beside the Teams channel, in the same application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.guests.conversation import GuestConversation
from bot.guests.entra import EntraSignIn, Registration
from bot.guests.screens import Screens
from dialogs.engine import Engine
from dialogs.guests import GuestDoor
from dialogs.links import Links
from dialogs.places import Guest
from dialogs.ports import Outbox, Record, Sessions
from dialogs.talk import Talk
from documents.copies import Maker
from web.build import NoRenderer
from web.calendars import CalendarRoutes
from web.files import add_files
from web.forms import Forms
from web.headers import PUBLIC_HOST
from web.papers import PaperRoutes
from web.port import Conversation
from web.seat import SeatRoutes
from web.signing_in import SignInRoutes

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What the pages need of the service."""

    record: Record
    outbox: Outbox
    sessions: Sessions
    engine: Engine
    talk: Talk
    links: Links
    key: bytes
    registration: Registration | None  # None: nobody signs in here with a work account
    now: Callable[[], datetime]
    maker: Maker


def add_guest_pages(app: web.Application, outside: Outside, *, fictional: bool) -> Screens:
    """Serve seats below /seat/; without the page's renderer only Teams is served, and the log and the doctor say so."""
    app[PUBLIC_HOST] = urlsplit(outside.links.public_url).netloc
    screens = Screens(record=outside.record, outbox=outside.outbox, engine=outside.engine, now=outside.now)
    door = GuestDoor(
        record=outside.record,
        sessions=outside.sessions,
        handles=outside.links.handles,
        codes=outside.links.codes,
        now=outside.now,
    )

    def converse(guest: Guest) -> Conversation:
        return GuestConversation(
            guest, screens=screens, engine=outside.engine, talk=outside.talk, now=outside.now, fictional=fictional
        )

    try:
        add_files(app)
    except NoRenderer as missing:
        log.error("pages.not_set_up", why=str(missing))  # noqa: TRY400  (a sentence, no trace)
        return screens
    forms = Forms(outside.key)
    seats = SeatRoutes(door, forms, accounts=outside.registration is not None)
    seats.plug_into(app, converse, fictional=fictional)
    CalendarRoutes(record=outside.record, links=outside.links, now=outside.now).plug_into(app)
    PaperRoutes(seats, outside.maker, door.note_reading).plug_into(app)
    if outside.registration is not None:
        _add_sign_in(app, seats, EntraSignIn(outside.registration), door, forms)
    return screens


def _add_sign_in(app: web.Application, seats: SeatRoutes, sign_in: EntraSignIn, door: GuestDoor, forms: Forms) -> None:
    SignInRoutes(seats, sign_in, door, forms).plug_into(app)

    async def close(_: web.Application) -> None:
        sign_in.close()

    app.on_cleanup.append(close)
