"""The commands of whoever operates a deployment (docs/how-to/operate.md)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from storage import Store

#: Under what a newcomer finds the commands.
TRY, SET_UP, RUN = "Try it", "Set it up", "Run it"
KEEP, ANSWER = "Keep what was recorded", "Answer for it"

keys_app = typer.Typer(no_args_is_help=True, help="The keys that wrap the meetings' own keys.")
retention_app = typer.Typer(no_args_is_help=True, help="How long meetings stay readable here.")


def operate(app: typer.Typer) -> None:
    """Add the operations to the command line."""
    app.command(rich_help_panel=SET_UP)(doctor)
    app.command(rich_help_panel=KEEP)(backup)
    app.command(rich_help_panel=KEEP)(restore)
    app.add_typer(keys_app, name="keys", rich_help_panel=KEEP)
    app.command(rich_help_panel=RUN)(chair)
    app.command(rich_help_panel=ANSWER)(access)
    app.command(rich_help_panel=ANSWER)(export)
    app.add_typer(retention_app, name="retention", rich_help_panel=ANSWER)


def doctor(
    package: Annotated[Path | None, typer.Option(help="The app package that was uploaded to Teams.")] = None,
) -> None:
    """Look at everything that a deployment needs, in ten seconds; exit 0 only when nothing is wrong."""
    from bot.app import utc_now
    from bot.examining import examine
    from bot.settings import Settings

    found = asyncio.run(examine(Settings.read(), package=package, now=utc_now))
    for one in found:
        told = one.note if one.well else one.said
        typer.echo(f"{'ok    ' if one.well else 'FAULT '} {one.what}{f': {told}' if told else ''}")
        if not one.well:
            typer.echo(f"        {one.fix}")
    faults = sum(not one.well for one in found)
    typer.echo("Nothing is wrong." if not faults else f"{faults} fault(s).")
    raise typer.Exit(code=1 if faults else 0)


def backup(
    folder: Annotated[Path, typer.Argument(help="Where the copy of the database goes.")],
    keys: Annotated[Path | None, typer.Option(help="Another place, for a copy of the keyring.")] = None,
) -> None:
    """Copy the database while the service runs; the keyring goes to a place of its own, or not at all."""
    from bot.app import utc_now
    from bot.safekeeping import backup as back_up
    from bot.settings import Settings

    made = asyncio.run(back_up(Settings.read(), folder, keys=keys, now=utc_now()))
    typer.echo(f"Database: {made.database}\nEnds of its records: {made.anchors}")
    typer.echo(
        f"Keyring: {made.keyring}" if made.keyring else "The keyring was not copied. Keep a copy, apart.",
    )


def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A database that `backup` wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Set aside the database that stands there.")] = False,
) -> None:
    """Verify every record of a backup, then put it in the database's place; stop the service before."""
    from bot.app import utc_now
    from bot.safekeeping import restore as put_back
    from bot.settings import Settings

    done = asyncio.run(put_back(Settings.read(), file, replace=replace, now=utc_now()))
    for finding in done.findings:
        typer.echo(str(finding))
    if done.findings:
        typer.echo("The backup is not what was written. Nothing was changed; take an older one.")
        raise typer.Exit(code=1)
    typer.echo(f"Restored: {done.meetings} meeting(s), every record whole.")
    if done.aside:
        typer.echo(f"What stood there before: {done.aside}")
    typer.echo("What was recorded after the backup is gone: ask the chairs to write it up.")


@keys_app.command("rotate")
def keys_rotate() -> None:
    """Make a new key, wrap every meeting's key by it, and destroy the old ones."""
    from bot.safekeeping import rotate_keys
    from bot.settings import Settings

    done = asyncio.run(rotate_keys(Settings.read()))
    typer.echo(
        f"New key {done.newest}: {done.rewrapped} meeting(s) wrapped by it, {len(done.retired)} old key(s) gone."
    )
    typer.echo("Back up the keyring now, and the database. Older backups need the old keyring: destroy both together.")


