"""A place in a resolved procedure's data that still knows where in its file it was written.

Checks must not stumble over what is malformed (another check names that), so every getter takes data as it comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from procedures.reading import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Some data, and its place in the procedure's own file (or the nearest place around it)."""

    data: Any
    place: Place
    places: Mapping[int, Place]  # identity of a mapping or list -> where the file has it

    def at(self, key: str | int) -> Spot:
        """Return what stands under a key; its data is None where there is nothing."""
        value = None
        if isinstance(self.data, Mapping):
            value = self.data.get(key)
        elif isinstance(self.data, list) and isinstance(key, int) and key < len(self.data):
            value = self.data[key]
        return Spot(data=value, place=self.places.get(id(value), (*self.place, key)), places=self.places)

    def has(self, key: str) -> bool:
        """Tell whether something stands under a key."""
        return isinstance(self.data, Mapping) and self.data.get(key) not in (None, [], {}, "")

    def text(self, key: str, otherwise: str = "") -> str:
        """Return the text under a key."""
        value = self.at(key).data
        return value if isinstance(value, str) else otherwise

    def number(self, key: str, otherwise: int) -> int:
        """Return the whole number under a key."""
        value = self.at(key).data
        return value if isinstance(value, int) and not isinstance(value, bool) else otherwise

    def true(self, key: str, *, otherwise: bool = False) -> bool:
        """Tell whether true stands under a key."""
        value = self.at(key).data
        return value if isinstance(value, bool) else otherwise

    def entries(self, key: str) -> tuple[Spot, ...]:
        """Return the mappings in the list under a key."""
        return tuple(spot for spot in self.at(key).each() if isinstance(spot.data, Mapping))

    def words(self, key: str) -> tuple[Spot, ...]:
        """Return the texts in the list under a key."""
        return tuple(spot for spot in self.at(key).each() if isinstance(spot.data, str))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts in the list under a key, without their places."""
        return tuple(str(spot.data) for spot in self.words(key))

    def pairs(self, key: str) -> tuple[tuple[str, Spot], ...]:
        """Return (key, text) of the mapping under a key."""
        inner = self.at(key)
        if not isinstance(inner.data, Mapping):
            return ()
        return tuple((str(name), inner.at(name)) for name in inner.data)

    def each(self) -> Iterator[Spot]:
        """Yield the items of a list."""
        if isinstance(self.data, list):
            for index in range(len(self.data)):
                yield self.at(index)


def places_of(data: Any, place: Place = ()) -> dict[int, Place]:
    """Return where each mapping and list of a file's data stands."""
    found: dict[int, Place] = {}
    if isinstance(data, dict | list):
        found[id(data)] = place
        inner = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in inner:
            found.update(places_of(value, (*place, key)))
    return found
