"""A look at a database without touching it: whole, durable, of this release, and wrapped by which keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from storage.engine import Unreadable, Unsafe, file_of, open_engines, told
from storage.keeping import in_use
from storage.schema import IS_WAITING, outbox
from storage.times import moment

_FOLDER = Path(__file__).parent / "migrations"
_SERVER = ("fsync", "full_page_writes", "synchronous_commit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What was seen. `too_new` is a revision of a later release, `unsafe` what a power cut would lose records by."""

    exists: bool
    behind: bool = False
    too_new: str = ""
    damage: str = ""
    unsafe: tuple[str, ...] = ()
    readable_by_others: bool = False
    keys: frozenset[str] = frozenset()


def look_at(url: str) -> Inspected:
    """Return what there is to know before the service starts; raises Unreadable, WrongAddress."""
    file = file_of(url)
    if file is not None and not file.exists():
        if not file.parent.is_dir():
            raise Unreadable(f"the folder {file.parent} is not there")
        return Inspected(exists=False)
    engines = open_engines(url)
    try:
        with engines.reading.connect() as connection, connection.begin():
            return _seen(connection, file)
    except Unsafe as unsafe:
        return Inspected(exists=True, unsafe=(str(unsafe),))
    except SQLAlchemyError as wrong:
        raise told(wrong) from wrong
    finally:
        engines.close()


def _seen(connection: Connection, file: Path | None) -> Inspected:
    found = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory(str(_FOLDER))
    known = {script.revision for script in scripts.walk_revisions()}
    has_tables = inspect(connection).has_table("meetings")
    damage = str(connection.execute(text("PRAGMA quick_check")).scalar()) if file else "ok"
    return Inspected(
        exists=True,
        behind=found in known and found != scripts.get_current_head(),
        too_new=found if found is not None and found not in known else "",
        damage="" if damage == "ok" else damage,
        unsafe=() if file else _server(connection),
        readable_by_others=bool(file and file.stat().st_mode & 0o077),
        keys=in_use(connection) if has_tables else frozenset(),
    )


def _server(connection: Connection) -> tuple[str, ...]:
    shown = {name: str(connection.execute(text(f"SHOW {name}")).scalar()) for name in _SERVER}
    return tuple(f"PostgreSQL's {name} is off" for name, value in shown.items() if value == "off")


def oldest_due(url: str) -> datetime | None:
    """Return when the longest-waiting message was due, if one waits; raises Unopened."""
    file = file_of(url)
    if file is not None and not file.exists():
        return None
    engines = open_engines(url)
    try:
        with engines.reading.connect() as connection:
            return moment(connection.execute(select(func.min(outbox.c.due_at)).where(IS_WAITING)).scalar())
    except SQLAlchemyError as wrong:
        raise told(wrong) from wrong
    finally:
        engines.close()
