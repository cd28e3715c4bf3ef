"""What Teams calls a message: a card or a sentence, each with the line that a notification shows."""

from __future__ import annotations

from typing import Any

from cards.kit import Card

CARD = "application/vnd.microsoft.card.adaptive"


def with_card(card: Card, summary: str = "Chairside") -> dict[str, Any]:
    """Return a message that holds one card."""
    return {"type": "message", "attachments": [{"contentType": CARD, "content": card}], "summary": summary}


def sentence(line: str, summary: str = "") -> dict[str, Any]:
    """Return a message that is one sentence, whose marks are no markup: a seat's label was typed by somebody."""
    return {"type": "message", "text": line, "textFormat": "plain", "summary": summary or line}
