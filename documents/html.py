"""A document as one HTML page: no script, nothing fetched, readable by screen readers, on paper and in the dark.

`paper_of` is the page that the PDF is printed from (`documents/pdf.py`).
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from documents.columns import widths
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


def html_of(document: Document) -> str:
    """Return the page; every word of the document is text in it."""
    style = (TEMPLATES / "document.css").read_text(encoding="utf-8")
    return template("document.html").render(document=document, style=Markup(style), policy=policy(style))  # noqa: S704


def paper_of(document: Document) -> str:
    """Return the page that is printed on A4, as XML: each column has the width that its words need.

    Drawings are pictures with their words as alternative text. Its style is `paper.css`, which whoever prints holds.
    """
    return template("paper.html").render(document=document, widths=widths)


def kind_of(block: object) -> str:
    """Return which part of the template draws a block."""
    return _KINDS[type(block)]


def policy(style: str) -> str:
    """Return the page's content policy: its own style by its hash, and nothing else at all."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def template(name: str) -> Template:
    """Return one of our templates; whatever it is given stays text, and what it names and is not given is an error."""
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
