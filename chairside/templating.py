"""`chairside template`: the Word template of the minutes, to be made one's own, and the check of a changed one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

out = Console(highlight=False, soft_wrap=True)
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
        out.print(f"Nothing written: {file} is there already.", markup=False)
        raise typer.Exit(code=1) from None
    except OSError as wrong:
        out.print(f"Nothing written: {file}: {wrong.strerror}.", markup=False)
        raise typer.Exit(code=1) from None
    out.print(f"Written: {file}\nChange it in Word, then: chairside template check {file}", markup=False)


@template_app.command()
def check(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The template that you changed.")],
) -> None:
    """Fill a template with one piece of every kind; what it cannot fill, or leaves out, is named."""
    from documents.word import TemplateFault, check_template, left_out

    template = file.read_bytes()
    try:
        check_template(template)
    except TemplateFault as fault:
        out.print(f"{file}: {fault}", markup=False)
        raise typer.Exit(code=1) from None
    missing = left_out(template)
    if missing:
        out.print(f"{file}: it leaves out {', '.join(missing)}. Whatever is of that kind is lost.", markup=False)
        raise typer.Exit(code=1)
    out.print(f"{file}: no fault found. Name it in CHAIRSIDE_MINUTES_TEMPLATE.", markup=False)
