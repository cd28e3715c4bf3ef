"""What sending letters has to be told before the service starts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from yarl import URL

from bot.teams.addresses import is_loopback
from bot.teams.settings import SettingsRefused

# One plain mailbox: no display name, no comma that would add a recipient, no quoted local part, ASCII only.
_MAILBOX = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}"
)
_LONGEST = 254  # RFC 5321, 4.5.3.1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    host: str = ""
    port: int = 587
    #: "starttls", "tls" or "none".
    tls: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    #: PEM file of the authorities that vouch for the server; None: the system's own.
    authorities: Path | None = None
    #: Seconds for each answer of the server.
    timeout: float = 20.0


def is_mailbox(address: str) -> bool:
    """Tell whether an address is one plain mailbox."""
    return len(address) <= _LONGEST and _MAILBOX.fullmatch(address) is not None


def ready_to_mail(settings: MailSettings) -> MailSettings:
    """Return the settings to send letters with; raises SettingsRefused where sending would be unsafe or impossible."""
    if not settings.host:
        return settings
    if not is_mailbox(settings.sender):
        raise SettingsRefused("CHAIRSIDE_SMTP_FROM has to be the one address that letters come from.")
    if settings.tls == "none" and not is_loopback(settings.host):
        raise SettingsRefused("A mail server on another machine needs CHAIRSIDE_SMTP_TLS=starttls or tls.")
    if settings.authorities is not None and not settings.authorities.is_file():
        raise SettingsRefused("CHAIRSIDE_SMTP_AUTHORITIES names a file that is not there.")
    return settings


def ready_to_link(public_url: str) -> str:
    """Return the address that links begin with; raises SettingsRefused for one that is not https or has a path."""
    if not public_url:
        return ""
    if not _linkable(public_url):
        raise SettingsRefused("CHAIRSIDE_PUBLIC_URL has to be an https address without a path.")
    return public_url.rstrip("/")


def _linkable(address: str) -> bool:
    try:
        url = URL(address)
    except ValueError:
        return False
    plain = url.path in ("", "/") and not (url.query_string or url.fragment or url.user) and bool(url.host)
    return plain and (url.scheme == "https" or (url.scheme == "http" and is_loopback(url.host or "")))
