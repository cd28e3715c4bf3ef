"""Defaults filled in, on plain data: what a procedure leaves out is taken from the default file, nothing else happens.

Lists are replaced whole, except those joined by a key of their items (`_JOINED`) and word lists (`_ADDED`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Data = Mapping[str, Any]

#: list -> the key by which items of both sides are the same one; the procedure's item wins, in the default's place
_JOINED = {
    "convening.fields": "key",
    "invitations.suggested": "role",
    "clocks": "id",
    "flags": "flag",
    "roles": "role",
    "prompts": "for",
    "apologies": "key",
}
#: the same, but the procedure's item only adds to the default's
_COMPLETED = {"forbidden": "id"}
_ADDED = frozenset({"vague_words"})
_SECTIONS = (
    "words",
    "language",
    "admission",
    "convening",
    "invitations",
    "minutes",
    "follow_up",
    "reminders",
    "presence",
    "working_days",
)


def merged(default: Data, given: Data) -> dict[str, Any]:
    """Return a procedure's data with the default's beneath it; neither is changed."""
    result: dict[str, Any] = {k: v for k, v in given.items() if k not in ("agenda", *_SECTIONS)}
    for name in _SECTIONS:
        result[name] = _over(_mapping(default.get(name)), _mapping(given.get(name)), prefix=f"{name}.")
    for name in ("clocks", "flags", "roles"):
        complete = name == "clocks"  # what stops a clock is the default's, whatever its limit
        result[name] = _joined(_list(default.get(name)), _list(given.get(name)), _JOINED[name], complete=complete)
    result["agenda"] = agenda(default, given)
    return result


def agenda(default: Data, given: Data) -> list[Any]:
    """Return the steps in order, each over the default step of its id; without an agenda, the default's order."""
    defaults = {str(step.get("id")): step for step in _list(default.get("steps")) if isinstance(step, Mapping)}
    own = given.get("agenda")
    if not isinstance(own, Sequence) or isinstance(own, str) or not own:
        return [dict(defaults[step]) for step in _list(default.get("agenda_order")) if step in defaults]
    return [over_default(defaults, step) for step in own]


def over_default(defaults: Data, step: Any) -> Any:
    """Return a step with what it leaves out taken from the default step of the same id and kind."""
    if not isinstance(step, Mapping):
        return step
    identity = step.get("id")
    default = defaults.get(identity) if isinstance(identity, str) else None
    if default is None or default.get("kind") != step.get("kind"):
        return dict(step)
    return _over(default, step)


def _over(default: Data, given: Data, *, prefix: str = "") -> dict[str, Any]:
    result = dict(default)
    for key, value in given.items():
        name = prefix + key
        known = default.get(key)
        if name in _JOINED:
            result[key] = _joined(_list(known), _list(value), _JOINED[name])
        elif name in _COMPLETED:
            result[key] = _joined(_list(known), _list(value), _COMPLETED[name], complete=True)
        elif name in _ADDED:
            result[key] = list(dict.fromkeys([*_list(value), *_list(known)]))
        elif prefix in ("reminders.", "follow_up.") and isinstance(known, Mapping) and isinstance(value, Mapping):
            result[key] = {**known, **value}
        else:
            result[key] = value
    return result


def _joined(default: list[Any], given: list[Any], key: str, *, complete: bool = False) -> list[Any]:
    """Return both lists as one; several items of one key on the procedure's side all stay."""
    result: list[Any] = []
    for item in default:
        same = [g for g in given if isinstance(g, Mapping) and g.get(key) == item.get(key)]
        result += [{**item, **g} if complete else g for g in same] or [item]
    known = [item.get(key) for item in default]
    result += [g for g in given if not isinstance(g, Mapping) or g.get(key) not in known]
    return result


def _mapping(value: Any) -> Data:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []
