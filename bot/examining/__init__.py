"""`chairside doctor`: everything that a deployment needs, looked at in ten seconds; each fault names its remedy."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import aiohttp

from bot.examining import kept, microsoft, reached
from bot.examining.faults import Fault
from bot.settings import Settings

SECONDS = 8.0  # for each look; all run at once
__all__ = ["Fault", "Found", "examine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one look found: nothing, or what is wrong and its remedy; `note` is worth knowing where nothing is."""

    what: str
    said: str = ""
    fix: str = ""
    note: str = ""

    @property
    def well(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.said


async def examine(
    settings: Settings, *, package: Path | None, now: Callable[[], datetime], trust: ssl.SSLContext | None = None
) -> tuple[Found, ...]:
    """Look at everything at once and return what was found, in the order of an installation; nothing is changed.

    `package` is the app package that was uploaded to Teams. `trust` says whose certificates count, where that is not
    the system's own list.
    """
    connector = aiohttp.TCPConnector(ssl=trust if trust is not None else True)
    timeout = aiohttp.ClientTimeout(total=SECONDS - 1)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        looks: Mapping[str, Callable[[], Awaitable[str | None]]] = {
            "Settings of the Teams channel": lambda: microsoft.settings_are_safe(settings),
            "App id and secret": lambda: microsoft.secret_is_taken(settings, session),
            "Teams' signing keys": lambda: microsoft.keys_come(settings, session),
            "Clock": lambda: microsoft.clock_is_right(settings, session, now),
            "App package": lambda: microsoft.package_fits(settings, package),
            "Database": lambda: kept.database_is_whole(settings),
            "Keyring": lambda: kept.keyring_opens(settings),
            "Messages": lambda: kept.messages_go_out(settings, now),
            "Mail server": lambda: reached.mail_is_taken(settings),
            "Public address": lambda: reached.address_leads_here(settings, session),
            "Pages": reached.pages_are_built,
            "PDF": reached.pdf_is_possible,
            "Word template": lambda: reached.template_can_be_filled(settings),
        }
        return tuple(await asyncio.gather(*(_looked(what, look) for what, look in looks.items())))


async def _looked(what: str, look: Callable[[], Awaitable[str | None]]) -> Found:
    try:
        note = await asyncio.wait_for(look(), SECONDS)
    except Fault as fault:
        return Found(what=what, said=fault.said, fix=fault.fix)
    except TimeoutError:
        return Found(what=what, said=f"no answer within {SECONDS:g} seconds", fix="Look at the firewall and the proxy.")
    return Found(what=what, note=note or "")
