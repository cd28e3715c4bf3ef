"""Plugs the Teams channel into an aiohttp application."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from aiohttp import web

from bot.teams.adapter import Adapter
from bot.teams.addresses import Addresses
from bot.teams.connector import Connector
from bot.teams.credentials import ClientSecret
from bot.teams.front_door import FrontDoor
from bot.teams.gate import Gate
from bot.teams.inbound import ChannelHandler
from bot.teams.limits import Presses
from bot.teams.settings import TeamsSettings
from bot.teams.signing_keys import SigningKeys
from bot.teams.timing import Timing
from bot.teams.tokens import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsChannel:
    """The channel, ready to plug in."""

    door: FrontDoor
    keys: SigningKeys
    #: For everything that the bot says without being asked.
    connector: Connector

    def plug_into(self, app: web.Application) -> None:
        """Adds `POST /api/messages`, fetches Teams' keys as the application starts, tidies up as it ends."""
        app.router.add_post("/api/messages", self.door.receive)
        app.on_startup.append(self._start)
        app.on_cleanup.append(self._end)

    async def _start(self, _: web.Application) -> None:
        self.keys.refresh_in_background()

    async def _end(self, _: web.Application) -> None:
        await self.keys.close()


def open_session() -> aiohttp.ClientSession:
    """A session for the channel: one pool of connections, no cookies; to be closed by whoever opened it."""
    pool = aiohttp.TCPConnector(limit=64, limit_per_host=32, keepalive_timeout=30)
    return aiohttp.ClientSession(connector=pool, cookie_jar=aiohttp.DummyCookieJar())


def teams_connector(settings: TeamsSettings, session: aiohttp.ClientSession, timing: Timing | None = None) -> Connector:
    """The way out. One for each process: it counts what it sends."""
    timing = timing or Timing()
    return Connector(
        app_id=settings.app_id,
        session=session,
        credentials=ClientSecret(settings, session, timing),
        addresses=Addresses(settings.service_hosts, loopback=settings.rehearsal),
        timing=timing,
    )


def teams_routes(
    settings: TeamsSettings,
    handler: ChannelHandler,
    session: aiohttp.ClientSession,
    now: Callable[[], datetime],
    *,
    connector: Connector | None = None,
    timing: Timing | None = None,
) -> TeamsChannel:
    """The whole channel around `handler`; `connector` where one was made before, for the outbox."""
    timing = timing or Timing()
    connector = connector or teams_connector(settings, session, timing)
    keys = SigningKeys(settings.openid_url, session, timing)
    addresses = Addresses(settings.service_hosts, loopback=settings.rehearsal)
    door = FrontDoor(
        tokens=Tokens(app_id=settings.app_id, keys=keys, now=now),
        gate=Gate(tenants=settings.tenants, addresses=addresses),
        presses=Presses(timing),
        adapter=Adapter(handler=handler, connector=connector, now=now),
    )
    return TeamsChannel(door=door, keys=keys, connector=connector)
