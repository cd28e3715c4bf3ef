"""A rehearsal on the screen: the case, its transcript, and at the end its action list, budgets and files."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from rich.console import Console
from rich.table import Table

from bot.reporting import Every, write_report
from cards.actions import standing
from documents.small_numbers import FEWEST
from meeting.model import Action, Meeting
from meeting.steps.action_list import past_due
from procedures.load import load
from rehearsal.actor import Stuck
from rehearsal.budgets import exceeded
from rehearsal.case import Case, cases, find_case
from rehearsal.rehearsing import FICTIONAL, Outcome, rehearse_case
from web.build import ensure_built

TRANSCRIPT = "transcript.txt"
UNPREPARED = "This case was written for another procedure: what yours asks is not prepared, so more is asked live."
TOO_FEW = (
    f"Of fewer than {FEWEST} meetings the report shows no figure. One of all cases has some: chairside rehearse --all"
)
LOOKS_BACK = timedelta(days=30)  # of the report
WIDE = 132  # characters of the table of all cases
out = Console(highlight=False, soft_wrap=True)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the service's log lines out of the transcript."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        logging.disable(before)
        structlog.reset_defaults()


def play_aloud(name: str, procedure: str, folder: Path, *, pace: float, before: bool, days: bool) -> bool:
    """Play one case with everything on the screen; tells whether it ran its course within its budgets."""
    case = find_case(name or None, procedure=procedure or None)
    out.rule(FICTIONAL, style="bold")
    out.print(f"{case.title}\n{case.story}", markup=False)
    played = _play(case, procedure, folder, _write, pace=pace, before=before, days=days)
    if played.outcome is None:
        _write(f"\nThe rehearsal stopped: {played.stopped}")
        return False
    _report(played.outcome, played.seconds, folder)
    return played.good


def play_every(procedure: str, folder: Path, *, before: bool, days: bool) -> bool:
    """Play every case, each with its transcript in a file; prints one row for each, then what went wrong."""
    rows = []
    for case in cases():
        rows.append(_play(case, procedure, folder / case.id, _nothing, before=before, days=days))
        out.print(f"{case.id}: {rows[-1].verdict}, played in {rows[-1].seconds:.0f} s", markup=False)
    out.rule("Budgets, measured/allowed")
    Console(width=max(out.width, WIDE)).print(_table(rows))
    for one in rows:
        for objection in one.objections:
            _write(f"{one.case.id}: {objection}")
    _write(f"docs/budgets.md tells what each promises. Transcripts and minutes: {folder}{_figures(rows, folder)}")
    return all(one.good for one in rows)


def _figures(rows: Sequence[_Played], folder: Path) -> str:
    """Write one report of all that was played: of one case alone it may show no figure. Returns where it is."""
    played = [one.outcome for one in rows if one.outcome]
    held = tuple((meeting, outcome.procedure) for outcome in played for meeting in outcome.lists)
    if not (ends := [meeting.ended for meeting, _ in held if meeting.ended]):
        return ""
    now = max(ends)
    _, page, _ = write_report(Every(readable=held, destroyed=()), (now - LOOKS_BACK).date(), now.date(), now, folder)
    return f". Report of all meetings: {page}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Played:
    """One case that was played, or why it stopped."""

    case: Case
    procedure: str
    outcome: Outcome | None
    stopped: str
    seconds: float

    @property
    def good(self) -> bool:
        """Tell whether it ran its course within its budgets."""
        return self.verdict == "kept"

    @property
    def verdict(self) -> str:
        """Return what became of it, in a word or two."""
        if self.outcome is None or not self.outcome.ran_its_course:
            return "STOPPED" if self.outcome is None else "NOT WHOLE"
        over = [b.short for b in exceeded(self.outcome.budgets)] if self.outcome.own else []
        return f"EXCEEDED: {', '.join(over)}" if over else "kept"

    @property
    def objections(self) -> tuple[str, ...]:
        """Return why it stopped, and what Teams objected to."""
        told = (self.stopped,) if self.stopped else ()
        violations = self.outcome.violations if self.outcome else ()
        return (*told, *(f"Teams objects: {v.rule}: {v.detail}" for v in violations))


def _play(
    case: Case,
    procedure: str,
    folder: Path,
    write: Callable[[str], None],
    *,
    pace: float = 0.0,
    before: bool,
    days: bool,
) -> _Played:
    began = time.perf_counter()
    chosen = load(procedure or case.procedure)
    if before or days:
        ensure_built()  # somebody answers an invitation on the browser page
    outcome, stopped = None, ""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / TRANSCRIPT).open("w", encoding="utf-8") as transcript:

        def both(line: str) -> None:
            write(line)
            print(line, file=transcript)

        try:
            outcome = asyncio.run(rehearse_case(case, chosen, folder, write=both, pace=pace, before=before, days=days))
        except Stuck as stuck:
            stopped = str(stuck)
    seconds = time.perf_counter() - began
    return _Played(case=case, procedure=chosen.id, outcome=outcome, stopped=stopped, seconds=seconds)


def _nothing(_: str) -> None:
    return


def _table(rows: Sequence[_Played]) -> Table:
    """Return one row for each case: every budget as measured of allowed, and a verdict."""
    heads = list(dict.fromkeys(b.short for one in rows if one.outcome for b in one.outcome.budgets))
    table = Table("Case", "Procedure", *heads, "Verdict")
    for one in rows:
        figures = {b.short: b.figures for b in (one.outcome.budgets if one.outcome else ())}
        table.add_row(one.case.id, one.procedure, *(figures.get(h, "-") for h in heads), one.verdict)
    return table


def _write(line: str) -> None:
    out.print(line, markup=False)


def _report(outcome: Outcome, seconds: float, folder: Path) -> None:
    out.print()
    for meeting in outcome.lists:
        out.rule(f"Actions of {meeting.reference}, as they stand now")
        for line in _lines(meeting, outcome.ended):
            _write(line)
    out.rule("Budgets")
    table = Table("Promise", "measured/at most", "")
    over = "EXCEEDED" if outcome.own else "more"
    for budget in outcome.budgets:
        table.add_row(budget.what, budget.figures, "kept" if budget.kept else over)
    out.print(table)
    if not outcome.own:
        _write(UNPREPARED)
    for violation in outcome.violations:
        _write(f"Teams objects: {violation.rule}: {violation.detail}")
    out.rule(FICTIONAL, style="bold")
    if outcome.missing:
        _write(outcome.missing)
    out.print(_files(outcome, folder))
    if len(outcome.lists) < FEWEST:
        _write(TOO_FEW)
    _write(f"Played in {seconds:.1f} s. Everything is in {folder}")


def _files(outcome: Outcome, folder: Path) -> Table:
    """Return what is in the folder: files by their names, those in a folder of their own by its name and number."""
    table = Table("Written", "Files", box=None, pad_edge=False)
    for one in outcome.written:
        inside = one.files[0].parent.relative_to(folder)
        names = [file.name for file in one.files] if inside == Path() else [f"{inside}/ ({_counted(one.files)})"]
        table.add_row(one.what, "\n".join(names))
    table.add_row("Transcript", TRANSCRIPT)
    return table


def _counted(files: Sequence[Path]) -> str:
    return f"{len(files)} files" if len(files) > 1 else "1 file"


def _lines(meeting: Meeting, now: datetime) -> tuple[str, ...]:
    """Return the action list as a table of plain lines: number, owner, by when and how it stands, what."""
    return tuple(f"{a.number:>3}  {a.owner:<20}  {_stands(a, now):<47}  {a.what}" for a in meeting.actions)


def _stands(action: Action, now: datetime) -> str:
    closed = ", and closed" if action.closed is not None else ""
    return standing(action.state, action.due, late=past_due(action, now)) + closed
