"""The report's figures as a table for a spreadsheet: numbers alone, each with its unit at the head of its column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from documents.compliance import TIME, TYPICAL, Held, began_between, figures, typical_wait
from documents.small_numbers import FEWEST, Figure

HEADS = ("From", "To", "Topic", "What", "How many", "Of", "Share in %", "Hours", "Note")
NOT_SHOWN = f"not shown: below {FEWEST}, or it would give a smaller number away"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Row = tuple[str, str, str, str, str, str, str]


def csv_of(held: Iterable[Held], since: datetime, until: datetime, now: datetime) -> str:
    """Return the figures of the meetings that began between two times (aware) as CSV, its days as ISO 8601.

    What must not be shown is an empty cell, and its row says so; none is a formula there (reliability 21).
    """
    chosen = began_between(held, since, until)
    days = (since.date(), (until - timedelta(days=1)).date())
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in _rows(chosen, now) if len(chosen) >= FEWEST else ():
        writer.writerow([safe(cell) for cell in (*map(date.isoformat, days), *row)])
    return kept.getvalue()


def _rows(chosen: list[Held], now: datetime) -> Iterator[Row]:
    """Yield every figure, and after those of its topic how long half of the meetings took to begin."""
    found = figures(chosen, now)
    for topic in dict.fromkeys(f.topic for f in found):
        yield from (_row(f) for f in found if f.topic == topic)
        if topic == TIME and (wait := typical_wait(chosen)) is not None:
            yield (topic, TYPICAL, "", str(wait.meetings), "", str(wait.hours), "")


def _row(figure: Figure) -> Row:
    of = str(figure.whole) if figure.whole_shown else ""
    if not figure.shown:
        note = NOT_SHOWN if figure.whole else "there was none"
        return (figure.topic, figure.what, "", of, "", "", note)
    share = str(round(100 * figure.part / figure.whole))
    return (figure.topic, figure.what, str(figure.part), of, share, "", "")


def safe(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
