"""How people are reached: the mail server, the public address, the pages and papers that wait for them there."""

from __future__ import annotations

import asyncio
import ssl
from urllib.parse import urlsplit

import aiohttp
import aiosmtplib

from bot.examining.faults import Fault
from bot.mail.settings import MailSettings, ready_to_link, ready_to_mail
from bot.papers import template_of
from bot.settings import Settings
from bot.teams.settings import SettingsRefused
from documents.pdf import NoPango, printed
from web.build import built

_PAGE = "<html lang='en'><head><title>Try</title></head><body><p>Try</p></body></html>"
_NOT_OURS = "Let the TLS proxy pass this address to the service (docs/deploy.md)."


async def mail_is_taken(settings: Settings) -> None:
    """Raise Fault where the mail server would not take a letter; nothing is sent."""
    if not settings.smtp_host:
        said = "no mail server: nobody outside Teams gets an invitation, a code or a reminder"
        raise Fault(said, "Set CHAIRSIDE_SMTP_HOST and its companions.")
    try:
        mail = ready_to_mail(settings.mail())
    except SettingsRefused as refused:
        raise Fault(str(refused), "Mend the setting as docs/settings.md tells.") from refused
    client = _client(mail)
    try:
        async with client:
            if mail.user:
                await client.login(mail.user, mail.password)
            await client.noop()
    except aiosmtplib.SMTPAuthenticationError as refused:
        raise Fault("the mail server refuses the sign-in", "Mend CHAIRSIDE_SMTP_USER and its password.") from refused
    except ssl.SSLCertVerificationError as wrong:
        raise Fault(
            "the mail server's certificate is not trusted", "Name its authority in CHAIRSIDE_SMTP_AUTHORITIES."
        ) from wrong
    except (aiosmtplib.SMTPException, OSError) as wrong:
        said = f"{mail.host}:{mail.port} does not take letters ({type(wrong).__name__})"
        raise Fault(said, "Look at host, port and CHAIRSIDE_SMTP_TLS, and at the firewall.") from wrong


def _client(mail: MailSettings) -> aiosmtplib.SMTP:
    trust = ssl.create_default_context(cafile=mail.authorities) if mail.tls != "none" else None
    return aiosmtplib.SMTP(
        hostname=mail.host,
        port=mail.port,
        use_tls=mail.tls == "tls",
        start_tls=mail.tls == "starttls",
        timeout=min(mail.timeout, 6.0),
        tls_context=trust,
    )


async def address_leads_here(settings: Settings, session: aiohttp.ClientSession) -> None:
    """Raise Fault where Teams or a guest who calls the public address does not arrive at this service."""
    if not settings.public_url:
        raise Fault(
            "no public address: links in letters lead nowhere", "Set CHAIRSIDE_PUBLIC_URL to https://YOUR-HOST."
        )
    try:
        url = ready_to_link(settings.public_url)
    except SettingsRefused as refused:
        raise Fault(str(refused), "Give the address as https://YOUR-HOST, without a path.") from refused
    host = urlsplit(url).hostname
    try:
        async with session.post(f"{url}/api/messages", json={}, allow_redirects=False) as answer:
            teams = answer.status
        async with session.get(f"{url}/seat/none", allow_redirects=False) as answer:
            ours = "noindex" in answer.headers.get("X-Robots-Tag", "")
    except aiohttp.ClientConnectorCertificateError as wrong:
        raise Fault(
            f"the certificate of {host} is not trusted", "Give the proxy a certificate that the internet trusts."
        ) from wrong
    except (aiohttp.ClientError, OSError) as wrong:
        raise Fault(
            f"{host} is not reached ({type(wrong).__name__})", "Start the service; look at DNS and the proxy."
        ) from wrong
    if teams != 401:
        raise Fault(f"{host}/api/messages answers {teams} instead of 401", _NOT_OURS)
    if not ours:
        raise Fault(f"{host}/seat/ does not lead to the guests' pages", _NOT_OURS)


async def pages_are_built() -> None:
    """Raise Fault where Microsoft's card renderer is missing, so that guests have no page."""
    if not built():
        raise Fault(
            "Microsoft's card renderer is missing: guests have no page",
            "Run make setup-node in the repository, install from there again, and start again.",
        )


async def template_can_be_filled(settings: Settings) -> None:
    """Raise Fault where the council's Word template names what nobody fills in, or is not there."""
    try:
        await asyncio.to_thread(template_of, settings)
    except SettingsRefused as refused:
        raise Fault(
            str(refused), "Mend it as docs/how-to/word-template.md tells; try it: chairside template check."
        ) from refused


async def pdf_is_possible() -> None:
    """Raise Fault where PDFs cannot be made."""
    try:
        await asyncio.to_thread(printed, _PAGE)
    except NoPango as missing:
        raise Fault("PDFs cannot be made", str(missing)) from missing
