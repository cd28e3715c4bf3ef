"""How meetings were held over a time, as two files: for whoever answers for them, without names."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from documents.compliance import Held, compliance_report
from documents.dates import LONDON
from documents.figures_table import csv_of
from documents.html import html_of
from meeting.model import Status
from storage import Store

PAGE, TABLE = "chairside-report.html", "chairside-report.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """Every meeting that there was: those that can be read, and for when those were called whose keys are destroyed."""

    readable: tuple[Held, ...]
    destroyed: tuple[datetime, ...]


async def every_meeting(store: Store) -> Every:
    """Return every meeting; of those whose keys are destroyed, and that were held, no more than when."""
    rows = await store.kept()
    held = []
    for one in rows:
        with suppress(KeyError):  # destroyed, perhaps just now
            held.append(await store.record.read(one.id))
    gone = tuple(one.called_for for one in rows if one.erased is not None and one.status == Status.CLOSED)
    return Every(readable=tuple(held), destroyed=gone)


def write_report(every: Every, first: date, last: date, now: datetime, folder: Path) -> tuple[str, Path, Path]:
    """Write the figures of these days as a page with plots and as CSV; return the page's banner and the two files."""
    begin, end = (datetime.combine(on, time(), tzinfo=LONDON) for on in (first, last + timedelta(days=1)))
    destroyed = sum(begin <= at < end for at in every.destroyed)
    document = compliance_report(every.readable, begin, end, now, destroyed=destroyed)
    folder.mkdir(parents=True, exist_ok=True)
    page, table = folder / PAGE, folder / TABLE
    page.write_text(html_of(document), encoding="utf-8")
    told = csv_of(every.readable, begin, end, now)
    table.write_text(told, encoding="utf-8-sig", newline="")  # so that Excel knows its letters
    return "\n".join(document.banner), page, table
