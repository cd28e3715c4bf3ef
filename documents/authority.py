"""What the minutes say about themselves: who made them, which version this is, who stands by it, what was added."""

from __future__ import annotations

from dataclasses import replace

from documents.dates import plain_time
from documents.model import Block, Document, Fact, Fields, Paragraph, Redline, Section, Table, Tone
from documents.places import Place, fingerprint, rewritten
from documents.sayings import listed, spoken
from documents.source import Source
from meeting.model import SHAREABLE, WITHHELD, Authorisation, Minutes, PersonId, SeatId

WITHHELD_WORDS = "[withheld by the chair]"
_MAKERS = {"chair": "the chair", "note_taker": "the note-taker", "business_support": "business support"}


def authority(source: Source, kept: Minutes, word: Authorisation | None) -> Section:
    """Return who made and who authorised these minutes, and which version this is (STY-5.1f, WMT-4.3)."""
    made_by = source.procedure.minutes.made_by
    chair, notes = source.meeting.chair, source.meeting.note_taker
    maker = chair if made_by == "chair" else notes or chair
    facts = [Fact(label="Made by", value=_named(source, maker, _MAKERS.get(made_by, spoken(made_by))))]
    if made_by == "chair" and notes is not None and notes != chair:
        facts.append(Fact(label="Drafted for the chair by", value=source.name(notes)))
    version = word.version if word else kept.version
    facts.append(Fact(label="Version", value=str(version)))
    if word is None:
        facts.append(Fact(label="Authorised", value="Not yet"))
    else:
        facts.append(Fact(label="Authorised by", value=f"{source.name(word.by)}, {plain_time(word.at)}"))
        facts += [Fact(label="Authorised without", value=listed(word.missing), how=word.reason)] if word.missing else []
        facts.append(Fact(label="Fingerprint of the authorised text", value=word.digest))
    return Section(heading="These minutes", blocks=(Fields(facts=tuple(facts)),), key="minutes")


def _named(source: Source, person: PersonId | None, role: str) -> str:
    return f"{source.name(person)} ({role})" if person else role


def with_changes(document: Document, source: Source, kept: Minutes, word: Authorisation | None) -> Document:
    """Return the document with every amendment of its version in the place of what it replaced, or where it was added.

    An amendment of a line that this reader's copy does not have is left out with it.
    """
    upto = word.version if word else kept.version
    changes = [c for c in kept.changes if c.version <= upto and not c.written_up]
    now = {c.place: c.after for c in changes if c.place}

    def amended(place: Place) -> str:
        return now.get(place.key, place.text)

    sections = []
    for section in document.sections:
        made = rewritten(section, amended) if now else section
        for change in (c for c in changes if not c.place and c.section == section.key):
            added = f"Added by {source.name(change.by)}, {plain_time(change.at)}."
            blocks: tuple[Block, ...] = (Paragraph(text=change.after), Paragraph(text=added, tone=Tone.ASIDE))
            made = _below(made, change.part, blocks)
        sections.append(made)
    return replace(document, sections=tuple(sections))


def _below(section: Section, part: str, blocks: tuple[Block, ...]) -> Section:
    """Return the section with more at the end of its own blocks, or of the part of this heading."""
    if not part:
        return replace(section, blocks=(*section.blocks, *blocks))
    parts = tuple(replace(p, blocks=(*p.blocks, *blocks)) if p.heading == part else p for p in section.parts)
    return replace(section, parts=parts)


def withheld(document: Document, source: Source, reader: SeatId | None) -> Document:
    """Return the copy for a seat: what the chair withheld from its agency is not in it, and it says so."""
    seat = source.meeting.seats.get(reader) if reader else None
    marks = source.marks
    mine = {place for (place, mark), agencies in marks.items() if mark == WITHHELD and seat and seat.agency in agencies}
    if not mine:
        return document

    def shown(place: Place) -> str:
        return WITHHELD_WORDS if place.key in mine else place.text

    return replace(document, sections=tuple(rewritten(s, shown) for s in document.sections))


_NONE_CHOSEN = Section(
    heading="Nothing yet", blocks=(Paragraph(text="The chair has not chosen any line for the family."),), key="none"
)


def for_family(document: Document, source: Source) -> Document:
    """Return only the lines that the chair marked as shareable, as long as they say what they said then."""
    chosen = {place: texts for (place, mark), texts in source.marks.items() if mark == SHAREABLE}

    def shared(place: Place) -> str | None:
        return place.text if fingerprint(place.text) in chosen.get(place.key, ()) else None

    made = (rewritten(s, shared, drawings=False) for s in document.sections)
    kept = (replace(s, parts=tuple(p for p in s.parts if p.blocks)) for s in made)
    sections = tuple(s for s in kept if s.blocks or s.parts) or (_NONE_CHOSEN,)
    banner = "For the family. The chair chose each line; nothing else of the minutes is in it. Confidential."
    return replace(document, sections=sections, banner=(*_fictional(document), banner), status="for the family")


def _fictional(document: Document) -> tuple[str, ...]:
    return tuple(line for line in document.banner if line.startswith("Fictional"))


def addenda(source: Source, kept: Minutes) -> Section | None:
    """Return the corrections that the chair accepted after the minutes went out."""
    accepted = [c for c in kept.corrections if c.accepted and c.answered]
    rows = tuple((source.name(c.by), c.text, c.answer, plain_time(c.answered)) for c in accepted if c.answered)
    headers = ("Asked by", "What was asked", "The chair's addendum", "When")
    table = Table(headers=headers, rows=rows, caption="Added after the minutes were authorised")
    return Section(heading="Addenda", blocks=(table,), key="addenda") if rows else None


def redlines(source: Source, kept: Minutes) -> tuple[Section, ...]:
    """Return each version with what it changed, the newest first."""
    labels = {s.id: s.label for s in source.procedure.agenda}
    made = []
    for change in reversed(kept.changes):
        where = labels.get(change.section, spoken(change.section).capitalize())
        named = ", ".join(t for t in (where, change.part, change.label) if t)
        caption = f"{named}: written up" if change.written_up else named
        heading = f"Version {change.version}: {source.name(change.by)}, {plain_time(change.at)}"
        redline = Redline(before=change.before, after=change.after, caption=caption)
        made.append(Section(heading=heading, blocks=(redline,), key=f"v{change.version}"))
    return tuple(made)
