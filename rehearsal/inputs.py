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


PLAINEST = re.compile(r"^(no|none|this trust)$|social worker\)$", re.IGNORECASE)  # of choices
SCALE = re.compile(r"n the scale \d+ to \d+$")
SAME_ANSWER = (  # what procedures offer under names of their own: views on the threshold, and outcomes
    ("met", "reasonable cause"),
    ("not met", "no reasonable cause"),
    ("s17", "not_met", "no_s47", "cfa"),
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


def plainest(label: str, titles: list[str]) -> str:
    """Return the plainest choice: no or none, a social worker, the middle of a scale, else the first."""
    middle = len(titles) // 2 if SCALE.search(label) else 0
    return next((title for title in titles if PLAINEST.search(title)), titles[middle])


def matches(title: str, wanted: str, offered: list[dict[str, str]]) -> bool:
    """Tell whether what a case says is this choice: by its title or value, by how its title begins, or elsewhere's."""
    value = next(c["value"] for c in offered if c["title"] == title)
    same = next((group for group in SAME_ANSWER if wanted.lower() in group), (wanted.lower(),))
    begins = tuple(f"{one}{after}" for one in same for after in (" (", ": "))
    return title.lower() in same or value.lower() in same or title.lower().startswith(begins)
