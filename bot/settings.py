"""Everything that a deployment decides, from the environment (`CHAIRSIDE_…`) or a file `.env` in the working folder."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from bot.mail.settings import MailSettings
from bot.teams.settings import SettingsRefused, TeamsSettings

FOR_TESTS = frozenset({"CHAIRSIDE_REQUIRE", "CHAIRSIDE_PROOF", "CHAIRSIDE_KEPT"})  # the tests read these


class UnknownSetting(SettingsRefused):
    """A variable that would be ignored, most likely misspelt; the message names the nearest."""

    def __init__(self, name: str, nearest: Iterable[str]) -> None:
        near = next(iter(nearest), "")
        super().__init__(f"{name} is no setting{f'; did you mean {near}?' if near else ''} See docs/settings.md.")


class Settings(BaseSettings):
    """One field for each variable `CHAIRSIDE_<FIELD>`; `docs/settings.md` says what each means to an administrator."""

    model_config = SettingsConfigDict(
        env_prefix="CHAIRSIDE_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    app_id: str = Field(default="", description="Application (client) id of the bot's registration in Entra ID.")
    app_password: SecretStr = Field(default=SecretStr(""), description="Client secret of that registration.")
    app_tenant: str = Field(default="", description="Tenant of the registration.")
    tenants: frozenset[str] = Field(default=frozenset(), description="Tenants whose chats are served, as a JSON list.")
    service_hosts: frozenset[str] = Field(
        default=frozenset({"smba.trafficmanager.net"}), description="Hosts of the Bot Connector, as a JSON list."
    )
    authority: str = Field(default="https://login.microsoftonline.com", description="Where the bot gets its own token.")
    openid_url: str = Field(
        default="https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="Where Teams publishes the keys that its tokens are signed with.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=3978, ge=0, le=65_535, description="Port to listen on; 0 takes a free one.")
    database: str = Field(default="sqlite:///chairside.db", description="sqlite:///FILE or postgresql://…")
    keyring: Path = Field(
        default=Path("chairside-keys.json"),
        description="File with the keys, created on the first start; keep it apart from the database and back it up.",
    )
    minutes_template: Path | None = Field(
        default=None, description="Word template of the minutes (.docx); without one, the plain template that ships."
    )
    minutes_domains: frozenset[str] = Field(
        default=frozenset(), description="Domains whose people get the minutes themselves by e-mail, as a JSON list."
    )
    public_url: str = Field(default="", description="Address of this service as others reach it, https, no path.")
    pathways: Path | None = Field(default=None, description="File with the local invitation pathways (YAML).")
    procedures: Path | None = Field(
        default=None, description="Folder with the procedures that are offered (YAML); without one, those that ship."
    )
    smtp_host: str = Field(default="", description="Mail server that takes the letters; empty: no e-mail is sent.")
    smtp_port: int = Field(default=587, ge=1, le=65_535, description="Port of the mail server.")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the way to it is sealed: starttls, tls from the start, none on loopback."
    )
    smtp_user: str = Field(default="", description="Name to sign in with; empty: no sign-in.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Password to sign in with.")
    smtp_from: str = Field(default="", description="Address that letters come from.")
    smtp_authorities: Path | None = Field(
        default=None, description="File with the certificate authorities of an own mail server (PEM)."
    )
    smtp_timeout: float = Field(default=20.0, gt=0, description="Seconds to wait for each answer of the mail server.")
    retention_days: int = Field(default=90, ge=1, description="Days from the case system's copy to the end here.")
    rehearsal: bool = Field(default=False, description="Play against a local Teams service on this machine.")

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Return the settings.

        Raises UnknownSetting for a variable of ours that none of them is called, SettingsRefused for a value that does
        not fit; the message never shows the value.
        """
        prefix = str(cls.model_config["env_prefix"])
        known = {f"{prefix}{name.upper()}" for name in cls.model_fields} | FOR_TESTS
        file = Path(str(cls.model_config["env_file"]))
        written = dotenv_values(file) if file.is_file() else {}
        for name in (*environment, *written):
            if name.upper().startswith(prefix) and name.upper() not in known:
                raise UnknownSetting(name, difflib.get_close_matches(name.upper(), sorted(known), n=1, cutoff=0))
        try:
            return cls()
        except ValidationError as wrong:
            told = (f"{prefix}{str(one['loc'][0]).upper()}: {one['msg']}." for one in wrong.errors())
            raise SettingsRefused("\n".join(told)) from None
        except SettingsError as wrong:  # a list that is no JSON; the setting's name stands in quotes
            name = next(iter(re.findall(r'"(\w+)"', str(wrong))), "")
            raise SettingsRefused(f'{prefix}{name.upper()} has to be a list in JSON, such as ["one", "two"].') from None

    def teams(self) -> TeamsSettings:
        """Return what the Teams channel needs."""
        return TeamsSettings(
            app_id=self.app_id,
            app_password=self.app_password.get_secret_value(),
            app_tenant=self.app_tenant,
            tenants=self.tenants,
            service_hosts=self.service_hosts,
            authority=self.authority,
            openid_url=self.openid_url,
            rehearsal=self.rehearsal,
        )

    def mail(self) -> MailSettings:
        """Return what sending letters needs."""
        return MailSettings(
            host=self.smtp_host,
            port=self.smtp_port,
            tls=self.smtp_tls,
            user=self.smtp_user,
            password=self.smtp_password.get_secret_value(),
            sender=self.smtp_from,
            authorities=self.smtp_authorities,
            timeout=self.smtp_timeout,
        )
