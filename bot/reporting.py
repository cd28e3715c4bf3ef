"""How meetings were held over a time, as two files: for whoever answers for them, without names."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from documents.compliance import Held, compliance_report, csv_of
from documents.dates import LONDON
from documents.html import html_of
from storage import Store

PAGE, TABLE = "chairside-report.html", "chairside-report.csv"


async def every_meeting(store: Store) -> list[Held]:
    """Return every meeting that can still be read, with its procedure; erased ones are gone from the figures too."""
    found = []
    for meeting in await store.meetings():
        try:
            found.append(await store.record.read(meeting))
        except KeyError:
            continue
    return found


def write_report(held: list[Held], first: date, last: date, now: datetime, folder: Path) -> tuple[str, Path, Path]:
    """Write the figures of these days as a page with plots and as CSV; return the page's banner and the two files."""
    begin, end = (datetime.combine(on, time(), tzinfo=LONDON) for on in (first, last + timedelta(days=1)))
    document = compliance_report(held, begin, end, now)
    folder.mkdir(parents=True, exist_ok=True)
    page, table = folder / PAGE, folder / TABLE
    page.write_text(html_of(document), encoding="utf-8")
    table.write_text(csv_of(document, first, last), encoding="utf-8", newline="")
    return document.banner[0], page, table
