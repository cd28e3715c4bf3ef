"""`chairside rehearse`: a whole fictional meeting in the terminal, over real HTTP."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console
from rich.table import Table

from procedures.load import Faulty, load
from rehearsal.actor import Stuck
from rehearsal.budgets import exceeded
from rehearsal.case import Case, NoCase, cases, find_case
from rehearsal.rehearsing import FICTIONAL, Outcome, action_lines, rehearse_case

TRANSCRIPT = "transcript.txt"
FEW = 4  # files that are listed by name
WIDE = 132  # characters of the table of all cases
out = Console(highlight=False, soft_wrap=True)


def rehearse(  # noqa: PLR0913  (one for each option)
    *,
    procedure: Annotated[str, typer.Option(help="Id of a procedure, or a file; the case's own unless given.")] = "",
    case: Annotated[str, typer.Option(help="Id of a case, or a file.")] = "",
    folder: Annotated[Path, typer.Option("--out", help="Where the minutes go.")] = Path("rehearsal-out"),
    pace: Annotated[float, typer.Option(min=0, help="Real seconds for each move; 0 plays at once.")] = 0.0,
    before: Annotated[bool, typer.Option(help="Play the invitations before the meeting too.")] = True,
    days: Annotated[bool, typer.Option(help="Play the days after the meeting too.")] = True,
    every: Annotated[bool, typer.Option("--all", help="Play every case, and print a table of budgets.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="List the cases.")] = False,
) -> None:
    """Play a fictional meeting from preparation to its draft minutes; exit 0 only when it ran its course."""
    if listing:
        for known in cases():
            out.print(f"{known.id:<28} {known.procedure:<5} {known.title}", markup=False)
        return
    try:
        with _quiet():
            good = (
                _every(procedure, folder)
                if every
                else _aloud(case, procedure, folder, pace=pace, before=before, days=days)
            )
    except NoCase as wrong:
        out.print(f"{wrong}. Try --list.", markup=False)
        raise typer.Exit(code=1) from None
    except Faulty as wrong:
        for fault in wrong.faults:
            out.print(str(fault), markup=False)
        raise typer.Exit(code=1) from None
    raise typer.Exit(code=0 if good else 1)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the service's log lines out of the transcript."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        logging.disable(before)
        structlog.reset_defaults()


def _aloud(name: str, procedure: str, folder: Path, *, pace: float, before: bool, days: bool) -> bool:
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


def _every(procedure: str, folder: Path) -> bool:
    """Play every case, each with its transcript in a file; prints one row for each, then what went wrong."""
    rows = []
    for case in cases():
        rows.append(_play(case, procedure, folder / case.id, _nothing))
        out.print(f"{case.id}: {rows[-1].verdict}, played in {rows[-1].seconds:.0f} s", markup=False)
    out.rule("Budgets, measured/allowed")
    Console(width=max(out.width, WIDE)).print(_table(rows))
    for one in rows:
        for objection in one.objections:
            _write(f"{one.case.id}: {objection}")
    _write(f"docs/budgets.md tells what each promises. Transcripts and minutes: {folder}")
    return all(one.good for one in rows)


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
        over = [b.short for b in exceeded(self.outcome.budgets)]
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
    before: bool = False,
    days: bool = False,
) -> _Played:
    began = time.perf_counter()
    chosen = load(procedure or case.procedure)
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
    out.rule("Action list")
    for line in action_lines(outcome.meeting):
        _write(line)
    out.rule("Budgets")
    table = Table("Promise", "measured/at most", "")
    for budget in outcome.budgets:
        table.add_row(budget.what, budget.figures, "kept" if budget.kept else "EXCEEDED")
    out.print(table)
    for violation in outcome.violations:
        _write(f"Teams objects: {violation.rule}: {violation.detail}")
    out.rule(FICTIONAL, style="bold")
    if outcome.missing:
        _write(outcome.missing)
    out.print(_files(outcome, folder))
    _write(f"Played in {seconds:.1f} s. Everything is in {folder}")


def _files(outcome: Outcome, folder: Path) -> Table:
    """Return what is in the folder: few files by their names, many by theirs and how many there are."""
    table = Table("Written", "Files", box=None, pad_edge=False)
    for one in outcome.written:
        names = [str(file.relative_to(folder)) for file in one.files]
        few = names if len(names) <= FEW else [f"{Path(names[0]).parent}/ ({len(names)} files)"]
        table.add_row(one.what, "\n".join(few))
    table.add_row("Transcript", TRANSCRIPT)
    return table
