"""Signing in with a work account: OpenID Connect, authorisation code with PKCE, through Entra ID.

msal carries the flow; since its version 1.38 it no longer checks the ID token, so every claim is checked here. The
token comes from the token endpoint itself over TLS (OpenID Connect Core 1.0, 3.1.3.7, step 6).
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msal
import structlog

from meeting.model import PersonId
from web.signing_in import CALLBACK, NotSignedIn

log = structlog.get_logger(__name__)
WAITING, WAIT_SECONDS = 500, 600.0  # sign-ins under way, and how long one may take
SKEW_SECONDS = 120.0
TIMEOUT_SECONDS = 10.0  # for each answer of Entra ID: whoever waits holds one of few threads


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """The app's registration, and where it is."""

    app_id: str
    secret: str
    tenant: str
    authority: str
    public_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Started:
    flow: dict[str, Any]
    back: str
    visit: str  # the browser that began it
    ends: float
    answer: Mapping[str, str] | None = None  # what Entra ID posted, until the browser asks for its page


class EntraSignIn:
    """Sends browsers to Entra ID and takes them back; what was not begun here, in this browser, ends nowhere."""

    def __init__(self, registration: Registration, *, http: object | None = None) -> None:
        self._registration, self._http = registration, http
        self._app: msal.ConfidentialClientApplication | None = None
        self._started: OrderedDict[str, _Started] = OrderedDict()

    async def begin(self, *, back: str, visit: str) -> str:
        """Return the address at Entra ID to send this browser to; raises NotSignedIn where it is not reached."""
        try:
            flow = await asyncio.to_thread(self._begun)
        except Exception as wrong:  # msal and requests raise what they like
            log.warning("sign_in.not_begun", error=type(wrong).__name__)
            raise NotSignedIn("not reached") from wrong
        self._started[flow["state"]] = _Started(flow=flow, back=back, visit=visit, ends=time.monotonic() + WAIT_SECONDS)
        while len(self._started) > WAITING:
            self._started.popitem(last=False)
        return str(flow["auth_uri"])

    def _begun(self) -> dict[str, Any]:
        address = f"{self._registration.public_url}{CALLBACK}"
        flow: dict[str, Any] = self._client().initiate_auth_code_flow(
            [], redirect_uri=address, response_mode="form_post"
        )
        return flow

    def came(self, fields: Mapping[str, str]) -> str:
        """Keep what Entra ID had a browser post; returns the state to ask with, "" for what was not begun here."""
        state = fields.get("state", "")
        started = self._started.get(state)
        if started is None or started.answer is not None:
            return ""
        self._started[state] = replace(started, answer=dict(fields))
        return state

    async def end(self, state: str, *, visit: str) -> tuple[PersonId, str]:
        """Return who signed in; raises NotSignedIn for anything that is not a sign-in of this browser."""
        started = self._started.pop(state, None)
        if started is None or started.visit != visit or time.monotonic() > started.ends or started.answer is None:
            raise NotSignedIn("not begun here")
        try:
            result = await asyncio.to_thread(
                self._client().acquire_token_by_auth_code_flow, started.flow, dict(started.answer)
            )
        except Exception as wrong:
            raise NotSignedIn(type(wrong).__name__) from wrong
        claims = result.get("id_token_claims")
        if "error" in result or not isinstance(claims, dict):
            raise NotSignedIn(str(result.get("error", "no token")))
        faults = self._wrong(claims, started.flow)
        if faults:
            log.warning("sign_in.refused", wrong=faults)
            raise NotSignedIn(faults)
        return PersonId(str(claims["oid"])), started.back

    def close(self) -> None:
        """End the connections to Entra ID."""
        if self._app is not None:
            self._app.http_client.close()

    def _client(self) -> msal.ConfidentialClientApplication:
        """Return the client; made when it is first needed, since it asks Entra ID where everything is."""
        if self._app is None:
            own = self._registration
            self._app = msal.ConfidentialClientApplication(
                own.app_id,
                client_credential=own.secret,
                authority=f"{own.authority.rstrip('/')}/{own.tenant}",
                instance_discovery=False,
                exclude_scopes=["offline_access"],
                http_client=self._http,
                timeout=TIMEOUT_SECONDS,
            )
        return self._app

    def _wrong(self, claims: Mapping[str, Any], flow: Mapping[str, Any]) -> str:
        """Return what is wrong, or "": the token is for this app, of this tenant and sign-in, and in its time."""
        own, now = self._registration, time.time()
        audience = claims.get("aud")
        right = {
            "audience": own.app_id in (audience if isinstance(audience, list) else [audience]),
            "issuer": claims.get("iss") == f"{own.authority.rstrip('/')}/{own.tenant}/v2.0",
            "tenant": claims.get("tid") == own.tenant,
            "nonce": claims.get("nonce") == hashlib.sha256(str(flow["nonce"]).encode("ascii")).hexdigest(),
            "time": _number(claims.get("nbf"), now) - SKEW_SECONDS
            <= now
            < _number(claims.get("exp"), 0) + SKEW_SECONDS,
            "person": isinstance(claims.get("oid"), str) and bool(claims.get("oid")),
        }
        return ", ".join(name for name, good in right.items() if not good)


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) else otherwise
