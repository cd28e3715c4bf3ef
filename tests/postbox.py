"""A mail server of one's own on loopback: it takes letters over real SMTP, or refuses, drops and stalls as told."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(slots=True, kw_only=True)
class Postbox:
    """What came in, and how the server answers: `refusals` maps an address to the answer that it gets."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    at_data: str = ""  # the answer to the letter itself, where it is no "250"
    drop: int = 0  # letters whose connection breaks once they were handed over
    signed_in: list[str] = field(default_factory=list)
    password: str = ""

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
        if self.drop:
            self.drop -= 1
            server.transport.abort()
            return "421 gone"
        if self.at_data:
            return self.at_data
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.SMTP)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.envelopes.append((str(envelope.mail_from), list(envelope.rcpt_tos)))
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        """Let in whoever knows the password."""
        assert isinstance(data, LoginPassword)
        right = data.password.decode() == self.password
        if right:
            self.signed_in.append(data.login.decode())
        return AuthResult(success=right, handled=True)

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


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return a server's context for 127.0.0.1, and the file of the authority that vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.council.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "mail-ca.pem", folder / "mail-key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
