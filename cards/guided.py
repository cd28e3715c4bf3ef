"""The guidance of a step on every form that is opened from it: one press away, and the form stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from cards import kit
from cards.frame import guidance, guidance_box
from cards.kit import Card, Element
from meeting.screens.frame import Frame


def guided(frame: Frame, body: Sequence[Element], *made: Element, speak: str) -> Card:
    """Return a form whose last button shows its step's guidance; one that has none to show has no such button."""
    if not frame.guidance:
        return kit.card(body, *made, speak=speak)
    return kit.card([*body, guidance_box(frame)], *made, guidance(frame), speak=speak)
