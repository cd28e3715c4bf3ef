"""One letter in plain text and HTML, from the same lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from documents.copies import Copy
from documents.html import template

_LONGEST_SUBJECT = 150


class Method(StrEnum):
    """What an iCalendar attachment asks for (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """An iCalendar object, as it is attached."""

    method: Method
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is sent: the same facts as plain text and as HTML, a calendar entry or a paper where there is one."""

    subject: str
    text: str
    html: str
    calendar: Calendar | None = None
    enclosed: Copy | None = None  # only where the deployment allows it: bot/sending/enclosing.py


def letter(
    subject: str,
    lines: Sequence[str],
    *,
    facts: Sequence[tuple[str, str]] = (),
    link: str = "",
    link_text: str = "",
    closing: Sequence[str] = (),
    calendar: Calendar | None = None,
) -> Letter:
    """Return a letter; whatever it is given shows as text, and its subject stays one line (reliability target 21)."""
    said = [one_line(line) for line in lines if line]
    told = [(one_line(label), one_line(value)) for label, value in facts if value]
    press = (one_line(link_text), one_line(link)) if link else None
    last = [one_line(line) for line in closing if line]
    title = one_line(subject)[:_LONGEST_SUBJECT]
    html = template("letter.html").render(subject=title, lines=said, facts=told, press=press, closing=last)
    text = [*said, "", *(f"{label}: {value}" for label, value in told)]
    text += ["", f"{press[0]}:", press[1]] if press else []
    plain = "\n".join([*text, "", *last]).strip() + "\n"
    return Letter(subject=title, text=plain, html=html, calendar=calendar)


def one_line(text: str) -> str:
    """Return text without line breaks, control or invisible formatting characters: it can add no header, no property.

    Tabs and breaks of every kind (CR, LF, VT, U+0085, U+2028, U+2029) become a space.
    """
    flat = " ".join(text.split())  # str.split knows every break there is
    return "".join(c for c in flat if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
