"""The store that a deployment's settings name: opened by the service that keeps it, or by whoever looks into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from bot.settings import Settings
from meeting.machine import evolve
from meeting.telling.causes import notices_for
from storage import Keyring, KeyringError, Store, Unopened, open_store
from storage.engine import file_of
from storage.failpoints import At, nowhere
from storage.inspecting import look_at


class NothingKept(LookupError):
    """There is no database or no keyring where the settings say; the message names both places."""


def keep(settings: Settings, *, at: At = nowhere, now: Callable[[], datetime] | None = None) -> Store:
    """Open the store that the settings name, creating it and its keys on the first start.

    Raises Unopened, and KeyringError too where meetings are kept and their keyring is gone.
    """
    if not settings.keyring.exists() and _holds_meetings(settings.database):
        raise KeyringError(f"none at {settings.keyring}. Put your copy back: a new one could open no meeting")
    keyring = Keyring.at(settings.keyring)
    return open_store(settings.database, keyring, fold=evolve, notices_for=notices_for, now=now, at=at)


@contextmanager
def kept(settings: Settings) -> Iterator[Store]:
    """Open the store that is there, and close it again; whoever only looks creates nothing.

    Raises NothingKept, Unopened, KeyringError.
    """
    file = file_of(settings.database)
    if not settings.keyring.is_file() or (file is not None and not file.is_file()):
        database = f"database at {file}, or no " if file is not None else ""
        raise NothingKept(f"There is no {database}keyring at {settings.keyring}. Is this the service's own folder?")
    store = keep(settings)
    try:
        yield store
    finally:
        store.close()


def _holds_meetings(database: str) -> bool:
    try:
        return bool(look_at(database).keys)
    except Unopened:
        return False  # opening it says why
