"""An OpenID provider of one's own, as Entra ID answers: discovery, a page that signs in at once, tokens."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import jwt
from aiohttp import web

APP, SECRET, TENANT = "12345678-90ab-4cde-8f01-234567890abc", "invented", "0fedcba9-8765-4321-8fed-cba987654321"


@dataclass(slots=True, kw_only=True)
class Provider:
    """Signs in whoever `person` names; `changed` bends the claims of the token."""

    url: str = ""
    person: str = ""
    changed: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self._discovery)
        app.router.add_get("/{tenant}/authorize", self._authorize)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        return app

    async def _discovery(self, request: web.Request) -> web.Response:
        base = f"{self.url}/{request.match_info['tenant']}"
        told = {"issuer": f"{base}/v2.0", "authorization_endpoint": f"{base}/authorize"}
        return web.json_response(told | {"token_endpoint": f"{base}/oauth2/v2.0/token"})

    async def _authorize(self, request: web.Request) -> web.Response:
        asked = dict(request.query)
        assert (asked["client_id"], asked["response_type"]) == (APP, "code")
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked
        assert asked["response_mode"] == "form_post"
        told = {"code": code, "state": asked["state"]}
        return web.json_response({"action": asked["redirect_uri"], "fields": told})  # the form that a browser posts

    async def _token(self, request: web.Request) -> web.Response:
        sent = {k: str(v) for k, v in (await request.post()).items()}
        if sent.get("grant_type") != "authorization_code":
            return web.json_response({"error": "unauthorized_client"}, status=400)
        asked = self.codes.pop(sent.get("code", ""), None)  # a code works once
        proof = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).decode().rstrip("=")
        if asked is None or challenge != asked["code_challenge"] or sent.get("client_secret") != SECRET:
            self.refused.append(sent.get("code", ""))
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response(self._tokens(asked, request.match_info["tenant"]))

    def _tokens(self, asked: dict[str, str], tenant: str) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": f"{self.url}/{tenant}/v2.0",
            "aud": APP,
            "tid": TENANT,
            "oid": self.person,
            "sub": "s",
            "iat": now,
            "nbf": now,
            "exp": now + 3600,
            "nonce": asked["nonce"],
        } | self.changed
        signed = jwt.encode(claims, "k" * 32, algorithm="HS256")
        info = base64.urlsafe_b64encode(json.dumps({"uid": "u", "utid": TENANT}).encode()).decode()
        return {
            "token_type": "Bearer",
            "access_token": "a",
            "expires_in": 3600,
            "id_token": signed,
            "client_info": info,
        }