def chair(
    reference: Annotated[str, typer.Argument(help="Reference of a meeting that is over.")],
    email: Annotated[str, typer.Argument(help="Work e-mail of whoever takes over, of the chair's agency.")],
    reason: Annotated[str, typer.Option(help="Why, for the record.")],
    name: Annotated[str, typer.Option(help="Their name.")] = "",
) -> None:
    """Give somebody else what a chair who has left still has to do: minutes, answers, reminders."""
    from bot.succeeding import hand_over

    _told(lambda store, now: hand_over(store, reference, email=email, name=name, reason=reason, now=now))
    typer.echo(f"{reference}: {email} holds from now on what the chair has to do. The service tells them.")


def access(reference: Annotated[str, typer.Argument(help="Reference of the meeting.")]) -> None:
    """Print who was let into a meeting, when they were there, and what they read outside it."""
    from bot.disclosing import who_saw
    from bot.keeping import kept
    from bot.settings import Settings
    from cards.times import moment

    with kept(Settings.read()) as store:
        seen = asyncio.run(who_saw(store, reference))
    for one in seen:
        typer.echo(f"{moment(one.at)}  {one.who}: {one.what}")
    if not seen:
        typer.echo("Nobody was let in yet, and nothing was read.")


def export(
    reference: Annotated[str, typer.Argument(help="Reference of the meeting.")],
    folder: Annotated[Path, typer.Option("--out", help="Where the files go; readable by their owner only.")],
) -> None:
    """Write everything that one meeting's record holds, for a subject access request."""
    from bot.app import utc_now
    from bot.disclosing import export as write
    from bot.keeping import kept
    from bot.settings import Settings

    with kept(Settings.read()) as store:
        files = asyncio.run(write(store, reference, folder, now=utc_now()))
    for file in files:
        typer.echo(str(file))
    typer.echo("Confidential. Read READ-FIRST.txt before anything is handed out.")


@retention_app.command("run")
def retention_run(
    destroy: Annotated[
        bool, typer.Option("--destroy", help="Destroy the keys; without it nothing is changed.")
    ] = False,
) -> None:
    """List every meeting that can still be read, and since when it need not be; a dry run unless told to destroy."""
    from bot.app import utc_now
    from bot.keeping import kept
    from bot.retaining import run
    from bot.settings import Settings
    from cards.times import moment

    settings = Settings.read()
    with kept(settings) as store:
        lines = asyncio.run(run(store, days=settings.retention_days, destroy=destroy, now=utc_now()))
    for one in lines:
        state = "key destroyed" if one.destroyed else "may be destroyed" if one.passed else "kept"
        when = f" since {moment(one.due)}" if one.due and one.passed else f" until {moment(one.due)}" if one.due else ""
        typer.echo(f"{one.reference}  {state}{when}{f': {one.why}' if one.why else ''}")
    passed = sum(one.passed for one in lines)
    if destroy:
        typer.echo(f"{sum(one.destroyed for one in lines)} key(s) destroyed. Rotate the keys, and let old backups go.")
    else:
        typer.echo(f"{passed} meeting(s) may be destroyed. Nothing was changed; --destroy does it.")
        if passed:
            typer.echo("Their figures go with them: write `chairside report` of their time before, and keep it.")


@retention_app.command("hold")
def retention_hold(
    reference: Annotated[str, typer.Argument(help="Reference of the meeting.")],
    reason: Annotated[str, typer.Option(help="Why it must stay readable.")],
) -> None:
    """Keep a meeting readable, whatever its age."""
    from bot.retaining import hold

    _told(lambda store, now: hold(store, reference, reason, now=now))
    typer.echo(f"{reference} is held.")


@retention_app.command("release")
def retention_release(reference: Annotated[str, typer.Argument(help="Reference of the meeting.")]) -> None:
    """End a hold."""
    from bot.retaining import release

    _told(lambda store, now: release(store, reference, now=now))
    typer.echo(f"{reference} is released.")


def _told(act: Callable[[Store, datetime], Coroutine[Any, Any, None]]) -> None:
    """Have something written to a meeting's record."""
    from bot.app import utc_now
    from bot.keeping import kept
    from bot.settings import Settings

    with kept(Settings.read()) as store:
        asyncio.run(act(store, utc_now()))
