"""Builds the manifest and the zip that an administrator uploads to Teams; the same input gives the same bytes."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appmanifest.commands import LISTS

SCHEMA_VERSION = "1.22"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA_VERSION}/MicrosoftTeams.schema.json"
ICONS = Path(__file__).parent
COLOUR, OUTLINE = "color.png", "outline.png"
ACCENT = "#1D4F5C"
#: What the app may learn about the meeting in whose chat it is; docs/deploy.md says what for.
PERMISSIONS = ("OnlineMeeting.ReadBasic.Chat", "OnlineMeetingParticipant.Read.Chat")
SHORT = "At the chair's side in a child-protection strategy meeting"
FULL = (
    "Chairside keeps a multi-agency strategy meeting in order: roll call, each agency's turn, everybody's view, "
    "the chair's decision with its reasons, the action list with its reminders, and the minutes. It follows the "
    "local procedure and decides nothing: people decide. What the whole chat can see carries a reference, a number, "
    "a seat and a due time, never a child's name and never what was said."
)
_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
_VERSION = re.compile(r"(?:0|[1-9]\d{0,4})(?:\.(?:0|[1-9]\d{0,4})){2}")
_EPOCH = (1980, 1, 1, 0, 0, 0)
MAX_DEVELOPER = 32


class Unusable(ValueError):
    """A value that Teams would refuse; the message says what to give instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """What differs between one authority's app and another's; raises Unusable where Teams would refuse it."""

    app_id: str
    domain: str
    version: str
    developer: str = "Chairside contributors"
    website: str = ""
    privacy: str = ""
    terms: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "app_id", _app_id(self.app_id))
        object.__setattr__(self, "domain", _domain(self.domain))
        if not _VERSION.fullmatch(self.version):
            raise Unusable(f"--version {self.version!r}: give three numbers, as in 1.0.0.")
        if not 0 < len(self.developer) <= MAX_DEVELOPER:
            raise Unusable(f"--developer: give a name of at most {MAX_DEVELOPER} characters.")
        for name in ("website", "privacy", "terms"):
            given = getattr(self, name)
            if given and not re.fullmatch(r"https://[^\s/]+(?:/\S*)?", given):
                raise Unusable(f"--{name} {given!r}: give an address that begins with https://.")


def _app_id(given: str) -> str:
    made = given.strip().strip("{}").lower()
    if not _GUID.fullmatch(made):
        raise Unusable(
            f"--app-id {given!r} is no GUID: copy the Application (client) ID of the bot's registration, "
            "as in 12345678-90ab-4cde-8f01-234567890abc."
        )
    if not made.strip("0-"):
        raise Unusable("--app-id is all zeros: copy the Application (client) ID of the bot's registration.")
    return made


def _domain(given: str) -> str:
    made = given.strip().lower()
    if not _HOST.fullmatch(made):
        raise Unusable(
            f"--domain {given!r}: give the public host name alone, as in chairside.example.org; "
            "no https://, no port, no path, no *, no address in figures."
        )
    return made


def manifest(app: App) -> dict[str, Any]:
    """Return the manifest as Teams reads it."""
    home = f"https://{app.domain}"
    return {
        "$schema": SCHEMA,
        "manifestVersion": SCHEMA_VERSION,
        "version": app.version,
        "id": app.app_id,
        "developer": {
            "name": app.developer,
            "websiteUrl": app.website or home,
            "privacyUrl": app.privacy or f"{home}/privacy",
            "termsOfUseUrl": app.terms or f"{home}/terms",
        },
        "localizationInfo": {"defaultLanguageTag": "en-gb"},
        "name": {"short": "Chairside", "full": "Chairside for strategy meetings"},
        "description": {"short": SHORT, "full": FULL},
        "icons": {"color": COLOUR, "outline": OUTLINE},
        "accentColor": ACCENT,
        "bots": [_bot(app.app_id)],
        "defaultInstallScope": "meetings",
        "defaultGroupCapability": {"meetings": "bot", "groupchat": "bot"},
        "validDomains": [app.domain],
        "webApplicationInfo": {"id": app.app_id, "resource": home},
        "authorization": {
            "permissions": {"resourceSpecific": [{"name": name, "type": "Application"} for name in PERMISSIONS]}
        },
    }


def _bot(app_id: str) -> dict[str, Any]:
    lists = [
        {"scopes": [scope], "commands": [{"title": c.title, "description": c.description} for c in commands]}
        for scope, commands in LISTS.items()
    ]
    return {
        "botId": app_id,
        "scopes": list(LISTS),
        "isNotificationOnly": False,
        "supportsFiles": False,
        "supportsCalling": False,
        "supportsVideo": False,
        "commandLists": lists,
    }


def package(made: dict[str, Any]) -> bytes:
    """Return the zip: the manifest and both icons at its root."""
    written = json.dumps(made, indent=2, ensure_ascii=False).encode() + b"\n"
    files = {"manifest.json": written, **{name: (ICONS / name).read_bytes() for name in (COLOUR, OUTLINE)}}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()
