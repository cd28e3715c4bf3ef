"""`chairside doctor`: a whole deployment on this machine, over TLS; each seeded fault is found, with its remedy."""

from __future__ import annotations

import json
import ssl
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.app import utc_now
from bot.convening import convene_plan, read_plan
from bot.examining import Found, examine
from bot.keeping import keep
from bot.settings import Settings
from procedures.load import load
from rehearsal.postbox import Postbox, postbox
from storage import Keyring
from tests.postbox import certificate

APP, TENANT = "12345678-90ab-4cde-8f01-234567890abc", "0fedcba9-8765-4321-8fed-cba987654321"
pytestmark = pytest.mark.node


@dataclass(slots=True, kw_only=True)
class World:
    """Microsoft, the proxy with the service behind it, and the mail server, as a test bends them."""

    folder: Path
    box: Postbox
    settings: dict[str, Any] = field(default_factory=dict)
    package: Path | None = None
    now: datetime = field(default_factory=utc_now)
    token: tuple[int, Any] = (200, {"access_token": "t", "expires_in": 3600})
    openid: Any = None
    keys: Any = field(default_factory=lambda: {"keys": [{"kid": "1"}]})
    messages: int = 401
    robots: str = "noindex"

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_post("/api/messages", self._messages)
        app.router.add_get("/seat/none", self._seat)
        return app

    async def _openid(self, request: web.Request) -> web.Response:
        told = self.openid or {"jwks_uri": str(request.url.with_path("/keys"))}
        return web.json_response(told, headers={"Date": format_datetime(datetime.now(UTC), usegmt=True)})

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response(self.keys)

    async def _token(self, request: web.Request) -> web.Response:
        return web.json_response(self.token[1], status=self.token[0])

    async def _messages(self, request: web.Request) -> web.Response:
        return web.Response(status=self.messages)

    async def _seat(self, request: web.Request) -> web.Response:
        return web.Response(status=404, headers={"X-Robots-Tag": self.robots})

    @property
    def database(self) -> Path:
        return self.folder / "meetings.db"

    @property
    def keyring(self) -> Path:
        return self.folder / "keys.json"


