"""What a reader of each format reads, in order: every label with its value, every cell below its column's head.

Layout, numbers of rows and marks of lists are not told; of what is told only letters and digits are kept, so that the
four formats and the document itself can be held against each other, section by section.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pikepdf
from docx.oxml.ns import qn
from docx.table import Table as WordTable

from documents.model import Block, Document, Fields, Lines, Paragraph, Picture, Redline, Table
from tests.unit.documents.pages import main_of

Told = list[tuple[str, str]]  # (heading of a section, all that stands below it)
_UNTAGGED = -1
_SAID = {"same": "{}", "gone": "[gone: {}]", "come": "[new: {}]"}


def _kept(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _sections(lines: Iterator[tuple[str, str]]) -> Told:
    """Return (heading, words) of each section, from (what a line is, its words) in order."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for kind, text in lines:
        if kind == "section":
            found.append((_kept(text), []))
        else:
            found[-1][1].append(_kept(text))
    return [(heading, "".join(words)) for heading, words in found]


def _rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        assert len(row) == len(heads)
        yield from (("", head + cell) for head, cell in zip(heads, row, strict=True) if _kept(cell))


def of_document(document: Document) -> Told:
    """Return what the document itself says."""
    return _sections(_model(document))


def _model(document: Document) -> Iterator[tuple[str, str]]:
    yield from (("", text) for text in (document.title, document.reference, document.status, *document.banner))
    for section in document.sections:
        yield "section", section.heading
        for part in (section, *section.parts):
            if part is not section:
                yield "", part.heading
            for block in part.blocks:
                yield from _block(block)


def _block(block: Block) -> Iterator[tuple[str, str]]:
    match block:
        case Paragraph(text=text):
            yield "", text
        case Fields(facts=facts, caption=caption, how=how):
            yield "", caption
            yield from (("", fact.label + fact.value + fact.how) for fact in facts)
            yield "", how
        case Table(headers=headers, rows=rows, caption=caption):
            yield "", caption
            yield from _rows(headers, rows)
        case Lines(items=items, caption=caption):
            yield from (("", text) for text in (caption, *items))
        case Picture(text=text, table=table):
            yield "", text
            yield from _block(table)
        case Redline(caption=caption):
            yield from (("", text) for text in (caption, *(_SAID[kind].format(text) for kind, text in block.pieces())))


def of_page(page: str) -> Told:
    """Return what stands on the page; the contents at its head, and the words inside a drawing, are left out."""
    return _sections(_tags(main_of(page)))


def _tags(node: ET.Element) -> Iterator[tuple[str, str]]:
    tag = str(node.tag).rpartition("}")[2]
    if tag == "table":
        yield "", _all(node.find("caption"))
        heads = [_all(th) for th in node.findall("thead/tr/th")]
        yield from _rows(heads, [[_all(cell) for cell in row] for row in node.findall("tbody/tr")])
    elif tag in ("nav", "svg") or node.get("class") == "skip":
        return
    elif tag == "h2":
        yield "section", _all(node)
    elif tag in ("h1", "h3", "p", "blockquote", "li", "dt", "dd", "figcaption"):
        yield "", _all(node)
    else:
        for child in node:
            yield from _tags(child)


def _all(node: ET.Element | None) -> str:
    return "" if node is None else " ".join(node.itertext())


def of_text(text: str) -> Told:
    """Return what the plain text says; a line above a rule of = is a section's heading."""
    return _sections(_lines(text.splitlines()))


def _lines(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line, below in pairwise([*lines, ""]):
        if line and not line.strip("=-"):
            continue
        is_heading = below.startswith("=") and not below.strip("=")
        yield "section" if is_heading else "", re.sub(r"^ {2}(\d+[.)]|-) ", "", line)


def of_word(content: bytes) -> Told:
    """Return what the body of a Word file says."""
    return _sections(_word(docx.Document(io.BytesIO(content))))


def _word(made: Any) -> Iterator[tuple[str, str]]:
    for node in made.element.body:
        if node.tag == qn("w:tbl"):
            heads, *rows = [[cell.text for cell in row.cells] for row in WordTable(node, made).rows]
            yield from _rows(heads, rows)
        elif node.tag == qn("w:p"):
            style = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            named = style.get(qn("w:val")) if style is not None else ""
            text = "".join(t.text or "" for t in node.iter(qn("w:t")))
            yield "section" if named == "Heading1" else "", re.sub(r"^\d+\. ", "", text)


def of_pdf(content: bytes) -> Told:
    """Return what the tags of a PDF lead to, as a screen reader reads it aloud; what has no tag is not heard."""
    with pikepdf.open(io.BytesIO(content)) as file:
        marked = {page.obj.objgen: _marked(page) for page in file.pages}
        return _sections(_heard(file.Root.StructTreeRoot, marked))


def shown(content: bytes) -> str:
    """Return every word that the pages of a PDF show, tagged or not, as they are drawn."""
    with pikepdf.open(io.BytesIO(content)) as file:
        return "".join("".join(_marked(page).values()) for page in file.pages)


def _heard(node: Any, marked: dict[Any, dict[int, str]]) -> Iterator[tuple[str, str]]:
    tag = str(node.get("/S", "")).removeprefix("/")
    if tag == "Table":
        yield from (("", _spoken(n, marked)) for n in _below(node, "Caption"))
        heads, *rows = [[_spoken(c, marked) for c in _below(row, "TH", "TD")] for row in _below(node, "TR")]
        yield from _rows(heads, rows)
    elif tag in ("Figure", "Lbl"):
        return
    elif tag in ("H1", "H2", "H3", "P", "BlockQuote", "LBody"):
        yield "section" if tag == "H2" else "", _spoken(node, marked)
    else:
        for kid in _kids(node):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from _heard(kid, marked)


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K")
    return list(kids) if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]


def _below(node: Any, *tags: str) -> Iterator[Any]:
    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if str(kid.S).removeprefix("/") in tags:
                yield kid
            else:
                yield from _below(kid, *tags)


def _spoken(node: Any, marked: dict[Any, dict[int, str]]) -> str:
    found = []
    for kid in _kids(node):
        if isinstance(kid, int):
            found.append(marked[node.Pg.objgen].get(kid, ""))
        elif "/S" in kid:
            found.append("" if kid.S == "/Lbl" else _spoken(kid, marked))
        elif "/MCID" in kid:
            page = kid.Pg if "/Pg" in kid else node.Pg
            found.append(marked[page.objgen].get(int(kid.MCID), ""))
    return "".join(found)


def _marked(page: Any) -> dict[int, str]:
    """Return the words of a page by the number that its tags know them by."""
    fonts = {name: _characters(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: defaultdict[int, str] = defaultdict(str)
    inside: list[int] = [_UNTAGGED]
    known: dict[str, str] = {}
    for one in pikepdf.parse_content_stream(page):
        operands: Any = one.operands
        match str(one.operator):
            case "Tf":
                known = fonts[str(operands[0])]
            case "BDC":
                inside.append(int(operands[1].MCID) if "/MCID" in operands[1] else _UNTAGGED)
            case "BMC":
                inside.append(_UNTAGGED)
            case "EMC":
                inside.pop()
            case "Tj" | "TJ":
                pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
                for codes in (bytes(p) for p in pieces if isinstance(p, pikepdf.String)):
                    found[inside[-1]] += "".join(known.get(codes[n : n + 2].hex(), "") for n in range(0, len(codes), 2))
    return found


def _characters(font: Any) -> dict[str, str]:
    pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]+)>", font.ToUnicode.read_bytes().decode(), flags=re.IGNORECASE)
    return {code.lower(): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
