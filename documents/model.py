"""A document as every format sees it: headings, paragraphs, facts, tables, pictures. Words only, no layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

DRAFT, AUTHORISED = "draft", "authorised"


class Tone(StrEnum):
    """What a paragraph is: ordinary, given word for word, to be noticed, or said in passing."""

    PLAIN = "plain"
    VERBATIM = "verbatim"
    NOTICE = "notice"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One label with its value; `how` says what is special about it: corrected, or a default."""

    label: str
    value: str
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Facts that were given together; `how` says how they all reached the record."""

    facts: tuple[Fact, ...]
    caption: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of as many cells as there are headers; the first cell names its row.

    `names` are the first cells as the record has them, where an amendment has changed one; nothing shows them.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.headers):
                raise ValueError(f"{len(row)} cells under {len(self.headers)} headers in '{self.caption}'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    items: tuple[str, ...]
    caption: str = ""
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing with the same facts in words and as a table; formats without drawings show those."""

    svg: str
    text: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Redline:
    """What a text was and what it became, word by word."""

    before: str
    after: str
    caption: str = ""

    def pieces(self) -> tuple[tuple[str, str], ...]:
        """Return the words in order, each run as ("same" | "gone" | "come", text); spaces belong to the words."""
        old, new = re.findall(r"\S+\s*|\s+", self.before), re.findall(r"\S+\s*|\s+", self.after)
        found: list[tuple[str, str]] = []
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal":
                found.append(("same", "".join(old[a:b])))
                continue
            found += [(kind, text) for kind, text in (("gone", "".join(old[a:b])), ("come", "".join(new[c:d]))) if text]
        return tuple(found)


Block = Paragraph | Fields | Table | Lines | Picture | Redline


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its blocks, then its parts; a part has no parts of its own."""

    heading: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Section, ...] = ()
    key: str = ""  # what a case system's order calls it: a step's id, or a word of this house

    def __post_init__(self) -> None:
        if any(part.parts for part in self.parts):
            raise ValueError(f"'{self.heading}' goes deeper than two levels")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document. `banner` holds what must be read before anything else: fictional, confidential, for whom."""

    title: str
    reference: str
    status: str
    banner: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


def mapped(document: Document, change: Callable[[str], str]) -> Document:
    """Return the document with every text changed, drawings excepted: those are drawn from changed texts."""
    return replace(
        document,
        title=change(document.title),
        reference=change(document.reference),
        banner=tuple(change(line) for line in document.banner),
        sections=tuple(mapped_section(section, change) for section in document.sections),
    )


def trimmed(table: Table, *headers: str) -> Table:
    """Return the table without those of the named columns that are empty in every row."""
    gone = {n for n, header in enumerate(table.headers) if header in headers and not any(row[n] for row in table.rows)}
    return Table(
        headers=tuple(h for n, h in enumerate(table.headers) if n not in gone),
        rows=tuple(tuple(cell for n, cell in enumerate(row) if n not in gone) for row in table.rows),
        caption=table.caption,
        names=table.names,
    )


def mapped_section(section: Section, change: Callable[[str], str]) -> Section:
    """Return a section with every text changed."""
    return Section(
        heading=change(section.heading),
        blocks=tuple(_block(block, change) for block in section.blocks),
        parts=tuple(mapped_section(part, change) for part in section.parts),
        key=section.key,
    )


def _block(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=change(block.text))
        case Fields():
            facts = tuple(Fact(label=change(f.label), value=change(f.value), how=change(f.how)) for f in block.facts)
            return Fields(facts=facts, caption=change(block.caption), how=change(block.how))
        case Table():
            return _table(block, change)
        case Lines():
            return replace(block, items=tuple(change(i) for i in block.items), caption=change(block.caption))
        case Picture():
            return replace(block, text=change(block.text), table=_table(block.table, change))
        case Redline():
            return Redline(caption=change(block.caption), before=change(block.before), after=change(block.after))


def _table(table: Table, change: Callable[[str], str]) -> Table:
    return Table(
        headers=tuple(change(h) for h in table.headers),
        rows=tuple(tuple(change(cell) for cell in row) for row in table.rows),
        caption=change(table.caption),
        names=table.names,
    )


def texts(document: Document) -> Iterator[str]:
    """Yield every text of the document in reading order, empty ones left out."""
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    mapped(document, keep)
    return (text for text in found if text)
