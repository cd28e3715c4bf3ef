"""The command line: thin; each command says what it did and, when it could not, what to do next.

What a command needs is imported inside it, so that `--help` and a check of one file are there at once.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from chairside.operating import ANSWER, KEEP, RUN, SET_UP, TRY, operate
from chairside.packaging import pack
from chairside.pathways import pathways_app
from chairside.plainly import Plainly
from chairside.posting import outbox_app
from chairside.rehearsing import rehearse
from chairside.reporting import report
from chairside.rooming import room
from chairside.templating import template_app

app = typer.Typer(
    cls=Plainly,
    no_args_is_help=True,
    add_completion=False,
    help="Chairside: at the chair's side in a strategy meeting.",
)
procedure_app = typer.Typer(no_args_is_help=True, help="Check and show procedures.")
audit_app = typer.Typer(no_args_is_help=True, help="Verify the record.")


@procedure_app.command("check")
def procedure_check(
    files: Annotated[list[str], typer.Argument(help="Procedure files, or ids of shipped ones.")],
) -> None:
    """Name every fault of procedure files: where, what is wrong, how to mend it."""
    from procedures.check import check

    faulty = 0
    for name in files:
        faults = check(name)
        faulty += bool(faults)
        for fault in faults:
            typer.echo(str(fault))
        if not faults:
            typer.echo(f"{name}: no fault found")
    raise typer.Exit(code=1 if faulty else 0)


@procedure_app.command("show")
def procedure_show(name: Annotated[str, typer.Argument(help="Id of a shipped procedure, or a file.")] = "") -> None:
    """Print a procedure as people read it; without a name, those that ship: id, title, issuer."""
    from procedures.load import load, shipped
    from procedures.show import show

    if name:
        typer.echo(show(load(name)))
        return
    for each in map(load, shipped()):
        typer.echo(f"{each.id}  {each.title}, {each.issuer or 'issuer not named in the document'}")


def run() -> None:
    """Run the service; settings come from CHAIRSIDE_… variables (docs/settings.md)."""
    from bot.app import serving
    from bot.logs import configure_logs
    from bot.memory import settled
    from bot.settings import Settings
    from bot.stopping import stopping

    configure_logs()

    async def serve() -> None:
        with stopping() as asked:
            async with serving(Settings.read()) as service:
                settled()
                typer.echo(f"Chairside listens on port {service.port}: POST /api/messages, GET /health")
                await asked.wait()
                typer.echo("Stopping: what was begun is finished.")

    asyncio.run(serve())
    typer.echo("Stopped.")


def convene(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="The meeting, as YAML (docs/how-to/convene.md).")
    ],
    *,
    send: Annotated[bool, typer.Option(help="Send the invitations as well.")] = False,
) -> None:
    """Write down a meeting from a file; nothing is sent without --send."""
    from bot.convening import convene_file
    from bot.settings import Settings
    from cards.invitations_preview import by_which_way, whom

    called = asyncio.run(convene_file(Settings.read(), file, send=send))
    invited = "Invited:" if send else "Nothing is sent yet. These would be invited:"
    typer.echo(f"Convened: {called.reference}. {invited}")
    for one in called.going:
        typer.echo(f"  {whom(one)}: {by_which_way(one)}")
    for label in called.unreachable:
        typer.echo(f"  {label}: no address is known: telephone")
    if called.suggested:
        typer.echo(f"Suggested and not invited: {', '.join(called.suggested)}")
    how = "The service sends while it runs." if send else "The chair sends: `invitations` in 1:1, Preview and send."
    typer.echo(how)
    typer.echo("Add the bot to the meeting's chat; it offers this meeting to the chair there.")


@audit_app.command("verify")
def audit_verify() -> None:
    """Verify every meeting's record: any edit, gap or reorder is named."""
    from bot.keeping import kept
    from bot.settings import Settings

    with kept(Settings.read()) as store:
        findings, meetings = asyncio.run(store.audit()), len(asyncio.run(store.anchors()))
    for finding in findings:
        typer.echo(str(finding))
    typer.echo(json.dumps({"meetings": meetings, "findings": len(findings)}))
    raise typer.Exit(code=1 if findings else 0)


# In the order in which a newcomer reads them.
app.command(rich_help_panel=TRY)(rehearse)
app.command(rich_help_panel=TRY)(room)
app.command("manifest", rich_help_panel=SET_UP)(pack)
app.add_typer(procedure_app, name="procedure", rich_help_panel=SET_UP)
app.add_typer(pathways_app, name="pathways", rich_help_panel=SET_UP)
app.add_typer(template_app, name="template", rich_help_panel=SET_UP)
app.command(rich_help_panel=RUN)(run)
app.command(rich_help_panel=RUN)(convene)
app.add_typer(outbox_app, name="outbox", rich_help_panel=RUN)
app.add_typer(audit_app, name="audit", rich_help_panel=KEEP)
operate(app)
app.command(rich_help_panel=ANSWER)(report)
