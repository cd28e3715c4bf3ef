"""Backups of the embedded database: taken while the service runs, proved whole before they take its place."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.engine import file_of

_SIDE_FILES = ("-wal", "-shm")


class NotCopied(Exception):
    """The copy could not be made or used; the message says what to do."""


def database_file(url: str) -> Path:
    """Return the file of an embedded database; raises NotCopied for PostgreSQL, which has tools of its own."""
    file = file_of(url)
    if file is None:
        raise NotCopied("PostgreSQL is backed up and restored by your own pg_dump or archive.")
    return file


def back_up(url: str, folder: Path, *, now: datetime) -> Path:
    """Write a whole copy into a folder while others read and write (SQLite's online backup); returns its file.

    Raises NotCopied where there is no database, or the folder holds the database itself.
    """
    source = database_file(url)
    if not source.is_file():
        raise NotCopied(f"There is no database at {source}.")
    folder.mkdir(parents=True, exist_ok=True)
    if folder.resolve() == source.parent.resolve():
        raise NotCopied("Give another folder than the database's own, best on another machine.")
    target = folder / f"{source.stem}-{now:%Y%m%dT%H%M%SZ}.db"
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _copy(source, target)
    except sqlite3.Error as wrong:
        target.unlink()  # half a copy must not lie there like a whole one
        raise NotCopied(
            f"Nothing was backed up: {wrong}. Run `chairside doctor`, and keep your last backup."
        ) from wrong
    return target


def put_back(backup: Path, url: str, *, replace: bool) -> Path:
    """Copy a backup to a file beside the database's place, and return that file.

    Raises NotCopied where a database stands there and `replace` is not said, or the backup is damaged.
    """
    target = database_file(url)
    if target.exists() and not replace:
        raise NotCopied(f"A database stands at {target} already. Stop the service, and say --replace to set it aside.")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.restoring")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _copy(backup, draft)
    except sqlite3.Error as damaged:
        draft.unlink()
        raise NotCopied(f"{backup.name} is damaged or no database: {damaged}") from damaged
    return draft


def take_place(draft: Path, url: str, *, now: datetime) -> Path | None:
    """Let a restored copy become the database; what stood there is set aside, not deleted. Returns where to."""
    target = database_file(url)
    aside: Path | None = None
    if target.exists():
        aside = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%SZ}")
        for side in ("", *_SIDE_FILES):
            old = target.with_name(target.name + side)
            if old.exists():
                old.rename(aside.with_name(aside.name + side))
    for side in _SIDE_FILES:
        draft.with_name(draft.name + side).unlink(missing_ok=True)
    draft.rename(target)
    return aside


def _copy(source: Path, target: Path) -> None:
    """Copy page by page, then check the copy's pages; raises sqlite3.DatabaseError."""
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written)
        found = written.execute("PRAGMA quick_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(str(found))
