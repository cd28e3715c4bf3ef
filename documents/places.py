"""Lines of a document, each with a place of its own: what can be amended, marked or withheld one by one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from documents.model import Block, Fact, Fields, Lines, Paragraph, Picture, Section, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One line: its key (the same in every drawing of the same record), where it stands, and what it says."""

    key: str
    section: str
    part: str
    label: str
    text: str
    caption: str = ""  # what stands above it, and goes wherever the line goes


NUMBER = "Number"  # the head of a column that only counts: no line to change
Change = Callable[[Place], str | None]  # the line's text from now on; None: the line is left out


def fingerprint(text: str) -> str:
    """Return a short mark by which a text is known again."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def places_of(section: Section) -> tuple[Place, ...]:
    """Return every line of a section that has words of its own, in order."""
    found: list[Place] = []

    def keep(place: Place) -> str:
        found.append(place)
        return place.text

    rewritten(section, keep)
    return tuple(found)


def rewritten(section: Section, change: Change, *, drawings: bool = True) -> Section:
    """Return the section with each line as `change` has it; blocks without a line left go, drawings stay if asked."""
    seen: Counter[str] = Counter()

    def part_of(part: Section) -> Section:
        seen[part.heading] += 1
        walk = _Rewriter(section.key, part.heading, change, drawings=drawings, again=seen[part.heading] - 1)
        return replace(part, blocks=walk.blocks(part.blocks))

    own = _Rewriter(section.key, "", change, drawings=drawings).blocks(section.blocks)
    return replace(section, blocks=own, parts=tuple(part_of(part) for part in section.parts))


class _Rewriter:
    """Walks through the blocks under one heading, counting lines of the same label.

    `again` says how many parts of the same heading came before: two children who have no name yet are two.
    """

    def __init__(self, section: str, part: str, change: Change, *, drawings: bool, again: int = 0) -> None:
        self._section, self._part, self._change, self._drawings = section, part, change, drawings
        self._place = (section, f"{part}\x1e{again}" if again else part)
        self._seen: Counter[str] = Counter()

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return the blocks that have something left."""
        return tuple(b for b in (self._block(block) for block in blocks) if b is not None)

    def _line(self, label: str, text: str, caption: str = "") -> str | None:
        number = self._seen[label]
        self._seen[label] += 1
        key = fingerprint("\x1f".join((*self._place, label, str(number))))
        place = Place(key=key, section=self._section, part=self._part, label=label, text=text, caption=caption)
        return self._change(place)

    def _block(self, block: Block) -> Block | None:
        match block:
            case Paragraph(text=text):
                said = self._line("", text)
                return None if said is None else replace(block, text=said)
            case Fields():
                facts = tuple(f for f in (self._fact(fact, block.caption) for fact in block.facts) if f is not None)
                return replace(block, facts=facts) if facts else None
            case Lines():
                items = tuple(i for i in (self._line(block.caption, item) for item in block.items) if i is not None)
                return replace(block, items=items) if items else None
            case Table():
                return self._table(block)
            case Picture():
                return block if self._drawings else None
            case _:
                return block

    def _fact(self, fact: Fact, caption: str) -> Fact | None:
        said = self._line(fact.label, fact.value, caption)
        if said is None or said == fact.value:
            return None if said is None else fact
        return replace(fact, value=said, how=f"{fact.how}; amended" if fact.how else "amended")

    def _table(self, table: Table) -> Table | None:
        """Return the rows that have something left; whatever a row is called by now, its lines keep their places."""
        names = table.names or tuple(row[0] for row in table.rows)
        told = ((name, self._row(table.headers, name, row)) for name, row in zip(names, table.rows, strict=True))
        kept = [(name, row) for name, row in told if row is not None]
        return replace(table, rows=tuple(r for _, r in kept), names=tuple(n for n, _ in kept)) if kept else None

    def _row(self, headers: tuple[str, ...], name: str, row: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return a row. Its first cell is a line too, and stays with whatever else of the row does."""
        first = row[0] if headers[0] == NUMBER else self._line(headers[0], row[0])
        cells = [self._line(f"{name}: {h}", c) if c else "" for h, c in zip(headers[1:], row[1:], strict=True)]
        kept = any(c is not None for c, before in zip(cells, row[1:], strict=True) if before)
        alone = first is not None and headers[0] != NUMBER
        return (row[0] if first is None else first, *(c or "" for c in cells)) if kept or alone else None
