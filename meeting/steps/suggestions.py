"""The actions that a procedure offers ready-made: which of them an action came of, and the times that bind it."""

from __future__ import annotations

from datetime import datetime

from meeting.model import Action, Meeting
from meeting.procedure import Procedure, SuggestedAction
from meeting.steps.asked import actions_data
from meeting.steps.fields import time_of


def suggestion(procedure: Procedure, suggestion_id: str) -> SuggestedAction | None:
    """Return the suggestion of this id, if the procedure has it; raises Refused where it has no actions step."""
    _, data = actions_data(procedure)
    return next((s for s in data.suggested if s.id == suggestion_id), None)


def bound_by(meeting: Meeting, procedure: Procedure, action: Action) -> frozenset[datetime]:
    """Return the recorded times by which an action on the list is due for what it came of (LCS-4.5e)."""
    return recorded_ends(meeting, suggestion(procedure, action.suggested), action.subjects)


def recorded_ends(meeting: Meeting, offered: SuggestedAction | None, subjects: tuple[str, ...]) -> frozenset[datetime]:
    """Return the recorded times (aware) by which a suggested action is due for these subjects; none where it has none.

    An action about nobody in particular is bound by what is recorded of anybody.
    """
    if offered is None or not offered.due_from:
        return frozenset()
    step, _, key = offered.due_from.partition(".")
    whom = frozenset(s for s in subjects if s)
    at_step = ((s.subject, a.answers.get(key, "")) for s, a in meeting.answers.items() if s.step == step)
    times = (time_of(value) for subject, value in at_step if not whom or subject in whom)
    return frozenset(at for at in times if at is not None)
