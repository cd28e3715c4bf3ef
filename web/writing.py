"""What the page is told, as JSON (web/__init__.py tells each field)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from web.port import Answer, Look, Message

Json = dict[str, Any]


def look_json(look: Look) -> Json:
    """Return what somebody sees, as the page reads it."""
    return {
        "epoch": look.epoch,
        "mark": look.mark,
        "title": look.title,
        "who": look.who,
        "role": look.role,
        "banner": look.banner,
        "fictional": look.fictional,
        "phase": look.phase.value,
        "messages": [_message(m) for m in look.messages],
        "gone": list(look.gone),
        "panel": asdict(look.panel) if look.panel else None,
    }


def answer_json(answer: Answer, look: Look) -> Json:
    """Return what became of a press, with what changed."""
    return {"kind": answer.kind.value, "text": answer.text, "change": look_json(look)}


def _message(message: Message) -> Json:
    return {
        "id": message.id,
        "at": message.at.isoformat(),
        "sender": message.sender,
        "line": message.line,
        "private": message.private,
        "form": message.form,
        "board": message.board,
        "card": message.card,
    }
