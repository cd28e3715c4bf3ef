"""What the minutes say about themselves: who made them, which version this is, who stands by it, what was added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from documents.dates import plain_time
from documents.matched import Known, known_as
from documents.model import (
    Block,
    Document,
    Fact,
    Fields,
    Paragraph,
    Picture,
    Redline,
    Section,
    Table,
    Tone,
)
from documents.places import Place, places_of, rewritten
from documents.sayings import listed
from documents.source import Source
from meeting.ids import spoken
from meeting.model import Authorisation, Change, Minutes, PersonId

NOT_REDRAWN = "It shows what the meeting recorded; a line beside it has been amended since."
_MAKERS = {"chair": "the chair", "note_taker": "the note-taker", "business_support": "business support"}


def authority(source: Source, kept: Minutes, word: Authorisation | None, *, complete: bool) -> Section:
    """Return who made and who authorised these minutes, and which version this is (STY-5.1f, WMT-4.3).

    Only a copy that is `complete` has the fingerprint: elsewhere it would let a reader try out what was left out.
    """
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
        facts += [Fact(label="Fingerprint of the authorised text", value=word.digest)] if complete else []
    return Section(heading="These minutes", blocks=(Fields(facts=tuple(facts)),), key="minutes")


def _named(source: Source, person: PersonId | None, role: str) -> str:
    return f"{source.name(person)} ({role})" if person else role


def with_added(document: Document, source: Source, kept: Minutes, word: Authorisation | None) -> Document:
    """Return the document with every line that was added up to its version, below its section or its part."""
    sections = []
    for section in document.sections:
        made = section
        for change in (c for c in _changes(kept, word) if not c.place and c.section == section.key):
            added = f"Added by {source.name(change.by)}, {plain_time(change.at)}."
            blocks: tuple[Block, ...] = (Paragraph(text=change.after), Paragraph(text=added, tone=Tone.ASIDE))
            made = _below(made, change.part, blocks)
        sections.append(made)
    return replace(document, sections=tuple(sections))


def with_changes(document: Document, kept: Minutes, word: Authorisation | None, known: Known | None) -> Document:
    """Return the document with every amendment of its version in the place of what it replaced, added lines too.

    `known` are the lines of a copy that leaves something out: an amendment of a line that is not in it is not, either.
    """
    now = {c.place: c.after for c in _changes(kept, word) if c.place}

    def amended(place: Place) -> str:
        return now.get(known_as(place, known), place.text)

    return replace(document, sections=tuple(_redrawn(s, amended) for s in document.sections)) if now else document


def _redrawn(section: Section, amended: Callable[[Place], str]) -> Section:
    """Return a section with its amendments; a drawing beside one says that it was made before."""
    changed = {p.part for p in places_of(section) if amended(p) != p.text}
    if not changed:
        return section
    made = rewritten(section, amended)
    parts = (_as_it_was(p) if changed & {"", p.heading} else p for p in made.parts)
    return replace(_as_it_was(made) if "" in changed else made, parts=tuple(parts))


def _as_it_was(section: Section) -> Section:
    told = (replace(b, text=f"{b.text} {NOT_REDRAWN}") if isinstance(b, Picture) else b for b in section.blocks)
    return replace(section, blocks=tuple(told))


def _changes(kept: Minutes, word: Authorisation | None) -> tuple[Change, ...]:
    upto = word.version if word else kept.version
    return tuple(c for c in kept.changes if c.version <= upto and not c.written_up)


def _below(section: Section, part: str, blocks: tuple[Block, ...]) -> Section:
    """Return the section with more at the end of its own blocks, or of the part of this heading."""
    if not part:
        return replace(section, blocks=(*section.blocks, *blocks))
    first = next((n for n, p in enumerate(section.parts) if p.heading == part), None)
    parts = (replace(p, blocks=(*p.blocks, *blocks)) if n == first else p for n, p in enumerate(section.parts))
    return replace(section, parts=tuple(parts))


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
