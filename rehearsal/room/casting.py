"""A case of one's own for the room: another one's people and papers, with other names, or a file's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from rehearsal.case import Case, NoCase, case_of

MOST_LETTERS = 80


def made_from(case: Case, *, title: str, children: list[str], people: Mapping[str, str]) -> Case:
    """Return the case with other names everywhere; `people` gives seats other people. Raises NoCase."""
    old = [str(c["name"]) for c in case.data["children"]]
    swaps = dict(_swaps(dict(zip(old, (c for c in children if c), strict=False))))
    seats = {str(s["id"]): str(s["name"]) for s in case.data["seats"]}
    swaps |= dict(_swaps({seats[seat]: name for seat, name in people.items() if name and seat in seats}))
    made = {str(key): _swapped(value, swaps) for key, value in case.data.items()}
    made |= {"title": title or case.title}
    return case_of(made, "your case")


def written(text: str) -> Case:
    """Return the case that somebody wrote as YAML; raises NoCase."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as wrong:
        raise NoCase(f"your case: {wrong}") from wrong
    return case_of(data, "your case")


def _swaps(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what replaces what: whole names, and first names where they stand alone."""
    made = []
    for old, new in names.items():
        if old == new:
            continue
        if len(new) > MOST_LETTERS:
            raise NoCase(f"{new[:20]}…: a name has at most {MOST_LETTERS} characters")
        made.append((old, new))
        made.append((old.split()[0], new.split()[0]))
    return made


def _swapped(value: Any, swaps: Mapping[str, str]) -> Any:  # noqa: ANN401  (a case is YAML of any shape)
    """Return the value with every name in it swapped; addresses of people stay as they are."""
    if isinstance(value, dict):
        return {_swapped(key, swaps): _swapped(each, swaps) for key, each in value.items()}
    if isinstance(value, list):
        return [_swapped(each, swaps) for each in value]
    if not isinstance(value, str) or not swaps:
        return value
    longest = "|".join(map(re.escape, sorted(swaps, key=len, reverse=True)))
    return re.sub(rf"(?<![\w@.-])(?:{longest})(?![\w@])", lambda match: swaps[match[0]], value)
