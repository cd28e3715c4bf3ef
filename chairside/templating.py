"""`chairside template`: the Word template of the minutes, to be made one's own, and the check of a changed one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

template_app = typer.Typer(
    no_args_is_help=True, help="The Word template of the minutes (docs/how-to/word-template.md)."
)


@template_app.command()
def word(
    file: Annotated[Path, typer.Option("--out", dir_okay=False, help="Where it is written.")] = Path("minutes.docx"),
) -> None:
    """Write the template that ships, for your crest, your colours, your marking; never over a file that is there."""
    from documents.word_template import default_template

    try:
        with file.open("xb") as new:
            new.write(default_template())
    except FileExistsError:
        typer.echo(f"Nothing written: {file} is there already.", err=True)
        raise typer.Exit(code=1) from None
    typer.echo(f"Written: {file}\nChange it in Word, then: chairside template check {file}")


@template_app.command()
def check(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The template that you changed.")],
) -> None:
    """Fill a template with one piece of every kind; what it cannot fill, or leaves out, is named."""
    from documents.word import check_template, left_out

    template = file.read_bytes()
    check_template(template)
    missing = left_out(template)
    if missing:
        typer.echo(f"{file}: it leaves out {', '.join(missing)}. Whatever is of that kind is lost.")
        raise typer.Exit(code=1)
    typer.echo(f"{file}: no fault found. Name it in CHAIRSIDE_MINUTES_TEMPLATE.")
