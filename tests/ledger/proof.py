"""Taking a statement's values out of a procedure: what is left must make the statement's test fail."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from meeting.procedure import Gate, Procedure, Quorum, Step

T = TypeVar("T")


def without(procedure: Procedure, ledger_id: str) -> Procedure:
    """Return the procedure without every value whose source names this id; raises LookupError where there is none."""
    pruned = _pruned(procedure, ledger_id)
    if pruned == procedure:
        raise LookupError(f"no value of {procedure.id} names {ledger_id}")
    return pruned


def names(procedure: Procedure, ledger_id: str) -> bool:
    """Tell whether some value of the procedure names this id as its source."""
    return _pruned(procedure, ledger_id) != procedure


def _pruned(node: T, ledger_id: str) -> T:
    assert is_dataclass(node)
    assert not isinstance(node, type)
    changes: dict[str, Any] = {}
    for spec in fields(node):
        value = getattr(node, spec.name)
        source = _source(node, spec.name)
        if source and ledger_id in source and spec.name not in ("src", "agenda"):
            changes[spec.name] = _emptied(value)
        elif isinstance(value, Quorum):
            changes[spec.name] = _quorum(value, ledger_id)
        elif isinstance(value, tuple):
            changes[spec.name] = tuple(_kept(item, ledger_id) for item in value if not _drops(item, ledger_id))
        elif is_dataclass(value) and not isinstance(value, type):
            changes[spec.name] = _pruned(value, ledger_id)
    return replace(node, **changes)


def _quorum(quorum: Quorum, ledger_id: str) -> Quorum:
    """Return who must be present without those whom this id names; roles may have a source of their own."""
    agencies = ledger_id in quorum.src
    roles = ledger_id in (quorum.role_src or quorum.src)
    return replace(quorum, agencies=() if agencies else quorum.agencies, roles=() if roles else quorum.roles)


def _emptied(value: object) -> object:
    """Return what a value is when nobody stated it."""
    if isinstance(value, Gate):
        return Gate.NONE
    plain = isinstance(value, tuple | str | bool) and not isinstance(value, Enum)
    return type(value)() if plain else value


def _source(node: object, name: str) -> tuple[str, ...]:
    """Return the ids beside one attribute (`text` with `text_src`), where a dataclass keeps them so."""
    return tuple(getattr(node, f"{name}_src", ()) or ())


def _drops(item: object, ledger_id: str) -> bool:
    """Tell whether a list loses this item: its source names the id. A step goes only if nothing else names it."""
    source = getattr(item, "src", ())
    if isinstance(item, Step):
        return ledger_id in source and len(source) == 1
    return ledger_id in source


def _kept(item: Any, ledger_id: str) -> Any:
    return _pruned(item, ledger_id) if is_dataclass(item) and not isinstance(item, type) else item
