"""The widths of a Word file's columns: those that their words need, wherever the template prefers none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docx.oxml.ns import qn

from documents.columns import SHARES

_AUTO = {None, "auto", "nil"}
_WHOLE = 5000  # fiftieths of one per cent, as Word counts a share of a table's width
_TWIPS = 635  # English metric units in a twentieth of a point
Wanted = tuple[tuple[str, ...], tuple[int, ...]]  # the heads of a table, and its columns' widths in fiftieths


def lay_out(made: Any, wanted: Iterable[Wanted]) -> None:  # noqa: ANN401  # python-docx names its parts by what is in them
    """Give each column its width; a table in which the template itself prefers widths keeps those.

    Left to the words, Word shares a page well, but whatever else opens the file makes all columns the same.
    """
    page = made.sections[0]
    across = (page.page_width - page.left_margin - page.right_margin) / _TWIPS
    tables = made.element.body.iter(qn("w:tbl"))
    for heads, shares in wanted:
        table = next((t for t in tables if _heads(t) == heads), None)
        if table is not None and len(shares) == len(heads) and not any(_preferred(table)):
            _share(table, shares, across)


def _heads(table: Any) -> tuple[str, ...]:  # noqa: ANN401
    row = table.find(qn("w:tr"))
    cells = row.findall(qn("w:tc")) if row is not None else ()
    return tuple("".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in cells)


def _preferred(table: Any) -> Iterator[bool]:  # noqa: ANN401
    return (width.get(qn("w:type")) not in _AUTO for width in table.iter(qn("w:tcW")))


def _share(table: Any, shares: tuple[int, ...], across: float) -> None:  # noqa: ANN401
    grid = table.find(qn("w:tblGrid"))
    for column, share in zip(grid.findall(qn("w:gridCol")), shares, strict=False):
        column.set(qn("w:w"), str(round(across * share / SHARES)))
    for row in table.findall(qn("w:tr")):
        for width, share in zip(row.iter(qn("w:tcW")), shares, strict=False):
            width.set(qn("w:type"), "pct")
            width.set(qn("w:w"), str(_WHOLE * share // SHARES))
