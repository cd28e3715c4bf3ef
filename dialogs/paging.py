"""A document line by line, as cards show it page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.asking import Form, ticket
from documents.model import Block, Document, Fields, Lines, Paragraph, Picture, Redline, Section, Table
from meeting.screens.minutes import MinutesLine


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm(Form):
    """Which page of a document is wanted."""

    page: str = ticket("1")


def lines_of(document: Document) -> Iterator[MinutesLine]:
    """Yield the document line by line, tables row by row."""
    for section in document.sections:
        yield MinutesLine(kind="heading", text=section.heading)
        yield from _inside(section)
        for part in section.parts:
            yield MinutesLine(kind="part", text=part.heading)
            yield from _inside(part)


def _inside(section: Section) -> Iterator[MinutesLine]:
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[MinutesLine]:
    match block:
        case Paragraph(text=text):
            yield MinutesLine(kind="text", text=text)
        case Fields(facts=facts, caption=caption, how=how):
            yield from _caption(caption)
            for fact in facts:
                mark = f" ({fact.how})" if fact.how else ""
                yield MinutesLine(kind="fact", label=fact.label, text=f"{fact.value}{mark}")
            yield from _caption(how)
        case Lines(items=items, caption=caption):
            yield from _caption(caption)
            yield from (MinutesLine(kind="text", text=f"• {item}") for item in items)
        case Table():
            yield from _table(block)
        case Picture(text=text, table=told):
            yield MinutesLine(kind="text", text=text)
            yield from _table(told)
        case Redline(caption=caption, before=before, after=after):
            yield from _caption(caption)
            yield MinutesLine(kind="fact", label="Before", text=before)
            yield MinutesLine(kind="fact", label="Now", text=after)


def _table(table: Table) -> Iterator[MinutesLine]:
    yield from _caption(table.caption)
    for row in table.rows:
        rest = "; ".join(f"{h}: {c}" for h, c in zip(table.headers[1:], row[1:], strict=True) if c)
        yield MinutesLine(kind="fact", label=row[0] or table.headers[0], text=rest)


def _caption(text: str) -> Iterator[MinutesLine]:
    if text:
        yield MinutesLine(kind="caption", text=text)
