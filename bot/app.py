"""The one place where the service is put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import aiohttp
from aiohttp import web

from bot.arrivals import Arrivals
from bot.catching_up import CatchingUp
from bot.clock import Tick
from bot.guests.entra import Registration
from bot.guests.wiring import Outside, add_guest_pages
from bot.handler import Handler
from bot.health import health_routes
from bot.keeping import keep
from bot.linking import links_of
from bot.offers import Offers
from bot.own_files import offered_by, pathways_of
from bot.papers import maker_of
from bot.sending.dispatcher import Dispatcher
from bot.sending.doubled import Doubled
from bot.sending.foreseeing import Foreseen
from bot.sending.wiring import courier_of, dispatcher_of
from bot.settings import Settings
from bot.teams.connector import Connector
from bot.teams.routes import open_session, teams_connector, teams_routes
from bot.teams.settings import TeamsSettings, ready_to_start
from bot.teams.timing import Timing, hurried
from bot.tickets import SealedTickets
from dialogs.engine import Engine
from dialogs.installing import Installing
from dialogs.links import Links
from dialogs.talk import Talk
from documents.copies import Maker
from storage import Keyring, Store, alone
from storage.failpoints import At, nowhere
from web.headers import strict_headers
from web.mishaps import told_plainly

MAX_BODY = 512 * 1024  # bytes
LAST_SECONDS = 10.0  # for requests that are under way when the service stops
HURRY = 1000  # times as fast, in a rehearsal: the same limits and pauses, and nobody waits for them


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The running service: its store, its way in, its way out."""

    store: Store
    engine: Engine
    dispatcher: Dispatcher
    doubled: Doubled
    app: web.Application
    maker: Maker
    catching_up: CatchingUp
    now: Callable[[], datetime]
    port: int = 0
    caught_up: asyncio.Task[None] | None = None

    async def tidy(self) -> None:
        """Do the daily work: forget old receipts, and what memory still holds of meetings that were erased."""
        await self.store.tidy(now=self.now())
        self.doubled.forget(await self.store.let_go())

    async def started(self) -> None:
        """Wait until what happened while the service was away is made up for."""
        if self.caught_up is not None:
            await self.caught_up


def utc_now() -> datetime:
    """Return the time, aware UTC."""
    return datetime.now(UTC)


@asynccontextmanager
async def serving(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    timing: Timing | None = None,
    at: At = nowhere,
) -> AsyncIterator[Service]:
    """Run the whole service until the context ends; raises SettingsRefused where starting would be unsafe, InUse."""
    teams = ready_to_start(settings.teams(), host=settings.host)
    with alone(settings.database), closing(maker_of(settings)) as maker:
        store = keep(settings, at=at, now=now if settings.rehearsal else None)
        session = open_session()
        try:
            speed = timing or (hurried(HURRY) if settings.rehearsal else Timing())
            service = _wired(settings, teams, store, session, maker, now, speed)
            async with _listening(settings, service) as listening:
                yield listening
        finally:
            await session.close()
            store.close()


def _wired(
    settings: Settings,
    teams: TeamsSettings,
    store: Store,
    session: aiohttp.ClientSession,
    maker: Maker,
    now: Callable[[], datetime],
    timing: Timing,
) -> Service:
    """Put everything together: one record, one engine, one way out."""
    connector = teams_connector(teams, session, timing)
    engine, talk, links = _engine(settings, store, now)
    dispatcher, doubled = _way_out(settings, store, engine, connector, maker, now)
    handler, catching_up = _channel(store, engine, talk, connector, doubled, now)
    app = web.Application(client_max_size=MAX_BODY, middlewares=[strict_headers, told_plainly])
    teams_routes(teams, handler, session, now, connector=connector, timing=timing).plug_into(app)
    service = Service(
        store=store,
        engine=engine,
        dispatcher=dispatcher,
        doubled=doubled,
        app=app,
        maker=maker,
        catching_up=catching_up,
        now=now,
    )
    health_routes(app, outbox=store.outbox, post=store.post, dispatcher=dispatcher, now=now)
    if links.public_url:
        _add_guest_pages(service, settings, links, talk, now)
    return service


