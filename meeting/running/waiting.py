"""Who is waited for: the live speaker, those who have not answered, or the chair."""

from __future__ import annotations

from datetime import datetime

from meeting.duties import duties
from meeting.model import Meeting, Person, Status
from meeting.procedure import Kind, Procedure
from meeting.running import agenda
from meeting.steps import views


def waited_for(meeting: Meeting, procedure: Procedure) -> tuple[str, ...]:
    """Return the seats (or names, where somebody has no seat) that the open step waits for; empty: only the chair."""
    if meeting.status is not Status.RUNNING:
        return ()
    step = agenda.current(meeting, procedure)
    if step.kind is Kind.TURNS:
        floor = meeting.floors.get(step.id)
        return (meeting.seats[floor.live.seat].label,) if floor and floor.live else ()
    if step.kind is Kind.VIEWS:
        shown = step.id in meeting.views and meeting.views[step.id].revealed is not None
        return () if shown else tuple(called(meeting, p) for p in views.outstanding(meeting, step.id))
    if step.kind is Kind.QUESTIONS:
        return tuple(q.to_label for q in meeting.questions if q.open)
    owing = (p for p in meeting.attendees() if any(s == step.id for _, s in duties(meeting, procedure, p)))
    return tuple(called(meeting, p) for p in owing)


def called(meeting: Meeting, person: Person) -> str:
    """Return what the shared chat calls somebody: their seat; a name only where they have none."""
    seat = meeting.seats.get(person.seat) if person.seat is not None else None
    return seat.label if seat is not None else person.name


def chair_waited_since(meeting: Meeting, procedure: Procedure) -> datetime | None:
    """Return since when the chair alone is waited for, or None while somebody else is (or nobody)."""
    if meeting.status is not Status.RUNNING or meeting.chair is None or not meeting.step:
        return None
    others = [w for w in waited_for(meeting, procedure) if w != called(meeting, meeting.people[meeting.chair])]
    if others:
        return None
    since = [t for t in (meeting.chair_last, meeting.visits[-1].entered if meeting.visits else None) if t]
    return max(since, default=None)
