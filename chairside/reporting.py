"""`chairside report`: how meetings were held over a time, without names, as a page with plots and as CSV."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.app import keep
from bot.settings import Settings
from documents.compliance import Held, compliance_report, csv_of
from documents.dates import LONDON
from documents.html import html_of
from storage import Store

out = Console(highlight=False, soft_wrap=True)


def report(
    *,
    since: Annotated[str, typer.Option(help="First day, as 2026-01-01; a year ago unless given.")] = "",
    until: Annotated[str, typer.Option(help="Last day; today unless given.")] = "",
    folder: Annotated[Path, typer.Option("--out", file_okay=False, help="Where the two files go.")] = Path(),
) -> None:
    """Write how meetings were held: quorum, time limits, attendance by agency, minutes, actions, dissent."""
    now = datetime.now(UTC)
    try:
        last = date.fromisoformat(until) if until else now.astimezone(LONDON).date()
        first = date.fromisoformat(since) if since else last - timedelta(days=365)
    except ValueError:
        out.print("Nothing written. Give days as 2026-01-31.", markup=False)
        raise typer.Exit(code=1) from None
    begin, end = (datetime.combine(on, time(), tzinfo=LONDON) for on in (first, last + timedelta(days=1)))
    document = compliance_report(asyncio.run(_held()), begin, end, now)
    folder.mkdir(parents=True, exist_ok=True)
    page, table = folder / "chairside-report.html", folder / "chairside-report.csv"
    page.write_text(html_of(document), encoding="utf-8")
    table.write_text(csv_of(document), encoding="utf-8", newline="")
    out.print(f"{document.banner[0]}\nWritten: {page}\nWritten: {table}", markup=False)


async def _held() -> list[Held]:
    store = keep(Settings())
    try:
        return await every_meeting(store)
    finally:
        store.close()


async def every_meeting(store: Store) -> list[Held]:
    """Return every meeting that can still be read, with its procedure; erased ones are gone from the figures too."""
    found = []
    for meeting in await store.meetings():
        try:
            found.append(await store.record.read(meeting))
        except KeyError:
            continue
    return found
