"""`chairside outbox`: what waits, what could not be delivered, and sending it again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from cards.times import moment
from storage.post import Lying, Post

outbox_app = typer.Typer(no_args_is_help=True, help="See what waits or could not be delivered, and send it again.")
out = Console(highlight=False)
T = TypeVar("T")


@outbox_app.command("list")
def listing(
    reference: Annotated[str, typer.Argument(help="A meeting's reference: all its rows; else what is stuck.")] = "",
) -> None:
    """List what was put aside and what is late; with a meeting's reference, everything of that meeting."""
    from bot.app import utc_now

    counts = _with(lambda post: post.counts())
    rows = _with(lambda post: post.of(reference) if reference else post.stuck(now=utc_now()))
    for row in rows:
        out.print(_line(row), markup=False, soft_wrap=True)
    told = ", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "nothing"
    out.print(f"{len(rows)} shown; in the outbox: {told}", markup=False)


@outbox_app.command()
def show(row: Annotated[int, typer.Argument(help="A row's number, as `list` shows it.")]) -> None:
    """Show one row: whom it is for, when it was due, what went wrong."""
    found = _with(lambda post: post.one(row))
    if found is None:
        out.print(f"There is no row {row}.", markup=False)
        raise typer.Exit(code=1)
    for name in ("reference", "kind", "key", "to", "state", "attempts", "error"):
        out.print(f"{name}: {getattr(found, name)}", markup=False)
    out.print(f"due: {moment(found.due)}", markup=False)
    out.print(f"sent: {moment(found.sent) if found.sent else 'not yet'}", markup=False)


@outbox_app.command()
def resend(
    rows: Annotated[list[int], typer.Argument(help="Numbers of rows, as `list` shows them.")],
) -> None:
    """Send rows again that were put aside, dropped or put off; the running service takes them up by itself."""
    from bot.app import utc_now

    missing = 0
    for row in rows:
        taken = _with(partial(Post.resend, row=row, now=utc_now()))
        missing += not taken
        out.print(f"{row}: {'will be sent' if taken else 'not found, or delivered already'}", markup=False)
    raise typer.Exit(code=1 if missing else 0)


def _line(row: Lying) -> str:
    why = f", {row.error}" if row.error else ""
    to = row.to or "the chat"
    return f"{row.id:>6}  {row.reference}  {row.kind}  to {to}  due {moment(row.due)}  {row.state}{why}"


def _with(ask: Callable[[Post], Awaitable[T]]) -> T:
    """Ask the store's outbox something, and close the store again."""
    from bot.app import keep
    from bot.settings import Settings

    async def run() -> T:
        store = keep(Settings())
        try:
            return await ask(store.post)
        finally:
            store.close()

    return asyncio.run(run())
