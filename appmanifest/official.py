"""Checks a manifest against Microsoft's own schema, offline: the one that npm's @microsoft/app-manifest ships."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

from appmanifest.build import SCHEMA_VERSION

PLACE = f"node_modules/@microsoft/app-manifest/build/json-schemas/teams/v{SCHEMA_VERSION}/MicrosoftTeams.schema.json"
REPOSITORY = Path(__file__).resolve().parents[1]


class Missing(Exception):
    """What the check needs is not on this machine; the message says how to get it."""


def schema_file(*folders: Path) -> Path:
    """Return where Microsoft's schema lies, in one of the folders; raises Missing."""
    for folder in folders or (REPOSITORY, Path.cwd()):
        if (folder / PLACE).is_file():
            return folder / PLACE
    raise Missing(
        "Microsoft's manifest schema is not here: run `make setup-node` in the repository (it needs npm), "
        "or pack without the check: --no-validate."
    )


def faults(made: dict[str, Any], schema: Path) -> tuple[str, ...]:
    """Return what Microsoft's schema finds wrong, each with its place in the manifest; raises Missing."""
    if importlib.util.find_spec("jsonschema") is None:
        raise Missing(
            "The check needs the package jsonschema: pip install 'chairside[rehearsal]', or pass --no-validate."
        )
    from jsonschema import Draft4Validator  # noqa: PLC0415  (the service is installed without it)

    validator = Draft4Validator(json.loads(schema.read_text(encoding="utf-8")))
    found = sorted(validator.iter_errors(made), key=lambda fault: [str(part) for part in fault.absolute_path])
    return tuple(f"{'.'.join(map(str, fault.absolute_path)) or 'manifest'}: {fault.message}" for fault in found)