def packed(folder: Path, **changed: Any) -> Path:
    """An app package."""
    manifest = {"bots": [{"botId": APP}], "validDomains": ["127.0.0.1"], **changed}
    with zipfile.ZipFile(folder / "chairside.zip", "w") as file:
        file.writestr("manifest.json", json.dumps(manifest))
    return folder / "chairside.zip"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A deployment in which nothing is wrong."""
    context, authority = certificate(tmp_path)
    async with postbox(tls=context, password="right") as box:
        made = World(folder=tmp_path, box=box, package=packed(tmp_path))
        server = TestServer(made.app(), scheme="https")
        await server.start_server(ssl=context)
        url = f"https://127.0.0.1:{server.port}"
        made.settings = {
            "app_id": APP,
            "app_password": SecretStr("invented"),
            "app_tenant": TENANT,
            "tenants": frozenset({TENANT}),
            "authority": url,
            "openid_url": f"{url}/openid",
            "public_url": url,
            "database": f"sqlite:///{made.database}",
            "keyring": made.keyring,
            "smtp_host": "127.0.0.1",
            "smtp_port": box.port,
            "smtp_user": "chairside",
            "smtp_password": SecretStr("right"),
            "smtp_from": "chairside@council.example",
            "smtp_authorities": authority,
        }
        store = keep(Settings(**made.settings))
        plan = read_plan(Path("docs/how-to/example-meeting.yaml"))
        await convene_plan(store, plan, load(plan["procedure"]), now=utc_now)
        store.close()
        yield made
        await server.close()


async def examined(world: World) -> dict[str, Found]:
    """What the doctor finds, by what it looked at."""
    trust = ssl.create_default_context(cafile=world.folder / "mail-ca.pem")
    found = await examine(Settings(**world.settings), package=world.package, now=lambda: world.now, trust=trust)
    return {one.what: one for one in found}


def bend(**changed: Any) -> Callable[[World], object]:
    """Return what changes attributes of the world."""

    def change(world: World) -> None:
        for name, value in changed.items():
            setattr(world, name, value)

    return change


def settle(**changed: Any) -> Callable[[World], object]:
    """Return what changes settings."""
    return lambda world: world.settings.update(changed)


def too_new(world: World) -> None:
    import sqlite3

    with closing(sqlite3.connect(world.database)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


def another_keyring(world: World) -> None:
    world.keyring.unlink()
    Keyring.at(world.keyring)


async def test_where_nothing_is_kept_yet_it_says_where_the_first_start_would_make_it(world: World) -> None:
    """No fault of a new deployment, and a warning to whoever typed it in the wrong folder; nothing is made."""
    database, keyring = world.folder / "new.db", world.folder / "new.json"
    world.settings.update(database=f"sqlite:///{database}", keyring=keyring)
    found = await examined(world)
    assert [found[what].note for what in ("Database", "Keyring")] == [
        f"none at {file} yet; the first start makes it" for file in (database, keyring)
    ]
    assert not database.exists()
    assert not keyring.exists()


FAULTS: list[tuple[str, str, str, Callable[[World], object]]] = [
    ("no app id", "Settings of the Teams channel", "APP_ID", settle(app_id="")),
    ("no tenant served", "Settings of the Teams channel", "TENANTS", settle(tenants=frozenset())),
    ("left to rehearse", "Settings of the Teams channel", "REHEARSAL", settle(rehearsal=True)),
    ("secret expired", "App id and secret", "secret", bend(token=(401, {"error": "invalid_client"}))),
    ("unknown tenant", "App id and secret", "APP_TENANT", bend(token=(400, {"error": "invalid_request"}))),
    ("keys away", "Teams' signing keys", "firewall", settle(openid_url="https://127.0.0.1:9/openid")),
    ("a proxy answers for the keys", "Teams' signing keys", "proxy", bend(keys={"hello": 1})),
    ("clock", "Clock", "NTP", bend(now=datetime.now(UTC) + timedelta(minutes=9))),
    ("clock behind", "Clock", "NTP", bend(now=datetime.now(UTC) - timedelta(minutes=9))),
    ("another bot's package", "App package", "manifest", lambda w: packed(w.folder, bots=[{"botId": "x"}])),
    ("package without the host", "App package", "manifest", lambda w: packed(w.folder, validDomains=[])),
    ("no folder", "Database", "CHAIRSIDE_DATABASE", settle(database="sqlite:////nowhere/at/all.db")),
    ("damaged", "Database", "restore", lambda w: w.database.write_bytes(b"no database" * 500)),
    ("a later release", "Database", "release", too_new),
    ("open to others", "Database", "chmod", lambda w: w.database.chmod(0o644)),
    ("keyring gone", "Keyring", "copy of it", lambda w: w.keyring.unlink()),
    ("keyring open to others", "Keyring", "owner", lambda w: w.keyring.chmod(0o644)),
    ("another keyring", "Keyring", "newest", another_keyring),
    ("mail server away", "Mail server", "firewall", settle(smtp_port=9)),
    ("mail sign-in refused", "Mail server", "SMTP_USER", settle(smtp_password=SecretStr("wrong"))),
    ("mail certificate", "Mail server", "SMTP_AUTHORITIES", settle(smtp_authorities=None)),
    ("public address away", "Public address", "DNS", settle(public_url="https://127.0.0.1:9")),
    ("the proxy hides the channel", "Public address", "proxy", bend(messages=404)),
    ("the proxy hides the seats", "Public address", "proxy", bend(robots="")),
]


@pytest.mark.pango
async def test_a_whole_deployment_has_no_fault(world: World) -> None:
    """Nothing is found, nothing is sent, and nothing is changed."""
    before = world.database.stat().st_mtime_ns
    assert [one for one in (await examined(world)).values() if not one.well] == []
    assert world.box.letters == []
    assert world.database.stat().st_mtime_ns == before


@pytest.mark.parametrize(("what", "fix", "seed"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
async def test_each_fault_is_found_and_names_its_remedy(
    world: World, what: str, fix: str, seed: Callable[[World], object]
) -> None:
    """The look at that thing says what is wrong and what to do, in plain words."""
    seed(world)
    found = (await examined(world))[what]
    assert not found.well, what
    assert fix in f"{found.said} {found.fix}", found
    assert len(found.fix.split()) <= 25


@pytest.mark.postgres
async def test_a_server_that_may_lose_commits_is_found(world: World, postgres_url: str) -> None:
    """PostgreSQL with fsync off: a power cut loses what people were told is recorded."""
    world.settings["database"] = postgres_url
    found = (await examined(world))["Database"]
    assert "fsync is off" in found.said
