"""Which line of the whole minutes each line of a reader's copy is, where the copy leaves something out.

A line's place counts the lines of its label above it (`documents/places.py`). Where one of these is left out, the next
would stand in its place, and take over its amendments and marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from documents.model import Document
from documents.places import Place, places_of

Known = Mapping[str, str]  # a line's key in the copy -> its key in the whole minutes; what has none is not in it


def matched(copy: Document, whole: Document) -> Known:
    """Return the key in the whole minutes of each line of a copy that is surely one of them."""
    all_of = {section.key: places_of(section) for section in whole.sections}
    found: dict[str, str] = {}
    for section in copy.sections:
        found |= _in_section(places_of(section), all_of.get(section.key, ()))
    return found


def _in_section(ours: Sequence[Place], theirs: Sequence[Place]) -> Known:
    found: dict[str, str] = {}
    one, other = [_told(p) for p in ours], [_told(p) for p in theirs]
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            found |= {p.key: q.key for p, q in zip(ours[a:b], theirs[c:d], strict=True)}
        elif tag == "replace":
            found |= _by_label(ours[a:b], theirs[c:d])
    return found


def _by_label(ours: Sequence[Place], theirs: Sequence[Place]) -> Known:
    """Match lines that say something else to this reader, such as fewer names, where each label has as many of them."""
    groups: dict[tuple[str, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, places in enumerate((ours, theirs)):
        for place in places:
            groups[place.part, place.label][side].append(place.key)
    even = (pair for pair in groups.values() if len(pair[0]) == len(pair[1]))
    return {key: known for mine, whole in even for key, known in zip(mine, whole, strict=True)}


def _told(place: Place) -> tuple[str, str, str]:
    return place.part, place.label, place.text


def known_as(place: Place, known: Known | None) -> str:
    """Return a line's key in the whole minutes, "" where a copy that leaves something out has it from nowhere."""
    return place.key if known is None else known.get(place.key, "")
