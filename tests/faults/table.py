"""`make faults`: the longest runs first, so that all workers end together, and a table of all runs at the end."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import pytest

#: Parts of names; then the rest.
LONGEST_FIRST = ("ten_thousand", "for_long", "cut_anywhere", "every_occurrence", "odd_procedures")


@dataclass(slots=True, kw_only=True)
class Row:
    """All runs of one test, apart by what it is parametrised with but for its counter."""

    runs: int = 0
    failed: int = 0
    kills: int = 0
    seconds: float = 0.0
    longest: float = 0.0

    def add(self, report: pytest.TestReport) -> None:
        """Count one run."""
        self.runs += 1
        self.failed += report.failed
        self.kills += sum(int(str(number)) for name, number in report.user_properties if name == "kills")
        self.seconds += report.duration
        self.longest = max(self.longest, report.duration)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest runs first."""
    places = {part: place for place, part in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: next((places[part] for part in places if part in item.name), len(places)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table; what failed is named above it."""
    rows: defaultdict[str, Row] = defaultdict(Row)
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        if report.when == "call":
            rows[_counted(report.nodeid)].add(report)
    terminalreporter.section("fault runs")
    terminalreporter.write_line(f"{'':88} {'runs':>5} {'failed':>6} {'kills':>6} {'seconds':>8} {'longest':>8}")
    for name, row in sorted(rows.items()):
        counts = f"{row.runs:5} {row.failed:6} {row.kills or '':>6} {row.seconds:8.0f} {row.longest:8.1f}"
        terminalreporter.write_line(f"{name[:88]:88} {counts}")


def _counted(nodeid: str) -> str:
    """Return a test's name without its file's folders and without the number of the run."""
    return re.sub(r"-?\d+\]$", "]", nodeid.rpartition("/")[2]).replace("[]", "")
