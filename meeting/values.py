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
    changed = _copied(mapping)
    changed[key] = value
    return MappingProxyType(changed)


def without_key(mapping: Mapping[K, V], key: K) -> Mapping[K, V]:
    """Return the mapping without one key; the given one is untouched."""
    changed = _copied(mapping)
    changed.pop(key, None)
    return MappingProxyType(changed)


def _copied(mapping: Mapping[K, V]) -> dict[K, V]:
    """Return a copy in one go: a record of thousands of entries is folded often, and `copy` hashes no key anew."""
    return mapping.copy() if isinstance(mapping, MappingProxyType | dict) else dict(mapping)


def with_row(rows: Rows, slot: Slot) -> Rows:
    """Return the row order with this slot's row at its end, if it is a new row of a table."""
    known = rows.get((slot.step, slot.part), ())
    if not is_row(slot.subject) or slot.subject in known:
        return rows
    return with_key(rows, (slot.step, slot.part), (*known, slot.subject))


def is_row(subject: str) -> bool:
    """Tell whether a slot's subject is a row of a table."""
    return subject.startswith("row:")
