"""What is registered with Microsoft, and whether Microsoft is reached from here."""

from __future__ import annotations

import asyncio
import json
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import aiohttp

from bot.examining.faults import Fault
from bot.settings import Settings
from bot.teams.settings import SettingsRefused, ready_to_start

SKEW = timedelta(minutes=2)  # tokens are refused past five
_OUT = "Open https to this host in the firewall, or mend the setting."


async def settings_are_safe(settings: Settings) -> None:
    """Raise Fault where the service would refuse to start, or plays."""
    if settings.rehearsal:
        raise Fault("it is set up to rehearse: nobody is really checked", "Take CHAIRSIDE_REHEARSAL away.")
    for name in ("app_id", "app_tenant", "app_password", "tenants"):
        value = getattr(settings, name)
        if not (value.get_secret_value() if name == "app_password" else value):
            said = f"CHAIRSIDE_{name.upper()} is empty"
            raise Fault(said, "Set it as docs/settings.md tells; the service does not start without it.")
    try:
        ready_to_start(settings.teams(), host=settings.host)
    except SettingsRefused as refused:
        raise Fault(str(refused), "Mend the setting as docs/settings.md tells.") from refused


async def secret_is_taken(settings: Settings, session: aiohttp.ClientSession) -> None:
    """Raise Fault where Entra gives the bot no token."""
    tenant = quote(settings.app_tenant or "none", safe="")
    form = {
        "grant_type": "client_credentials",
        "client_id": settings.app_id,
        "client_secret": settings.app_password.get_secret_value(),
        "scope": "https://api.botframework.com/.default",
    }
    url = f"{settings.authority.rstrip('/')}/{tenant}/oauth2/v2.0/token"
    status, _, body = await _asked(session, "POST", url, data=form)
    if status == 200:
        return
    error = str(body.get("error", "")) if isinstance(body, dict) else ""
    if status == 401 or error == "invalid_client":
        raise Fault("Entra does not take the secret", "Make a new client secret and set CHAIRSIDE_APP_PASSWORD to it.")
    fix = "Compare CHAIRSIDE_APP_ID and CHAIRSIDE_APP_TENANT with the registration's Overview page."
    raise Fault(f"Entra gives no token (answer {status} {error})", fix)


async def keys_come(settings: Settings, session: aiohttp.ClientSession) -> None:
    """Raise Fault where the keys that sign Teams' messages cannot be fetched: then nobody can be checked."""
    _, _, metadata = await _asked(session, "GET", settings.openid_url)
    address = metadata.get("jwks_uri") if isinstance(metadata, dict) else None
    if not isinstance(address, str):
        raise Fault("CHAIRSIDE_OPENID_URL names no metadata of keys", "Take that setting away: its default is right.")
    _, _, keys = await _asked(session, "GET", address)
    if not (isinstance(keys, dict) and keys.get("keys")):
        raise Fault(f"{urlsplit(address).hostname} answers without keys", "Look whether a proxy answers in its place.")


async def clock_is_right(settings: Settings, session: aiohttp.ClientSession, now: Callable[[], datetime]) -> None:
    """Raise Fault where this machine's clock is wrong: valid tokens are refused and reminders come at wrong times."""
    _, headers, _ = await _asked(session, "GET", settings.openid_url)
    told = headers.get("Date", "")
    if not told:
        return
    off = now() - parsedate_to_datetime(told)
    if abs(off) > SKEW:
        way = "ahead" if off > timedelta(0) else "behind"
        raise Fault(
            f"this clock is {abs(off.total_seconds()):.0f} seconds {way}", "Switch on time synchronisation (NTP)."
        )


async def package_fits(settings: Settings, package: Path | None) -> str:
    """Raise Fault where the app package is another bot's, or does not name the public address."""
    if package is None:
        return "not looked at; name the one that was uploaded by --package"
    await asyncio.to_thread(_fits, settings, package)
    return ""


def _fits(settings: Settings, package: Path) -> None:
    anew = "Pack it anew with `chairside manifest` and upload it."
    try:
        with zipfile.ZipFile(package) as packed:
            manifest: dict[str, Any] = json.loads(packed.read("manifest.json"))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as wrong:
        raise Fault(f"{package.name} is no app package", anew) from wrong
    if settings.app_id not in {bot.get("botId") for bot in manifest.get("bots", [])}:
        raise Fault(f"{package.name} is for another bot than CHAIRSIDE_APP_ID", anew)
    host = urlsplit(settings.public_url).hostname
    if host and host not in manifest.get("validDomains", []):
        raise Fault(f"{package.name} does not name {host} among its domains", anew)


async def _asked(
    session: aiohttp.ClientSession, method: str, url: str, *, data: dict[str, str] | None = None
) -> tuple[int, dict[str, str], Any]:
    """Return status, headers and JSON (None where it is none); raises Fault where the host is not reached."""
    host = urlsplit(url).hostname or url
    try:
        async with session.request(method, url, data=data, allow_redirects=False) as answer:
            try:
                body = json.loads(await answer.read() or b"null")
            except ValueError:
                body = None
            return answer.status, dict(answer.headers), body
    except aiohttp.ClientConnectorCertificateError as wrong:
        raise Fault(
            f"the certificate of {host} is not trusted", "A proxy may open TLS; trust its authority."
        ) from wrong
    except (aiohttp.ClientError, OSError, ValueError) as wrong:
        raise Fault(f"{host} is not reached ({type(wrong).__name__})", _OUT) from wrong
