"""The little of Teams that a measured bot needs: keys to check tokens against, and a Bot Connector that takes all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt
from aiohttp import web

from rehearsal.teams.keys import ISSUER, SigningKey

APP_ID = "fc865704-d823-4b47-a185-ebf57358af35"
TENANT = "605d4375-d112-4920-954d-41e97bd8df1b"


@dataclass(slots=True, kw_only=True)
class LittleTeams:
    """Signs one kind of token for every bot, and counts what a bot sends by itself."""

    key: SigningKey
    url: str = ""
    taken: int = 0

    @property
    def service_url(self) -> str:
        """Return what activities carry as serviceUrl."""
        return f"{self.url}/emea/{TENANT}/"

    def token(self) -> str:
        """Return a token that is good for an hour."""
        now = datetime.now(UTC)
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "serviceurl": self.service_url,
            "nbf": int((now - timedelta(minutes=5)).timestamp()),
            "exp": int((now + timedelta(hours=1)).timestamp()),
        }
        return jwt.encode(claims, self.key.private, algorithm="RS256", headers={"kid": self.key.kid})

    async def openid(self, _: web.Request) -> web.Response:
        """Answer where the keys are."""
        told = {"issuer": ISSUER, "jwks_uri": f"{self.url}/keys", "id_token_signing_alg_values_supported": ["RS256"]}
        return web.json_response(told)

    async def keys(self, _: web.Request) -> web.Response:
        """Answer the keys."""
        return web.json_response({"keys": [self.key.entry()]})

    async def bot_token(self, _: web.Request) -> web.Response:
        """Answer a token for the bot."""
        return web.json_response({"token_type": "Bearer", "access_token": "taken-as-it-is", "expires_in": 3600})

    async def connector(self, request: web.Request) -> web.Response:
        """Take whatever a bot sends or edits."""
        self.taken += 1
        await request.read()
        return web.json_response({"id": str(1_700_000_000_000 + self.taken)}, status=201)


@asynccontextmanager
async def little_teams() -> AsyncIterator[LittleTeams]:
    """Run it on a free port of this machine until the context ends."""
    teams = LittleTeams(key=SigningKey())
    app = web.Application(client_max_size=1 << 20)
    app.router.add_get("/openid", teams.openid)
    app.router.add_get("/keys", teams.keys)
    app.router.add_post("/{tenant}/oauth2/v2.0/token", teams.bot_token)
    app.router.add_route("*", "/emea/{tail:.*}", teams.connector)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    teams.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield teams
    finally:
        await runner.cleanup()
