"""The command line: thin; each command says what it did and, when it could not, what to do next."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from chairside.operating import operate
from chairside.packaging import pack
from chairside.pathways import pathways_app
from chairside.posting import outbox_app
from chairside.rehearsing import rehearse
from chairside.reporting import report
from chairside.rooming import room
from chairside.templating import template_app
from procedures.check import check
from procedures.load import Faulty, load, shipped
from procedures.show import show

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Chairside: at the chair's side in a strategy meeting."
)
procedure_app = typer.Typer(no_args_is_help=True, help="Check and show procedures.")
audit_app = typer.Typer(no_args_is_help=True, help="Verify the record.")
app.add_typer(procedure_app, name="procedure")
app.add_typer(audit_app, name="audit")
app.add_typer(pathways_app, name="pathways")
app.add_typer(outbox_app, name="outbox")
app.add_typer(template_app, name="template")
app.command()(rehearse)
app.command()(room)
app.command("manifest")(pack)
app.command()(report)
operate(app)
out = Console(highlight=False)


@procedure_app.command("check")
def procedure_check(
    files: Annotated[list[str], typer.Argument(help="Procedure files, or ids of shipped ones.")],
) -> None:
    """Name every fault of procedure files: where, what is wrong, how to mend it."""
    faulty = 0
    for name in files:
        faults = check(name)
        faulty += bool(faults)
        for fault in faults:
            out.print(str(fault), markup=False, soft_wrap=True)
        if not faults:
            out.print(f"{name}: no fault found", markup=False)
    raise typer.Exit(code=1 if faulty else 0)


@procedure_app.command("show")
def procedure_show(name: Annotated[str, typer.Argument(help="Id of a shipped procedure, or a file.")] = "") -> None:
    """Print a procedure as people read it; without a name, the ids that ship."""
    if not name:
        for known in shipped():
            out.print(known)
        return
    try:
        out.print(show(load(name)), markup=False, soft_wrap=True)
    except Faulty as wrong:
        for fault in wrong.faults:
            out.print(str(fault), markup=False, soft_wrap=True)
        raise typer.Exit(code=1) from None


@app.command()
def run() -> None:
    """Run the service; settings come from CHAIRSIDE_… variables (docs/settings.md)."""
    from bot.app import serving
    from bot.logs import configure_logs
    from bot.settings import Settings

    configure_logs()

    async def serve() -> None:
        async with serving(Settings.read()) as service:
            out.print(f"Chairside listens on port {service.port}: POST /api/messages, GET /health")
            await asyncio.Event().wait()

    try:
        asyncio.run(serve())
    except ValueError as wrong:
        out.print(f"Chairside did not start: {wrong}", markup=False)
        raise typer.Exit(code=1) from None
    except KeyboardInterrupt:
        out.print("Stopped.")


@app.command()
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
    from cards.kit import error_text
    from dialogs.convening import PlanRefused
    from meeting.refusals import FieldErrors, Refused

    try:
        reference = asyncio.run(convene_file(Settings(), file, send=send))
    except FieldErrors as wrong:
        for key, code in wrong.errors.items():
            out.print(f"{key}: {error_text(*code.split(':', 1))}", markup=False)
        raise typer.Exit(code=1) from None
    except PlanRefused as wrong:
        out.print(str(wrong), markup=False)
        raise typer.Exit(code=1) from None
    except Faulty as wrong:
        for fault in wrong.faults:
            out.print(f"procedure: {fault}", markup=False)
        raise typer.Exit(code=1) from None
    except Refused as wrong:
        out.print(f"Not convened: {wrong.code}: {'; '.join(wrong.details)}", markup=False)
        raise typer.Exit(code=1) from None
    out.print(f"Convened: {reference}. Add the bot to the meeting's chat; it offers this meeting to the chair there.")


@audit_app.command("verify")
def audit_verify() -> None:
    """Verify every meeting's record: any edit, gap or reorder is named."""
    from bot.app import keep
    from bot.settings import Settings

    store = keep(Settings())
    try:
        findings = asyncio.run(store.audit())
    finally:
        store.close()
    for finding in findings:
        out.print(str(finding), markup=False)
    out.print(json.dumps({"findings": len(findings)}))
    raise typer.Exit(code=1 if findings else 0)
