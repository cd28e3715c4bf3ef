"""Hands letters to a mail server: one connection a letter, sealed, with a time-out for each answer."""

from __future__ import annotations

import ssl
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import aiosmtplib
import structlog

from bot.mail.settings import MailSettings, is_mailbox
from documents.letters import Letter

log = structlog.get_logger(__name__)
_AWAY = timedelta(
    seconds=30
)  # letters to a server that was not reached are put off at once, so that none waits in vain
_NOT_REACHED = (aiosmtplib.SMTPConnectError, aiosmtplib.SMTPTimeoutError)


class MailPutOff(Exception):
    """Nothing was sent, as far as is known: the server, the network or the sign-in stood in the way."""


class MailRefused(Exception):
    """Final: this letter will not be taken for this address, however often it comes."""


class Postman:
    """Sends letters, or says that this deployment sends none."""

    def __init__(self, settings: MailSettings, *, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._now = now
        self._trust: ssl.SSLContext | None = None
        self._away_until: datetime | None = None

    @property
    def working(self) -> bool:
        """Tell whether this deployment sends e-mail at all."""
        return bool(self._settings.host)

    @property
    def sender(self) -> str:
        """Return the address that letters come from."""
        return self._settings.sender

    async def send(self, letter: Letter, to: str, *, about: str) -> None:
        """Hand over a letter; raises MailPutOff or MailRefused. `about` gives a repeat the same Message-ID."""
        if not is_mailbox(to):
            raise MailRefused("no plain address")
        self._knock()
        message = self._message(letter, to, about)
        settings = self._settings
        client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.tls == "tls",
            start_tls=settings.tls == "starttls",
            timeout=settings.timeout,
            tls_context=self._context() if settings.tls != "none" else None,
        )
        try:
            async with client:
                if settings.user:
                    await client.login(settings.user, settings.password)
                await client.send_message(message, sender=settings.sender, recipients=[to])
        except aiosmtplib.SMTPException as wrong:
            self._away_until = self._now() + _AWAY if isinstance(wrong, _NOT_REACHED) else None
            raise _failure(wrong) from wrong
        except (OSError, TimeoutError) as wrong:  # a refused connection, a broken one, a certificate nobody vouches for
            log.warning("mail.not_reached", error=type(wrong).__name__)
            self._away_until = self._now() + _AWAY
            raise MailPutOff(type(wrong).__name__) from wrong
        self._away_until = None

    def _knock(self) -> None:
        """Go on to the server, unless another letter has just been waiting for it in vain or still waits."""
        now = self._now()
        if self._away_until is not None and now < self._away_until:
            raise MailPutOff("server_away")
        if self._away_until is not None:
            self._away_until = now + _AWAY  # this one finds out for all

    def _context(self) -> ssl.SSLContext:
        """Return what the server's certificate is checked against; TLS 1.2 at least."""
        if self._trust is None:
            self._trust = ssl.create_default_context(cafile=self._settings.authorities)
            self._trust.minimum_version = ssl.TLSVersion.TLSv1_2
        return self._trust

    def _message(self, letter: Letter, to: str, about: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["Subject"] = letter.subject
        message["From"] = Address(display_name="Chairside", addr_spec=self._settings.sender)
        message["To"] = Address(addr_spec=to)
        message["Date"] = format_datetime(self._now())
        domain = self._settings.sender.partition("@")[2]
        message["Message-ID"] = f"<{uuid.uuid5(uuid.NAMESPACE_OID, about)}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes in return
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        if letter.calendar is not None:  # RFC 6047: the method stands in the type as well
            method = letter.calendar.method.value
            body = letter.calendar.content.decode()
            message.add_alternative(body, subtype="calendar", params={"method": method})
        if letter.enclosed is not None:
            main, _, sub = letter.enclosed.media_type.partition("/")
            message.add_attachment(letter.enclosed.content, maintype=main, subtype=sub, filename=letter.enclosed.name)
        return message


def _failure(wrong: aiosmtplib.SMTPException) -> MailPutOff | MailRefused:
    """Return what an error means: only a 5xx to the letter or its address is final, all else somebody can mend."""
    final = (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError)
    if isinstance(wrong, aiosmtplib.SMTPRecipientsRefused):
        return _failure(wrong.recipients[0])
    code = getattr(wrong, "code", 0)
    log.warning("mail.not_taken", error=type(wrong).__name__, code=code)
    if isinstance(wrong, final) and code >= 500:
        return MailRefused(f"{type(wrong).__name__} {code}")
    return MailPutOff(f"{type(wrong).__name__} {code}" if code else type(wrong).__name__)
