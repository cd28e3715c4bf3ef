"""WeasyPrint as we use it; importing this raises OSError where its library, Pango, is missing.

The tree is there already, our sheet is the only one, a line of text is laid out once, and nothing is fetched but
drawings that stand in their address.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import weasyprint
import weasyprint.urls
from weasyprint import cssselect2
from weasyprint.text import line_break
from weasyprint.text.fonts import FontConfiguration

from documents.html import DRAWING, TEMPLATES
from documents.tagging import finished


class Fetched(ValueError):
    """Something in the page wanted to be fetched; no page of ours does, so nothing is printed."""


class _OnlyDrawings(weasyprint.urls.URLFetcher):
    def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ANN401  # WeasyPrint's own types
        if not url.startswith(DRAWING):
            raise Fetched(url[:40])
        return super().fetch(url, headers)


_FETCHER = _OnlyDrawings(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
_FONTS = FontConfiguration()
_SHEET = weasyprint.CSS(filename=TEMPLATES / "paper.css", font_config=_FONTS, url_fetcher=_FETCHER)


class _Page(weasyprint.HTML):
    """A page whose tree is there already; whatever it names reaches the fetcher, and fails."""

    def __init__(self, tree: ET.Element) -> None:
        self.base_url, self.url_fetcher, self.media_type = "https://nowhere.invalid/", _FETCHER, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: FBT001, FBT002  # WeasyPrint asks so
        return [_SHEET]


class _Line(line_break.Layout):
    """A line of text as it was laid out, kept to be drawn; WeasyPrint lets go of each and has Pango do it again."""

    def deactivate(self) -> None:
        pass

    def reactivate(self, style: object) -> None:
        pass


line_break.Layout = _Line


def pressed(tree: ET.Element) -> bytes:
    """Return a page as a PDF/UA-1 with tags, title and language; raises Fetched."""
    try:
        made = _Page(tree).write_pdf(finisher=finished, font_config=_FONTS, pdf_variant="pdf/ua-1", pdf_tags=True)
    except weasyprint.urls.FatalURLFetchingError as wanted:
        raise Fetched("The page names something to fetch.") from wanted
    assert isinstance(made, bytes)
    return made
