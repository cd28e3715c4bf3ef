"""The family as a drawing with the usual symbols, made from the family rows; what they do not say is not drawn."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents import svg
from documents.kinship import Figure, Union, figures_of, unions_of
from documents.model import Picture, Table, trimmed
from documents.source import Source

_CELL, _ROW, _HALF, _MARGIN = 190, 138, 22, 20
_SIDE = 24  # between the household line and whoever lives elsewhere
_TEXT = _HALF + 8  # from a symbol's middle to its words
_ADOPTED = "4 4"  # the dashes of a line to a child by adoption
_LEVEL = 9  # between two lines that run side by side
_BELOW = 42  # from a symbol's middle to the first line that joins a couple

KEY = (
    "Square: male. Circle: female. Diamond: the relation does not say. Triangle: not born yet. Double outline: a child "
    "whom the meeting is about. Cross: has died. Question mark: name not known. Dashed line: who lives in the "
    "children's home. PR: holds parental responsibility. A line below two people joins the recorded parents of a "
    "child, or a couple; one stroke through it: separated, two: divorced. Their children hang below it, by a "
    "dashed line where they are parents by adoption. What the rows do not say is not drawn."
)


def genogram(source: Source) -> Picture:
    """Return the family with symbols, couples, household line and parental responsibility, and the same as a table."""
    figures = figures_of(source)
    unions = unions_of(figures)
    rows = tuple(_told(f, _joined(figures, unions, n)) for n, f in enumerate(figures))
    headers = ("Person", "Symbol", "Home", "Parental responsibility", "Joined with", "Line to")
    nobody = (("Nobody is recorded", *[""] * (len(headers) - 1)),)
    table = Table(headers=headers, rows=rows or nobody, caption="The genogram in words")
    drawing = _Drawing(figures, unions).svg()
    return Picture(svg=drawing, text=KEY, table=trimmed(table, "Joined with", "Line to"))


def _told(figure: Figure, joined: str) -> tuple[str, ...]:
    home = {True: "in the home", False: "elsewhere", None: "not recorded"}[figure.home]
    marks = ("double outline" if figure.subject else "", "cross: has died" if figure.dead else "")
    symbol = ", ".join((figure.shape, *filter(None, marks)))
    responsible = "" if figure.subject else figure.responsibility or "not recorded"
    below = ", ".join((*figure.parent_of, *(f"{name} (by adoption)" for name in figure.adopted)))
    return (f"{figure.name} ({figure.relation})", symbol, home, responsible, joined, below)


def _joined(figures: Sequence[Figure], unions: Sequence[Union], one: int) -> str:
    """Return with whom a person is joined by a line, and whether it is struck through."""
    found = []
    for union in unions:
        if one in union.pair:
            other = figures[union.pair[0] if union.pair[1] == one else union.pair[1]].name
            found.append(f"{other} ({union.apart})" if union.apart else other)
    return ", ".join(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    x: float
    y: float


class _Drawing:
    """Places everybody: a line for each generation, the home in the middle, a parent who lives elsewhere beside it."""

    def __init__(self, figures: Sequence[Figure], unions: Sequence[Union]) -> None:
        self._figures, self._unions = figures, unions
        self._lines = sorted({f.generation for f in figures})
        self._left = {n for n in (self._outer_parent(),) if n is not None}
        at_home = [[f for f in figures if f.generation == g and f.home] for g in self._lines]
        self._wide = max((len(h) for h in at_home), default=0)
        self._places: dict[int, Place] = {}
        for g in self._lines:
            self._place(g, self._in(g))

    def _place(self, generation: int, who: Sequence[int]) -> None:
        """Place one generation: who stands to the left of the home, who lives in it, the others to the right."""
        left = [n for n in who if n in self._left]
        home = [n for n in who if self._figures[n].home]
        right = [n for n in who if n not in left and n not in home]
        beside = len(self._left)
        self._put(left, generation, 0, shift=0)
        self._put(home, generation, beside + (self._wide - len(home)) / 2, shift=_SIDE * beside)
        self._put(right, generation, beside + self._wide, shift=_SIDE * (beside + 1))

    def svg(self) -> str:
        """Return the whole drawing."""
        inside: list[str] = []
        if any(f.home for f in self._figures):
            inside.append(self._household())
        inside += self._joined()
        inside += self._single()
        for n, figure in enumerate(self._figures):
            inside += _symbol(figure, self._places[n])
        right = max((p.x for p in self._places.values()), default=0)
        width = right + _CELL - _HALF + _MARGIN
        height = 2 * _MARGIN + max(len(self._lines), 1) * _ROW - 30
        return svg.drawing(inside, width=width, height=height, label="Genogram; the same follows as a table")

    def _outer_parent(self) -> int | None:
        """Return the parent who lives elsewhere and stands to the left of the home, beside the other parent."""
        pairs = (u.pair for u in self._unions)
        found = [n for pair in pairs for n, o in (pair, pair[::-1]) if self._figures[o].home]
        return next((n for n in found if not self._figures[n].home and self._figures[n].generation == 1), None)

    def _in(self, generation: int) -> list[int]:
        """Return a generation in the order in which it stands: partners side by side, children below their parents."""
        found = [n for n, f in enumerate(self._figures) if f.generation == generation]
        if generation == 1:
            paired = dict.fromkeys(n for u in self._unions for n in u.pair if n in found)
            return [*paired, *(n for n in found if n not in paired)]
        return sorted(found, key=self._below)

    def _below(self, one: int) -> float:
        """Return where the recorded parents of somebody stand; without any, to the right of all."""
        name = self._figures[one].name
        above = [p.x for n, p in self._places.items() if name in self._children(n)]
        return sum(above) / len(above) if above else math.inf

    def _children(self, one: int) -> tuple[str, ...]:
        return (*self._figures[one].parent_of, *self._figures[one].adopted)

    def _put(self, who: Sequence[int], generation: int, start: float, *, shift: float) -> None:
        y = _MARGIN + self._lines.index(generation) * _ROW + _HALF + 14
        for number, n in enumerate(who):
            self._places[n] = Place(x=_MARGIN + _HALF + 12 + (start + number) * _CELL + shift, y=y)

    def _household(self) -> str:
        inside = [self._places[n] for n, f in enumerate(self._figures) if f.home]
        left, right = min(p.x for p in inside) - _HALF - 12, max(p.x for p in inside) + _CELL - _HALF - 4
        top, bottom = min(p.y for p in inside) - _HALF - 24, max(p.y for p in inside) + _HALF + 30
        size: svg.Attributes = {"x": left, "y": top, "width": right - left, "height": bottom - top, "rx": 14.0}
        dashed: svg.Attributes = {
            "fill": "none",
            "stroke": "currentColor",
            "stroke_width": 1.5,
            "stroke_dasharray": "7 5",
        }
        return svg.element("rect", **size, **dashed)

    def _joined(self) -> Iterator[str]:
        """Yield the line below each couple, each on a level of its own, and what hangs below it."""
        for number, union in enumerate(self._unions):
            one, other = sorted((self._places[n] for n in union.pair), key=lambda p: p.x)
            level = max(one.y, other.y) + _BELOW + number * _LEVEL
            aside = 4 * (number % 3) - 4  # two couples of one parent leave its symbol side by side
            yield svg.line(one.x + aside, one.y + _HALF, one.x + aside, level)
            yield svg.line(one.x + aside, level, other.x + aside, level)
            yield svg.line(other.x + aside, other.y + _HALF, other.x + aside, level)
            middle = (one.x + other.x) / 2 + aside
            for stroke in range({"separated": 1, "divorced": 2}.get(union.apart, 0)):
                x = middle - _CELL / 4 + 6 * stroke
                yield svg.line(x - 4, level + 8, x + 4, level - 8)
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
                yield from self._hung(place.x, place.y + _HALF, below, len(self._unions) + number, dash=dash)

    def _hung(self, x: float, y: float, children: Sequence[int], number: int, *, dash: str = "") -> Iterator[str]:
        """Yield the lines from (x, y) down to children: a bar above them, then one line to each."""
        if not children:
            return
        top = min(self._places[c].y for c in children) - _HALF
        bar = top - 8 - (number % 4) * 4
        ends = [self._places[c].x for c in children]
        yield svg.line(x, y, x, bar, dash=dash)
        yield svg.line(min(x, *ends), bar, max(x, *ends), bar, dash=dash)
        for end in ends:
            yield svg.line(end, bar, end, top, dash=dash)


def _symbol(figure: Figure, place: Place) -> Iterator[str]:
    for inset in (0, 5) if figure.subject else (0,):
        yield _outline(figure.shape, place.x, place.y, _HALF - inset)
    if figure.dead:
        for way in (1, -1):
            yield svg.line(place.x - _HALF, place.y - _HALF * way, place.x + _HALF, place.y + _HALF * way)
    if figure.unknown:
        yield svg.words("?", x=place.x, y=place.y + 6, size=18, weight="bold")
    x, y = place.x + _TEXT, place.y - 12
    for text, size, weight in _words(figure):
        yield svg.words(text, x=x, y=y, anchor="start", size=size, weight=weight)
        y += size + 2


def _words(figure: Figure) -> Iterator[tuple[str, float, str]]:
    """Yield the lines beside a symbol, as long as its cell is wide; the table has them whole."""
    for text in textwrap.wrap(figure.name, 16, max_lines=2, placeholder="…"):
        yield text, 12, "bold"
    for text in textwrap.wrap(figure.relation, 20, max_lines=2, placeholder="…"):
        yield text, 11, "normal"
    if figure.responsibility == "yes":
        yield "PR", 11, "bold"


def _outline(shape: str, x: float, y: float, half: float) -> str:
    stroke: svg.Attributes = {"fill": "none", "stroke": "currentColor", "stroke_width": 2.0}
    if shape == "square":
        return svg.element("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, **stroke)
    if shape == "circle":
        return svg.element("circle", cx=x, cy=y, r=half, **stroke)
    corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    if shape == "triangle":
        corners = [(x, y - half), (x + half, y + half), (x - half, y + half)]
    return svg.element("polygon", points=" ".join(f"{a:g},{b:g}" for a, b in corners), **stroke)
