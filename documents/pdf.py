"""A document as a tagged PDF (PDF/UA-1), printed from its page by WeasyPrint; nothing is fetched, from anywhere.

The minutes of twelve agencies, 20 pages, take 2.4 to 3.5 seconds of CPU on two busy cores, not the 1.5 aimed at. The
profile has no peak: 4.7 million calls of Python for about 6,000 boxes and 2,000 lines of text. Tried on it, each
within 3 % of the calls: tables without collapsed borders, facts without tables, rows free to break. Within the noise of
the measure: one font named instead of three, fonts kept between prints, no collection of garbage while it prints.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from documents.html import DRAWING, html_of
from documents.model import Document

LIBRARY = "Pango (Debian: libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0)"


class NoPango(RuntimeError):
    """The library that draws a PDF's text is missing on this machine; the message names its package."""

    def __init__(self) -> None:
        super().__init__(f"No PDF was written: this machine lacks {LIBRARY}. The other formats are complete.")


class Fetched(ValueError):
    """Something in the page wanted to be fetched; no page of ours does, so nothing is printed."""


def pdf_of(document: Document) -> bytes:
    """Return the document as a PDF; raises NoPango, and Fetched for a page that is not ours."""
    return printed(html_of(document, paper=True))


def printed(page: str) -> bytes:
    """Return a page printed as a PDF with tags, title and language; raises NoPango, Fetched."""
    weasyprint, fetcher = _printer()
    try:
        made = weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    except weasyprint.urls.FatalURLFetchingError as wanted:
        raise Fetched("The page names something to fetch.") from wanted
    assert isinstance(made, bytes)
    return made


@cache
def _printer() -> tuple[Any, Any]:
    """Return WeasyPrint and the only fetcher it gets: drawings that stand whole in their address, nothing else."""
    try:
        import weasyprint  # noqa: PLC0415  # only whoever prints needs its library
        import weasyprint.urls  # noqa: PLC0415
    except OSError as missing:  # its library is loaded when it is imported
        raise NoPango from missing

    class OnlyDrawings(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ANN401  # WeasyPrint's own types
            if not url.startswith(DRAWING):
                raise Fetched(url[:40])
            return super().fetch(url, headers)

    return weasyprint, OnlyDrawings(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
