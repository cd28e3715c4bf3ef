"""What a seat is not shown: the children that the chair restricted for it, and their names in other people's words."""

from __future__ import annotations

import re

from meeting.model import ChildId
from meeting.running import agenda
from meeting.screens.frame import Look

LEFT_OUT = "[another child]"


def restricted(look: Look) -> frozenset[ChildId]:
    """Return the children that this person's seat is not shown."""
    seat = look.meeting.came_for(look.person)
    return seat.restricted if seat else frozenset()


def hidden(look: Look) -> frozenset[str]:
    """Return every subject that this person is not shown: the children, and the rows about them alone."""
    away = restricted(look)
    return away | agenda.rows_about_only(look.meeting, look.procedure, away)


def masked(look: Look, text: str) -> str:
    """Return a text without the names of children that this person is not shown; names that others share stay.

    A name counts in capitals, as a possessive and in the plural too: "MARR", "Marr's", "the Marrs", "the Jameses'"; one
    of two letters only as it is written: "Jo", not "jo".
    """
    away = restricted(look)
    if not away:
        return text
    shared = {word for c in look.meeting.children.values() if c.id not in away for word in c.name.lower().split()}
    names = [c.name for c in look.meeting.children.values() if c.id in away and c.name.strip()]
    words = [w for name in names for w in name.split() if len(w) > 2 and w.lower() not in shared]
    short = [w for name in names for w in name.split() if len(w) == 2 and w.istitle() and w.lower() not in shared]
    shared -= {name.lower() for name in names}
    patterns = [*(re.escape(word) for word in (*names, *words)), *(f"(?-i:{re.escape(word)})" for word in short)]
    if not patterns:
        return text
    named = rf"(?<!\w)(?:{'|'.join(patterns)})(?:e?s)?(?!\w)"
    return re.sub(named, lambda m: m[0] if m[0].lower() in shared else LEFT_OUT, text, flags=re.IGNORECASE)
