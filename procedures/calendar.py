"""The days off that a procedure carries: the bank holidays of its country, and what it adds or takes away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import holidays

FIRST, LAST = 2015, 2040  # years; Easter and the fixed days are known, a later proclamation is added by hand
_PARTS = {"England and Wales": "ENG", "England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}


@cache
def bank_holidays(country: str) -> frozenset[date]:
    """Return the bank holidays of a part of the United Kingdom, substitute days included."""
    return frozenset(holidays.country_holidays("GB", subdiv=_PARTS.get(country, "ENG"), years=range(FIRST, LAST + 1)))


def days_off(country: str, *, added: Iterable[date] = (), removed: Iterable[date] = ()) -> tuple[date, ...]:
    """Return every weekday on which nobody works, in order: the country's, with what was added and without the rest."""
    off = (bank_holidays(country) | set(added)) - set(removed)
    return tuple(sorted(on for on in off if on.weekday() < 5))
