"""A chair who says nothing while waited for: whoever may stand in hears of it after the procedure's minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from meeting.model import Meeting
from meeting.procedure import Procedure
from meeting.running.handover import may_stand_in
from meeting.running.waiting import chair_waited_since
from meeting.telling.alerts import aside
from meeting.telling.notices import Cancel, Notice

SILENT = "silent"


def silence(before: Meeting, after: Meeting, procedure: Procedure) -> Iterator[Notice]:
    """Tell the deputy, else a manager who may stand in, unless the chair stirs before the time is over."""
    was, since = chair_waited_since(before, procedure), chair_waited_since(after, procedure)
    if was == since:
        return
    if was is not None:
        yield Cancel(key=_key(was))
    others = (p.id for p in after.attendees() if p.id != after.chair)
    stand_in = next((person for person in others if may_stand_in(after, procedure, person)), None)
    if since is not None and stand_in is not None:
        minutes = procedure.presence.chair_silent_minutes
        due = since + timedelta(minutes=minutes)
        told = aside(f"{SILENT}:{minutes}", stand_in)
        yield replace(told, key=_key(since), due=due, urgency=1)


def still_silent(meeting: Meeting, procedure: Procedure, key: str) -> bool:
    """Tell whether the silence that a message of this key speaks of still lasts."""
    since = chair_waited_since(meeting, procedure)
    return since is not None and key == _key(since)


def busy_until(meeting: Meeting, procedure: Procedure) -> datetime | None:
    """Return until when nobody is told of a silence, because others were at work: a note-taker who writes, say."""
    rest = timedelta(minutes=procedure.presence.chair_silent_minutes)
    return meeting.others_last + rest if meeting.others_last else None


def _key(since: datetime) -> str:
    return f"alert:{SILENT}:{since.isoformat()}"
