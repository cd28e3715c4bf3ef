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
    return replace(
        section,
        blocks=_Rewriter(section.key, "", change, drawings=drawings).blocks(section.blocks),
        parts=tuple(
            replace(part, blocks=_Rewriter(section.key, part.heading, change, drawings=drawings).blocks(part.blocks))
            for part in section.parts
        ),
    )


class _Rewriter:
    """Walks through the blocks under one heading, counting lines of the same label."""

    def __init__(self, section: str, part: str, change: Change, *, drawings: bool) -> None:
        self._section, self._part, self._change, self._drawings = section, part, change, drawings
        self._seen: Counter[str] = Counter()

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return the blocks that have something left."""
        return tuple(b for b in (self._block(block) for block in blocks) if b is not None)

    def _line(self, label: str, text: str) -> str | None:
        number = self._seen[label]
        self._seen[label] += 1
        key = fingerprint("\x1f".join((self._section, self._part, label, str(number))))
        return self._change(Place(key=key, section=self._section, part=self._part, label=label, text=text))

    def _block(self, block: Block) -> Block | None:
        match block:
            case Paragraph(text=text):
                said = self._line("", text)
                return None if said is None else replace(block, text=said)
            case Fields():
                facts = tuple(f for f in (self._fact(fact) for fact in block.facts) if f is not None)
                return replace(block, facts=facts) if facts else None
            case Lines():
                items = tuple(i for i in (self._line(block.caption, item) for item in block.items) if i is not None)
                return replace(block, items=items) if items else None
            case Table():
                rows = tuple(r for r in (self._row(block.headers, row) for row in block.rows) if r is not None)
                return replace(block, rows=rows) if rows else None
            case Picture():
                return block if self._drawings else None
            case _:
                return block

    def _fact(self, fact: Fact) -> Fact | None:
        said = self._line(fact.label, fact.value)
        if said is None or said == fact.value:
            return None if said is None else fact
        return replace(fact, value=said, how=f"{fact.how}; amended" if fact.how else "amended")

    def _row(self, headers: tuple[str, ...], row: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return a row; its first cell names it and goes with its last other one."""
        cells = [self._line(f"{row[0]}: {h}", c) if c else "" for h, c in zip(headers[1:], row[1:], strict=True)]
        kept = any(c is not None for c, before in zip(cells, row[1:], strict=True) if before)
        return (row[0], *(c or "" for c in cells)) if kept or not any(row[1:]) else None
