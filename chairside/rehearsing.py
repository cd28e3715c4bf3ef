"""`chairside rehearse`: a whole fictional meeting in the terminal, over real HTTP."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console
from rich.table import Table

from procedures.load import Faulty, load
from rehearsal.actor import Stuck
from rehearsal.case import Case, NoCase, cases, find_case
from rehearsal.rehearsing import FICTIONAL, Outcome, action_lines, rehearse_case

out = Console(highlight=False, soft_wrap=True)


def rehearse(
    *,
    procedure: Annotated[str, typer.Option(help="Id of a procedure, or a file; the case's own unless given.")] = "",
    case: Annotated[str, typer.Option(help="Id of a case, or a file.")] = "",
    folder: Annotated[Path, typer.Option("--out", help="Where the minutes go.")] = Path("rehearsal-out"),
    pace: Annotated[float, typer.Option(min=0, help="Real seconds for each move; 0 plays at once.")] = 0.0,
    every: Annotated[bool, typer.Option("--all", help="Play every case, and print a table of budgets.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="List the cases.")] = False,
) -> None:
    """Play a fictional meeting from preparation to its draft minutes; exit 0 only when it ran its course."""
    if listing:
        for known in cases():
            out.print(f"{known.id:<28} {known.procedure:<5} {known.title}", markup=False)
        return
    try:
        chosen = cases() if every else (find_case(case or None, procedure=procedure or None),)
        with _quiet():
            good = [_one(one, procedure, folder / one.id if every else folder, pace) for one in chosen]
    except NoCase as wrong:
        out.print(f"{wrong}. Try --list.", markup=False)
        raise typer.Exit(code=1) from None
    except Faulty as wrong:
        for fault in wrong.faults:
            out.print(str(fault), markup=False)
        raise typer.Exit(code=1) from None
    raise typer.Exit(code=0 if all(good) else 1)


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


def _one(case: Case, procedure: str, folder: Path, pace: float) -> bool:
    """Play one case; tells whether it ran its course within its budgets."""
    out.rule(FICTIONAL, style="bold")
    out.print(f"{case.title}\n{case.story}", markup=False)
    began = time.perf_counter()
    try:
        chosen = load(procedure or case.procedure)
        outcome = asyncio.run(rehearse_case(case, chosen, folder, write=_write, pace=pace))
    except Stuck as stuck:
        out.print(f"\nThe rehearsal stopped: {stuck}", markup=False)
        return False
    _report(outcome, time.perf_counter() - began)
    return outcome.ran_its_course and all(b.kept for b in outcome.budgets)


def _write(line: str) -> None:
    out.print(line, markup=False)


def _report(outcome: Outcome, seconds: float) -> None:
    out.print()
    out.rule("Action list")
    for line in action_lines(outcome.meeting):
        _write(line)
    out.rule("Budgets")
    table = Table("Promise", "measured", "at most", "")
    for budget in outcome.budgets:
        mark = "kept" if budget.kept else "EXCEEDED"
        table.add_row(budget.what, f"{budget.measured:g}{budget.unit}", f"{budget.at_most:g}{budget.unit}", mark)
    out.print(table)
    for violation in outcome.violations:
        _write(f"Teams objects: {violation.rule}: {violation.detail}")
    out.rule(FICTIONAL, style="bold")
    for file in outcome.files:
        _write(f"Draft minutes: {file}")
    if outcome.missing:
        _write(outcome.missing)
    _write(f"Played in {seconds:.1f} s.")
