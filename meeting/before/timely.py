"""For when a meeting may be called: not for a day that has passed, nor for a year that was mistyped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from meeting.model import Answers
from meeting.procedure import Procedure
from meeting.refusals import FieldErrors
from meeting.steps.fields import CLOCKS_DIFFER, FARTHEST, time_of
from meeting.timing.clocks import HOLD_FROM, hold_clocks

ANOTHER_DAY = timedelta(days=1)  # a meeting that begins late still invites; one of another day was mistyped, or held


def start_errors(starts: datetime | None, now: datetime) -> Mapping[str, str]:
    """Return what is wrong with the time that a meeting is called for: none, where it is not known yet."""
    if starts is None:
        return {}
    if starts < now - ANOTHER_DAY:
        return {"starts": "past_day"}
    return {"starts": "far_ahead"} if starts > now + FARTHEST else {}


def require_start(starts: datetime | None, now: datetime) -> None:
    """Raise FieldErrors where a meeting cannot be called for this time."""
    if errors := start_errors(starts, now):
        raise FieldErrors(errors)


def before_concern(starts: datetime | None, answers: Answers, procedure: Procedure) -> Mapping[str, str]:
    """Return what is wrong with a start that lies before what the meeting's own limit runs from (SAN-7.1, SAN-7.2)."""
    keys = (HOLD_FROM[clock.from_event] for clock in hold_clocks(procedure))
    since = [at for key in keys if (at := time_of(answers.get(key, ""))) is not None]
    early = starts is not None and any(starts < at - CLOCKS_DIFFER for at in since)
    return {"starts": "before_concern"} if early else {}
