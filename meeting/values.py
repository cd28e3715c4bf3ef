"""Small changes to immutable values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from meeting.model import Slot

K = TypeVar("K")
V = TypeVar("V")
Rows = Mapping[tuple[str, str], tuple[str, ...]]


def with_key(mapping: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    """Return the mapping with one key set; the given one is untouched."""
    return MappingProxyType({**mapping, key: value})


def without_key(mapping: Mapping[K, V], key: K) -> Mapping[K, V]:
    """Return the mapping without one key; the given one is untouched."""
    return MappingProxyType({k: v for k, v in mapping.items() if k != key})


def with_row(rows: Rows, slot: Slot) -> Rows:
    """Return the row order with this slot's row at its end, if it is a new row of a table."""
    known = rows.get((slot.step, slot.part), ())
    if not is_row(slot.subject) or slot.subject in known:
        return rows
    return with_key(rows, (slot.step, slot.part), (*known, slot.subject))


def is_row(subject: str) -> bool:
    """Tell whether a slot's subject is a row of a table."""
    return subject.startswith("row:")
