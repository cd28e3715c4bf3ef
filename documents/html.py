"""A document as one HTML page: no script, nothing fetched, readable by screen readers, on paper and in the dark.

`paper_of` is the page that the PDF is printed from (`documents/pdf.py`).
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from documents.model import Document, Fields, Lines, Paragraph, Picture, Redline, Table

DRAWING = "data:image/svg+xml;base64,"
TEMPLATES = Path(__file__).parent / "templates"
_KINDS = {
    Paragraph: "paragraph",
    Fields: "fields",
    Table: "table",
    Lines: "lines",
    Picture: "picture",
    Redline: "redline",
}


_SHARES = 50  # a table's width on paper is shared in steps of 2 %: in coarser ones, what is rounded up is lost to all
_SHARE, _LETTER, _BOLD, _PADDING = 3.52, 1.75, 2.1, 3.0  # millimetres on A4, in the size of a table's words
_WIDE, _EXTRA = re.compile("[mwMW]"), 0.6  # letters that are wider than the others, and by how much of one
_LONGEST_WORD = 14  # letters; a longer word is broken
_LONGEST = 120  # characters of a cell that make its column wider


def html_of(document: Document) -> str:
    """Return the page; every word of the document is text in it."""
    style = (TEMPLATES / "document.css").read_text(encoding="utf-8")
    return _template("document.html").render(document=document, style=Markup(style), policy=policy(style))  # noqa: S704


def paper_of(document: Document) -> str:
    """Return the page that is printed on A4, as XML: each column has the width that its words need.

    Drawings are pictures with their words as alternative text. Its style is `paper.css`, which whoever prints holds.
    """
    return _template("paper.html").render(document=document, widths=widths)


def kind_of(block: object) -> str:
    """Return which part of the template draws a block."""
    return _KINDS[type(block)]


def policy(style: str) -> str:
    """Return the page's content policy: its own style by its hash, and nothing else at all."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def widths(table: Table) -> list[int]:
    """Return each column's width on paper, in fiftieths of the table's: its longest word fits, the rest is shared."""
    columns = list(zip(table.headers, *table.rows, strict=True))
    shares = [
        max(_for_words(column[:1], _BOLD), _for_words(column[1:], _LETTER if number else _BOLD))
        for number, column in enumerate(columns)
    ]
    wants = [max(min(_LONGEST, len(cell)) for cell in column) for column in columns]
    while sum(shares) > _SHARES and max(shares) > 1:
        shares[shares.index(max(shares))] -= 1
    for _ in range(_SHARES - sum(shares)):
        narrowest = max(range(len(shares)), key=lambda n: wants[n] / shares[n])
        shares[narrowest] += 1
    return shares


def _for_words(cells: tuple[str, ...], letter: float) -> int:
    """Return how many fiftieths hold the longest word of some cells; their first column and their heads are bold."""
    longest = max((len(word) + _EXTRA * len(_WIDE.findall(word)) for cell in cells for word in cell.split()), default=0)
    return max(1, math.ceil((min(longest, _LONGEST_WORD) * letter + _PADDING) / _SHARE))


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["kind_of"] = kind_of
    environment.filters["drawing"] = _drawing
    environment.filters["as_image"] = _as_image
    return environment.get_template(name)


def _drawing(svg: str) -> Markup:
    """Return a picture's markup as it is; `documents.svg` alone makes it and escapes every word in it."""
    return Markup(svg)  # noqa: S704


def _as_image(svg: str) -> str:
    """Return a picture as an address that holds it whole, in black: paper has no colour of its own."""
    plain = svg.replace("currentColor", "#000000")
    return DRAWING + base64.b64encode(plain.encode()).decode()
