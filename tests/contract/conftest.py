"""One suite for both databases: every test here runs on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

from storage import Keyring, Store
from storage.failpoints import At, nowhere
from tests.contract.little import Watch, little_store
from tests.postgres_cluster import PostgresCluster


@pytest.fixture(scope="session")
def standing_url(postgres_cluster: PostgresCluster) -> str:
    """The address of a PostgreSQL database that the tests of this worker use in turn: making one takes long."""
    with psycopg.connect(postgres_cluster.url, autocommit=True) as server:
        server.execute("CREATE DATABASE standing")
    return postgres_cluster.url.removesuffix("/postgres") + "/standing"


def emptied(url: str) -> str:
    """Return the address of a database whose tables, if it has any, have been emptied."""
    with psycopg.connect(url, autocommit=True) as database:
        found = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        tables = [sql.Identifier(name) for (name,) in found if name != "alembic_version"]
        if tables:
            database.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(sql.SQL(", ").join(tables)))
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database; its tables may be there already."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'chairside.db'}"
    return emptied(request.getfixturevalue("standing_url"))


@pytest.fixture(params=["sqlite", "postgres"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'chairside.db'}"
    postgres: str = request.getfixturevalue("postgres_url")
    return postgres


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    """A fresh keyring in a file."""
    return Keyring.at(tmp_path / "keys.json")


@pytest.fixture
def watch() -> Watch:
    """The time that the stores take for the database's."""
    return Watch()


@pytest.fixture
def open_another(url: str, keyring: Keyring, watch: Watch) -> Iterator[Callable[..., Store]]:
    """Open a store on the database, as another process or a later one would; all are closed after the test."""
    stores: list[Store] = []

    def another(at: At = nowhere) -> Store:
        stores.append(little_store(url, keyring, now=watch, at=at))
        return stores[-1]

    yield another
    for store in stores:
        store.close()


@pytest.fixture
def store(open_another: Callable[..., Store]) -> Store:
    """A store on the database."""
    return open_another()


@pytest.fixture
def intruder(url: str) -> Iterator[Engine]:
    """A way into the database past the store, as somebody with its password has."""
    parsed = make_url(url)
    engine = create_engine(parsed if parsed.drivername == "sqlite" else parsed.set(drivername="postgresql+psycopg"))
    yield engine
    engine.dispose()
