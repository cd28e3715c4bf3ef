"""A document as a tagged PDF (PDF/UA-1), printed from its page by WeasyPrint; nothing is fetched, from anywhere.

WeasyPrint is Python, so that what it does not do is what makes it quick (docs/adr/0018). The page is read as XML, the
one style sheet is parsed once and stands alone: WeasyPrint's own has rules for footnotes that give each element six
more styles. A fact is one paragraph, and a table has no borders to share.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from documents.html import DRAWING, TEMPLATES, paper_of
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
    return printed(paper_of(document))


def printed(page: str) -> bytes:
    """Return a page of `paper_of` as a PDF with tags, title and language; raises NoPango, Fetched, ET.ParseError."""
    press = _press()
    try:
        made = press.page(ET.fromstring(page)).write_pdf(  # noqa: S314  # our own template wrote it and escaped each word
            font_config=press.fonts, pdf_variant="pdf/ua-1", pdf_tags=True
        )
    except press.fetching_failed as wanted:
        raise Fetched("The page names something to fetch.") from wanted
    assert isinstance(made, bytes)
    return made


@cache
def _press() -> Any:  # noqa: ANN401  # WeasyPrint has no types
    """Return what prints: its fonts and its style sheet, read once, and the only fetcher it gets; raises NoPango."""
    try:
        import weasyprint  # noqa: PLC0415  # only whoever prints needs its library
        import weasyprint.urls  # noqa: PLC0415
        from weasyprint import cssselect2  # noqa: PLC0415  # what it matches selectors with
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    except OSError as missing:  # its library is loaded when it is imported
        raise NoPango from missing

    class OnlyDrawings(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        """Reads drawings that stand whole in their address, and fetches nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ANN401  # WeasyPrint's own types
            if not url.startswith(DRAWING):
                raise Fetched(url[:40])
            return super().fetch(url, headers)

    fetcher = OnlyDrawings(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)

    class Press(weasyprint.HTML):  # type: ignore[misc]
        """A page whose tree is there already, under our style sheet and no other."""

        fonts = FontConfiguration()
        sheet = weasyprint.CSS(filename=TEMPLATES / "paper.css", font_config=fonts, url_fetcher=fetcher)
        fetching_failed = weasyprint.urls.FatalURLFetchingError

        def __init__(self, tree: ET.Element) -> None:
            self.url_fetcher, self.media_type = fetcher, "print"
            self.base_url = "https://nowhere.invalid/"  # so that whatever a page names reaches the fetcher, and fails
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        @classmethod
        def page(cls, tree: ET.Element) -> Press:
            return cls(tree)

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: FBT001, FBT002  # WeasyPrint asks so
            return [self.sheet]

    return Press
