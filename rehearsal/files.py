"""What a rehearsal leaves in its folder, to be looked at: minutes, e-mails, calendar entries, the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

from bot.reporting import every_meeting, write_report
from dialogs.issued import minutes_document
from documents.copies import Format, Maker
from documents.dates import LONDON
from meeting.model import Meeting
from meeting.procedure import Procedure
from rehearsal.stage import Stage

EMAILS, CALENDAR = "e-mails", "calendar"
SHORT = timedelta(days=30)  # what the report looks back over


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Files of one kind."""

    what: str
    files: tuple[Path, ...]


def maker_of(stage: Stage, procedure: Procedure) -> Maker:
    """Return what makes copies of minutes: the service's own; plain text is in the order of the case system's form."""
    return replace(stage.service.maker, order=procedure.minutes.case_system_order)


def write_minutes(
    meeting: Meeting, procedure: Procedure, stage: Stage, out: Path, formats: tuple[Format, ...]
) -> tuple[tuple[Path, ...], str]:
    """Write the minutes in these formats; each says that the case is fictional. Returns files and what lacks."""
    document = minutes_document(meeting, procedure, stage.clock.now())
    made, missing = maker_of(stage, procedure).copies(document, formats)
    files = tuple(out / copy.name for copy in made)
    for file, copy in zip(files, made, strict=True):
        file.write_bytes(copy.content)
    return files, missing


def write_letters(letters: Iterable[EmailMessage], out: Path) -> tuple[Written, ...]:
    """Write each e-mail as it went over the wire, and each calendar entry in one as a file of its own."""
    mails, entries = [], []
    for number, letter in enumerate(letters, start=1):
        name = f"{number:02}-{_plain(str(letter['To']))}"
        mails.append(_write(out / EMAILS / f"{name}-{_kind(letter)}.eml", letter.as_bytes()))
        for entry, content in entries_of(letter):
            entries.append(_write(out / CALENDAR / f"{name}-{entry}.ics", content))
    return (
        Written(what="E-mails, as they were sent", files=tuple(mails)),
        Written(what="Calendar entries: invitations, reminders", files=tuple(entries)),
    )


def entries_of(letter: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Yield the calendar entries of a letter, each with its method: request, cancel, publish."""
    for part in letter.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            yield str(part.get_param("method", "entry")).lower(), content


async def write_figures(stage: Stage, out: Path) -> Written:
    """Write what `chairside report` would say of the meetings that were played."""
    now = stage.clock.now()
    today = now.astimezone(LONDON).date()
    every = await every_meeting(stage.service.store)
    _, page, table = write_report(every, today - SHORT, today, now, out)
    return Written(what="Report without names: page, table", files=(page, table))


def _write(file: Path, content: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def _plain(text: str) -> str:
    return re.sub(r"[^\w.@-]+", "-", text)


def _kind(letter: EmailMessage) -> str:
    """Return what a letter is, of its subject: the words before the time."""
    words = str(letter["Subject"]).partition(": ")[2].partition(",")[0]
    return _plain(words.lower())[:40] or "letter"
