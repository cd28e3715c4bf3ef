"""The symbol of each person of a genogram with the words beside it, on a drawing that stands upright or is turned."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

from documents import svg
from documents.kinship import Figure

HALF = 22  # from a symbol's middle to its edge
_TEXT = HALF + 8  # from a symbol's middle to its words


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Which way generations follow one another: down the page, or, `turned`, from left to right. All in units.

    `cell` is the room of one person along a generation, `row` from one generation to the next, `joint` from a symbol
    to the first line that joins a couple; `before` and `after` are what one needs around a symbol's middle, (along,
    across): words, and the household line around them.
    """

    turned: bool
    cell: float
    row: float
    joint: float
    before: tuple[float, float]
    after: tuple[float, float]

    def at(self, along: float, across: float) -> tuple[float, float]:
        """Return a place as x and y of the page."""
        return (across, along) if self.turned else (along, across)

    def line(self, along: float, across: float, to_along: float, to_across: float, *, dash: str = "") -> str:
        """Return a straight line between two places."""
        return svg.line(*self.at(along, across), *self.at(to_along, to_across), dash=dash)

    def wider(self, more: float) -> Way:
        """Return the way with more room from one generation to the next, for lines that run side by side."""
        return replace(self, row=self.row + max(more, 0))


def symbol(figure: Figure, x: float, y: float, way: Way) -> Iterator[str]:
    """Yield what is drawn of one person around the middle of their symbol."""
    for inset in (0, 5) if figure.subject else (0,):
        yield _outline(figure.shape, x, y, HALF - inset)
    if figure.dead:
        for slope in (1, -1):
            yield svg.line(x - HALF, y - HALF * slope, x + HALF, y + HALF * slope)
    if figure.unknown:
        yield svg.words("?", x=x, y=y + 6, size=18, weight="bold")
    yield from _around(figure, x, y) if way.turned else _beside(figure, x, y)


def _beside(figure: Figure, x: float, y: float) -> Iterator[str]:
    """Yield the words to the right of a symbol, one line below the other: what joins people leaves it downwards."""
    at = y - 12
    for text, size, weight in (*_name(figure), *_relation(figure), *_responsible(figure)):
        yield svg.words(text, x=x + _TEXT, y=at, anchor="start", size=size, weight=weight)
        at += size + 2


def _around(figure: Figure, x: float, y: float) -> Iterator[str]:
    """Yield the name above and the relation below the line that leaves a symbol to its right, PR below the symbol."""
    name = tuple(_name(figure))
    for number, (text, size, weight) in enumerate(reversed(name)):
        yield svg.words(text, x=x + _TEXT, y=y - 8 - number * 14, anchor="start", size=size, weight=weight)
    for number, (text, size, weight) in enumerate(_relation(figure)):
        yield svg.words(text, x=x + _TEXT, y=y + 16 + number * 13, anchor="start", size=size, weight=weight)
    for text, size, weight in _responsible(figure):
        yield svg.words(text, x=x, y=y + HALF + 13, size=size, weight=weight)


def _name(figure: Figure) -> Iterator[tuple[str, float, str]]:
    """Yield the lines of a name, as long as the cell is wide; the table has it whole."""
    for text in textwrap.wrap(figure.name, 16, max_lines=2, placeholder="…"):
        yield text, 12, "bold"


def _relation(figure: Figure) -> Iterator[tuple[str, float, str]]:
    for text in textwrap.wrap(figure.relation, 20, max_lines=2, placeholder="…"):
        yield text, 11, "normal"


def _responsible(figure: Figure) -> Iterator[tuple[str, float, str]]:
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