def _way_out(
    settings: Settings, store: Store, engine: Engine, connector: Connector, maker: Maker, now: Callable[[], datetime]
) -> tuple[Dispatcher, Doubled]:
    """Return what sends whatever is due, and what knows which copy of a message is the live one."""
    doubled = Doubled(connector, store.copies)
    courier = courier_of(settings, store, engine, connector, maker, now)
    return dispatcher_of(store, engine, courier, doubled, now), doubled


def _engine(settings: Settings, store: Store, now: Callable[[], datetime]) -> tuple[Engine, Talk, Links]:
    """Return what answers every press, what answers words, and the links that they may give."""
    tickets, links = SealedTickets(Keyring.at(settings.keyring).ticket_key), links_of(settings)
    ways = Foreseen(directory=store.directory, mail=bool(settings.smtp_host))
    local, offered = pathways_of(settings), offered_by(settings)
    engine = Engine(
        record=store.record, tickets=tickets, now=now, pathways=local, procedures=offered, links=links, ways=ways
    )
    return engine, Talk(engine=engine, record=store.record, now=now), links


def _channel(
    store: Store, engine: Engine, talk: Talk, connector: Connector, doubled: Doubled, now: Callable[[], datetime]
) -> tuple[Handler, CatchingUp]:
    """Return what hears Teams, and what asks it at the start for what was missed."""
    record, directory = store.record, store.directory
    arrivals = Arrivals(record=record, directory=directory, connector=connector, now=now)
    offers = Offers(
        record=record,
        installations=store.installations,
        installing=Installing(record=record, engine=engine, now=now),
        arrivals=arrivals,
        connector=connector,
        now=now,
    )
    handler = Handler(
        record=record,
        directory=directory,
        engine=engine,
        talk=talk,
        arrivals=arrivals,
        offers=offers,
        connector=connector,
        doubled=doubled,
    )
    return handler, CatchingUp(record=record, directory=directory, arrivals=arrivals, offers=offers)


def _registration(settings: Settings, public_url: str) -> Registration | None:
    """Return what signing in with a work account needs; a rehearsal's own directory has no sign-in page."""
    if not settings.authority.startswith("https:"):
        return None
    return Registration(
        app_id=settings.app_id,
        secret=settings.app_password.get_secret_value(),
        tenant=settings.app_tenant,
        authority=settings.authority,
        public_url=public_url,
    )


def _add_guest_pages(
    service: Service, settings: Settings, links: Links, talk: Talk, now: Callable[[], datetime]
) -> None:
    """Serve people outside Teams, by the links that letters carry."""
    store = service.store
    outside = Outside(
        record=store.record,
        outbox=store.outbox,
        sessions=store.sessions,
        engine=service.engine,
        talk=talk,
        links=links,
        key=Keyring.at(settings.keyring).ticket_key,
        registration=_registration(settings, links.public_url),
        now=now,
        maker=service.maker,
    )
    store.on_commit(add_guest_pages(service.app, outside, fictional=settings.rehearsal).wake)


@asynccontextmanager
async def _listening(settings: Settings, service: Service) -> AsyncIterator[Service]:
    """Listen, send what is due, and tick, until the context ends; then whoever waits for an answer gets it first."""
    service.store.on_commit(service.dispatcher.wake)
    tick = Tick(outbox=service.store.outbox, wake=service.dispatcher.tick, daily=service.tidy)
    runner = web.AppRunner(service.app, access_log=None, shutdown_timeout=LAST_SECONDS, auto_decompress=False)
    tasks: list[asyncio.Task[None]] = []
    try:
        await runner.setup()
        await web.TCPSite(runner, settings.host, settings.port).start()
        await service.store.outbox.take_over()  # from now on no other process can be at work here
        tasks.append(asyncio.create_task(service.dispatcher.run(), name="dispatcher"))
        tick.start()
        service.dispatcher.wake()
        tasks.append(asyncio.create_task(service.catching_up.run(), name="catching up"))
        yield replace(service, port=int(runner.addresses[0][1]), caught_up=tasks[-1])
    finally:
        tick.stop()
        await runner.cleanup()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)  # each has logged what went wrong with it
