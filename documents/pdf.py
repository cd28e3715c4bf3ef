"""A document as a tagged PDF (PDF/UA-1), printed from its page by WeasyPrint; nothing is fetched, from anywhere.

WeasyPrint is Python, so that what it does not do is what makes it quick (docs/adr/0018). The page is read as XML, the
one style sheet is parsed once and stands alone: WeasyPrint's own has rules for footnotes that give each element six
more styles. A fact is one paragraph, and a table has no borders to share.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from documents.html import paper_of
from documents.model import Document

LIBRARY = "Pango (Debian: libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0)"


class NoPango(RuntimeError):
    """The library that draws a PDF's text is missing on this machine; the message names its package."""

    def __init__(self) -> None:
        super().__init__(f"No PDF was written: this machine lacks {LIBRARY}. The other formats are complete.")


def pdf_of(document: Document) -> bytes:
    """Return the document as a PDF; raises NoPango."""
    return printed(paper_of(document))


def printed(page: str) -> bytes:
    """Return a page of `paper_of` as a PDF with tags, title and language.

    Raises NoPango, ET.ParseError for what is no page of ours, and documents.press.Fetched for one that fetches.
    """
    pressed = press()
    return pressed(ET.fromstring(page))  # noqa: S314  # our own template wrote it and escaped every word


def press() -> Callable[[ET.Element], bytes]:
    """Return what prints a page's tree, WeasyPrint and the machine's fonts having been read; raises NoPango."""
    try:
        from documents.press import pressed  # noqa: PLC0415  # only whoever prints needs WeasyPrint's library
    except OSError as missing:  # its library is loaded when it is imported
        raise NoPango from missing
    return pressed
