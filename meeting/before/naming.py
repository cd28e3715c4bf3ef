"""What a meeting is called."""

from __future__ import annotations

from meeting.model import Meeting
from meeting.procedure import Procedure

CALLED = "called"  # the convening field by which one of the procedure's names is chosen


def name_of(meeting: Meeting, procedure: Procedure) -> str:
    """Return the procedure's name for the meeting, or the other name that was chosen at convening (WOK-0.4)."""
    chosen = meeting.convened.get(CALLED, "")
    return chosen if chosen in procedure.words.other_names else procedure.words.meeting_name


def title_of(meeting: Meeting, procedure: Procedure) -> str:
    """Return what the meeting is called now: a professionals meeting while it is one (SAN-1.4)."""
    return procedure.words.professionals_meeting if meeting.converted is not None else name_of(meeting, procedure)
