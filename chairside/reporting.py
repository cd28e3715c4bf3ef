"""`chairside report`: how meetings were held over a time, without names, as a page with plots and as CSV."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer


def report(
    *,
    since: Annotated[str, typer.Option(help="First day, as 2026-01-01; a year ago unless given.")] = "",
    until: Annotated[str, typer.Option(help="Last day; today unless given.")] = "",
    folder: Annotated[Path, typer.Option("--out", file_okay=False, help="Where the two files go.")] = Path(),
) -> None:
    """Write how meetings were held: quorum, time limits, attendance by agency, minutes, actions, dissent."""
    from bot.keeping import kept
    from bot.reporting import every_meeting, write_report
    from bot.settings import Settings
    from documents.dates import LONDON

    now = datetime.now(UTC)
    try:
        last = date.fromisoformat(until) if until else now.astimezone(LONDON).date()
        first = date.fromisoformat(since) if since else last - timedelta(days=365)
    except ValueError:
        typer.echo("Nothing written. Give days as 2026-01-31.", err=True)
        raise typer.Exit(code=1) from None
    if first > last:
        typer.echo(f"Nothing written. {first} comes after {last}: give --since the earlier day.", err=True)
        raise typer.Exit(code=1)
    with kept(Settings.read()) as store:
        every = asyncio.run(every_meeting(store))
    told, page, table = write_report(every, first, last, now, folder)
    typer.echo(f"{told}\nWritten: {page}\nWritten: {table}")
