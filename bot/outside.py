"""What Teams is told of people outside it: their names as plain text, and no address that it does not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.places import is_web
from meeting.model import TELEPHONE


def for_teams(activity: Mapping[str, Any]) -> dict[str, Any]:
    """Return the activity without mentions and refreshes of people outside Teams: Teams refuses what it cannot find."""
    made = {**activity}
    if "entities" in made:
        made = _without_mentions(made)
    if "attachments" in made:
        made["attachments"] = [{**one, "content": _card(one["content"])} for one in made["attachments"]]
    return made


def _outside(address: str) -> bool:
    """Tell whether Teams does not know this address: a browser's, or that of somebody on the telephone."""
    return is_web(address) or address.startswith(TELEPHONE)


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    made = {**card}
    if "refresh" in made:
        known = [one for one in made["refresh"].get("userIds", ()) if not _outside(one)]
        made["refresh"] = {**made["refresh"], "userIds": known}
    if "msteams" in made:
        told = _without_mentions({"body": made["body"], "entities": made["msteams"].get("entities", ())})
        made["body"], made["msteams"] = told["body"], {**made["msteams"], "entities": told["entities"]}
    return made


def _without_mentions(told: dict[str, Any]) -> dict[str, Any]:
    """Return the text or body with each outsider's mention as a plain name."""
    gone = [e for e in told["entities"] if _outside(str(e.get("mentioned", {}).get("id", "")))]
    kept = [e for e in told["entities"] if e not in gone]
    named = {str(e["text"]) for e in gone} - {str(e["text"]) for e in kept}
    return {**_named(told, named), "entities": kept}


def _named(node: Any, marks: set[str]) -> Any:  # noqa: ANN401  # a card's JSON
    if isinstance(node, str):
        for mark in marks:
            node = node.replace(mark, mark.removeprefix("<at>").removesuffix("</at>"))
        return node
    if isinstance(node, list):
        return [_named(item, marks) for item in node]
    if isinstance(node, dict):
        return {key: value if key == "entities" else _named(value, marks) for key, value in node.items()}
    return node
