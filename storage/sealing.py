"""Contents under AES-256-GCM with a key of each meeting's own, bound to the place where they are stored."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.chain import Tampered

KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = b"\x01"


def fresh_key() -> bytes:
    """Return a new random key."""
    return os.urandom(KEY_BYTES)


def place(table: str, meeting: str, name: object) -> bytes:
    """Return the associated data of one stored value: a value moved elsewhere does not open there."""
    return f"{table}\x1f{meeting}\x1f{name}".encode()


class Seal:
    """One key, ready to seal and to open."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, content: bytes, where: bytes) -> bytes:
        """Return the content sealed for this place, under a fresh random nonce."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, content, _VERSION + where)

    def open(self, sealed: bytes, where: bytes) -> bytes:
        """Return the content; raises Tampered where the key, the place or a single bit is another."""
        version, nonce, body = sealed[:1], sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, body, version + where)
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            raise Tampered(f"sealed value does not open at {where.decode().replace(chr(0x1F), ' ')}") from None
