"""The bot's own token for the Bot Connector, fetched before it is needed and by one caller at a time.

By client secret today. A certificate or a managed identity would be one more class with `token` and `forget`.
"""

import asyncio
import json
from typing import Protocol
from urllib.parse import quote

import aiohttp
import structlog
from yarl import URL

from bot.teams.failures import TryLater
from bot.teams.reading import Json, mapping, text
from bot.teams.settings import TeamsSettings
from bot.teams.timing import Timing

log = structlog.get_logger(__name__)

_SCOPE = "https://api.botframework.com/.default"
_TIMEOUT = aiohttp.ClientTimeout(total=10, sock_connect=3)
_EARLY_SECONDS = 300.0
_LAST_SECONDS = 30.0
_REFUSED_SECONDS = 60.0


class CredentialsRefused(TryLater):
    """The directory would not give a token: a secret may have expired. Whatever waits to be sent goes on waiting."""


class Credentials(Protocol):
    async def token(self) -> str: ...

    def forget(self, token: str) -> None: ...


class ClientSecret:
    """Client credentials of the bot's registration."""

    def __init__(self, settings: TeamsSettings, session: aiohttp.ClientSession, timing: Timing) -> None:
        tenant = quote(settings.app_tenant or "botframework.com", safe="")
        self._url = URL(f"{settings.authority.rstrip('/')}/{tenant}/oauth2/v2.0/token", encoded=True)
        self._form = {
            "grant_type": "client_credentials",
            "client_id": settings.app_id,
            "client_secret": settings.app_password,
            "scope": _SCOPE,
        }
        self._session = session
        self._timing = timing
        self._lock = asyncio.Lock()
        self._token: str | None = None
        self._fresh_until = 0.0
        self._ends = 0.0

    async def token(self) -> str:
        """A token that is good for a while yet; raises `TryLater` where none can be had."""
        if self._token is not None and self._timing.monotonic() < self._fresh_until:
            return self._token
        async with self._lock:
            if self._token is None or self._timing.monotonic() >= self._fresh_until:
                await self._renew()
            return self._token or ""

    def forget(self, token: str) -> None:
        """The connector would not take this token: the next request fetches another."""
        if token == self._token:
            self._token = None

    async def _renew(self) -> None:
        try:
            granted = await self._fetch()
        except TryLater:
            if self._token is None or self._timing.monotonic() >= self._ends - _LAST_SECONDS:
                raise
            self._fresh_until = min(self._timing.monotonic() + _LAST_SECONDS, self._ends - _LAST_SECONDS)
            return
        now, life = self._timing.monotonic(), _seconds(granted.get("expires_in"))
        self._token = text(granted.get("access_token"))
        self._ends = now + life
        self._fresh_until = now + max(life - _EARLY_SECONDS, life / 2)

    async def _fetch(self) -> Json:
        try:
            async with self._session.post(
                self._url, data=self._form, timeout=_TIMEOUT, allow_redirects=False
            ) as response:
                status, granted = response.status, mapping(json.loads(await response.read() or b"{}"))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            log.warning("teams.token_not_fetched", error=type(error).__name__)
            raise TryLater(_REFUSED_SECONDS) from error
        if status == 200 and text(granted.get("access_token")):
            return granted
        log.error("teams.token_refused", status=status, codes=_codes(granted))
        raise CredentialsRefused(_REFUSED_SECONDS)


def _seconds(value: object) -> float:
    try:
        return max(0.0, float(str(value)))
    except ValueError:
        return 0.0


def _codes(answer: Json) -> list[int]:
    codes = answer.get("error_codes")
    return [code for code in codes if isinstance(code, int)] if isinstance(codes, list) else []
