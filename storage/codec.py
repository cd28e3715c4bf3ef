"""Events as JSON and back: each event class by its name, checked to come back equal before it is stored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, SchemaSerializer, SchemaValidator

from meeting.model import PersonId


class Unstorable(Exception):
    """An event cannot be written so that it comes back the same; the message names its class, never its content."""


class UnknownEvent(Exception):
    """A stored entry's event has no class any more; the message names it."""


@dataclass(frozen=True, slots=True)
class _Form:
    write: SchemaSerializer
    read: SchemaValidator


class Codec:
    """Writes and reads the events of these classes."""

    def __init__(self, events: Iterable[type]) -> None:
        self._forms: dict[str, _Form] = {}
        self._classes: dict[str, type] = {}
        for event in events:
            if event.__name__ in self._classes:
                raise Unstorable(f"two events are named {event.__name__}")
            self._classes[event.__name__] = event

    def write(self, by: PersonId, event: object) -> bytes:
        """Return one line that says who and which event, and below it the event; raises Unstorable."""
        name = type(event).__name__
        if self._classes.get(name) is not type(event):
            raise Unstorable(f"{name} is no registered event")
        form = self._form(name)
        try:
            body = form.write.to_json(event, warnings="none", fallback=_plain)
            back = form.read.validate_json(body)
        except (PydanticSerializationError, ValidationError):
            raise Unstorable(f"{name} holds a value that its fields do not promise") from None
        if back != event:
            raise Unstorable(f"{name} does not come back equal")
        return json.dumps([name, by]).encode() + b"\n" + body

    def read(self, content: bytes) -> tuple[PersonId, object]:
        """Return who caused an entry, and its event; raises UnknownEvent, or Unstorable where it does not fit."""
        head, _, body = content.partition(b"\n")
        name, by = json.loads(head)
        if name not in self._classes:
            raise UnknownEvent(name)
        try:
            return PersonId(by), self._form(name).read.validate_json(body)
        except ValidationError:
            raise Unstorable(f"a stored {name} does not fit its class") from None

    def _form(self, name: str) -> _Form:
        form = self._forms.get(name)
        if form is None:
            schema = _aware(TypeAdapter(self._classes[name]).core_schema)
            form = self._forms[name] = _Form(SchemaSerializer(schema), SchemaValidator(schema))
        return form


def _plain(value: Any) -> Any:  # noqa: ANN401  # pydantic hands over whatever it does not know
    """Write a read-only mapping as the mapping it is."""
    return dict(value)


def _aware(schema: Any) -> Any:  # noqa: ANN401  # pydantic's own schema: nested plain containers
    """Return the schema with every date and time required to know its zone."""
    if isinstance(schema, dict):
        changed = {key: _aware(value) for key, value in schema.items()}
        return {**changed, "tz_constraint": "aware"} if changed.get("type") == "datetime" else changed
    if isinstance(schema, list):
        return [_aware(one) for one in schema]
    if type(schema) is tuple:
        return tuple(_aware(one) for one in schema)
    return schema
