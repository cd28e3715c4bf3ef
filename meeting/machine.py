"""The two functions that everything goes through: decide what a command means, and fold what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from meeting import access, known
from meeting.model import Entry, Meeting, MeetingId, PersonId
from meeting.procedure import Procedure
from meeting.registry import Case, Events, deciders, evolvers, followers
from meeting.remembered import remembered
from meeting.timing import latest

REGISTERED_BY_IMPORT = (latest,)  # a rule that nothing names; `access` imports all that decide or fold


def decide(
    meeting: Meeting, command: object, *, by: PersonId, procedure: Procedure, now: datetime
) -> tuple[Entry, ...]:
    """Return the entries that a command adds to the record; raises Refused, and then nothing has happened."""
    case = Case(meeting=meeting, procedure=procedure, by=by, now=now)
    known.require_known(case, command)
    access.require(case, command)
    return _with_followers(case, deciders()[type(command)](case, command))


def decide_all(
    meeting: Meeting, commands: Iterable[object], *, by: PersonId, procedure: Procedure, now: datetime
) -> tuple[Entry, ...]:
    """Return the entries of several commands, each decided on what those before it left; raises Refused, and then
    nothing has happened.
    """
    entries: list[Entry] = []
    for command in commands:
        new = decide(meeting, command, by=by, procedure=procedure, now=now)
        meeting = evolve_all(meeting, new)
        entries.extend(new)
    return tuple(entries)


def _with_followers(case: Case, events: Events) -> tuple[Entry, ...]:
    """Return the events as entries, and after them what each of them brings with it."""
    entries: list[Entry] = []
    meeting = case.meeting

    def happen(event: object) -> None:
        nonlocal meeting
        entries.append(Entry(sequence=meeting.sequence + 1, at=case.now, by=case.by, event=event))
        meeting = evolve(meeting, entries[-1])

    for event in events:
        happen(event)
    for entry in entries:  # grows while it is read
        for rule in followers(entry.event):
            for event in rule(replace(case, meeting=meeting), entry.event):
                happen(event)
    return tuple(entries)


@remembered
def evolve(meeting: Meeting, entry: Entry) -> Meeting:
    """Return the meeting after one entry; raises ValueError where an entry is missing before it."""
    if entry.sequence != meeting.sequence + 1:
        raise ValueError(f"entry {entry.sequence} does not follow {meeting.sequence}")
    changed = evolvers()[type(entry.event)](meeting, entry.event, entry.by, entry.at)
    if entry.by == meeting.chair:
        return replace(changed, sequence=entry.sequence, chair_last=entry.at)
    others_last = entry.at if entry.by in meeting.people else changed.others_last
    return replace(changed, sequence=entry.sequence, others_last=others_last)


def evolve_all(meeting: Meeting, entries: Iterable[Entry]) -> Meeting:
    """Return the meeting after entries, in their order; raises ValueError where one is missing."""
    for entry in entries:
        meeting = evolve(meeting, entry)
    return meeting


def unwritten(meeting_id: MeetingId) -> Meeting:
    """Return the meeting before its first entry."""
    return Meeting(id=meeting_id, reference="", procedure="", procedure_hash="")
