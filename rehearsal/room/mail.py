"""A person's mailbox in the room: the e-mails that the service sent over SMTP, to be opened, followed, kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from html import escape

from cards.times import moment
from rehearsal.files import entries_of
from rehearsal.room.set import Set
from web.shell import FICTIONAL, document

LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One e-mail as a mail program would show it."""

    number: int  # in the postbox, from 1
    at: datetime
    sender: str
    to: str
    subject: str
    text: str
    entry: bytes | None  # the calendar entry that came with it

    @property
    def file(self) -> str:
        """What the calendar entry is called once it is kept."""
        return f"{re.sub(r'[^A-Za-z0-9-]+', '-', self.subject.partition(':')[0]).strip('-').lower() or 'meeting'}.ics"


def mails(played: Set, seat: str) -> list[Mail]:
    """Return the e-mails to the mailbox of this seat's person, the oldest first."""
    mailbox = str(played.stage.case.seat(seat)["email"]).lower()
    came = zip(played.stage.post.letters, played.came, strict=False)
    every = (_mail(number, letter, at) for number, (letter, at) in enumerate(came, start=1))
    return [mail for mail in every if mail.to.lower() == mailbox]


def _mail(number: int, letter: EmailMessage, at: datetime) -> Mail:
    body = letter.get_body(("plain",))
    return Mail(
        number=number,
        at=at,
        sender=str(letter["From"]),
        to=str(letter["To"]),
        subject=str(letter["Subject"]),
        text=str(body.get_content()) if body is not None else "",
        entry=next((content for _, content in entries_of(letter)), None),
    )


def mail_html(mail: Mail, *, back: str) -> str:
    """Return the page of one e-mail; `back` leads to the seat whose mailbox it is."""
    facts = (("From", mail.sender), ("To", mail.to), ("Sent", moment(mail.at)))
    lines = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    body = f"""<aside class="fictional" aria-label="Rehearsal">{FICTIONAL}</aside>
<main class="lobby mail" id="mine">
<p><a href="{escape(back)}">Back to the room</a></p>
<h1>{escape(mail.subject)}</h1>
<dl class="facts">{lines}</dl>
<div class="letter">{_paragraphs(mail.text)}</div>
{_entry(mail)}
</main>"""
    return document(f"{mail.subject} · Rehearsal room", body)


def _paragraphs(text: str) -> str:
    """Return the letter's words; each address in them is a link that opens beside the room."""
    return "".join(f"<p>{_linked(part)}</p>" for part in text.split("\n\n") if part.strip())


def _linked(text: str) -> str:
    made, end = [], 0
    for found in LINK.finditer(text):
        address = escape(found[0])
        made += [escape(text[end : found.start()]), f'<a href="{address}" target="_blank" rel="noopener">{address}</a>']
        end = found.end()
    return "".join([*made, escape(text[end:])]).replace("\n", "<br>")


def _entry(mail: Mail) -> str:
    if mail.entry is None:
        return ""
    return f'<p><a class="button" href="{mail.number}.ics" download="{mail.file}">Keep the calendar entry</a></p>'
