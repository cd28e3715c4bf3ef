"""What was worked out once about a meeting stays known for as long as that state of the meeting is in use.

A meeting and its procedure never change, so a rule that is asked several times within one press answers once. Nothing
is kept beyond the meeting itself: what an erased meeting held goes with it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from meeting.model import Meeting
from meeting.procedure import Procedure

T = TypeVar("T")
Rule = Callable[[Meeting, Procedure], T]


def remembered(rule: Rule[T]) -> Rule[T]:
    """Return the rule, worked out once for each meeting that is in use and the procedure it was last asked with."""
    kept: dict[int, tuple[weakref.ref[Meeting], Procedure, T]] = {}

    @wraps(rule)
    def known(meeting: Meeting, procedure: Procedure) -> T:
        found = kept.get(id(meeting))
        if found is not None and found[0]() is meeting and found[1] is procedure:
            return found[2]
        made = rule(meeting, procedure)
        place = id(meeting)
        kept[place] = (weakref.ref(meeting, lambda _gone: kept.pop(place, None)), procedure, made)
        return made

    return known
