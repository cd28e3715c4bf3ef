"""A Teams of our own for these tests: keys, tokens, payloads, a Bot Connector, and the real application on a port."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp
import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bot.teams.connector import Connector
from bot.teams.inbound import Answer, Happening, NoticeAnswer, Press, Said
from bot.teams.routes import open_session, teams_connector, teams_routes
from bot.teams.settings import TeamsSettings
from bot.teams.timing import Timing

PAYLOADS = Path(__file__).parent / "payloads"
APP_ID = "fc865704-d823-4b47-a185-ebf57358af35"
TENANT = "605d4375-d112-4920-954d-41e97bd8df1b"
SERVICE_URL = f"https://smba.trafficmanager.net/emea/{TENANT}/"
CHAT_ID = "19:meeting_NDhlYjFkOTctZGRhYy00MjcxLThlN2UtOTI4MjZkZTRhYzA4@thread.v2"
START = datetime(2026, 4, 20, 13, 0, tzinfo=UTC)


def payload(name: str) -> dict[str, Any]:
    """One recorded or documented shape of Teams' traffic; a fresh copy each time."""
    shape: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return shape


@cache
def private_key(name: str = "first") -> rsa.RSAPrivateKey:
    """A signing key of this test run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def jwk(name: str = "first", **changed: Any) -> dict[str, Any]:
    """The public half as Teams lists it; a change to None leaves a member out."""
    listed = json.loads(RSAAlgorithm.to_jwk(private_key(name).public_key()))
    listed |= {"use": "sig", "kid": name, "x5t": name, "endorsements": ["msteams", "webchat"]} | changed
    return {member: value for member, value in listed.items() if value is not None}


def claims(**changed: Any) -> dict[str, Any]:
    """What Teams claims at START; a change to None leaves a claim out."""
    told = {
        "iss": "https://api.botframework.com",
        "aud": APP_ID,
        "serviceurl": SERVICE_URL,
        "nbf": int(START.timestamp()),
        "exp": int((START + timedelta(hours=1)).timestamp()),
    } | changed
    return {name: value for name, value in told.items() if value is not None}


def token(key: str = "first", *, kid: str | None = None, **changed: Any) -> str:
    """A token as Teams signs it, but for what was changed."""
    return jwt.encode(claims(**changed), private_key(key), algorithm="RS256", headers={"kid": kid or key})


@dataclass
class Clock:
    """Time that a test moves; a sleep moves it too, and is noted."""

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)

    @property
    def timing(self) -> Timing:
        return Timing(monotonic=lambda: self.seconds, sleep=self.sleep, jitter=lambda ceiling: ceiling / 2)


@dataclass
class KeySource:
    """Teams' OpenID metadata and keys."""

    keys: list[dict[str, Any]] = field(default_factory=lambda: [jwk()])
    status: int = 200
    keys_elsewhere: str | None = None
    fetches: int = 0
    #: Cleared, the source takes the call and does not answer.
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.answers.set()

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/openid", self._metadata)
        app.router.add_get("/keys", self._keys)
        return app

    async def _metadata(self, request: web.Request) -> web.Response:
        self.fetches += 1
        self.asked.set()
        await self.answers.wait()
        address = self.keys_elsewhere or str(request.url.with_path("/keys"))
        return web.json_response({"jwks_uri": address}, status=self.status)

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response({"keys": self.keys}, status=self.status)


@dataclass
class Recorder:
    """A handler that keeps what it is told."""

    presses: list[Press] = field(default_factory=list)
    messages: list[Said] = field(default_factory=list)
    events: list[Happening] = field(default_factory=list)
    answer: Callable[[Press], Answer] = lambda _: NoticeAnswer(text="Thank you, recorded.")

    async def press(self, press: Press) -> Answer:
        self.presses.append(press)
        return self.answer(press)

    async def said(self, said: Said) -> None:
        self.messages.append(said)

    async def happened(self, event: Happening) -> None:
        self.events.append(event)

    @property
    def heard(self) -> list[Any]:
        return [*self.presses, *self.messages, *self.events]


