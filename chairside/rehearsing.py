"""`chairside rehearse`: a whole fictional meeting in the terminal, over real HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


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
    """Play a fictional meeting from its call to the further meeting; exit 0 only when it ran its course."""
    from chairside.playing import play_aloud, play_every, quiet
    from rehearsal.case import cases

    if listing:
        for known in cases():
            typer.echo(f"{known.id:<28} {known.procedure:<5} {known.title}")
        return
    with quiet():
        good = (
            play_every(procedure, folder, before=before, days=days)
            if every
            else play_aloud(case, procedure, folder, pace=pace, before=before, days=days)
        )
    raise typer.Exit(code=0 if good else 1)
