"""Counts by which somebody could be recognised: they are not shown, and cannot be worked out from those that are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

FEWEST = 5  # a smaller count is not shown
HIDDEN = f"fewer than {FEWEST}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How many of how many; either is hidden where it, or what is left over, could be recognised.

    Figures with the same `group` are shares of one whole that have nothing in common. One of them is `hidden` where
    the whole less the others would tell it, or tell what is left over.
    """

    topic: str
    what: str
    part: int
    whole: int
    group: str = ""
    hidden: bool = False

    @property
    def shown(self) -> bool:
        """Tell whether the numbers may be shown: neither the part nor the rest is small, unless it is none."""
        rest = self.whole - self.part
        return not self.hidden and self.whole >= FEWEST and all(n == 0 or n >= FEWEST for n in (self.part, rest))

    @property
    def whole_shown(self) -> bool:
        """Tell whether the whole may be shown: it is not small, unless it is none."""
        return self.whole >= FEWEST or self.whole == 0

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """Return topic, what, the part, and its share, as they may be shown."""
        whole = str(self.whole) if self.whole_shown else HIDDEN
        share = f"{round(100 * self.part / self.whole)} %" if self.shown else "not shown"
        return (self.what, str(self.part) if self.shown else "not shown", whole, share)


def without_small(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return the figures, those hidden by which a small one of the same group could be worked out."""
    found = tuple(figures)
    together: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in found:
        together[figure.group].append(figure)
    given_away = {id(f) for group, some in together.items() if group for f in _given_away(some)}
    return tuple(replace(f, hidden=id(f) in given_away) for f in found)


def _given_away(group: list[Figure]) -> list[Figure]:
    """Return which of the figures that share a whole must not be shown, so that no small one can be worked out.

    What nobody sees adds up to the whole less the rest: it must be more than one number, and no small sum.
    """
    rest = group[0].whole - sum(f.part for f in group)  # which is never printed
    unseen = [f for f in group if 0 < f.part < FEWEST]
    if not unseen and not 0 < rest < FEWEST:
        return []
    others = sorted((f for f in group if f.part >= FEWEST), key=lambda f: f.part)
    while others:
        numbers = [n for n in (rest, *(f.part for f in unseen)) if n]
        if len(numbers) > 1 and sum(numbers) >= FEWEST:
            break
        unseen.append(others.pop(0))
    return unseen
