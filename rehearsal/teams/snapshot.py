"""State as data: dataclasses to plain JSON-able values and back, by their type hints."""

import types
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")


def plain(value: object) -> object:
    """The same as dicts, lists, strings, numbers; times as ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def restored(kind: type[Kind], value: object) -> Kind:
    """The object that `plain` was made from. Raises KeyError where a field is missing."""
    return cast(Kind, _restore(kind, value))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _restore(kind: Any, value: Any) -> object:  # noqa: ANN401 - a type hint and a JSON value have no narrower type
    origin = get_origin(kind)
    if value is None or kind is Any:
        return value
    if origin in (Union, types.UnionType):
        return _restore(next(each for each in get_args(kind) if each is not type(None)), value)
    if origin is list:
        return [_restore(get_args(kind)[0], each) for each in value]
    if origin is dict:
        return {key: _restore(get_args(kind)[1], each) for key, each in value.items()}
    if kind is datetime:
        return datetime.fromisoformat(value)
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _restore(hint, value[name]) for name, hint in _hints(kind).items()})
    return kind(value) if isinstance(kind, type) and issubclass(kind, StrEnum) else value
