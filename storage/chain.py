"""The chain over a meeting's ciphertext: keyed, so that nobody without its key can mend it after a change.

It covers what is stored, not what was said: a meeting whose own key was destroyed still verifies.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass


class Tampered(Exception):
    """Stored rows are not what was written; the message names meeting and row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with a stored record; `row` is an entry's number, 0 the meeting's own row."""

    meeting: str
    row: int
    what: str

    def __str__(self) -> str:
        """Return it in one line."""
        return f"meeting {self.meeting}, row {self.row}: {self.what}" if self.meeting else self.what


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One stored entry as the chain sees it."""

    sequence: int
    at: int
    sealed: bytes
    mac: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a meeting's chain begins with: facts of its row that never change."""

    meeting: str
    reference: str
    procedure: str
    created: int


class Chain:
    """MACs of one store, all under the chain's own key."""

    def __init__(self, key: bytes) -> None:
        # Kept and copied: `hmac.digest` takes the key anew, and lets another thread in, for each row.
        self._keyed = hmac.new(key, digestmod="sha256")

    def genesis(self, start: Start) -> bytes:
        """Return the MAC that the first entry follows."""
        return self._mac(b"start", start.meeting, start.reference, start.procedure, start.created)

    def link(self, meeting: str, sequence: int, at: int, sealed: bytes, before: bytes) -> bytes:
        """Return the MAC of an entry that follows the one whose MAC is `before`."""
        head = b"%b\x1f%b\x1f%d\x1f%d\x1f" % (b"entry", meeting.encode(), sequence, at)
        return self._digest(head + before + sealed)

    def head(self, meeting: str, sequence: int, last: bytes) -> bytes:
        """Return the MAC that says: this is the last entry."""
        return self._mac(b"head", meeting, sequence, last.hex())

    def _mac(self, what: bytes, *parts: str | int) -> bytes:
        # Every part's length goes before it, so that no two lists of parts read the same.
        texts = [str(part).encode() for part in parts]
        message = what + b"".join(b"\x1f%d:%b" % (len(text), text) for text in texts)
        return self._digest(message)

    def _digest(self, message: bytes) -> bytes:
        mac = self._keyed.copy()
        mac.update(message)
        return mac.digest()

    def verify(self, start: Start, sequence: int, head: bytes, links: Iterable[Link]) -> tuple[Finding, ...]:
        """Hold a meeting's stored rows, in order of sequence, against the chain; an empty tuple means whole."""
        found: list[Finding] = []

        def wrong(row: int, what: str) -> None:
            found.append(Finding(meeting=start.meeting, row=row, what=what))

        before: bytes | None = self.genesis(start)
        expected = 1
        for link in links:
            while expected < link.sequence:
                wrong(expected, "is missing")
                expected, before = expected + 1, None
            if before is not None:
                mac = self.link(start.meeting, link.sequence, link.at, link.sealed, before)
                if not hmac.compare_digest(mac, link.mac):
                    wrong(link.sequence, "was changed, moved or inserted")
            expected, before = link.sequence + 1, link.mac
        for row in range(expected, sequence + 1):
            wrong(row, "is missing")
        if expected > sequence + 1:
            wrong(sequence + 1, "stands after the end of the record")
        if not found and not hmac.compare_digest(self.head(start.meeting, sequence, before or b""), head):
            wrong(sequence, "is not the end of the record that was sealed")
        return tuple(found)
