"""The one place where the service is put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

import dialogs.verbs  # noqa: F401  (registers every verb and view)
from bot.clock import Tick
from bot.dispatcher import Dispatcher
from bot.handler import Handler
from bot.health import health_routes
from bot.settings import Settings
from bot.teams.limits import Presses
from bot.teams.routes import open_session, teams_connector, teams_routes
from bot.teams.settings import ready_to_start
from bot.teams.timing import Timing
from bot.tickets import SealedTickets
from dialogs.engine import Engine
from dialogs.installing import Installing
from dialogs.talk import Talk
from meeting.machine import evolve
from meeting.telling import notices_for
from storage import Keyring, Store, open_store
from storage.failpoints import At, nowhere

MAX_BODY = 512 * 1024  # bytes
REHEARSED = 1000  # times as fast as people press


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The running service: its store, its way in, its way out."""

    store: Store
    engine: Engine
    dispatcher: Dispatcher
    app: web.Application
    port: int = 0


def utc_now() -> datetime:
    """Return the time, aware UTC."""
    return datetime.now(UTC)


def keep(settings: Settings, *, at: At = nowhere, now: Callable[[], datetime] | None = None) -> Store:
    """Open the store that the settings name, creating keys on the first start."""
    return open_store(
        settings.database,
        Keyring.at(settings.keyring),
        fold=evolve,
        notices_for=notices_for,
        now=now,
        at=at,
    )


@asynccontextmanager
async def serving(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    timing: Timing | None = None,
    at: At = nowhere,
) -> AsyncIterator[Service]:
    """Run the whole service until the context ends; raises SettingsRefused where starting would be unsafe."""
    teams = ready_to_start(settings.teams(), host=settings.host)
    store = keep(settings, at=at, now=now if settings.rehearsal else None)
    session = open_session()
    connector = teams_connector(teams, session, timing)
    keyring = Keyring.at(settings.keyring)
    engine = Engine(record=store.record, tickets=SealedTickets(keyring.ticket_key), now=now)
    dispatcher = Dispatcher(
        record=store.record,
        outbox=store.outbox,
        directory=store.directory,
        engine=engine,
        connector=connector,
        now=now,
    )
    handler = Handler(
        record=store.record,
        directory=store.directory,
        engine=engine,
        talk=Talk(engine=engine, record=store.record, now=now),
        installing=Installing(record=store.record, engine=engine, now=now),
        connector=connector,
        now=now,
    )
    app = web.Application(client_max_size=MAX_BODY)
    presses = Presses(timing or Timing(), faster=REHEARSED) if settings.rehearsal else None
    channel = teams_routes(teams, handler, session, now, connector=connector, timing=timing, presses=presses)
    channel.plug_into(app)
    health_routes(app, outbox=store.outbox, dispatcher=dispatcher, now=now)
    store.on_commit(dispatcher.wake)
    tick = Tick(outbox=store.outbox, wake=dispatcher.wake)
    runner = web.AppRunner(app, access_log=None)
    work = asyncio.create_task(dispatcher.run(), name="dispatcher")
    try:
        await runner.setup()
        site = web.TCPSite(runner, settings.host, settings.port)
        await site.start()
        tick.start()
        dispatcher.wake()
        yield Service(store=store, engine=engine, dispatcher=dispatcher, app=app, port=_port(runner))
    finally:
        tick.stop()
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
        await runner.cleanup()
        await session.close()
        store.close()


def _port(runner: web.AppRunner) -> int:
    return int(runner.addresses[0][1])
