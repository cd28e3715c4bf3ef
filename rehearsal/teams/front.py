"""The HTTP front of this Teams: connector, identity and token endpoints on one loopback port."""

from aiohttp import web

from rehearsal.teams.connector import Connector, Refused
from rehearsal.teams.exchange import Exchange
from rehearsal.teams.faults import Faults, Handler, refused
from rehearsal.teams.journal import Called
from rehearsal.teams.keys import ISSUER, Keys
from rehearsal.teams.limits import RateMeter, Windows
from rehearsal.teams.model import Json
from rehearsal.teams.refusals import REFUSALS, throttled
from rehearsal.teams.rosters import Rosters
from rehearsal.teams.screens import Screens

OPENID_PATH = "/v1/.well-known/openidconfiguration"
KEYS_PATH = "/v1/.well-known/keys"


class Front:
    """Serves the bot over real HTTP."""

    def __init__(self, exchange: Exchange, screens: Screens, keys: Keys, faults: Faults) -> None:
        self.exchange = exchange
        self.keys = keys
        self.meter = RateMeter()
        self._prefix = f"/{exchange.settings.region}/{exchange.state.tenant}"
        connector = Connector(exchange, screens)
        self._app = web.Application(
            client_max_size=4 * 1024 * 1024, middlewares=[self._journal, faults.middleware, self._doorkeeper]
        )
        self._app.add_routes(connector.routes(self._prefix))
        self._app.add_routes(Rosters(exchange, connector).routes(self._prefix))
        self._app.add_routes(
            [
                web.get(OPENID_PATH, self._openid),
                web.get(KEYS_PATH, self._keys),
                web.post("/{tenant}/oauth2/v2.0/token", self._token),
            ]
        )
        self._runner: web.AppRunner | None = None

    async def start(self, port: int) -> None:
        """Listen on loopback; port 0 takes any free one."""
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.exchange.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _openid(self, _: web.Request) -> web.Response:
        document: Json = {
            "issuer": ISSUER,
            "authorization_endpoint": "https://invalid.botframework.com",
            "jwks_uri": f"{self.exchange.base_url}{KEYS_PATH}",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        }
        return web.json_response(document)

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response(self.keys.key_set())

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        status, body = self.keys.sign_in(form, request.match_info["tenant"])
        return web.json_response(body, status=status)

    @web.middleware
    async def _journal(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.exchange.traffic += 1
        response = await handler(request)
        entry = Called(
            at=self.exchange.now(),
            chat=request.match_info.get("chat", ""),
            method=request.method,
            path=request.path.removeprefix(self._prefix),
            status=response.status,
        )
        self.exchange.journal.write(entry)
        return response

    @web.middleware
    async def _doorkeeper(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(self._prefix):
            return await handler(request)
        if not self.keys.honours(request):
            return refused(REFUSALS["401"])
        wait = self._throttle(request)
        if wait is not None:
            return refused(throttled(wait))
        try:
            return await handler(request)
        except Refused as no:
            return refused(no.refusal)

    def _throttle(self, request: web.Request) -> int | None:
        limits = self.exchange.settings.rate_limits
        if limits is None:
            return None
        chat = request.match_info.get("chat", "new conversations")
        asked: list[tuple[str, Windows]] = [("tenant", limits.tenant)]
        if request.method != "GET":
            asked.append((f"write {chat}", limits.writes))
        elif "members" in request.path:
            asked.append((f"roster {chat}", limits.rosters))
        waits = [self.meter.admit(key, rule, scale=limits.scale, now=self.exchange.now()) for key, rule in asked]
        return max((each for each in waits if each is not None), default=None)
