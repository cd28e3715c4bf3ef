"""A chair who says nothing while waited for: whoever may stand in hears of it after the procedure's minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from meeting.model import Meeting
from meeting.procedure import Procedure
from meeting.running.handover import may_stand_in
from meeting.running.waiting import chair_waited_since
from meeting.telling.notices import Cancel, Notice, NoticeKind, Send

SILENT = "silent"


def silence(before: Meeting, after: Meeting, procedure: Procedure) -> Iterator[Notice]:
    """Tell the deputy, else a social-care manager who is here, unless the chair stirs before the time is over."""
    was, since = chair_waited_since(before, procedure), chair_waited_since(after, procedure)
    if was == since:
        return
    if was is not None:
        yield Cancel(key=_key(was))
    stand_in = next((p.id for p in after.attendees() if p.id != after.chair and may_stand_in(after, p.id)), None)
    if since is not None and stand_in is not None:
        minutes = procedure.presence.chair_silent_minutes
        due = since + timedelta(minutes=minutes)
        subject = f"{SILENT}:{minutes}"
        yield Send(key=_key(since), kind=NoticeKind.ALERT, subject=subject, person=stand_in, due=due, urgency=1)


def still_silent(meeting: Meeting, procedure: Procedure, key: str) -> bool:
    """Tell whether the silence that a message of this key speaks of still lasts."""
    since = chair_waited_since(meeting, procedure)
    return since is not None and key == _key(since)


def _key(since: datetime) -> str:
    return f"alert:{SILENT}:{since.isoformat()}"
