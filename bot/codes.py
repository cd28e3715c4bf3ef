"""The codes that guests get by e-mail: derived from the keyring, never stored, the same for a repeated letter.

RFC 4226's way of shortening an HMAC, with SHA-256 and the meeting, the seat and a running number in the place of its
counter. Whoever has the database alone can neither read nor try them out.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable

from meeting.model import MeetingId, SeatId

DIGITS = 6
_PURPOSE = b"chairside guest code 1"


class DerivedCodes:
    """Makes and compares codes under one key, which is asked for each time: a rotation may have replaced it."""

    def __init__(self, key: Callable[[], bytes]) -> None:
        self._key = key

    def code(self, meeting: MeetingId, seat: SeatId, number: int) -> str:
        """Return the six digits of one asked code."""
        key = hmac.digest(self._key(), _PURPOSE, "sha256")
        made = hmac.digest(key, f"{meeting}\x1f{seat}\x1f{number}".encode(), "sha256")
        start = made[-1] & 0x0F
        value = int.from_bytes(made[start : start + 4], "big") & 0x7FFFFFFF
        return f"{value % 10**DIGITS:0{DIGITS}d}"

    def right(self, meeting: MeetingId, seat: SeatId, number: int, typed: str) -> bool:
        """Tell whether these digits are the code; takes as long whatever was typed."""
        return hmac.compare_digest(self.code(meeting, seat, number).encode(), typed.encode())
