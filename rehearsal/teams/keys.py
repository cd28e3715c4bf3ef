"""Who this Teams is: signing keys that roll over, OpenID metadata, and the tokens of both directions."""

import base64
import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache

import jwt
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from rehearsal.teams.clock import Clock
from rehearsal.teams.model import BotAccount, Json, State

ISSUER = "https://api.botframework.com"
_LIFE = timedelta(minutes=60)
_EARLY = timedelta(minutes=5)


class SigningKey:
    """One RSA key with its certificate, as an entry of the key set names it."""

    def __init__(self) -> None:
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.certificate = _self_signed(self.private)
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        self.kid = _base64url(hashlib.sha1(der).digest())  # noqa: S324 - a thumbprint is SHA-1 by its standard

    def entry(self) -> Json:
        """The public half as a member of the key set, endorsed for Teams."""
        numbers = self.private.public_key().public_numbers()
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        return {
            "kty": "RSA",
            "use": "sig",
            "kid": self.kid,
            "x5t": self.kid,
            "n": _number(numbers.n),
            "e": _number(numbers.e),
            "x5c": [base64.b64encode(der).decode()],
            "endorsements": ["msteams"],
        }


@cache
def signing_key(_generation: int) -> SigningKey:
    """The key of this generation, made once in a process, since making one takes longer than a test."""
    return SigningKey()


class Keys:
    """Signs what goes to the bot and honours what the bot signed in for."""

    def __init__(self, state: State, account: BotAccount, clock: Clock, *, token_minutes: int) -> None:
        self.state = state
        self.account = account
        self.clock = clock
        self.token_life = timedelta(minutes=token_minutes)
        self._signed: dict[tuple[int, str], tuple[datetime, str]] = {}

    @property
    def current(self) -> SigningKey:
        return signing_key(self.state.key_generation)

    def roll_over(self, *, keep_old: bool = True) -> None:
        """Sign with a new key from now on; the old one stays in the published set if kept."""
        self.state.old_keys = [*self.state.old_keys, self.state.key_generation] if keep_old else []
        self.state.key_generation += 1

    def activity_token(self, service_url: str) -> str:
        """A token as Teams sends it with an activity; one serves for most of its hour."""
        key = (self.state.key_generation, service_url)
        now = self.clock.now()
        signed, token = self._signed.get(key, (None, ""))
        if signed is None or not signed <= now < signed + _LIFE - _EARLY:
            token = self.forge(service_url)
            self._signed[key] = (now, token)
        return token

    def forge(
        self, service_url: str, *, claims: Json | None = None, key: SigningKey | None = None, header: Json | None = None
    ) -> str:
        """A token with some claims or headers changed (None takes one away), or signed by another key."""
        signer, now = key or self.current, self.clock.now()
        body = {
            "serviceurl": service_url,
            "nbf": int((now - _EARLY).timestamp()),
            "exp": int((now + _LIFE).timestamp()),
            "iss": ISSUER,
            "aud": self.account.app_id,
            **(claims or {}),
        }
        body = {name: value for name, value in body.items() if value is not None}
        headers = {"kid": signer.kid, "x5t": signer.kid, **(header or {})}
        return jwt.encode(body, signer.private, algorithm="RS256", headers=headers)

    def key_set(self) -> Json:
        """The published public keys, the current one first."""
        generations = [self.state.key_generation, *self.state.old_keys]
        return {"keys": [signing_key(each).entry() for each in generations]}

    def honours(self, request: web.Request) -> bool:
        """Whether the call carries a living token that this Teams issued."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        expires = self.state.app_tokens.get(token)
        return scheme == "Bearer" and expires is not None and expires > self.clock.now()

    def revoke_all(self) -> None:
        """No token issued so far opens anything any more."""
        self.state.app_tokens.clear()

    def sign_in(self, form: dict[str, str], tenant: str) -> tuple[int, Json]:
        """The answer of the token endpoint: status and body."""
        if form.get("grant_type") != "client_credentials":
            return 400, _denied("unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.")
        if tenant not in (self.state.tenant, "botframework.com"):
            return 400, _denied("invalid_request", f"AADSTS90002: Tenant '{tenant}' not found.")
        if form.get("client_id") != self.account.app_id:
            return 400, _denied("unauthorized_client", "AADSTS700016: Application was not found in the directory.")
        if form.get("client_secret") != self.account.password:
            return 401, _denied("invalid_client", "AADSTS7000215: Invalid client secret provided.")
        token = secrets.token_urlsafe(48)
        self.state.app_tokens[token] = self.clock.now() + self.token_life
        seconds = int(self.token_life.total_seconds()) - 1
        return 200, {
            "token_type": "Bearer",
            "expires_in": seconds,
            "ext_expires_in": seconds,
            "access_token": token,
        }


def _denied(error: str, description: str) -> Json:
    return {"error": error, "error_description": description}


def _self_signed(key: rsa.RSAPrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A local Teams")])
    builder = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=datetime(2020, 1, 1, tzinfo=UTC),
        not_valid_after=datetime(2120, 1, 1, tzinfo=UTC),
    )
    return builder.sign(key, hashes.SHA256())


def _number(value: int) -> str:
    return _base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
