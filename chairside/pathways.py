"""`chairside pathways`: look at a deployment's invitation pathways before anybody is invited by them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

pathways_app = typer.Typer(no_args_is_help=True, help="Check invitation pathways.")


@pathways_app.callback()
def pathways() -> None:
    """Check invitation pathways."""


@pathways_app.command("check")
def check(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The pathways, as YAML.")]) -> None:
    """Name every fault of a file of pathways: where, what is wrong, how to mend it."""
    from procedures.pathways import check_pathways

    faults = check_pathways(file)
    for fault in faults:
        typer.echo(str(fault))
    if not faults:
        typer.echo(f"{file}: no fault found")
    raise typer.Exit(code=1 if faults else 0)
