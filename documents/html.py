"""A document as one HTML page: no script, nothing fetched, readable by screen readers, on paper and in the dark."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from documents.model import Document, Fields, Lines, Paragraph, Picture, Table

TEMPLATES = Path(__file__).parent / "templates"
_KINDS = {Paragraph: "paragraph", Fields: "fields", Table: "table", Lines: "lines", Picture: "picture"}


def html_of(document: Document) -> str:
    """Return the page; every word of the document is text in it, whatever it looks like."""
    style = _style()
    return _template().render(document=document, style=Markup(style), policy=policy(style), kind_of=kind_of)  # noqa: S704


def kind_of(block: object) -> str:
    """Return which part of the template draws a block."""
    return _KINDS[type(block)]


def policy(style: str) -> str:
    """Return the page's content policy: its own style by its hash, and nothing else at all."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    return (TEMPLATES / "document.css").read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["drawing"] = _drawing
    return environment.get_template("document.html")


def _drawing(svg: str) -> Markup:
    """Return a picture's markup as it is; `documents.svg` alone makes it and escapes every word in it."""
    return Markup(svg)  # noqa: S704
