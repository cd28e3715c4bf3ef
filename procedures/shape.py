"""Whether a file is written in the format: keys, types, names. Each of pydantic's errors becomes one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from procedures import schema
from procedures.faults import Finding, did_you_mean
from procedures.reading import Place

_TAGGED = frozenset({"agenda", "steps", "instruments"})  # lists of which pydantic names each item's kind in the path
_KINDS = {
    "string_type": "a text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}
_PATTERNS = {
    schema.SRC_PATTERN: ("is no ID of a statement", "Write it like SAN-5.1a: letters, a hyphen, a number."),
    schema.KEY_PATTERN: ("is no key", "Use small letters, digits and underscores, like usual_address."),
    schema.STEP_PATTERN: ("is no step", "Use capitals, digits and underscores, like OTHER_LA."),
    schema.DOMAIN_PATTERN: ("is no domain", "Write it alone and in small letters, like police.example."),
    schema.MONTH_PATTERN: ("is no month", "Write year and month, like 2025-02."),
    schema.CLOCK_TIME_PATTERN: ("is no time of day", 'Write it in quotes, like "08:00".'),
    schema.BOUNDS_PATTERN: ("is no answer of a step", "Write STEP.part.field, like CONSENT.purpose.at."),
    schema.SETTER_PATTERN: ("is no answer that sets a flag", "Write STEP.part.field, alone or with = or != a value."),
    r"\S": ("is empty", "Write what people are to read, or remove the key to take the default."),
}


def findings(data: Any, model: type[BaseModel]) -> Iterator[Finding]:
    """Yield everything in which the data is not as the model says."""
    if not isinstance(data, Mapping):
        first = (name for name, field in model.model_fields.items() if field.is_required())
        remedy = f"Begin with {', '.join(field_name for field_name in first)}."
        yield Finding(place=(), wrong="the file holds no keys", remedy=remedy)
        return
    try:
        model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            place = _place(detail["loc"])
            wrong, remedy = _sentence(detail, _node(model, data, place[:-1]), place)
            yield Finding(place=place, wrong=wrong, remedy=remedy)


def _place(loc: tuple[str | int, ...]) -> Place:
    """Return pydantic's path without the kinds and key marks that it puts in between."""
    place: list[str | int] = []
    before: tuple[str | int, ...] = ()
    for part in loc:
        tag = len(before) > 1 and isinstance(before[-1], int) and before[-2] in _TAGGED and isinstance(part, str)
        if not (tag or part == "[key]"):
            place.append(part)
        before = (*before, part)
    return tuple(place)


def _sentence(detail: ErrorDetails, node: Mapping[str, Any], place: Place) -> tuple[str, str]:
    """Return what is wrong, and the remedy."""
    given = detail["input"]
    context = detail.get("ctx", {})
    name = str(place[-1]) if place else ""
    match detail["type"]:
        case "extra_forbidden":
            return f"unknown key '{name}'", did_you_mean(name, node.get("properties", {}), "The keys here are")
        case "missing":
            return f"the key '{name}' is missing", _add(node.get("properties", {}).get(name, {}))
        case "union_tag_invalid":
            tag, tags = str(context.get("tag", "")), str(context.get("expected_tags", ""))
            return f"unknown kind '{tag}'", did_you_mean(tag, _quoted(tags), "The kinds are")
        case "union_tag_not_found":
            return "the key 'kind' (or 'type') is missing", "Say of which kind this is."
        case "literal_error":
            options = _quoted(str(context.get("expected", "")))
            return f"'{given}' is not known here", did_you_mean(str(given), options, "It can be")
        case "string_pattern_mismatch":
            wrong, remedy = _PATTERNS.get(str(context.get("pattern")), ("is malformed", "Write it differently."))
            key = re.sub(r"\W+", "_", str(given).strip().lower()).strip("_")
            if context.get("pattern") == schema.KEY_PATTERN and re.match(schema.KEY_PATTERN, key):
                remedy = f"Write it as {key}."
            return (f"'{given}' {wrong}" if str(given).strip() else f"the text {wrong}"), remedy
        case kind if kind in _KINDS:
            return f"{_KINDS[kind]} is expected, not {_shown(given)}", _type_remedy(kind, given)
        case _:
            return f"{_shown(given)}: {detail['msg'].lower()}", "Correct the value."


def _add(node: Mapping[str, Any]) -> str:
    """Return how to give a key that is missing: its choices, or what its schema says of it."""
    if "enum" in node:
        return f"Add it; it can be: {', '.join(sorted(node['enum']))}."
    said = node.get("description", "")
    return f"Add it: {said}." if said else "Add it; docs/how-to/add-a-procedure.md says what it holds."


def _quoted(text: str) -> list[str]:
    return [part for index, part in enumerate(text.split("'")) if index % 2]


def _shown(given: Any) -> str:
    if given is None:
        return "nothing"
    return f"'{given}'" if isinstance(given, str | int | float | bool) else f"a {type(given).__name__}"


def _type_remedy(kind: str, given: Any) -> str:
    if kind == "string_type" and isinstance(given, bool | int | float):
        return "Put it in quotes."
    if kind == "int_type" and str(given)[:1].isdigit():
        return "Write the number alone; its unit has a key of its own."
    if kind == "list_type":
        return "Begin each item with a hyphen, or write [a, b]."
    return "Give a value of this kind, or remove the key to take the default."


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def _node(model: type[BaseModel], data: Any, place: Place) -> Mapping[str, Any]:
    """Return the JSON Schema of the mapping at a place, to name the keys that it may have."""
    root = _schema(model)
    node: Mapping[str, Any] = root
    for part in place:
        if isinstance(part, int):
            node = node.get("items", {})
            data = data[part] if isinstance(data, list) and part < len(data) else None
        else:
            node = node.get("properties", {}).get(part) or _of_any_key(node)
            data = data.get(part) if isinstance(data, Mapping) else None
        node = _resolved(root, node, data)
    return node


def _of_any_key(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of the values of a mapping whose keys its writer chooses."""
    values = (*node.get("patternProperties", {}).values(), node.get("additionalProperties"))
    return next((one for one in values if isinstance(one, Mapping)), {})


def _resolved(root: Mapping[str, Any], node: Mapping[str, Any], data: Any) -> Mapping[str, Any]:
    for option in node.get("anyOf", ()):
        if option.get("type") != "null":
            node = option
            break
    choice = node.get("discriminator")
    if choice and isinstance(data, Mapping):
        tag = data.get(choice["propertyName"])
        node = {"$ref": choice["mapping"].get(tag, "")} if isinstance(tag, str) else {}
    reference = node.get("$ref", "")
    return root.get("$defs", {}).get(reference.rpartition("/")[2], {}) if reference else node
