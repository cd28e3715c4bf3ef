"""What was worked out once about a meeting stays known for as long as that state of the meeting is in use.

A meeting, its procedure and an entry never change, so a rule that is asked several times within one press answers once:
whether a step applies, or what the meeting is after an entry that deciding, appending and telling all fold. Nothing is
kept beyond the meeting itself: what an erased meeting held goes with it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from meeting.model import Meeting

S = TypeVar("S")
T = TypeVar("T")
Rule = Callable[[Meeting, S], T]


def remembered(rule: Rule[S, T]) -> Rule[S, T]:
    """Return the rule, worked out once for each meeting that is in use and what it was last asked with."""
    kept: dict[int, tuple[weakref.ref[Meeting], S, T]] = {}

    @wraps(rule)
    def known(meeting: Meeting, asked_with: S) -> T:
        found = kept.get(id(meeting))
        if found is not None and found[0]() is meeting and found[1] is asked_with:
            return found[2]
        made = rule(meeting, asked_with)
        place = id(meeting)
        kept[place] = (weakref.ref(meeting, lambda _gone: kept.pop(place, None)), asked_with, made)
        return made

    return known
