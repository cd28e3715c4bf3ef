"""Backup, restore and rotation: what an operator does with the record and its keys, apart from each other."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from bot.keeping import kept
from bot.settings import Settings
from storage import Anchor, Finding, Keyring, alone
from storage.copying import NotCopied, back_up, put_back, take_place
from storage.inspecting import look_at

ANCHORS = ".anchors.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What a backup wrote: the database's copy, where each meeting's record ended, and the keyring's copy."""

    database: Path
    anchors: Path
    keyring: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore found and did; with findings nothing took the database's place."""

    findings: tuple[Finding, ...]
    meetings: int
    aside: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    """The new key, how many meetings it wraps now, and which old keys are gone for good."""

    newest: str
    rewrapped: int
    retired: tuple[str, ...]


async def backup(settings: Settings, folder: Path, *, keys: Path | None, now: datetime) -> BackedUp:
    """Copy the database while it is in use, with the ends of its records; the keyring only to a place of its own.

    Raises NotCopied, NothingKept.
    """
    _apart(folder, keys)
    with kept(settings) as store:
        anchors = await store.anchors()  # before the copy, which then holds at least as much
    copy = back_up(settings.database, folder, now=now)
    ends = copy.with_name(copy.stem + ANCHORS)
    ends.write_text(json.dumps([asdict(one) for one in anchors], indent=1), encoding="utf-8")
    return BackedUp(database=copy, anchors=ends, keyring=_copied_keys(settings, keys, now) if keys else None)


def _apart(folder: Path, keys: Path | None) -> None:
    if keys is not None and keys.resolve() == folder.resolve():
        raise NotCopied("Keyring and backup together open every meeting: give --keys a place apart.")


def _copied_keys(settings: Settings, folder: Path, now: datetime) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{settings.keyring.stem}-{now:%Y%m%dT%H%M%SZ}.json"
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # nobody else's, ever
        file.write(settings.keyring.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    return target


async def restore(settings: Settings, backup_file: Path, *, replace: bool, now: datetime) -> Restored:
    """Put a backup in the database's place once every record in it was verified.

    Raises NotCopied, KeyringError, InUse while the service runs: it would go on writing to what was set aside.
    """
    if not settings.keyring.is_file():
        raise NotCopied(
            f"Put the keyring back first, at {settings.keyring}: without it nothing can be verified or read."
        )
    with alone(settings.database):
        draft = put_back(backup_file, settings.database, replace=replace)
        drafted = settings.model_copy(update={"database": f"sqlite:///{draft}"})
        if lacking := look_at(drafted.database).keys - set(Keyring.at(settings.keyring).ids):
            draft.unlink()
            raise NotCopied(
                f"The keyring lacks {len(lacking)} key(s) that meetings of this backup are wrapped by: it was rotated "
                f"since. Put the keyring of that time at {settings.keyring}, restore, and rotate again."
            )
        with kept(drafted) as store:
            findings = await store.audit(anchors=_anchors(backup_file))
            meetings = len(await store.anchors())
        if findings:
            draft.unlink()
            return Restored(findings=findings, meetings=meetings)
        return Restored(findings=(), meetings=meetings, aside=take_place(draft, settings.database, now=now))


def _anchors(backup_file: Path) -> Iterable[Anchor]:
    """Return where the records ended just before the backup, if that was kept beside it."""
    ends = backup_file.with_name(backup_file.stem + ANCHORS)
    if not ends.is_file():
        return ()
    return tuple(Anchor(**one) for one in json.loads(ends.read_text(encoding="utf-8")))


async def rotate_keys(settings: Settings) -> Rotated:
    """Wrap every meeting's key by a new key, and take the old ones away for good; raises NothingKept, KeyringError."""
    with kept(settings) as store:
        newest = store.new_key()
        rewrapped = await store.rewrap()
        retired = await store.retire_keys()
    return Rotated(newest=newest, rewrapped=rewrapped, retired=retired)
