"""What every kind of test shares: the things of the machine that some tests need.

A test that needs PostgreSQL, Chromium, Pango or what npm brings (`make setup-node`) asks for the fixture, or carries
the mark. Where the thing is missing the test is skipped, unless CHAIRSIDE_REQUIRE names it
(`CHAIRSIDE_REQUIRE=postgres,chromium,node,pango`): then the test fails.
"""

import ctypes.util
import logging
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import structlog

from bot.logs import configure_logs
from tests.postgres_cluster import PostgresCluster, server_programs


def plain_logs() -> None:
    """Have logs printed as the library does, but for traces: with every variable in a box one takes half a minute."""
    shown = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    stamped = structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False)
    structlog.reset_defaults()
    structlog.configure(processors=[structlog.processors.add_log_level, stamped, shown])


plain_logs()


def find_chromium() -> Path | None:
    """Return the browser's program, or None."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return Path(found) if found else None


def find_node_modules() -> Path | None:
    """Return the folder that `make setup-node` fills, or None."""
    found = Path(__file__).resolve().parents[1] / "node_modules"
    return found if (found / ".ready").is_file() else None


def find_pango() -> Path | None:
    """Return the name of the library that draws PDFs' text, or None."""
    found = ctypes.util.find_library("pangoft2-1.0")
    return Path(found) if found else None


THINGS: dict[str, Callable[[], Path | None]] = {
    "postgres": server_programs,
    "chromium": find_chromium,
    "node": find_node_modules,
    "pango": find_pango,
}


def required() -> frozenset[str]:
    """Return the things whose absence is a failure; an unknown name is an error."""
    named = frozenset(filter(None, (name.strip() for name in os.environ.get("CHAIRSIDE_REQUIRE", "").split(","))))
    if unknown := named - THINGS.keys():
        msg = f"CHAIRSIDE_REQUIRE names {sorted(unknown)}; known are {sorted(THINGS)}"
        raise pytest.UsageError(msg)
    return named


def require(thing: str) -> Path:
    """Return where a thing of the machine lies; without it skip the test, or fail it if CHAIRSIDE_REQUIRE names it."""
    if (path := THINGS[thing]()) is not None:
        return path
    if thing in required():
        pytest.fail(f"{thing} is missing on this machine, and CHAIRSIDE_REQUIRE names it", pytrace=False)
    pytest.skip(f"{thing} is missing on this machine")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse an unknown name in CHAIRSIDE_REQUIRE before any test runs."""
    del config
    required()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--ledger ID` runs only the tests that carry this ledger id."""
    parser.addoption("--ledger", default="", help="run only the tests that carry this ledger id")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Note each test's ledger ids in its report, and keep to the id that was asked for."""
    wanted = config.getoption("--ledger")
    for item in items:
        mark = item.get_closest_marker("ledger")
        if mark is not None:
            item.user_properties.append(("ledger", list(mark.args)))
    if wanted:
        kept = [i for i in items if any(wanted in mark.args for mark in i.iter_markers("ledger"))]
        config.hook.pytest_deselected(items=[i for i in items if i not in kept])
        items[:] = kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Hold a marked test to the thing it names."""
    for thing in THINGS:
        if item.get_closest_marker(thing) is not None:
            require(thing)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program."""
    return require("chromium")


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder with Microsoft's manifest schema and card renderer."""
    return require("node")


@pytest.fixture(scope="session")
def pango() -> Path:
    """The library that draws PDFs' text."""
    return require("pango")


@pytest.fixture(scope="session")
def postgres_programs() -> Path:
    """The folder with initdb and pg_ctl, for a test that makes (and kills) a cluster of its own."""
    return require("postgres")


@pytest.fixture(scope="session")
def postgres_cluster(postgres_programs: Path) -> Iterator[PostgresCluster]:
    """A running server that all tests of this worker share; it keeps nothing safe, for speed."""
    with tempfile.TemporaryDirectory(prefix="chairside-pg-", ignore_cleanup_errors=True) as folder:
        quick = ("-c fsync=off", "-c full_page_writes=off", "-c max_connections=40")
        cluster = PostgresCluster(folder=Path(folder), programs=postgres_programs, options=quick)
        cluster.create()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()


@pytest.fixture
def postgres_url(postgres_cluster: PostgresCluster, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh, empty database, dropped after the test: `postgresql://…` as libpq writes it."""
    name = f"t{abs(hash(request.node.nodeid)):x}"
    with psycopg.connect(postgres_cluster.url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())
        yield postgres_cluster.url.removesuffix("/postgres") + f"/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture
def service_logs(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """The logs as the service writes them, and what has been written since; what is configured here ends here."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    configure_logs()
    yield lambda: capsys.readouterr().err
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.raiseExceptions = True
    root.handlers[:] = handlers
    root.setLevel(level)
    plain_logs()
