"""Connections to the two databases, each with its promises of durability set and asserted."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from storage.prepared import straight

_BUSY_MS = 5000
_OLDEST = (3, 35)  # of SQLite: the first that returns what it updated
_PATIENCE = 3  # times the busy time-out
_SQLITE = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a commit is on the disk before anybody is answered
    "foreign_keys": 1,
    "busy_timeout": _BUSY_MS,
    "secure_delete": 1,  # what is deleted is overwritten
    "trusted_schema": 0,  # a schema from elsewhere may not call functions
}
_POSTGRESQL = ("synchronous_commit", "fsync", "full_page_writes")
# The outbox fills and empties within a minute, which no planner's statistics follow: its statements have one plan, made
# once, by index; what a bitmap skips of the rows that are over, it would skip anew each time.
_ONE_PLAN = " -c plan_cache_mode=force_generic_plan -c enable_bitmapscan=off"
_log = logging.getLogger(__name__)


class Unopened(Exception):
    """The database cannot be used as it stands; the message says why, to whoever runs the service."""


class WrongAddress(Unopened, ValueError):
    """CHAIRSIDE_DATABASE names no database that the record can be kept in."""


class Unreadable(Unopened):
    """The database cannot be opened or read; the message says what the driver says."""


class Unsafe(Unopened):
    """A connection does not keep its promises of durability; the message names the setting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """Where a store writes and where it reads, and how many threads do each."""

    writing: Engine
    single: Engine  # for what is one statement: on PostgreSQL it commits itself, in one round trip
    reading: Engine
    writers: int
    readers: int
    embedded: bool  # SQLite: one writer, and this machine's clock is the database's

    def insert(self) -> Any:  # noqa: ANN401  # two constructs with the same methods and no common type
        """Return this database's insert construct, which knows ON CONFLICT."""
        return sqlite.insert if self.embedded else postgresql.insert

    def truncate_log(self) -> None:
        """Leave nothing of what was deleted in SQLite's write-ahead log, as soon as its readers let go."""
        if not self.embedded:
            return
        with closing(self.writing.raw_connection()) as connection:
            for _ in range(_PATIENCE):
                busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not busy:
                    return

    def close(self) -> None:
        """Close every connection."""
        for engine in (self.reading, self.single, self.writing):
            engine.dispose()


def address(url: str) -> URL:
    """Return where a database is, of `sqlite:///FILE` or `postgresql://…`; raises WrongAddress for anything else."""
    try:
        parsed = make_url(url)
    except ArgumentError:  # it would print the address, and with it a password
        raise WrongAddress("the address of the database is neither sqlite:///FILE nor postgresql://…") from None
    kind = parsed.get_backend_name()
    if kind not in ("sqlite", "postgresql"):
        raise WrongAddress(f"{kind} is not supported: sqlite or postgresql")
    if kind == "sqlite" and (not parsed.database or parsed.database == ":memory:"):
        raise WrongAddress("the record needs a file: sqlite:///PATH")
    return parsed


def file_of(url: str) -> Path | None:
    """Return the file of an embedded database, None for a server's; raises WrongAddress."""
    parsed = address(url)
    return Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None


def open_engines(url: str) -> Engines:
    """Return engines for a database's address; raises WrongAddress, Unreadable for a file that cannot be, Unsafe."""
    file = file_of(url)
    if file is None:
        return _postgresql(address(url).set(drivername="postgresql+psycopg"))
    return _sqlite(address(url), file)


def told(wrong: SQLAlchemyError) -> Unreadable:
    """Return what the driver says, without the statement and the addresses that are put around it."""
    said = str(getattr(wrong, "orig", wrong)).strip()
    if "database is locked" in said:  # for longer than anybody here would hold it
        said = "the database is locked: another process holds it. End that one, then try again"
    return Unreadable(said)


def _sqlite(url: URL, file: Path) -> Engines:
    if sqlite3.sqlite_version_info < _OLDEST:
        raise Unsafe(f"SQLite {sqlite3.sqlite_version} is too old: {'.'.join(map(str, _OLDEST))} or newer is needed")
    _private(file)
    # The writer's thread and the readers' never share a connection, but close() comes from another thread.
    arguments = {"check_same_thread": False, "timeout": _BUSY_MS / 1000}
    writing = create_engine(url, connect_args=arguments, pool_size=1, max_overflow=0)
    reading = create_engine(url, connect_args=arguments, pool_size=4, max_overflow=1)
    for engine, begin in ((writing, "BEGIN IMMEDIATE"), (reading, "BEGIN")):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_with(begin))
    event.listen(reading, "connect", _only_reads)
    return Engines(writing=writing, single=writing, reading=reading, writers=1, readers=3, embedded=True)


def _postgresql(url: URL) -> Engines:
    options = "-c synchronous_commit=on -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"
    arguments = {"connect_timeout": 5, "options": options}
    engine = create_engine(
        url, connect_args=arguments, pool_size=8, max_overflow=4, pool_pre_ping=True, pool_use_lifo=True
    )
    # A connection that was lost is found out by the statement itself: whoever runs it tries again.
    by_index = {**arguments, "options": options + _ONE_PLAN}
    single = create_engine(url, connect_args=by_index, pool_size=2, isolation_level="AUTOCOMMIT", pool_use_lifo=True)
    for one in (engine, single):
        event.listen(one, "connect", _assert_postgresql)
    return Engines(writing=engine, single=single, reading=engine, writers=4, readers=4, embedded=False)


def _private(path: Path) -> None:
    """Create the database file, readable by its owner alone, before SQLite would; its side files take its mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as wrong:
        raise Unreadable(f"{wrong.filename}: {wrong.strerror}") from wrong


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own connection
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so, and as we say
    for name, value in _SQLITE.items():
        connection.execute(f"PRAGMA {name}={value}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise Unsafe(f"SQLite's {name} is {found}, not {value}")


def _only_reads(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own connection
    connection.execute("PRAGMA query_only=1")


def _begin_with(statement: str) -> Any:  # noqa: ANN401  # an event listener
    def begin(connection: Connection) -> None:
        straight(connection, statement)

    return begin


def _assert_postgresql(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own connection
    found = {name: connection.execute(f"SHOW {name}").fetchone()[0] for name in _POSTGRESQL}
    connection.rollback()
    if found["synchronous_commit"] == "off":
        raise Unsafe("PostgreSQL's synchronous_commit is off")
    for name in ("fsync", "full_page_writes"):
        if found[name] == "off":  # the server's own setting, which a connection cannot change
            _log.warning("PostgreSQL's %s is off: a power cut may lose what was acknowledged", name)
