"""The two functions that everything goes through: decide what a command means, and fold what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from meeting import access
from meeting import actions, admission, chairing, closing, convening, decision, handover, questions, quorum, record
from meeting import roll_call, safeguards, statement, turns, views
from meeting.model import Entry, Meeting, MeetingId, PersonId
from meeting.procedure import Procedure
from meeting.registry import Case, deciders, evolvers

KINDS = (actions, admission, chairing, closing, convening, decision, handover, questions, quorum, record, roll_call)
AROUND = (safeguards, statement, turns, views)


def decide(
    meeting: Meeting, command: object, *, by: PersonId, procedure: Procedure, now: datetime
) -> tuple[Entry, ...]:
    """Return the entries that a command adds to the record; raises Refused, and then nothing has happened."""
    case = Case(meeting=meeting, procedure=procedure, by=by, now=now)
    access.require(case, command)
    events = deciders()[type(command)](case, command)
    return tuple(
        Entry(sequence=meeting.sequence + i, at=now, by=by, event=event) for i, event in enumerate(events, start=1)
    )


def evolve(meeting: Meeting, entry: Entry) -> Meeting:
    """Return the meeting after one entry; raises ValueError where an entry is missing before it."""
    if entry.sequence != meeting.sequence + 1:
        raise ValueError(f"entry {entry.sequence} does not follow {meeting.sequence}")
    changed = evolvers()[type(entry.event)](meeting, entry.event, entry.by, entry.at)
    chair_last = entry.at if entry.by == meeting.chair else changed.chair_last
    return replace(changed, sequence=entry.sequence, chair_last=chair_last)


def unwritten(meeting_id: MeetingId) -> Meeting:
    """Return the meeting before its first entry."""
    return Meeting(id=meeting_id, reference="", procedure="", procedure_hash="")
