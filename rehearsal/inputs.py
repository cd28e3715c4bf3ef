"""What an input on a card asks for, and what answers it most plainly: read from visible words only."""

from __future__ import annotations

import re

from cards.kit import ERRORS
from rehearsal.teams.view import Field

DULL = "Noted at the meeting."
PLAIN = (  # what else is typed where a label, or the hint in the input, asks for it
    (re.compile(r"\nDay/month/year", re.IGNORECASE), "5/3/2019"),
    (re.compile(r"telephone|phone|contact", re.IGNORECASE), "01632 960100"),
    (re.compile(r"reference", re.IGNORECASE), "Form 20417"),
    (re.compile(r"^reason for (going|closing)", re.IGNORECASE), "It is completed by this evening."),
)


def came_back(text: str, label: str) -> bool:
    """Tell whether a card asks again for the answer under a label."""
    return f"{label}: {ERRORS['required']}" in text


def plain_for(item: Field) -> str:
    """Return the plainest answer that an input takes, by its label and the hint in it."""
    asked = f"{item.text}\n{item.element.get('placeholder', '')}"
    return next((text for words, text in PLAIN if words.search(asked)), DULL)


def matches(title: str, wanted: str, offered: list[dict[str, str]]) -> bool:
    """Tell whether what a case says is this choice: by its title or value, or by how its title begins."""
    value = next(c["value"] for c in offered if c["title"] == title)
    return wanted.lower() in (title.lower(), value.lower()) or title.lower().startswith(f"{wanted.lower()} (")
