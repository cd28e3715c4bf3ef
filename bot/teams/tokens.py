"""Bearer tokens of Teams: checked once, remembered by their hash until they expire."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from math import isfinite
from typing import Any

import jwt
from jwt.types import Options

from bot.teams.signing_keys import SigningKey, SigningKeys

ISSUER = "https://api.botframework.com"
#: Clocks may differ by this much: the Bot Framework's own allowance.
LEEWAY_SECONDS = 300
_REMEMBERED = 1024
_LONGEST = 8192
_SIGNATURE_ONLY: Options = {
    "verify_signature": True,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}


class TokenRefused(Exception):
    """A token that proves nothing to this bot; the message names the check, never the token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What a verified token vouches for."""

    key: SigningKey
    service_url: str
    starts: float
    ends: float


class Tokens:
    """Checks tokens against Teams' keys; a token seen before costs one look-up."""

    def __init__(self, *, app_id: str, keys: SigningKeys, now: Callable[[], datetime]) -> None:
        if not app_id:
            raise ValueError("Without an app id no token can be checked.")
        self._app_id = app_id
        self._keys = keys
        self._now = now
        self._verified: dict[bytes, Token] = {}

    async def verify(self, authorization: str | None) -> Token:
        """What the Authorization header vouches for; raises `TokenRefused` (or `KeysUnavailable`)."""
        scheme, _, encoded = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not encoded or len(encoded) > _LONGEST:
            raise TokenRefused("no_bearer_token")
        digest = sha256(encoded.encode("utf-8", "surrogateescape")).digest()
        token = self._verified.get(digest)
        if token is None or self._keys.known(token.key.id) != token.key:
            token = await self._verify(encoded)
            self._remember(digest, token)
        self._in_time(token)
        return token

    async def _verify(self, encoded: str) -> Token:
        key = await self._keys.find(_key_id(encoded))
        if key is None:
            raise TokenRefused("unknown_key")
        claims = _signed_claims(encoded, key)
        if claims.get("iss") != ISSUER:
            raise TokenRefused("issuer")
        if claims.get("aud") != self._app_id:
            raise TokenRefused("audience")
        service_url = claims.get("serviceurl")
        if not isinstance(service_url, str) or not service_url:
            raise TokenRefused("service_url_claim")
        token = Token(
            key=key,
            service_url=service_url,
            starts=_seconds(claims, "nbf") if "nbf" in claims else 0.0,
            ends=_seconds(claims, "exp"),
        )
        self._in_time(token)
        return token

    def _in_time(self, token: Token) -> None:
        now = self._now().timestamp()
        if now >= token.ends + LEEWAY_SECONDS:
            raise TokenRefused("expired")
        if now < token.starts - LEEWAY_SECONDS:
            raise TokenRefused("not_yet_valid")

    def _remember(self, digest: bytes, token: Token) -> None:
        if len(self._verified) >= _REMEMBERED:
            oldest = min(self._verified, key=lambda seen: self._verified[seen].ends)
            del self._verified[oldest]
        self._verified[digest] = token


def _key_id(encoded: str) -> str:
    try:
        header = jwt.get_unverified_header(encoded)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise TokenRefused("not_a_token") from error
    key_id = header.get("kid")
    if header.get("alg") != "RS256":
        raise TokenRefused("algorithm")
    if not isinstance(key_id, str):
        raise TokenRefused("no_key_id")
    return key_id


def _signed_claims(encoded: str, key: SigningKey) -> Mapping[str, Any]:
    """The claims of a token whose signature is right; times, audience and issuer are checked by the caller's clock."""
    try:
        return jwt.decode(encoded, key.public, algorithms=["RS256"], options=_SIGNATURE_ONLY)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise TokenRefused("signature") from error


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise TokenRefused(name)
    return float(value)
