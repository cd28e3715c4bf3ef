"""`chairside outbox`: what waits, what could not be delivered, and sending it again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from storage import Lying, Post

outbox_app = typer.Typer(no_args_is_help=True, help="See what waits or could not be delivered, and send it again.")
T = TypeVar("T")


@outbox_app.command("list")
def listing(
    reference: Annotated[str, typer.Argument(help="A meeting's reference: all its rows; else what is stuck.")] = "",
) -> None:
    """List what was put aside and what is late; with a meeting's reference, everything of that meeting."""
    from bot.app import utc_now

    async def ask(post: Post) -> tuple[tuple[Lying, ...], dict[str, int]]:
        rows = await (post.of(reference) if reference else post.stuck(now=utc_now()))
        return rows, await post.counts()

    rows, counts = _asked(ask)
    for row in rows:
        typer.echo(_line(row))
    if not rows:
        typer.echo(f"Nothing is kept for {reference}." if reference else "Nothing was put aside, and nothing is late.")
    told = ", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "nothing yet"
    typer.echo(f"In the outbox of all meetings: {told}.")


@outbox_app.command()
def show(row: Annotated[int, typer.Argument(help="A row's number, as `list` shows it.")]) -> None:
    """Show one row: whom it is for, when it was due, what went wrong."""
    from cards.times import moment

    found = _asked(lambda post: post.one(row))
    if found is None:
        typer.echo(f"There is no row {row}.", err=True)
        raise typer.Exit(code=1)
    for name in ("reference", "kind", "key", "to", "state", "attempts", "error"):
        typer.echo(f"{name}: {getattr(found, name)}")
    typer.echo(f"due: {moment(found.due)}")
    typer.echo(f"sent: {moment(found.sent) if found.sent else 'not yet'}")


@outbox_app.command()
def resend(
    rows: Annotated[list[int], typer.Argument(help="Numbers of rows, as `list` shows them.")],
) -> None:
    """Send rows again that were put aside, dropped or put off; the running service takes them up by itself."""
    from bot.app import utc_now

    async def ask(post: Post) -> dict[int, bool]:
        return {row: await post.resend(row, now=utc_now()) for row in rows}

    taken = _asked(ask)
    for row, again in taken.items():
        typer.echo(f"{row}: {'will be sent' if again else 'not found, or delivered already'}")
    raise typer.Exit(code=0 if all(taken.values()) else 1)


def _line(row: Lying) -> str:
    from cards.times import moment

    why = f", {row.error}" if row.error else ""
    to = row.to or "the chat"
    return f"{row.id:>6}  {row.reference}  {row.kind}  to {to}  due {moment(row.due)}  {row.state}{why}"


def _asked(ask: Callable[[Post], Coroutine[Any, Any, T]]) -> T:
    """Ask the outbox of the store that is kept here; raises NothingKept."""
    from bot.keeping import kept
    from bot.settings import Settings

    with kept(Settings.read()) as store:
        return asyncio.run(ask(store.post))
