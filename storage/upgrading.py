"""Brings a database's tables to this release, whole or not at all, one process at a time."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from storage.engine import Unopened
from storage.failpoints import At, Point, nowhere

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = text("SELECT pg_advisory_xact_lock(4710237)")  # any number, the same in every process


class TooNew(Unopened):
    """The database was written by a newer release; this one must not touch it."""


def upgrade(engine: Engine, at: At = nowhere) -> None:
    """Bring the tables to this release; where they are there already, nothing changes. Raises TooNew.

    All migrations run in one transaction under a lock: SQLite's one writer, PostgreSQL's advisory lock.
    """
    with engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(_LOCK)
        config = _config(connection)
        scripts = ScriptDirectory.from_config(config)
        found = MigrationContext.configure(connection).get_current_revision()
        if found == scripts.get_current_head():
            return
        if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
            raise TooNew(
                f"the database was written by a later release (revision {found}). "
                "Run that release, or restore the backup from before the upgrade"
            )
        command.upgrade(config, "head")
        at(Point.IN_MIGRATION)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
