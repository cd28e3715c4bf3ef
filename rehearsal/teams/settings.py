"""How strict, how patient and how big this Teams is."""

from dataclasses import dataclass
from typing import Self

from rehearsal.teams.limits import RateLimits


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Teams' own numbers by default; waiting times are real seconds."""

    region: str = "emea"
    rate_limits: RateLimits | None = RateLimits()  # noqa: RUF009 - frozen, so one for all is safe
    message_bytes_utf16: int = 100 * 1024
    card_bytes_utf8: int = 28 * 1024
    refresh_people: int = 60
    invoke_timeout: float = 15.0
    repeat_delay: float = 30.0
    event_timeout: float = 15.0
    page_cap: int | None = None  # a page of the roster may be shorter than asked
    token_minutes: int = 60

    @classmethod
    def quick(cls) -> Self:
        """For tests with a clock that stands still: no limits, no pause before repeats, patient with a slow machine."""
        return cls(rate_limits=None, invoke_timeout=60, event_timeout=60, repeat_delay=0)
