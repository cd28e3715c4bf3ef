"""What the Teams channel has to be told before it starts."""

import re
from dataclasses import dataclass, field, replace

from yarl import URL

from bot.teams.addresses import is_loopback

#: The app id of a rehearsal that was given none: its tokens are checked all the same.
REHEARSAL_APP_ID = "00000000-0000-4000-8000-00000000c4a1"
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class SettingsRefused(ValueError):
    """The channel may not start like this; the message says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsSettings:
    #: Application (client) id of the bot's registration; the audience of every token that Teams sends.
    app_id: str
    app_password: str = field(repr=False)
    #: Tenant of the registration, where the bot gets its own token.
    app_tenant: str
    #: Tenants whose chats are served; everyone else is turned away.
    tenants: frozenset[str]
    #: Hosts of the Bot Connector that may receive the bot's token, without port.
    service_hosts: frozenset[str] = frozenset({"smba.trafficmanager.net"})
    authority: str = "https://login.microsoftonline.com"
    openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    #: Plays against a local Teams service on this machine; addresses on loopback are then allowed, by http too.
    rehearsal: bool = False


def ready_to_start(settings: TeamsSettings, *, host: str) -> TeamsSettings:
    """The settings to start with on `host`; raises `SettingsRefused` where starting would be unsafe."""
    if settings.rehearsal:
        return _ready_to_rehearse(settings, host=host)
    if not (settings.app_id and settings.app_password and settings.app_tenant):
        raise SettingsRefused(
            "The app id, its password and its tenant are needed: CHAIRSIDE_APP_ID, CHAIRSIDE_APP_PASSWORD, "
            "CHAIRSIDE_APP_TENANT. Without them nobody can be checked."
        )
    if not settings.tenants:
        raise SettingsRefused("At least one tenant has to be allowed: CHAIRSIDE_TENANTS.")
    if not settings.service_hosts:
        raise SettingsRefused("At least one host of the Bot Connector has to be allowed: CHAIRSIDE_SERVICE_HOSTS.")
    for name in ("authority", "openid_url"):
        if URL(getattr(settings, name)).scheme != "https":
            raise SettingsRefused(f"CHAIRSIDE_{name.upper()} has to be an https address.")
    _well_written(settings)
    return settings


def _well_written(settings: TeamsSettings) -> None:
    """Raise SettingsRefused for what would match nothing that Microsoft sends: everybody would be turned away."""
    tenants = (("TENANTS", one) for one in sorted(settings.tenants))
    for name, value in (("APP_ID", settings.app_id), ("APP_TENANT", settings.app_tenant), *tenants):
        if not _ID.fullmatch(value):
            raise SettingsRefused(
                f"CHAIRSIDE_{name} takes an id as the registration's Overview page shows it, in small letters, like "
                "12345678-90ab-4cde-8f01-234567890abc: neither a name nor a domain."
            )
    for host in sorted(settings.service_hosts):
        if not _HOST.fullmatch(host):
            raise SettingsRefused("CHAIRSIDE_SERVICE_HOSTS takes hosts alone: no https://, no port, no path.")


def _ready_to_rehearse(settings: TeamsSettings, *, host: str) -> TeamsSettings:
    if not is_loopback(host):
        raise SettingsRefused("A rehearsal listens on this machine only (127.0.0.1).")
    for name in ("authority", "openid_url"):
        if not is_loopback(URL(getattr(settings, name)).host or ""):
            raise SettingsRefused(f"In a rehearsal the setting {name} has to be an address of this machine.")
    return settings if settings.app_id else replace(settings, app_id=REHEARSAL_APP_ID)
