"""Time limits: whether the meeting was held in time, and until when what follows is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from documents.dates import hours, plain_time
from documents.model import Block, Fact, Fields, Section, Table
from documents.sayings import DEFAULT, EVENTS, NOT_RECORDED, listed
from documents.source import Source
from meeting.flags import holds
from meeting.ids import sentence, spoken
from meeting.model import Slot
from meeting.procedure import Clock, parts_of
from meeting.timing import clocks
from meeting.timing.deadlines import deadlines
from meeting.timing.moments import earliest

#: What waits for something that these minutes do not hold is no deadline of this meeting.
_LATER = frozenset({"minutes_authorised", "challenge", "update_request", "invitation_sent"})


def limits(source: Source) -> Section:
    """Return lateness with hours and reason, then each deadline, by the calendar that the procedure carries."""
    return Section(heading="Time limits", blocks=(*_held(source), *_deadlines(source)), key="limits")


def _held(source: Source) -> tuple[Block, ...]:
    """Return each limit within which the meeting was to be held, and how late it was (SAN-7.1)."""
    started = source.meeting.started
    late = {clock.id: taken for clock, taken in clocks.lateness(source.meeting, source.procedure, started)}
    found = []
    for clock in clocks.hold_clocks(source.procedure):
        since = clocks.event_time(source.meeting, clock)
        due = clocks.hold_by(source.meeting, source.procedure, clock)
        if since is None or due is None or not holds(source.meeting, source.procedure, clock.when):
            continue
        if started is None:
            value = f"until {plain_time(due)}"
        elif clock.id in late:
            over = started - due
            value = f"{hours(late[clock.id])} after {EVENTS[clock.from_event]}, {hours(over)} late"
        else:
            value = f"{hours(started - since)} after {EVENTS[clock.from_event]}, in time"
        found.append(
            Fact(
                label=f"{clock.what} {clocks.within(clock)}",
                value=value,
                how="" if clock.src else DEFAULT,
            )
        )
    if late:
        found.append(Fact(label="Reason for being late", value=_reason(source)))
    return (Fields(facts=tuple(found), caption="Was it held in time?"),) if found else ()


def _reason(source: Source) -> str:
    """Return the answer to the question that is asked because the meeting was late."""
    for step in source.procedure.agenda:
        for part in parts_of(step):
            for spec in part.fields:
                if spec.when and any(t.name == "held_late" and not t.negated for t in spec.when.terms()):
                    answer = source.meeting.answers.get(Slot(step=step.id, part=part.id))
                    return (answer.answers.get(spec.key, "") if answer else "") or NOT_RECORDED
    return NOT_RECORDED


def _deadlines(source: Source) -> tuple[Block, ...]:
    rows = []
    for clock, dues in _ahead(source):
        until = listed([plain_time(due) for due in dues]) or "not known yet"
        default = "" if clock.src else f"{DEFAULT}: {clock.basis}" if clock.basis else DEFAULT
        rows.append((sentence(clock.what), _since(clock), until, default))
    headers = ("What", "Limit", "Due", "Source of the limit")
    return (Table(headers=headers, rows=tuple(rows), caption="Deadlines"),) if rows else ()


def _ahead(source: Source) -> Iterator[tuple[Clock, list[datetime]]]:
    """Yield each limit of what follows this meeting, with the times at which it is due."""
    running = deadlines(source.meeting, source.procedure)
    held = {c.id for c in clocks.hold_clocks(source.procedure)}
    for clock in source.procedure.clocks:
        asked = holds(source.meeting, source.procedure, clock.when)
        if clock.id in held or clock.from_event in _LATER or not asked or not (clock.until or clock.reminded):
            continue  # a date that is only known, and decides nothing, is on the deadline panel
        if clock.from_event == "decision" and not source.meeting.decisions:
            continue
        dues = sorted({d.due for d in running if d.clock == clock.id and not d.action and source.shows(d.subject)})
        if not dues and (source.over or not _pending(source, clock)):
            continue  # what it runs from did not happen, or nothing asks for it: no deadline of this meeting
        yield clock, dues


def by_default(source: Source) -> tuple[str, ...]:
    """Return what the limits of this meeting are about that its procedure does not state."""
    held = (c for c in clocks.hold_clocks(source.procedure) if holds(source.meeting, source.procedure, c.when))
    return tuple(c.what for c in (*held, *(clock for clock, _ in _ahead(source))) if not c.src)


def _since(clock: Clock) -> str:
    """Return how long a limit is and what it runs from; an end that was entered is itself the limit."""
    if not clock.limit and not clock.until:
        return "at the time entered"
    since = EVENTS.get(clock.from_event, spoken(clock.from_event))
    return f"{clocks.within(clock)} {'of' if clock.limit else 'after'} {since}"


def _pending(source: Source, clock: Clock) -> bool:
    """Tell whether the event that a limit runs from has not happened, or is not recorded."""
    return earliest(source.meeting, source.procedure, clock) is None
