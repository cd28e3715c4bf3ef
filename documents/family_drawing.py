"""Where everybody of a genogram stands, and the lines between them: upright, or turned where it would be too wide.

A place is given along its generation and across the generations; a `Way` says which of the two goes down the page.
A turned generation that would be too long for the page stands in two lines, everybody opposite the gap between two of
the other line, through which their own line passes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents import svg
from documents.family_symbols import HALF, Way, symbol
from documents.kinship import Figure, Union

_WIDEST = 870  # units that A4 shows in letters of 7 points; a wider family is turned, and grows down the page
_LONGEST = 12  # people whom A4 shows below one another
_OPPOSITE = 186  # from one line of a generation to its other: words, and a symbol's half
_MARGIN = 20
_SIDE = 24  # between the household line and whoever lives elsewhere
_ADOPTED = "4 4"  # the dashes of a line to a child by adoption
_LEVEL = 9  # between two lines that run side by side

_UPRIGHT = Way(turned=False, cell=190, row=138, joint=42, before=(34, 46), after=(164, 52))
_TURNED = Way(turned=True, cell=78, row=214, joint=158, before=(42, 26), after=(46, 154))


def drawn(figures: Sequence[Figure], unions: Sequence[Union]) -> tuple[str, bool]:
    """Return the family as a drawing, and whether it was turned: its generations stand side by side then."""
    upright = _Drawing(figures, unions, _UPRIGHT)
    if upright.width <= _WIDEST:
        return upright.svg(), False
    return _Drawing(figures, unions, _TURNED.wider((len(unions) - 1) * _LEVEL)).svg(), True


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    along: float
    across: float


class _Drawing:
    """Places everybody: a line for each generation, the home in the middle, a parent who lives elsewhere beside it."""

    def __init__(self, figures: Sequence[Figure], unions: Sequence[Union], way: Way) -> None:
        self._figures, self._unions, self._way = figures, unions, way
        self._lines = sorted({f.generation for f in figures})
        self._left = {n for n in (self._outer_parent(),) if n is not None}
        counts = {g: sum(f.generation == g for f in figures) for g in self._lines}
        self._rows = {g: 2 if way.turned and counts[g] > _LONGEST else 1 for g in self._lines}
        at_home = [(g, sum(f.generation == g and f.home is True for f in figures)) for g in self._lines]
        self._wide = max((self._room(g, count) for g, count in at_home), default=0)
        self._places: dict[int, Place] = {}
        for g in self._lines:
            self._place(g, self._in(g))

    def _room(self, generation: int, count: int) -> float:
        """Return how many cells so many of a generation take, one after the other or in two lines."""
        return (count - 1) / self._rows[generation] + 1 if count else 0

    def _place(self, generation: int, who: Sequence[int]) -> None:
        """Place one generation: who stands before the home, who lives in it, the others behind it."""
        left = [n for n in who if n in self._left]
        home = [n for n in who if self._figures[n].home]
        right = [n for n in who if n not in left and n not in home]
        beside, room = len(self._left), self._room(generation, len(home))
        self._put(left, generation, 0, shift=0)
        self._put(home, generation, beside + (self._wide - room) / 2, shift=_SIDE * beside)
        self._put(right, generation, beside + self._wide, shift=_SIDE * (beside + 1))

    def _put(self, who: Sequence[int], generation: int, start: float, *, shift: float) -> None:
        way, rows = self._way, self._rows[generation]
        for number, n in enumerate(who):
            along = _MARGIN + way.before[0] + (start + number / rows) * way.cell + shift
            self._places[n] = Place(along=along, across=self._first(generation) + number % rows * _OPPOSITE)

    def _first(self, generation: int) -> float:
        """Return where a generation stands across, or the first line of one that stands in two."""
        before = [(self._rows[g] - 1) * _OPPOSITE + self._way.row for g in self._lines if g < generation]
        return _MARGIN + self._way.before[1] + sum(before)

    @property
    def width(self) -> float:
        """How wide the drawing is on the page, in units."""
        return self._size[0]

    @property
    def _size(self) -> tuple[float, float]:
        way, places = self._way, self._places.values()
        along = max((p.along for p in places), default=0) + way.after[0] + _MARGIN
        across = max((p.across for p in places), default=0) + way.after[1] + _MARGIN
        return way.at(along, across)

    def svg(self) -> str:
        """Return the whole drawing."""
        inside: list[str] = []
        if any(f.home for f in self._figures):
            inside.append(self._household())
        inside += self._joined()
        inside += self._single()
        for n, figure in enumerate(self._figures):
            place = self._places[n]
            inside += symbol(figure, *self._way.at(place.along, place.across), self._way)
        width, height = self._size
        return svg.drawing(inside, width=width, height=height, label="Genogram; the same follows as a table")

    def _outer_parent(self) -> int | None:
        """Return the parent who lives elsewhere and stands before the home, beside the other parent."""
        pairs = (u.pair for u in self._unions)
        found = [n for pair in pairs for n, o in (pair, pair[::-1]) if self._figures[o].home]
        return next((n for n in found if not self._figures[n].home and self._figures[n].generation == 1), None)

    def _in(self, generation: int) -> list[int]:
        """Return a generation in the order in which it stands: partners side by side, children near their parents."""
        found = [n for n, f in enumerate(self._figures) if f.generation == generation]
        if generation == 1:
            paired = dict.fromkeys(n for u in self._unions for n in u.pair if n in found)
            return [*paired, *(n for n in found if n not in paired)]
        return sorted(found, key=self._below)

    def _below(self, one: int) -> float:
        """Return where the recorded parents of somebody stand; without any, behind all."""
        name = self._figures[one].name
        above = [p.along for n, p in self._places.items() if name in self._children(n)]
        return sum(above) / len(above) if above else math.inf

    def _children(self, one: int) -> tuple[str, ...]:
        return (*self._figures[one].parent_of, *self._figures[one].adopted)

    def _household(self) -> str:
        way, inside = self._way, [self._places[n] for n, f in enumerate(self._figures) if f.home]
        low = way.at(min(p.along for p in inside) - way.before[0], min(p.across for p in inside) - way.before[1])
        high = way.at(max(p.along for p in inside) + way.after[0], max(p.across for p in inside) + way.after[1])
        size: svg.Attributes = {"x": low[0], "y": low[1], "width": high[0] - low[0], "height": high[1] - low[1]}
        dashed: svg.Attributes = {"stroke_width": 1.5, "stroke_dasharray": "7 5", "rx": 14.0}
        return svg.element("rect", **size, fill="none", stroke="currentColor", **dashed)

    def _joined(self) -> Iterator[str]:
        """Yield the line beyond each couple, each on a level of its own, and what hangs from it."""
        line = self._way.line
        for number, union in enumerate(self._unions):
            one, other = sorted((self._places[n] for n in union.pair), key=lambda p: p.along)
            level = max(one.across, other.across) + self._way.joint + number * _LEVEL
            aside = 4 * (number % 3) - 4  # two couples of one parent leave its symbol side by side
            yield line(one.along + aside, one.across + HALF, one.along + aside, level)
            yield line(one.along + aside, level, other.along + aside, level)
            yield line(other.along + aside, other.across + HALF, other.along + aside, level)
            middle = (one.along + other.along) / 2 + aside
            for stroke in range({"separated": 1, "divorced": 2}.get(union.apart, 0)):
                at = middle - self._way.cell / 4 + 6 * stroke
                yield line(at - 4, level + 8, at + 4, level - 8)
            yield from self._hung(middle, level, union.children, number)
            yield from self._hung(middle, level, union.adopted, number, dash=_ADOPTED)

    def _single(self) -> Iterator[str]:
        """Yield the line from a parent to each child who has no other recorded parent, or more than one."""
        together = {(n, c) for u in self._unions for n in u.pair for c in (*u.children, *u.adopted)}
        for number, figure in enumerate(self._figures):
            for names, dash in ((figure.parent_of, ""), (figure.adopted, _ADOPTED)):
                below = [
                    c
                    for c, f in enumerate(self._figures)
                    if f.name in names and (number, c) not in together and f.generation > figure.generation
                ]
                place = self._places[number]
                yield from self._hung(place.along, place.across + HALF, below, len(self._unions) + number, dash=dash)

    def _hung(
        self, along: float, across: float, children: Sequence[int], number: int, *, dash: str = ""
    ) -> Iterator[str]:
        """Yield the lines from a place on to children: a bar before them, then one line to each."""
        if not children:
            return
        line = self._way.line
        below = [self._places[c] for c in children]
        bar = min(self._first(self._figures[c].generation) for c in children) - HALF - 8 - (number % 4) * 4
        yield line(along, across, along, bar, dash=dash)
        yield line(min(along, *(p.along for p in below)), bar, max(along, *(p.along for p in below)), bar, dash=dash)
        for place in below:
            yield line(place.along, bar, place.along, place.across - HALF, dash=dash)
