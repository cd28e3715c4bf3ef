"""`chairside manifest`: the Teams app as one zip, checked offline against Microsoft's schema."""

from __future__ import annotations

from importlib.metadata import version as released
from pathlib import Path
from typing import Annotated

import typer


def pack(  # noqa: PLR0913  (typer reads the options from the signature)
    *,
    app_id: Annotated[str, typer.Option(help="Application (client) id of the bot's registration: a GUID.")],
    domain: Annotated[str, typer.Option(help="Public host name of the service, as in chairside.example.org.")],
    file: Annotated[Path, typer.Option("--out", dir_okay=False, help="The zip to write.")] = Path("chairside.zip"),
    number: Annotated[str, typer.Option("--version", help="Three numbers; raise them with each upload.")] = "",
    developer: Annotated[str, typer.Option(help="Whose app it is, as Teams shows it.")] = "Chairside contributors",
    website: Annotated[str, typer.Option(help="Support page; https://DOMAIN unless given.")] = "",
    privacy: Annotated[str, typer.Option(help="Privacy notice; https://DOMAIN/privacy unless given.")] = "",
    terms: Annotated[str, typer.Option(help="Terms of use; https://DOMAIN/terms unless given.")] = "",
    validate: Annotated[bool, typer.Option(help="Check it against Microsoft's schema.")] = True,
) -> None:
    """Pack the Teams app: manifest and icons in one zip, for the Teams admin centre."""
    from appmanifest.build import App, manifest, package
    from appmanifest.official import faults, schema_file

    number = number or released("chairside")
    pages = {"website": website, "privacy": privacy, "terms": terms}
    app = App(app_id=app_id, domain=domain, version=number, developer=developer, **pages)
    wrong = faults(manifest(app), schema_file()) if validate else ()
    for fault in wrong:
        typer.echo(f"Microsoft's schema: {fault}")
    if wrong:
        raise typer.Exit(code=1)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(package(manifest(app)))
    told = "checked" if validate else "not checked"
    typer.echo(f"Written: {file}, version {app.version}, {told} against Microsoft's schema.")
