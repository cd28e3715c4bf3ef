"""`chairside outbox`: what waits, what could not be delivered, and sending it again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from storage import Lying, Post

STATES: Mapping[str, str] = {
    "waiting": "waits",
    "sending": "on its way",
    "sent": "sent",
    "dead": "put aside",
    "dropped": "not sent",
}
WHY: Mapping[str, str] = {
    "TryLater": "Teams does not take it now",
    "MailPutOff": "the mail server does not take it now",
    "PersonBlocked": "they removed Chairside in Teams",
    "ChatGone": "Chairside is not in that chat",
    "teams_only": "Teams does not reach them, and it goes no other way",
    "error": "a fault of this program: its log names the row",
}
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
    aside, wait, going = (counts[state] for state in ("dead", "waiting", "sending"))
    typer.echo(f"Of all meetings: {aside} put aside, {wait} waiting for their time, {going} on their way.")


@outbox_app.command()
def show(row: Annotated[int, typer.Argument(help="A row's number, as `list` shows it.")]) -> None:
    """Show one row: whom it is for, when it was due, what went wrong."""
    from cards.times import moment

    found = _asked(lambda post: post.one(row))
    if found is None:
        typer.echo(f"There is no row {row}.", err=True)
        raise typer.Exit(code=1)
    for name in ("reference", "kind", "key", "to", "attempts"):
        typer.echo(f"{name}: {getattr(found, name)}")
    typer.echo(f"state: {_state(found)}")
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

    to = row.to or "the chat"
    return f"{row.id:>6}  {row.reference}  {row.kind}  to {to}  due {moment(row.due)}  {_state(row)}"


def _state(row: Lying) -> str:
    """Return how a row stands and why, in words where there are some: "put aside: no address is known"."""
    from cards.invitations_words import WHY_NOT

    why = {**WHY_NOT, **WHY}.get(row.error, row.error)
    return f"{STATES[row.state]}: {why}" if why else STATES[row.state]


def _asked(ask: Callable[[Post], Coroutine[Any, Any, T]]) -> T:
    """Ask the outbox of the store that is kept here; raises NothingKept."""
    from bot.keeping import kept
    from bot.settings import Settings

    with kept(Settings.read()) as store:
        return asyncio.run(ask(store.post))
