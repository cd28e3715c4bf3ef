"""What went on around the agenda: gates passed with a reason, challenges, requests to share, notes by time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.dates import parsed_date, parsed_time, plain_time
from documents.model import Fact, Fields, Section, Table, trimmed
from documents.sayings import listed
from documents.source import Source
from meeting.flags import MINUTES
from meeting.ids import spoken
from meeting.model import CONVENED, Note
from meeting.steps.challengeable import passed_words

_ADJOURNED = re.compile(r"^(Adjourned until )(\d{4}-\d\d-\d\dT\S+?)(?=: |$)")
_QUORATE = re.compile(r"(; quorate discussion: )(\d{4}-\d\d-\d\d\S*)$")


def around(source: Source) -> Iterator[Section]:
    """Yield a section for each of these that happened."""
    for section in (_overrides(source), _challenges(source), _sharing(source), _notes(source)):
        if section is not None:
            yield section


def _step(source: Source, step: str) -> str:
    if step == CONVENED.step:
        return "Before the meeting"
    if step == MINUTES:
        return "Authorising the minutes"
    return next((s.label for s in source.procedure.agenda if s.id == step), "")


def _overrides(source: Source) -> Section | None:
    rows = tuple(
        (
            _step(source, o.step),
            listed([spoken(m) for m in o.missing]),
            o.reason,
            source.name(o.by),
            source.at(o.at),
            _challenged(source, passed_words(source.procedure, o)),
        )
        for o in source.meeting.overrides
    )
    headers = ("Step", "What was missing", "Reason", "By", "When", "Challenged")
    table = trimmed(Table(headers=headers, rows=rows, caption="Passed by the chair, with the reason"), "Challenged")
    return Section(heading="Passed with a reason", blocks=(table,), key="overrides") if rows else None


def _challenged(source: Source, about: str) -> str:
    """Return the challenges to one thing that was passed, to stand beside it (STY-5.2c)."""
    return "; ".join(f"{source.name(c.by)}: {c.text}" for c in source.meeting.challenges if c.about == about)


def _challenges(source: Source) -> Section | None:
    rows = tuple(
        (
            source.name(c.by),
            c.about,
            c.ground,
            c.text,
            plain_time(c.at),
            c.answer if c.answered_at else "Not answered",
            plain_time(c.answered_at) if c.answered_at else "",
        )
        for c in source.meeting.challenges
    )
    headers = ("By", "Decision", "Ground", "Challenge", "When", "Answer", "Answered")
    protocol = Fields(facts=(Fact(label="Where it is not settled", value=source.procedure.escalation_protocol),))
    table = trimmed(Table(headers=headers, rows=rows, caption="Challenges and answers"), "Ground", "Answered")
    return Section(heading="Challenges", blocks=(table, protocol), key="challenges") if rows else None


def _sharing(source: Source) -> Section | None:
    said = {None: "Not answered", True: "agreed", False: "refused"}
    rows = tuple((source.name(p.by), p.what, plain_time(p.at), said[p.granted]) for p in source.meeting.permissions)
    headers = ("By", "What", "When", "The chair's answer")
    table = Table(headers=headers, rows=rows, caption="Requests to share")
    return Section(heading="Requests to share what was said", blocks=(table,), key="sharing") if rows else None


def _notes(source: Source) -> Section | None:
    rows = tuple(
        (source.at(n.at), _during(source, n), _plain(source, n.text), source.name(n.by) if n.by else "")
        for n in source.meeting.notes
        if not _told_with_the_seats(source, n)
    )
    table = trimmed(Table(headers=("When", "Step", "Note", "By"), rows=rows, caption="Notes by time"), "Step", "By")
    return Section(heading="Course of the meeting", blocks=(table,), key="course") if rows else None


def _during(source: Source, note: Note) -> str:
    """Return the step during which something was noted, or that it was before the meeting."""
    return _step(source, CONVENED.step if _early(source, note) else note.step)


def _early(source: Source, note: Note) -> bool:
    return source.meeting.started is None or note.at < source.meeting.started


def _told_with_the_seats(source: Source, note: Note) -> bool:
    """Tell whether the table of who was invited says the same: a seat that was added before the meeting, and why."""
    added = {f"{s.label} added: {s.reason}" for s in source.meeting.seats.values()}
    return _early(source, note) and note.text in added


def _plain(source: Source, text: str) -> str:
    """Return a note with the rules' own dates and ids as people write them; people's words stay as they are."""
    text = _ADJOURNED.sub(lambda m: m[1] + parsed_time(m[2]), text)
    text = _QUORATE.sub(lambda m: m[1] + parsed_time(parsed_date(m[2])), text)
    if text.startswith("Not quorate ("):
        for agency in {s.agency for s in source.meeting.seats.values()} | {"social_care"}:
            text = text.replace(agency, spoken(agency)) if "_" in agency else text
    return text
