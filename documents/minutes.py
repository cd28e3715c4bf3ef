"""The minutes: one document, drawn from the record and its procedure alone; once authorised, as they were then."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from documents import front
from documents.afterwards import afterwards
from documents.around import around
from documents.authority import (
    addenda,
    authority,
    redlines,
    with_added,
    with_changes,
)
from documents.confidentiality import own_words
from documents.dates import plain_time
from documents.defaults import defaults_used
from documents.kept_back import for_family, withheld, withheld_from
from documents.limits import limits
from documents.matched import matched
from documents.model import (
    AUTHORISED,
    DRAFT,
    Block,
    Document,
    Fact,
    Fields,
    Lines,
    Paragraph,
    Section,
    Tone,
    mapped,
    mapped_section,
)
from documents.people import people
from documents.sayings import CONFIDENTIAL, DEFAULT, FICTIONAL
from documents.source import Source, source_of
from documents.steps import section_of
from documents.text import text_of
from meeting.model import Authorisation, Meeting, SeatId
from meeting.procedure import Procedure

_LAST = ("confidentiality", "about")  # sections that stand behind what was added since


def minutes_of(
    meeting: Meeting,
    procedure: Procedure,
    now: datetime,
    notices: Sequence[str] = (),
    *,
    fictional: bool = False,
    reader_seat: SeatId | None = None,
) -> Document:
    """Return the minutes: what was authorised as it was then, else the draft as it stands at `now` (aware UTC).

    `notices` are sentences about the procedure itself (a past review month, a superseded reference). With
    `reader_seat` the copy leaves out whatever the chair restricted for that seat, and masks the restricted children's
    names in other people's words; raises KeyError for no such seat.
    """
    word, kept = meeting.minutes.authorised, meeting.minutes
    source = replace(source_of(word.meeting if word else meeting, procedure, now, reader_seat), marks=kept.marks)
    drawn = with_added(replace(_drawn(source, notices), status=AUTHORISED if word else DRAFT), source, kept, word)
    known = None
    if source.hidden and (kept.changes or kept.marks):
        entire = replace(source_of(source.meeting, procedure, now, None), marks=kept.marks)
        known = matched(drawn, with_added(_drawn(entire, notices), entire, kept, word))
    amended = withheld(with_changes(drawn, kept, word, known), source, reader_seat, known)
    complete = not source.hidden and not withheld_from(source, reader_seat)
    owed = tuple(s for s in amended.sections if s.key == "debts")
    others = tuple(s for s in amended.sections if s.key not in ("debts", *_LAST))
    since = (afterwards(replace(source, meeting=meeting)), addenda(source, kept))
    last = tuple(s for s in amended.sections if s.key in _LAST)
    own = filter(None, (*owed, authority(source, kept, word, complete=complete), *others, *since, *last))
    banner = _banner(source, word, fictional=fictional, reader_seat=reader_seat)
    return mapped(replace(amended, banner=banner, sections=tuple(own)), source.shown)


def _drawn(source: Source, notices: Sequence[str]) -> Document:
    """Return what the record says, before anybody amended it or kept a line back."""
    sections = [front.debts(source), front.meeting(source), people(source)]
    sections += [front.convening(source), front.carried(source)]
    sections += [section_of(source, step) for step in source.procedure.agenda]
    sections += [*around(source), limits(source), _confidentiality(source), _about(source, notices)]
    found = tuple(s for s in sections if s is not None)
    return Document(title=front.title(source), reference=source.meeting.reference, status=DRAFT, sections=found)


def digest_of(document: Document) -> str:
    """Return the fingerprint (SHA-256) of what the minutes say; what they say about themselves is not part of it."""
    own = tuple(s for s in document.sections if s.key not in ("minutes", "afterwards", "addenda", "debts"))
    plain = replace(document, sections=own, banner=(), status=DRAFT)
    return hashlib.sha256(text_of(plain).encode()).hexdigest()


def family_copy(meeting: Meeting, procedure: Procedure, now: datetime, *, fictional: bool = False) -> Document:
    """Return the lines of the minutes that the chair marked as shareable with the family, and nothing else."""
    source = source_of(meeting, procedure, now, None)
    return for_family(minutes_of(meeting, procedure, now, fictional=fictional), source)


def versions_of(meeting: Meeting, procedure: Procedure, now: datetime) -> Document:
    """Return every version since the meeting closed, each with what it changed, word by word."""
    source = source_of(meeting, procedure, now, None)
    sections = redlines(source, meeting.minutes)
    nothing = (Section(heading="Version 1", blocks=(Paragraph(text="The draft as the meeting closed."),), key="v1"),)
    return Document(
        title="Versions of the minutes",
        reference=meeting.reference,
        status=AUTHORISED if meeting.minutes.authorised else DRAFT,
        banner=(f"As the record stood on {plain_time(now)}. Confidential.",),
        sections=tuple(mapped_section(s, source.shown) for s in (*sections, *nothing)),
    )


def _banner(
    source: Source, word: Authorisation | None, *, fictional: bool, reader_seat: SeatId | None
) -> tuple[str, ...]:
    lines = [FICTIONAL] if fictional else []
    lines += [source.meeting.local.marking] if source.meeting.local.marking else []
    if word is None:
        lines.append(f"Draft, not authorised. As the record stood on {plain_time(source.now)}. Confidential.")
    else:
        lines.append(f"Authorised by {source.name(word.by)} on {plain_time(word.at)}. Confidential.")
    if reader_seat is not None and source.hidden:
        label = source.seat(reader_seat)
        lines.append(f"Copy for {label}. What the chair restricted for this agency is left out.")
    return tuple(lines)


def _confidentiality(source: Source) -> Section:
    """Return what holds for every copy, below the procedure's own words where the meeting did not come to them."""
    own = own_words(s for s in source.procedure.agenda if not source.visited(s.id))
    words = tuple(Paragraph(text=text, tone=Tone.VERBATIM) for text in own)
    return Section(heading="Confidentiality", blocks=(*words, Paragraph(text=CONFIDENTIAL)), key="confidentiality")


def _about(source: Source, notices: Sequence[str]) -> Section:
    """Return what to know of the procedure: its references, its notices, and which values it left open."""
    blocks: list[Block] = []
    if notices:
        blocks.append(Lines(items=tuple(notices), caption="Notices about the procedure"))
    if source.procedure.missing_parts:
        blocks.append(Lines(items=source.procedure.missing_parts, caption="Parts that its document lacks"))
    references = tuple(
        Fact(label=r.title, value=r.edition or "edition not stated", how="superseded" if r.superseded else "")
        for r in source.procedure.references
        if r.link or not r.needs_link
    )
    if references:
        blocks.append(Fields(facts=references, caption="It refers to"))
    used = defaults_used(source)
    if used:
        blocks.append(Lines(items=used, caption=f"Marked “{DEFAULT}”"))
    recorded = f"The record behind these minutes has {source.meeting.sequence} entries."
    return Section(
        heading="About the procedure", blocks=(*blocks, Paragraph(text=recorded, tone=Tone.ASIDE)), key="about"
    )
