"""Copies that leave something out: what the chair withheld from an agency, and what the family may have."""

from __future__ import annotations

from dataclasses import replace

from documents.matched import Known, known_as
from documents.model import DRAFT, Block, Document, Fields, Paragraph, Picture, Section, Table, Tone, mapped, trimmed
from documents.places import Place, fingerprint, places_of, rewritten
from documents.sayings import DEFAULT
from documents.source import Source
from meeting.after.marking import kept_from
from meeting.model import SHAREABLE, WITHHELD, SeatId

WITHHELD_WORDS = "[withheld by the chair]"
_NO_DRAWING = Paragraph(text="The drawing is left out: a line behind it is withheld by the chair.", tone=Tone.NOTICE)
_TELLING = 8  # letters; what says a withheld text of so many again, among other words, is withheld with it


def withheld(document: Document, source: Source, reader: SeatId | None, known: Known | None) -> Document:
    """Return the copy for a seat: what the chair withheld from its agency is not in it, and it says so.

    A drawing is made from the lines beside it: where one of these is withheld, the drawing is left out.
    """
    mine = withheld_from(source, reader)
    return replace(document, sections=tuple(_without(s, mine, known) for s in document.sections)) if mine else document


def withheld_from(source: Source, reader: SeatId | None) -> frozenset[str]:
    """Return the places of the lines that the chair withheld from a seat, or from its agency."""
    seat = source.meeting.seats.get(reader) if reader else None
    marks = source.marks.items() if seat is not None else ()
    return frozenset(place for (place, mark), told in marks if mark == WITHHELD and seat and kept_from(seat, told))


def _without(section: Section, mine: frozenset[str], known: Known | None) -> Section:
    gone = [p for p in places_of(section) if known_as(p, known) in mine]
    if not gone:
        return section
    words = _telling(gone)

    def shown(place: Place) -> str:
        again = any(text != place.text and text in place.text for text in words)
        return WITHHELD_WORDS if again or known_as(place, known) in mine else place.text

    made = rewritten(section, shown)
    own, headings = any(not p.part for p in gone), {p.part for p in gone}
    parts = (_undrawn(p) if own or p.heading in headings else p for p in made.parts)
    return replace(_undrawn(made), parts=tuple(parts))


def _telling(gone: list[Place]) -> set[str]:
    """Return what lines say that are kept back, as far as it would be known again among other words."""
    return {p.text for p in gone if len(p.text) >= _TELLING}


def _undrawn(section: Section) -> Section:
    """Return a section with words in the place of each drawing and of its table."""
    return replace(section, blocks=tuple(_NO_DRAWING if isinstance(b, Picture) else b for b in section.blocks))


_NONE_CHOSEN = Section(
    heading="Nothing yet", blocks=(Paragraph(text="The chair has not chosen any line for the family."),), key="none"
)


def for_family(document: Document, source: Source) -> Document:
    """Return only the lines that the chair marked as shareable, as long as they say what they said then.

    What the chair withholds from anybody goes to no family, in another line neither. How a line reached the record, and
    that a value of it is a default, is no part of it.
    """
    chosen = {place: texts for (place, mark), texts in source.marks.items() if mark == SHAREABLE}
    kept_back = {place for place, mark in source.marks if mark == WITHHELD}

    def told(section: Section) -> Section:
        words = _telling([p for p in places_of(section) if p.key in kept_back])

        def shared(place: Place) -> str | None:
            kept = place.key in kept_back or any(text in place.text for text in words)
            known = () if kept else chosen.get(place.key, ())
            return place.text if fingerprint(place.text) in known else None

        return rewritten(section, shared, drawings=False)

    made = (told(s) for s in document.sections)
    bare = (replace(s, blocks=_bare(s), parts=tuple(replace(p, blocks=_bare(p)) for p in s.parts)) for s in made)
    kept = (replace(s, parts=tuple(p for p in s.parts if p.blocks)) for s in bare)
    sections = tuple(s for s in kept if s.blocks or s.parts) or (_NONE_CHOSEN,)
    copy = replace(document, sections=sections, banner=_for_whom(document), status="for the family")
    return mapped(copy, lambda text: text.replace(f" ({DEFAULT})", ""))


def _bare(section: Section) -> tuple[Block, ...]:
    """Return the blocks without what was not chosen: how facts came, and columns that are left empty."""
    return tuple(_chosen(block) for block in section.blocks)


def _chosen(block: Block) -> Block:
    if isinstance(block, Fields):
        return replace(block, facts=tuple(replace(f, how="") for f in block.facts), how="")
    return trimmed(block, *block.headers[1:]) if isinstance(block, Table) else block


def _for_whom(document: Document) -> tuple[str, ...]:
    """Return for whom the copy is, and whether the minutes behind it are authorised."""
    draft = document.status == DRAFT
    state = "The minutes are not authorised yet: the chair may still change them." if draft else ""
    own = "For the family. The chair chose each line; nothing else of the minutes is in it. Confidential."
    return tuple(filter(None, (*_fictional(document), own, state)))


def _fictional(document: Document) -> tuple[str, ...]:
    return tuple(line for line in document.banner if line.startswith("Fictional"))
