"""What a card must keep to: what Teams refuses, and what this house forbids itself on top."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rehearsal.teams.model import Json
from rehearsal.teams.schema import card_check

_NESTED = ("body", "items", "columns", "rows", "cells", "inlines", "actions", "images")
_SINGLE = ("selectAction", "inlineAction", "card")
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a card; a `refused` card does not reach the chat."""

    rule: str
    detail: str
    refused: bool = False


def utf16_bytes(value: object) -> int:
    """How much Teams counts for this JSON: two bytes and more for each character."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-16-le"))


def elements(node: Json) -> Iterator[Json]:
    """This element and everything laid out inside it, ShowCards included, in reading order."""
    yield node
    for name in _NESTED:
        for each in node.get(name) or ():
            if isinstance(each, dict):
                yield from elements(each)
    for name in _SINGLE:
        if isinstance(node.get(name), dict):
            yield from elements(node[name])


#: A button's sealed ticket, another one each time: no verdict depends on it.
_TICKET = re.compile(rb'(?<="t":")[\w.=-]+(?=")')


def _text(part: object) -> bytes:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode()


def _key(text: bytes) -> bytes:
    return hashlib.blake2b(_TICKET.sub(b"", text), digest_size=16).digest()


class HouseRules:
    """Checks cards and remembers the verdicts, since the same card is often sent again."""

    def __init__(self, *, card_bytes: int, refresh_people: int) -> None:
        self.card_bytes = card_bytes
        self.refresh_people = refresh_people
        self._verdicts: dict[bytes, tuple[Problem, ...]] = {}
        self._sound: set[bytes] = set()  # parts that the schema allows, wherever they stand

    def problems(self, card: Any) -> tuple[Problem, ...]:  # noqa: ANN401 - whatever the bot sent as a card
        """All faults of the card; empty for a card that Teams shows and the house allows."""
        text = _text(card)
        key = _key(text)
        if key not in self._verdicts:
            if len(self._verdicts) >= _REMEMBERED:
                self._verdicts.clear()
            self._verdicts[key] = tuple(self._judged(card))
        if len(text) <= self.card_bytes:
            return self._verdicts[key]
        large = Problem("card-too-big", f"{len(text)} bytes of UTF-8, the house allows {self.card_bytes}")
        return (large, *self._verdicts[key])

    def _judged(self, card: Any) -> Iterator[Problem]:  # noqa: ANN401 - whatever the bot sent as a card
        bare = {name: each for name, each in card.items() if name != "msteams"} if isinstance(card, dict) else card
        fault = self._fault(bare)
        if fault:
            yield Problem("schema", f"card{fault}", refused=True)
            return
        inside = list(elements(card))
        yield from self._refresh(card)
        yield from _version(card)
        yield from _mentions(card, inside)
        yield from _inputs(inside)

    def _fault(self, card: Any) -> str | None:  # noqa: ANN401 - whatever the bot sent as a card
        """What the schema forbids first; parts of the body that were sound on another card are not looked at again."""
        body = card.get("body") if isinstance(card, dict) else None
        if not isinstance(body, list):
            return card_check()(card)
        keys = {_key(_text(part)) for part in body}
        if keys <= self._sound:
            return card_check()({**card, "body": []})
        fault = card_check()(card)
        if fault is None:
            if len(self._sound) >= _REMEMBERED:
                self._sound.clear()
            self._sound |= keys
        return fault

    def _refresh(self, card: Json) -> Iterator[Problem]:
        if "refresh" not in card:
            return
        listed = card["refresh"].get("userIds")
        if listed is None:
            yield Problem("refresh-for-nobody-named", "refresh without userIds: clients disagree on what that means")
        elif len(listed) > self.refresh_people:
            yield Problem("refresh-people", f"{len(listed)} userIds, {self.refresh_people} allowed", refused=True)


def _version(card: Json) -> Iterator[Problem]:
    if card.get("version") != "1.5":
        yield Problem("version", f"card says version {card.get('version')!r}, this house sends 1.5")


def _mentions(card: Json, inside: list[Json]) -> Iterator[Problem]:
    texts = [str(each.get("text", "")) for each in inside if each.get("type") == "TextBlock"]
    texts += [str(each.get("value", "")) for block in inside for each in block.get("facts") or ()]
    for entity in (card.get("msteams") or {}).get("entities") or ():
        if entity.get("type") == "mention" and not any(entity.get("text", "") in each for each in texts):
            yield Problem("mention", f"{entity.get('text')!r} stands in no TextBlock or fact: Teams drops the mention")


def _inputs(inside: list[Json]) -> Iterator[Problem]:
    inputs = [each for each in inside if str(each.get("type", "")).startswith("Input.")]
    for name, times in Counter(str(each["id"]) for each in inputs).items():
        if times > 1:
            yield Problem("duplicate-input", f"{times} inputs have the id {name!r}")
    for each in inputs:
        titled = each["type"] == "Input.Toggle" and each.get("title")
        if not (each.get("label") or titled):
            yield Problem("input-without-label", f"input {each['id']!r}")
        if each.get("isRequired") and not each.get("errorMessage"):
            yield Problem("required-without-error", f"input {each['id']!r}")
