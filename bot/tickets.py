"""Tickets sealed with AES-256-GCM: whoever holds a card can neither read nor change what its buttons address."""

from __future__ import annotations

import base64
import binascii
import json
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dialogs.engine import Forged, Ticket
from dialogs.links import Kept, Pass
from meeting.model import MeetingId, PersonId, SeatId

_NONCE = 12
_PURPOSE = b"chairside ticket 1"
_SEAT = b"chairside seat 1"
_CALENDAR = b"chairside calendar 1"
_WORD = re.compile(r"[A-Za-z0-9_-]+")
_written = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode  # a name in Welsh stays as short as it is


class SealedTickets:
    """Seals and opens tickets under one key; cards in old chats open as long as the key lives."""

    def __init__(self, key: bytes, *, random: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._cipher = AESGCM(key)
        self._random = random

    def seal(self, ticket: Ticket) -> str:
        """Return the ticket as opaque text."""
        plain = _written([ticket.meeting, ticket.person, ticket.nonce, dict(ticket.args)])
        nonce = self._random(_NONCE)
        return base64.urlsafe_b64encode(nonce + self._cipher.encrypt(nonce, plain.encode(), _PURPOSE)).decode()

    def open(self, text: str) -> Ticket:
        """Return the ticket that was sealed; raises Forged for anything else."""
        try:
            raw = base64.urlsafe_b64decode(text.encode("ascii"))
            plain = self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], _PURPOSE)
            meeting, person, nonce, args = json.loads(plain)
        except (InvalidTag, binascii.Error, ValueError) as wrong:
            raise Forged("ticket") from wrong
        return Ticket(meeting=MeetingId(meeting), person=person, nonce=nonce, args=args)

    def nonce(self) -> str:
        """Return a fresh nonce for one form."""
        return self._random(9).hex()


class SealedHandles:
    """Seals the addresses of seats, under the tickets' key and a purpose of their own: neither opens as the other."""

    def __init__(self, key: bytes, *, random: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._cipher = AESGCM(key)
        self._random = random

    def seal(self, meeting: MeetingId, seat: SeatId) -> str:
        """Return a word for a link: letters, digits, - and _ only."""
        nonce = self._random(_NONCE)
        sealed = self._cipher.encrypt(nonce, f"{meeting} {seat}".encode(), _SEAT)
        return base64.urlsafe_b64encode(nonce + sealed).decode().rstrip("=")

    def open(self, handle: str) -> tuple[MeetingId, SeatId]:
        """Return the meeting and the seat; raises Forged for anything that was not sealed here."""
        try:
            raw = _bytes_of(handle)
            meeting, _, seat = self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], _SEAT).decode().partition(" ")
        except (InvalidTag, binascii.Error, ValueError) as wrong:
            raise Forged("handle") from wrong
        return MeetingId(meeting), SeatId(seat)


class SealedPasses:
    """Seals what a calendar link opens, under the tickets' key and a purpose of its own: no other seal opens as one."""

    def __init__(self, key: bytes, *, random: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._cipher = AESGCM(key)
        self._random = random

    def seal(self, given: Pass) -> str:
        """Return a word for a link: letters, digits, - and _ only."""
        nonce = self._random(_NONCE)
        plain = _written([given.meeting, given.person, given.seat, given.kept, int(given.until.timestamp())])
        sealed = self._cipher.encrypt(nonce, plain.encode(), _CALENDAR)
        return base64.urlsafe_b64encode(nonce + sealed).decode().rstrip("=")

    def open(self, word: str) -> Pass:
        """Return the pass; raises Forged for anything that was not sealed here."""
        try:
            raw = _bytes_of(word)
            plain = self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], _CALENDAR)
            meeting, person, seat, kept, until = json.loads(plain)
        except (InvalidTag, binascii.Error, ValueError) as wrong:
            raise Forged("pass") from wrong
        opens = datetime.fromtimestamp(until, UTC)
        return Pass(
            meeting=MeetingId(meeting), person=PersonId(person), seat=SeatId(seat), kept=Kept(kept), until=opens
        )


def _bytes_of(word: str) -> bytes:
    """Return what a word of a link holds; raises ValueError for a sign that none has, which a decoder passes over."""
    if not _WORD.fullmatch(word):
        raise ValueError("no word of a link")
    return base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
