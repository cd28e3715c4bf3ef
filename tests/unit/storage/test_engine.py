"""Connections: every one keeps its promises, or is refused."""

import pytest
from sqlalchemy.exc import OperationalError

from storage.engine import Unsafe, open_engines

PROMISED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "secure_delete": 1,
    "trusted_schema": 0,
}


@pytest.fixture
def engines(tmp_path):
    """Engines on an empty file."""
    engines = open_engines(f"sqlite:///{tmp_path / 'data' / 'chairside.db'}")
    yield engines
    engines.close()


@pytest.mark.parametrize("which", ["writing", "reading"])
def test_every_connection_is_set(engines, which):
    """Also the second of a pool."""
    engine = getattr(engines, which)
    first = engine.connect()
    others = [engine.connect() for _ in range(engine.pool.size() - 1)]
    for connection in (first, *others):
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in PROMISED}
        assert found == PROMISED
        connection.close()


def test_readers_cannot_write(engines):
    """A mistake in a query is an error, not a change."""
    with engines.reading.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.exec_driver_sql("CREATE TABLE t (x)")


def test_a_writer_holds_the_database_from_its_beginning(engines):
    """No transaction reads first and finds later that somebody else wrote."""
    with engines.writing.connect() as connection, connection.begin():
        other = engines.reading.connect()
        other.exec_driver_sql("PRAGMA query_only=0")
        other.exec_driver_sql("PRAGMA busy_timeout=0")
        other.rollback()
        with pytest.raises(OperationalError, match="locked"):
            other.exec_driver_sql("CREATE TABLE t (x)")
        other.invalidate()
        other.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x"])
def test_what_cannot_keep_a_record_is_refused(url):
    """A database in memory, or one that we do not know."""
    with pytest.raises(ValueError, match=r"needs a file|supported"):
        open_engines(url)


def test_an_sqlite_that_is_too_old_is_refused_at_once(tmp_path, monkeypatch):
    """By its number, and not by a statement that it cannot read in the middle of a meeting."""
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 34, 1))
    with pytest.raises(Unsafe, match="too old"):
        open_engines(f"sqlite:///{tmp_path / 'chairside.db'}")
