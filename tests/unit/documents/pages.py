"""A page as a browser reads it: parsed by the rules of HTML, no error forgiven."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import html5lib

NAMESPACES = {"svg": "http://www.w3.org/2000/svg"}


def parsed(page: str) -> ET.Element:
    """Return the page's tree; raises html5lib's ParseError for whatever is not valid syntax."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: ET.Element = parser.parse(page)
    return tree


def words_of(node: ET.Element) -> str:
    """Return the text below a node, each run of white space as one blank."""
    return squeezed(" ".join(node.itertext()))


def squeezed(text: str) -> str:
    """Return the text with each run of white space as one blank."""
    return " ".join(text.split())


def main_of(page: str) -> ET.Element:
    """Return the part of a page that a reader reads."""
    body = parsed(page).find("body")
    assert body is not None
    return body
