"""A document as plain text, for pasting into a case system: same order, same facts, no layout to lose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import dedent

from documents.model import Block, Document, Fields, Lines, Paragraph, Picture, Redline, Section, Table, Tone
from meeting.steps.captions import lead

_INDENT = "  "
_MARKS = {"same": "{}", "gone": "[gone: {}]", "come": "[new: {}]"}


def text_of(document: Document, order: Sequence[str] = ()) -> str:
    """Return the document as lines; people's words are indented, so that none of them looks like a heading.

    `order` is that of the case system's form: the sections of these keys come first, in it, the others after them.
    """
    lines = [document.title.upper(), f"{document.reference}, {document.status}", *document.banner]
    for section in in_order(document.sections, order):
        lines += ["", "", *_section(section)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def blocks_of(document: Document, order: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return (heading, text) of each section by itself, in the case system's order: one to paste into each field."""
    found = in_order(document.sections, order)
    return tuple((s.heading, dedent("\n".join(line.rstrip() for line in _section(s)[2:])).strip("\n")) for s in found)


def in_order(sections: Sequence[Section], order: Sequence[str]) -> tuple[Section, ...]:
    """Return the sections whose keys stand in `order` first, in that order; none is left out."""
    places = {key: number for number, key in enumerate(order)}
    return tuple(sorted(sections, key=lambda section: places.get(section.key, len(places))))


def _section(section: Section) -> list[str]:
    lines = [*_heading(section.heading, "="), *_blocks(section)]
    for part in section.parts:
        lines += ["", *_heading(part.heading, "-"), *_blocks(part)]
    return lines


def _heading(text: str, rule: str) -> list[str]:
    one_line = " ".join(text.split())
    return [one_line, rule * min(len(one_line), 78)]


def _blocks(section: Section) -> list[str]:
    return [line for block in section.blocks for line in ("", *_block(block))]


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text, tone=tone):
            yield from _indented(f"“{text}”" if tone is Tone.VERBATIM else text)
        case Fields():
            yield from _fields(block)
        case Lines(items=items, caption=caption, ordered=ordered):
            yield from _caption(caption)
            for number, item in enumerate(items, start=1):
                yield from _hanging(f"{number}. " if ordered else "- ", item)
        case Table():
            yield from _table(block)
        case Picture(text=text, table=table):
            yield from _indented(text)
            yield ""
            yield from _table(table)
        case Redline(caption=caption):
            yield from _caption(caption)
            yield from _indented("".join(_MARKS[kind].format(text) for kind, text in block.pieces()))


def _fields(block: Fields) -> Iterator[str]:
    yield from _caption(block.caption)
    for fact in block.facts:
        how = f" [{fact.how}]" if fact.how else ""
        yield from _hanging("", f"{lead(fact.label)} {fact.value}{how}")
    yield from _indented(f"[{block.how}]" if block.how else "")


def _table(table: Table) -> Iterator[str]:
    """Yield a table row by row, each cell under its header's name: columns do not survive pasting."""
    yield from _caption(table.caption)
    for number, row in enumerate(table.rows, start=1):
        yield from _hanging(f"{number}) ", f"{lead(table.headers[0])} {row[0]}")
        for header, cell in zip(table.headers[1:], row[1:], strict=True):
            if cell:
                yield from _hanging(f"{_INDENT} ", f"{lead(header)} {cell}")


def _caption(text: str) -> Iterator[str]:
    return _indented(text if not text or text.endswith("?") else f"{text}:")


def _indented(text: str) -> Iterator[str]:
    return _hanging("", text)


def _hanging(mark: str, text: str) -> Iterator[str]:
    """Yield the text's lines, the first after a mark, the rest below it; nothing for an empty text."""
    first, *rest = text.split("\n")
    if text:
        yield f"{_INDENT}{mark}{first}"
    for line in rest:
        yield f"{_INDENT}{' ' * len(mark)}{_INDENT}{line}"
