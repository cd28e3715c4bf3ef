"""Conditions of procedure data: parsed once, held against flags and answers, never evaluated as code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


class ConditionError(ValueError):
    """The text is no condition; the message names the term that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One flag or answered field (`value` is None), or one field with exactly this choice."""

    name: str
    value: str | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Alternatives, each a group of terms that must all hold."""

    text: str
    alternatives: tuple[tuple[Term, ...], ...]

    def terms(self) -> tuple[Term, ...]:
        """Return every term, for checks when a procedure loads."""
        return tuple(term for group in self.alternatives for term in group)

    def holds(self, lookup: Callable[[str, str | None], bool]) -> bool:
        """Tell whether one alternative holds; `lookup(name, value)` answers a single term without its `not`."""
        return any(all(lookup(t.name, t.value) is not t.negated for t in group) for group in self.alternatives)


def parse_condition(text: str) -> Condition:
    """Return the condition that `text` writes; `and` binds closer than `or`, each term may begin with `not`.

    Raises ConditionError.
    """
    groups = tuple(tuple(_term(part) for part in group.split(" and ")) for group in text.strip().split(" or "))
    return Condition(text=text, alternatives=groups)


def _term(text: str) -> Term:
    body = text.strip()
    negated = body.startswith("not ")
    if negated:
        body = body.removeprefix("not ").strip()
    name, equals, value = body.partition("=")
    name, value = name.strip(), value.strip()
    if not _NAME.match(name) or (equals and not value):
        raise ConditionError(f"'{text.strip()}' is no flag, field or field=choice")
    return Term(name=name, value=value if equals else None, negated=negated)
