"""What is kept here: the database, its durability, the keyring, and messages that wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.examining.faults import Fault
from bot.settings import Settings
from storage import Keyring, KeyringError
from storage.engine import Unopened, WrongAddress, file_of
from storage.inspecting import Inspected, look_at, oldest_due

STUCK = timedelta(minutes=5)
_RESTORE = "Stop the service and restore the newest backup with `chairside restore`."


async def database_is_whole(settings: Settings) -> str:
    """Raise Fault where the database is damaged, of a later release, open to others or not durable.

    Returns where one would be made, if there is none: the folder may be the wrong one.
    """
    seen = await _seen(settings)
    if not seen.exists:
        return f"none at {file_of(settings.database)} yet; the first start makes it"
    if seen.damage:
        raise Fault(f"the database is damaged: {seen.damage}", _RESTORE)
    if seen.too_new:
        said = f"the database was written by a later release (revision {seen.too_new})"
        raise Fault(said, "Run that release, or restore the backup from before the upgrade.")
    if seen.unsafe:
        raise Fault(
            "; ".join(seen.unsafe), "Switch it on: without it a power cut loses what people were told is recorded."
        )
    if seen.readable_by_others:
        raise Fault("other accounts of this machine may read the database file", "chmod 600 it, and its -wal and -shm.")
    return ""


async def keyring_opens(settings: Settings) -> str:
    """Raise Fault where the keyring is missing, open to others, broken, or lacks a key that meetings are wrapped by."""
    seen = await _seen(settings)
    if not settings.keyring.exists():
        if seen.exists and seen.keys:
            raise Fault(
                f"there is no keyring at {settings.keyring}", "Put your copy of it back: meetings cannot be read."
            )
        return f"none at {settings.keyring} yet; the first start makes it"
    try:
        ring = Keyring.at(settings.keyring)
    except (KeyringError, OSError) as wrong:
        raise Fault(str(wrong), "Make it readable by its owner only, or put your copy of it back.") from wrong
    lacking = seen.keys - set(ring.ids)
    if lacking:
        said = f"the keyring lacks {len(lacking)} key(s) that meetings are wrapped by"
        raise Fault(said, "It is another keyring, or an old copy. Put back the newest one.")
    return ""


async def messages_go_out(settings: Settings, now: Callable[[], datetime]) -> None:
    """Raise Fault where a message has been due for five minutes: a reminder that somebody did not get."""
    due = await asyncio.to_thread(_oldest, settings)
    if due is not None and now() - due > STUCK:
        minutes = int((now() - due).total_seconds() // 60)
        said = f"a message has been due for {minutes} minutes"
        raise Fault(
            said, "Start the service. If it runs, mend what else is found here; then look at `chairside outbox`."
        )


def _oldest(settings: Settings) -> datetime | None:
    try:
        return oldest_due(settings.database)
    except Unopened:
        return None  # the look at the database says so


async def _seen(settings: Settings) -> Inspected:
    try:
        return await asyncio.to_thread(look_at, settings.database)
    except WrongAddress as wrong:
        raise Fault(str(wrong), "Set CHAIRSIDE_DATABASE to sqlite:///FILE or postgresql://…") from wrong
    except Unopened as wrong:
        raise Fault(
            f"the database cannot be read: {wrong}", f"Look at CHAIRSIDE_DATABASE. If it is damaged: {_RESTORE}"
        ) from wrong
