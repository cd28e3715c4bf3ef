"""Taking a statement's values out of a procedure: what is left must make the statement's test fail.

The values are taken from the file's own data, the defaults beneath it: there each `src` stands beside what it is the
source of. No default steps in for what was taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from meeting.procedure import Procedure
from procedures.files import default_data, path_of
from procedures.merge import Data, merged
from procedures.reading import read
from procedures.resolve import resolve

_SECTIONS = frozenset({"convening", "invitations", "minutes", "follow_up"})  # like a step: values in values
_KNOWN_BY = frozenset({"id", "kind", "label", "title"})  # a step or a file without these is none


def without(procedure_id: str, ledger_id: str) -> Procedure:
    """Return a shipped procedure without every value whose source names this id; raises LookupError if there is none.

    Where it stands beside a step or a section alone, that one's own rules and words are its values.
    """
    whole = _data(procedure_id)
    for own in (False, True):
        left = _left(whole, ledger_id, own=own)
        if left != whole:
            return resolve({"agenda_order": [], "steps": [], "added_outcomes": default_data()["added_outcomes"]}, left)
    raise LookupError(f"no value of {procedure_id} names {ledger_id}")


@cache
def named(procedure_id: str) -> frozenset[str]:
    """Return every id that some source in the procedure's file names."""
    return frozenset(_named(_data(procedure_id)))


@cache
def _data(procedure_id: str) -> dict[str, Any]:
    return merged(default_data(), read(path_of(procedure_id)).data)


def _named(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _named(item)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from _ids(value) if _is_source(key) else _named(value)


def _left(node: Data, ledger_id: str, *, own: bool) -> dict[str, Any]:
    """Return what is left of keys with values; `own` says that what names the id loses its plain values, too."""
    return {k: _kept(k, v, ledger_id, own=own) for k, v in node.items() if not _goes(node, k, ledger_id, own=own)}


def _goes(node: Data, key: str, ledger_id: str, *, own: bool) -> bool:
    value, beside = node[key], _beside(node, key)
    if _is_source(key):
        return False
    if beside:
        return ledger_id in beside
    if isinstance(value, Mapping) and "src" in value:
        in_parts = key in _SECTIONS or any(_is_source(k) for k in value if k != "src")
        return not in_parts and ledger_id in _ids(value["src"])
    rows = isinstance(value, list) and any(isinstance(item, Mapping) for item in value)
    return own and not rows and key not in _KNOWN_BY and ledger_id in _ids(node.get("src"))


def _kept(key: str, value: object, ledger_id: str, *, own: bool) -> object:
    match value:
        case Mapping():
            return _left(value, ledger_id, own=own or key not in _SECTIONS)
        case list():
            items = [item for item in value if not _drops(item, ledger_id)]
            return [_left(i, ledger_id, own=own) if isinstance(i, Mapping) else i for i in items]
        case _:
            return value


def _drops(item: object, ledger_id: str) -> bool:
    """Tell whether a list loses this item: its source names the id. A step goes only if nothing else names it."""
    source = _ids(item.get("src")) if isinstance(item, Mapping) else ()
    is_step = isinstance(item, Mapping) and "kind" in item
    return ledger_id in source and (not is_step or len(source) == 1)


def _beside(node: Data, key: str) -> tuple[str, ...]:
    """Return the ids that stand beside one key of several: `role_src` is the source of `roles` and `role_gate`."""
    stems = (other.removesuffix("_src") for other in node if other != "src" and _is_source(other))
    return next((_ids(node[f"{stem}_src"]) for stem in stems if key.startswith(stem)), ())


def _ids(source: object) -> tuple[str, ...]:
    return (source,) if isinstance(source, str) else tuple(source) if isinstance(source, list) else ()


def _is_source(key: str) -> bool:
    return key == "src" or key.endswith("_src")
