"""A mail server of one's own on loopback: it takes letters over real SMTP, or refuses, drops and stalls as told."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(slots=True, kw_only=True)
class Postbox:
    """What came in, and how the server answers: `refusals` maps an address to the answer that it gets."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    at_data: str = ""  # the answer to the letter itself, where it is no "250"
    hold: asyncio.Event | None = None  # letters wait for it before they are taken
    drop: int = 0  # letters whose connection breaks once they were handed over
    signed_in: list[str] = field(default_factory=list)
    password: str = ""
    listeners: list[Callable[[], None]] = field(default_factory=list)  # called when a letter has come

    async def handle_RCPT(  # noqa: N802  # the library's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer for one address."""
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a letter."""
        if self.hold is not None:
            await self.hold.wait()
        if self.drop:
            self.drop -= 1
            cast(asyncio.WriteTransport, server.transport).abort()
            return "421 gone"
        if self.at_data:
            return self.at_data
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.SMTP)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.envelopes.append((str(envelope.mail_from), list(envelope.rcpt_tos)))
        for told in self.listeners:
            told()
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, _mechanism: str, data: object
    ) -> AuthResult:
        """Let in whoever knows the password."""
        assert isinstance(data, LoginPassword)
        right = data.password.decode() == self.password
        if right:
            self.signed_in.append(data.login.decode())
        return AuthResult(success=right, handled=right)  # what is not handled is answered 535

    def to(self, address: str) -> list[EmailMessage]:
        """Return the letters to one address, in the order in which they came."""
        return [one for one in self.letters if one["To"] == address]


@asynccontextmanager
async def postbox(
    *, tls: ssl.SSLContext | None = None, implicit: bool = False, password: str = ""
) -> AsyncIterator[Postbox]:
    """Run a server on a free port; with `tls` it wants STARTTLS, or TLS from the start."""
    box = Postbox(password=password)
    loop = asyncio.get_running_loop()

    def protocol() -> SMTP:
        return SMTP(
            box,
            hostname="mail.council.example",
            loop=loop,
            enable_SMTPUTF8=False,
            tls_context=None if implicit else tls,
            require_starttls=tls is not None and not implicit,
            authenticator=box.authenticate if password else None,
            auth_require_tls=tls is not None and not implicit,
        )

    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=tls if implicit else None)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()