@dataclass
class Channel:
    """The bot's door as Teams sees it."""

    url: str
    teams: aiohttp.ClientSession
    source: KeySource
    handler: Recorder
    clock: Clock

    async def post(self, activity: Any, *, bearer: str | None = None, **headers: str) -> tuple[int, Any]:
        """The status and the JSON of the bot's answer to an activity (or to raw bytes)."""
        data = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        sent = {"Content-Type": "application/json; charset=utf-8", "Authorization": f"Bearer {bearer or token()}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in sent.items() if value}
        async with self.teams.post(self.url, data=data, headers=sent) as response:
            body = await response.read()
            return response.status, json.loads(body) if body else None


SETTINGS = TeamsSettings(app_id=APP_ID, app_password="not-so-secret", app_tenant=TENANT, tenants=frozenset({TENANT}))


@asynccontextmanager
async def open_channel(source: KeySource | None = None, settings: TeamsSettings = SETTINGS) -> AsyncIterator[Channel]:
    """The real application on a port, with authentication on."""
    source, handler, clock = source or KeySource(), Recorder(), Clock()
    async with TestServer(source.app()) as keys, open_session() as session, aiohttp.ClientSession() as teams:
        settings = replace(settings, openid_url=str(keys.make_url("/openid")))
        app = web.Application()
        teams_routes(settings, handler, session, clock.now, timing=clock.timing).plug_into(app)
        async with TestServer(app) as bot:
            url = str(bot.make_url("/api/messages"))
            yield Channel(url=url, teams=teams, source=source, handler=handler, clock=clock)


@dataclass
class Taken:
    """One request that reached the connector."""

    method: str
    path: str
    query: dict[str, str]
    bearer: str
    body: Any
    at: float


@dataclass
class Service:
    """A Bot Connector and a directory that answer as a test scripts it."""

    clock: Clock
    url: str = ""
    #: Answers in order; the last one goes on for ever.
    script: list[dict[str, Any]] = field(default_factory=lambda: [payload("response-send-201")])
    taken: list[Taken] = field(default_factory=list)
    token_requests: list[dict[str, Any]] = field(default_factory=list)
    token_answer: tuple[int, dict[str, Any]] = (200, {"access_token": "bot-token", "expires_in": 3600})
    busy: int = 0
    busiest: int = 0

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_route("*", "/{tail:.*}", self._answer)
        return app

    async def _token(self, request: web.Request) -> web.Response:
        self.token_requests.append({"path": request.path} | dict(await request.post()))
        status, body = self.token_answer
        return web.json_response(body, status=status)

    async def _answer(self, request: web.Request) -> web.Response:
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        body, bearer = await request.read(), request.headers.get("Authorization", "")
        sent = json.loads(body) if body else None
        self.taken.append(
            Taken(request.method, request.raw_path, dict(request.query), bearer, sent, self.clock.seconds)
        )
        await asyncio.sleep(0)
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        headers = {name: value for name, value in answer["headers"].items() if name in {"Retry-After", "Location"}}
        self.busy -= 1
        if answer["body"] is None:
            return web.Response(status=answer["status"], headers=headers)
        return web.json_response(answer["body"], status=answer["status"], headers=headers)


@asynccontextmanager
async def open_service(**changed: Any) -> AsyncIterator[tuple[Connector, Service]]:
    """Our client for the connector, and the connector on a real port that it speaks to."""
    service = Service(clock=Clock())
    async with TestServer(service.app()) as server, open_session() as session:
        root = str(server.make_url("/")).rstrip("/")
        service.url = f"{root}/emea/{TENANT}/"
        settings = replace(SETTINGS, rehearsal=True, authority=root, **changed)
        yield teams_connector(settings, session, service.clock.timing), service
