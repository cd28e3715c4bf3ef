"""Time limits: whether the meeting was held in time, and until when what follows is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from documents.dates import hours, plain_time
from documents.model import Block, Fact, Fields, Section, Table
from documents.sayings import DEFAULT, EVENTS, NOT_RECORDED, sentence, spoken
from documents.source import Source
from meeting.flags import holds
from meeting.model import Slot
from meeting.procedure import Clock, parts_of
from meeting.timing import clocks

_UNITS = {"hours": "hour", "calendar_days": "day", "working_days": "working day"}
#: What waits for something that these minutes do not hold is no deadline of this meeting.
_LATER = frozenset({"minutes_authorised", "challenge", "update_request", "invitation_sent"})


def limits(source: Source, deadlines: Mapping[str, datetime]) -> Section:
    """Return lateness with hours and reason, then each deadline; `deadlines` knows those counted in days."""
    return Section(heading="Time limits", blocks=(*_held(source), *_deadlines(source, deadlines)), key="limits")


def _held(source: Source) -> tuple[Block, ...]:
    """Return each limit within which the meeting was to be held, and how late it was (SAN-7.1)."""
    late = {clock.id: taken for clock, taken in clocks.lateness(source.meeting, source.procedure)}
    found = []
    for clock in clocks.hold_clocks(source.procedure):
        since = clocks.event_time(source.meeting, clock)
        started = source.meeting.started
        if since is None or not holds(source.meeting, source.procedure, clock.when):
            continue
        if started is None:
            value = f"{_limit(clock)}: until {plain_time(since + timedelta(hours=clock.limit))}"
        elif clock.id in late:
            over = late[clock.id] - timedelta(hours=clock.limit)
            value = f"held {hours(late[clock.id])} after {EVENTS[clock.from_event]}: {hours(over)} late"
        else:
            value = f"held {hours(started - since)} after {EVENTS[clock.from_event]}: in time"
        found.append(Fact(label=f"{clock.what}: {_limit(clock)}", value=value, how="" if clock.src else DEFAULT))
    if late:
        found.append(Fact(label="Reason for being late", value=_reason(source)))
    return (Fields(facts=tuple(found), caption="Held in time"),) if found else ()


def _reason(source: Source) -> str:
    """Return the answer to the question that is asked because the meeting was late."""
    for step in source.procedure.agenda:
        for part in parts_of(step):
            for spec in part.fields:
                if spec.when and any(t.name == "held_late" and not t.negated for t in spec.when.terms()):
                    answer = source.meeting.answers.get(Slot(step=step.id, part=part.id))
                    return (answer.answers.get(spec.key, "") if answer else "") or NOT_RECORDED
    return NOT_RECORDED


def _limit(clock: Clock) -> str:
    if clock.limit == 0:
        return "at once"
    word = _UNITS.get(clock.unit, spoken(clock.unit))
    return f"within {clock.limit} {word}" + ("" if clock.limit == 1 else "s")


def _deadlines(source: Source, deadlines: Mapping[str, datetime]) -> tuple[Block, ...]:
    held = {c.id for c in clocks.hold_clocks(source.procedure)}
    rows = []
    for clock in source.procedure.clocks:
        asked = holds(source.meeting, source.procedure, clock.when)
        if clock.id in held or clock.from_event in _LATER or not asked:
            continue
        if clock.from_event == "decision" and not source.meeting.decisions:
            continue
        due = deadlines.get(clock.id) or clocks.hours_due(source.meeting, clock)
        if due is None and _pending(source, clock) and source.over:
            continue  # what it runs from did not happen, or is not in these minutes: no deadline of this meeting
        until = plain_time(due) if due else "not known yet" if _pending(source, clock) else "counted by calendar"
        default = "" if clock.src else DEFAULT
        since = EVENTS.get(clock.from_event, spoken(clock.from_event))
        rows.append(
            (sentence(clock.what), f"{_limit(clock)} {'after' if clock.limit == 0 else 'of'} {since}", until, default)
        )
    headers = ("What", "Limit", "Due", "Source of the limit")
    return (Table(headers=headers, rows=tuple(rows), caption="Deadlines"),) if rows else ()


def _pending(source: Source, clock: Clock) -> bool:
    """Tell whether the event that a limit runs from has not happened, or is not recorded."""
    return clocks.event_time(source.meeting, clock) is None
