"""A card whole: its body and buttons, mentions, whom it is fetched by, its sealed tickets."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cards.kit.actions import rows
from cards.kit.elements import Element
from cards.short import short

Card = dict[str, Any]
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
MAX_USER_IDS = 60
MAX_BYTES = 28 * 1024  # of a card as it is sent
_CUTS = (1200, 600, 300, 150, 80)  # characters of its longest texts, tried one after the other
_PLAIN = frozenset({"RichTextBlock", "TextBlock", "Input.Text", "Input.ChoiceSet", "Input.Toggle"})  # hold no button


def card(
    body: Sequence[Element],
    *actions: Element,
    speak: str = "",
    mentions: Sequence[tuple[str, str]] = (),
) -> Card:
    """Return a card; `speak` is what a client says of it that reads aloud, and what one without cards shows."""
    items = [*body, *rows(actions)]
    made: Card = {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": "1.5",
        "fallbackText": speak or "Open this card in a current version of Teams.",
        "body": items,
    }
    if speak:
        made["speak"] = speak
    if mentions:
        made["msteams"] = {"entities": [_mention(address, name) for address, name in mentions]}
    return made


def mention_line(before: str, people: Sequence[tuple[str, str]], after: str = "") -> Element:
    """Return a line that mentions people; a mention is read only in a TextBlock, so names are stripped of markup."""
    named = ", ".join(f"<at>{plain(name)}</at>" for _, name in people)
    return {"type": "TextBlock", "text": f"{before}{named}{after}", "wrap": True}


def _mention(address: str, name: str) -> Element:
    shown = plain(name)
    return {"type": "mention", "text": f"<at>{shown}</at>", "mentioned": {"id": address, "name": shown}}


def plain(name: str) -> str:
    """Return a name without characters that a TextBlock would read as markup."""
    return "".join(c for c in name if c not in "<>[]()*_`~#|\\{}&!").strip() or "Attendee"


def refreshed(made: Card, verb: str, args: Mapping[str, str], people: Sequence[str]) -> Card:
    """Return the card with each of these people's clients fetching their own view of it (at most 60)."""
    action = {"type": "Action.Execute", "title": "Refresh", "verb": verb, "data": {"args": dict(args)}}
    return {**made, "refresh": {"action": action, "userIds": list(people)[:MAX_USER_IDS]}}


def fitted(made: Card) -> Card:
    """Return a card as it is sent, its longest texts cut until it keeps to 28 KB; what is being filled in stays whole.

    A card shares its room out beforehand; this is for what nobody could foresee, as names of a thousand letters. The
    whole text stands in the minutes.
    """
    for most in _CUTS:
        if size(made) <= MAX_BYTES:
            break
        made = _cut(made, most)
    return made


def size(made: Card) -> int:
    """Return a card's bytes."""
    return len(json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode())


def _cut(node: Any, most: int) -> Any:
    match node:
        case {"type": "TextRun", "text": str(words)}:
            return {**node, "text": short(words, most)}
        case {"title": str(words), "value": str()}:
            return {**node, "title": short(words, most)}
        case {"type": "Action.Execute"} | {"type": "Input.Text"}:
            return node
        case dict():
            return {key: _cut(value, most) for key, value in node.items()}
        case list():
            return [_cut(item, most) for item in node]
        case _:
            return node


def sealed(made: Card, seal: Callable[[Mapping[str, str]], str]) -> Card:
    """Return the card with what each button addresses sealed into its ticket."""
    return {key: _sealed(value, seal) if isinstance(value, dict | list) else value for key, value in made.items()}


def _sealed(node: dict[str, Any] | list[Any], seal: Callable[[Mapping[str, str]], str]) -> Any:
    if isinstance(node, list):
        return [_sealed(item, seal) if isinstance(item, dict | list) else item for item in node]
    kind = node.get("type")
    if kind in _PLAIN:
        return node
    if kind == "Action.Execute":
        return {**node, "data": {"t": seal(node["data"]["args"])}}
    return sealed(node, seal)
