"""Minutes of a twelve-seat meeting in all four formats, the PDF's process warm as it is in a running service."""

from __future__ import annotations

import statistics
import time

from documents.copies import Format, Maker
from documents.minutes import minutes_of
from documents.printing import Printer
from tests.unit.documents.played import convened, gathered, whole

SEATS = 12
TIMES = 5
AT_MOST = 1.5  # seconds, all four formats


def measure() -> dict[str, float]:
    """Return seconds for each format by itself and for all four, as a service makes them: the median of five."""
    play = whole(gathered(convened("san", seats=SEATS)))
    printer = Printer()
    maker = Maker(printer=printer)
    taken: dict[str, list[float]] = {}
    try:
        maker.copies(minutes_of(play.meeting, play.procedure, play.now))
        for _ in range(TIMES):
            began = time.perf_counter()
            document = minutes_of(play.meeting, play.procedure, play.now)
            _note(taken, "drawn", began)
            maker.copies(document)
            _note(taken, "all four formats", began)
            for one in Format:
                each = time.perf_counter()
                maker.copy(document, one)
                _note(taken, one.value, each)
    finally:
        printer.close()
    return {what: statistics.median(seconds) for what, seconds in taken.items()}


def _note(taken: dict[str, list[float]], what: str, began: float) -> None:
    taken.setdefault(what, []).append(time.perf_counter() - began)
