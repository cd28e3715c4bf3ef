"""The keyring: keys that wrap each meeting's own key, the chain's key and the people index's key.

A file of JSON that only its owner may read, or the same JSON in an environment variable. It belongs beside the
database's backups but never in them: whoever holds both can read everything.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from storage.sealing import KEY_BYTES, Seal, fresh_key, place

_VERSION = 1


class KeyringError(Exception):
    """The keyring cannot be used; the message says why, and never shows a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What a keyring holds. The newest wrapping key is the last one; older ones only open."""

    wrapping: Mapping[str, bytes]
    chain: bytes
    index: bytes


class Keyring:
    """Wraps and opens the meetings' keys, and lends the keys of chain and index."""

    def __init__(self, keys: Keys, path: Path | None = None) -> None:
        self._path = path
        self._mark = _mark(path)
        self._take(keys)

    @classmethod
    def at(cls, path: Path) -> Keyring:
        """Open the keyring file, creating it with fresh keys (mode 0600) where there is none; raises KeyringError."""
        if not path.exists():
            fresh = Keys(wrapping={_fresh_id(()): fresh_key()}, chain=fresh_key(), index=fresh_key())
            _write(path, fresh, replace=False)
        return cls(_read(path), path)

    @classmethod
    def from_text(cls, text: str) -> Keyring:
        """Open a keyring that came as JSON, from an environment variable or a secret store; raises KeyringError."""
        return cls(_parse(text))

    @property
    def newest(self) -> str:
        """The id of the key that wraps from now on."""
        return self.ids[-1]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all wrapping keys, oldest first."""
        return tuple(self._keys.wrapping)

    @property
    def chain_key(self) -> bytes:
        return self._keys.chain

    @property
    def ticket_key(self) -> bytes:
        """The key of the tickets on cards, derived from the chain's: old cards open after a rotation."""
        return hmac.digest(self._keys.chain, b"chairside tickets", "sha256")

    @property
    def code_key(self) -> bytes:
        """The key of guests' codes, derived from the newest wrapping key: an old keyring makes none of today's."""
        self._refresh()
        return hmac.digest(self._keys.wrapping[self.newest], b"chairside guest codes", "sha256")

    def wrap(self, key: bytes, meeting: str) -> tuple[str, bytes]:
        """Return (id of the wrapping key, the meeting's key wrapped by it)."""
        self._refresh()
        return self.newest, self._seals[self.newest].close(key, place("meetings", meeting, "key"))

    def unwrap(self, wrapped: bytes, by: str, meeting: str) -> bytes:
        """Return a meeting's key; raises KeyringError for an unknown wrapping key, Tampered for a changed one."""
        if by not in self._seals:
            self._refresh()
        if by not in self._seals:
            raise KeyringError(f"the keyring has no wrapping key {by}")
        return self._seals[by].open(wrapped, place("meetings", meeting, "key"))

    def indexed(self, identity: str) -> bytes:
        """Return the keyed HMAC under which somebody's identity stands in the index."""
        return hmac.digest(self._keys.index, identity.encode(), "sha256")

    def rotate(self) -> str:
        """Add a new wrapping key, store it durably, and return its id; the old ones still open."""
        fresh = _fresh_id(self.ids)
        self._change({**self._keys.wrapping, fresh: fresh_key()})
        return fresh

    def forget(self, key_id: str) -> None:
        """Take an old wrapping key away for good; whoever calls has made sure that nothing is wrapped by it."""
        if key_id == self.newest:
            raise KeyringError("the newest wrapping key cannot be taken away")
        self._change({k: v for k, v in self._keys.wrapping.items() if k != key_id})

    def _change(self, wrapping: Mapping[str, bytes]) -> None:
        if self._path is None:
            raise KeyringError("a keyring from the environment is changed where it is kept")
        keys = Keys(wrapping=wrapping, chain=self._keys.chain, index=self._keys.index)
        _write(self._path, keys, replace=True)
        self._take(keys)

    def _refresh(self) -> None:
        """Read the file again where another process has rotated meanwhile."""
        mark = _mark(self._path)
        if self._path is not None and mark != self._mark:
            self._take(_read(self._path))
            self._mark = mark

    def _take(self, keys: Keys) -> None:
        self._keys = keys
        self._seals = {key_id: Seal(key) for key_id, key in keys.wrapping.items()}


def _mark(path: Path | None) -> tuple[int, int] | None:
    """Return what is another when a file was replaced."""
    if path is None:
        return None
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def _fresh_id(taken: tuple[str, ...]) -> str:
    """Return a short id that tells the order of the keys."""
    number = max((int(key_id.split("-")[0]) for key_id in taken), default=0) + 1
    return f"{number}-{secrets.token_hex(4)}"


def _read(path: Path) -> Keys:
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        raise KeyringError(f"{path.name} may be read by others (mode {mode:o}): chmod 600 mends that")
    return _parse(path.read_text(encoding="utf-8"))


def _parse(text: str) -> Keys:
    try:
        data = json.loads(text)
        if data["version"] != _VERSION:
            raise KeyringError("the keyring is of a version that this release does not know")
        wrapping = {str(one["id"]): _key(one["key"]) for one in data["wrapping"]}
        keys = Keys(wrapping=wrapping, chain=_key(data["chain"]), index=_key(data["index"]))
    except (ValueError, KeyError, TypeError):
        raise KeyringError("the keyring is no valid keyring JSON") from None
    if not wrapping:
        raise KeyringError("the keyring has no wrapping key")
    return keys


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError
    return key


def _write(path: Path, keys: Keys, *, replace: bool) -> None:
    """Write the file whole or not at all, readable by its owner alone; without `replace` an existing one stays."""
    wrapping = [{"id": key_id, "key": base64.b64encode(key).decode()} for key_id, key in keys.wrapping.items()]
    chain, index = (base64.b64encode(key).decode() for key in (keys.chain, keys.index))
    text = json.dumps({"version": _VERSION, "wrapping": wrapping, "chain": chain, "index": index}, indent=2)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        if replace:
            draft.replace(path)
        else:
            path.hardlink_to(draft)  # fails where another process was quicker; its keyring stands
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
