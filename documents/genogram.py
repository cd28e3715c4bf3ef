"""The family as a drawing with the usual symbols, made from the family rows; what they do not say is not drawn."""

from __future__ import annotations

from collections.abc import Sequence

from documents.family_drawing import drawn
from documents.kinship import Figure, Union, figures_of, unions_of
from documents.model import Picture, Table, trimmed
from documents.source import Source

KEY = (
    "Square: male. Circle: female. Diamond: the relation does not say. Triangle: not born yet. Double outline: a child "
    "whom the meeting is about. Cross: has died. Question mark: name not known. Dashed box: who lives in the "
    "children's home. PR: holds parental responsibility. A line that joins two people: the recorded parents of a "
    "child, or a couple; one stroke through it: separated, two: divorced. Their children hang from it, by a "
    "dashed line where they are parents by adoption. What the rows do not say is not drawn."
)
TURNED = "To be read from left to right: grandparents, parents, children."


def genogram(source: Source) -> Picture:
    """Return the family with symbols, couples, household line and parental responsibility, and the same as a table."""
    figures = figures_of(source)
    unions = unions_of(figures)
    rows = tuple(_told(f, _joined(figures, unions, n)) for n, f in enumerate(figures))
    headers = ("Person", "Symbol", "Home", "Parental responsibility", "Joined with", "Line to")
    nobody = (("Nobody is recorded", *[""] * (len(headers) - 1)),)
    table = Table(headers=headers, rows=rows or nobody, caption="The genogram in words")
    drawing, turned = drawn(figures, unions)
    words = f"{TURNED} {KEY}" if turned else KEY
    return Picture(svg=drawing, text=words, table=trimmed(table, "Joined with", "Line to"))


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
