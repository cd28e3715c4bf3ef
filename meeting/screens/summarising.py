"""A first draft of the chair's summary, put together from what was told in turns; the chair edits it."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.flags import CONTRIBUTION
from meeting.model import How, SeatId
from meeting.procedure import Part, RecordData, Step
from meeting.screens.frame import Look
from meeting.screens.hiding import masked
from meeting.steps.fields import UNKNOWNS

LONGEST = 2000  # characters of one heading's draft: two of them still leave room on the card


def drafted(look: Look, step: Step, part: Part) -> dict[str, str]:
    """Return heading -> what the seats told for it, a line each, where the procedure drafts it (WOK-5.1a, WOK-5.1c)."""
    wanted = step.data.draft_from if isinstance(step.data, RecordData) else {}
    asked = {f.key for f in part.fields}
    texts = {heading: "\n".join(_told(look, key)) for heading, key in wanted.items() if heading in asked}
    return {heading: _cut(text) for heading, text in texts.items() if text}


def _told(look: Look, key: str) -> Iterator[str]:
    """Yield what each seat said under one question of its turn; what is only prepared is not told yet."""
    for slot, answer in look.meeting.answers.items():
        text = answer.answers.get(key, "").strip()
        seat = look.meeting.seats.get(SeatId(slot.subject)) if slot.part == CONTRIBUTION else None
        if seat is not None and text and text.lower() not in UNKNOWNS and answer.how is not How.PREPARED:
            yield f"{seat.label}: {masked(look, text)}"


def _cut(text: str) -> str:
    """Return whole lines as far as there is room; the minutes hold the rest under its seat."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit("\n", 1)[0]
