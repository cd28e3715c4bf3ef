"""What an input on a card asks for, and what answers it most plainly: read from visible words only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cards.kit import ERRORS
from rehearsal.teams.view import Field

UNKNOWN = "Not known today."
PLAIN = (  # what else is typed where a label, or the hint in the input, asks for it
    (re.compile(r"\nDay/month/year", re.IGNORECASE), "5/3/2019"),
    (re.compile(r"telephone|phone|contact", re.IGNORECASE), "01632 960100"),
    (re.compile(r"reference", re.IGNORECASE), "Form 20417"),
    (re.compile(r"^reason for (going|closing)", re.IGNORECASE), "It is completed by this evening."),
    (re.compile(r"^what$|next steps$|\bplan\b", re.IGNORECASE), "Look at it again and tell the chair."),
    (re.compile(r"^where$|address$", re.IGNORECASE), "The child's home"),
    (re.compile(r"^from whom$", re.IGNORECASE), "The parents"),
    (re.compile(r"^how$", re.IGNORECASE), "By telephone"),
    (re.compile(r"^done when$", re.IGNORECASE), "The chair is told."),
)
ALIKE = (  # what procedures ask for under names of their own: a case says it once
    (
        "Relevant and significant information",
        "Information your agency holds",
        "Key information, and your agency's involvement with the family",
        "Information",
        "Concerns/harm",
    ),
    ("Rationale", "Reasons", "Why proportionate and defendable"),
    ("Designation", "Role", "Role with the child or children"),
    ("Evidence", "Worries", "Danger/harm and known impact on the child or children"),
    ("Protective factors", "Strengths/existing safety"),
    ("Grey areas", "Complicating factors"),
)


KNOWN = ALIKE[0][0]  # what an agency knows: the first thing that a turn asks, whatever it is called


def alike(label: str, lines: Mapping[str, Any]) -> object:
    """Return what is said under another procedure's name for a label, None where nothing is."""
    others = next((group for group in ALIKE if label in group), ())
    return next((lines[one] for one in others if one in lines), None)


def came_back(text: str, label: str) -> bool:
    """Tell whether a card asks again for the answer under a label."""
    return f"{label}: {ERRORS['required']}" in text


def plain_for(item: Field) -> str:
    """Return the plainest answer that an input takes, by its label and the hint in it."""
    asked = f"{item.text}\n{item.element.get('placeholder', '')}"
    return next((text for words, text in PLAIN if words.search(asked)), UNKNOWN)


def matches(title: str, wanted: str, offered: list[dict[str, str]]) -> bool:
    """Tell whether what a case says is this choice: by its title or value, or by how its title begins."""
    value = next(c["value"] for c in offered if c["title"] == title)
    begins = (f"{wanted.lower()} (", f"{wanted.lower()}: ")
    return wanted.lower() in (title.lower(), value.lower()) or title.lower().startswith(begins)
