"""The draft minutes: one document, drawn from the record and its procedure alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from documents import front
from documents.around import around
from documents.dates import plain_time
from documents.defaults import defaults_used
from documents.limits import limits
from documents.model import DRAFT, Block, Document, Fact, Fields, Lines, Paragraph, Section, Tone, mapped
from documents.people import people
from documents.sayings import CONFIDENTIAL, DEFAULT
from documents.source import Source, source_of
from documents.steps import section_of
from meeting.model import Meeting, SeatId
from meeting.procedure import Procedure, StatementData

FICTIONAL = "Fictional: a rehearsal. No child, family or professional in it exists."


def minutes_of(
    meeting: Meeting,
    procedure: Procedure,
    now: datetime,
    notices: Sequence[str] = (),
    *,
    fictional: bool = False,
    reader_seat: SeatId | None = None,
    deadlines: Mapping[str, datetime] = MappingProxyType({}),
) -> Document:
    """Return the draft minutes as they stand at `now` (aware UTC).

    `notices` are sentences about the procedure itself (a past review month, a superseded reference). `deadlines` holds
    when clocks counted in days end, by clock id. With `reader_seat` the copy leaves out whatever the chair restricted
    for that seat, and masks the restricted children's names in other people's words; raises KeyError for no such seat.
    """
    source = source_of(meeting, procedure, now, reader_seat)
    sections = [front.debts(source), front.meeting(source), people(source), front.convening(source)]
    sections += [section_of(source, step) for step in procedure.agenda]
    sections += [*around(source), limits(source, deadlines), _confidentiality(source), _about(source, notices)]
    document = Document(
        title=front.title(source),
        reference=meeting.reference,
        status=DRAFT,
        banner=_banner(source, fictional=fictional, reader_seat=reader_seat),
        sections=tuple(s for s in sections if s is not None),
    )
    return mapped(document, source.shown)


def _banner(source: Source, *, fictional: bool, reader_seat: SeatId | None) -> tuple[str, ...]:
    lines = [FICTIONAL] if fictional else []
    lines.append(f"Draft, not authorised. As the record stood on {plain_time(source.now)}. Confidential.")
    if reader_seat is not None and source.hidden:
        label = source.seat(reader_seat)
        lines.append(f"Copy for {label}. What the chair restricted for this agency is left out.")
    return tuple(lines)


def _confidentiality(source: Source) -> Section:
    """Return the procedure's own words where it gives some to be read out, then what holds for every copy."""
    given = (s.data for s in source.procedure.agenda if isinstance(s.data, StatementData))
    own = tuple(text for data in given if data.person_gate != "none" and data.verbatim for text in data.text)
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
