"""What was typed on one page goes along while another is mended: in the sealed ticket, until it is shown again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from cards.kit import Card

MOST = 4000  # bytes; each button's ticket carries them, and a card has its limit


def carried(args: Mapping[str, str]) -> dict[str, str]:
    """Return what a ticket carries of another page, by input id."""
    return {str(k): str(v) for k, v in json.loads(args.get("carried") or "{}").items()}


def as_args(kept: Mapping[str, str]) -> dict[str, str]:
    """Return what a ticket needs to carry these inputs."""
    return {"carried": json.dumps(kept, ensure_ascii=False)} if kept else {}


def unseen(card: Card, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into inputs that this card does not show; of too much, the longest is left out."""
    shown = set(_inputs(card)) if typed else set()
    kept: dict[str, str] = {}
    room = MOST
    for key, text in sorted(typed.items(), key=lambda one: len(one[1])):
        room -= len(key) + len(text.encode())
        if text and key not in shown and room >= 0:
            kept[key] = text
    return kept


def _inputs(element: object) -> Iterator[str]:
    match element:
        case {"type": str(kind), "id": str(name)} if kind.startswith("Input."):
            yield name
        case dict():
            for inner in element.values():
                yield from _inputs(inner)
        case list() | tuple():
            for inner in element:
                yield from _inputs(inner)
