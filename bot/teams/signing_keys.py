"""The keys that Teams signs with: fetched by aiohttp, refreshed in the background, kept when the source is down."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import aiohttp
import jwt
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from yarl import URL

from bot.teams.timing import Timing

log = structlog.get_logger(__name__)

_REFRESH_SECONDS = 6 * 3600
_TRY_SECONDS = 60
_TRY_WITHOUT_KEYS_SECONDS = 5
_TIMEOUT = aiohttp.ClientTimeout(total=5, sock_connect=3)


class KeysUnavailable(Exception):
    """Not one key could be fetched yet, so that nobody can be checked."""


class KeysRefused(Exception):
    """What the source answered is no set of keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    id: str
    public: RSAPublicKey
    #: Channels that the key may speak for.
    endorsements: frozenset[str]


class SigningKeys:
    """The keys by id. No call waits for the network but one for an unknown key, which fetches once a minute at most."""

    def __init__(self, openid_url: str, session: aiohttp.ClientSession, timing: Timing) -> None:
        self._openid_url = URL(openid_url)
        self._session = session
        self._timing = timing
        self._keys: dict[str, SigningKey] = {}
        self._tried_at: float | None = None
        self._fetched_at: float | None = None
        self._lock = asyncio.Lock()
        self._background: asyncio.Task[None] | None = None

    def known(self, key_id: str) -> SigningKey | None:
        """The key, as far as known; starts a refresh in the background where the keys have grown old."""
        if self._since(self._fetched_at) >= _REFRESH_SECONDS:
            self.refresh_in_background()
        return self._keys.get(key_id)

    async def find(self, key_id: str) -> SigningKey | None:
        """The key, fetched anew where it is unknown; raises `KeysUnavailable` where there is none at all."""
        if (key := self._keys.get(key_id)) is not None:
            return key
        async with self._lock:
            if key_id not in self._keys and self._may_try():
                await self._refresh()
        if not self._keys:
            raise KeysUnavailable
        return self.known(key_id)

    def refresh_in_background(self) -> None:
        """Fetches the keys without anybody waiting; nothing happens while a fetch is under way or was just tried."""
        if self._may_try() and not self._lock.locked() and (self._background is None or self._background.done()):
            self._background = asyncio.create_task(self._refresh_alone())

    async def close(self) -> None:
        """Ends a fetch that is under way."""
        if self._background is not None:
            self._background.cancel()
            await asyncio.gather(self._background, return_exceptions=True)

    def _since(self, moment: float | None) -> float:
        return inf if moment is None else self._timing.monotonic() - moment

    def _may_try(self) -> bool:
        return self._since(self._tried_at) >= (_TRY_SECONDS if self._keys else _TRY_WITHOUT_KEYS_SECONDS)

    async def _refresh_alone(self) -> None:
        async with self._lock:
            if self._may_try():
                await self._refresh()

    async def _refresh(self) -> None:
        self._tried_at = self._timing.monotonic()
        try:
            self._keys = await self._fetch()
        except (aiohttp.ClientError, OSError, ValueError, RecursionError, KeysRefused) as error:
            log.warning("teams.keys_not_fetched", error=type(error).__name__, kept=len(self._keys))
        else:
            self._fetched_at = self._timing.monotonic()
            log.info("teams.keys_fetched", keys=len(self._keys))

    async def _fetch(self) -> dict[str, SigningKey]:
        metadata = await self._get(self._openid_url)
        address = URL(str(metadata.get("jwks_uri", "")))
        if (address.scheme, address.host) != (self._openid_url.scheme, self._openid_url.host):
            raise KeysRefused("the keys are not where the metadata is")
        listed = (await self._get(address)).get("keys")
        found = [key for key in map(_signing_key, listed if isinstance(listed, list) else ()) if key is not None]
        if not found:
            raise KeysRefused("no usable key")
        return {key.id: key for key in found}

    async def _get(self, url: URL) -> Mapping[str, Any]:
        async with self._session.get(url, timeout=_TIMEOUT, allow_redirects=False) as response:
            if response.status != 200:
                raise KeysRefused(f"status {response.status}")
            document = json.loads(await response.read())
        if not isinstance(document, dict):
            raise KeysRefused("not an object")
        return document


def _signing_key(listed: Any) -> SigningKey | None:
    if not isinstance(listed, dict) or listed.get("kty") != "RSA" or listed.get("use", "sig") != "sig":
        return None
    key_id, endorsements = listed.get("kid"), listed.get("endorsements")
    if not isinstance(key_id, str) or not isinstance(endorsements, list):
        return None
    try:
        public = jwt.PyJWK(listed, algorithm="RS256").key
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    if not isinstance(public, RSAPublicKey) or public.key_size < 2048:
        return None
    return SigningKey(id=key_id, public=public, endorsements=frozenset(e for e in endorsements if isinstance(e, str)))
