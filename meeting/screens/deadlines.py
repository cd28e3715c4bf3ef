"""The deadline panel: every limit and due time, from when it runs, when it ends, and where it stands written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from meeting.procedure import Procedure
from meeting.screens.actions import named
from meeting.screens.frame import Frame, Look, frame_for
from meeting.screens.hiding import masked, restricted
from meeting.timing.deadlines import Deadline, deadlines


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLine:
    """One deadline: from when it runs, when it ends, where the limit stands written."""

    what: str
    about: str
    who: str
    since: datetime
    due: datetime
    by_day: bool
    state: str  # running, overdue, met, met late, latest date
    source: tuple[str, ...]
    basis: str = ""  # a law or an order that sets it, where the document does not
    action: int = 0
    statutory: bool = False
    left: timedelta | None = None  # until it ends, negative once it is late; None where nothing runs


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinesScreen:
    """The deadline panel."""

    frame: Frame
    lines: tuple[DeadlineLine, ...]
    start: int = 0


def deadlines_screen(look: Look) -> DeadlinesScreen:
    """Return every limit and every action's due time: what runs first, the soonest at its top."""
    shut = restricted(look)
    shown = [d for d in deadlines(look.meeting, look.procedure) if d.subject not in shut and not _hidden(look, d)]
    lines = (_line(look, d) for d in sorted(shown, key=lambda d: (d.ended is not None, d.due)))
    return DeadlinesScreen(frame=frame_for(look), lines=tuple(lines), start=int(look.args.get("start") or 0))


def _hidden(look: Look, deadline: Deadline) -> bool:
    """Tell whether an action is about children only whom this person is not shown."""
    action = look.meeting.action(deadline.action)
    return action is not None and bool(action.subjects) and not set(action.subjects) - restricted(look)


def _line(look: Look, deadline: Deadline) -> DeadlineLine:
    action = look.meeting.action(deadline.action)
    about = named(look, deadline.subject) if deadline.subject in look.meeting.children else ""
    return DeadlineLine(
        what=f"{deadline.what}: {masked(look, action.what)}" if action else deadline.what,
        about=about,
        who=action.owner if action else "",
        since=deadline.since,
        due=deadline.due,
        by_day=deadline.by_day,
        state=_state(look, deadline),
        source=_source(look.procedure, deadline),
        basis=deadline.basis,
        action=deadline.action,
        statutory=deadline.statutory,
        left=deadline.due - look.now if deadline.reminded and deadline.ended is None else None,
    )


def _state(look: Look, deadline: Deadline) -> str:
    late = deadline.late(look.now)
    if not deadline.reminded and deadline.ended is None:
        return "latest date"
    if deadline.ended is not None:
        return "met late" if late else "met"
    return "overdue" if late else "running"


def _source(procedure: Procedure, deadline: Deadline) -> tuple[str, ...]:
    """Return the places in the document, or nothing for a default; an action's time was agreed in the meeting."""
    if deadline.action and not deadline.default:
        clock = procedure.clock(deadline.clock)
        return (*(clock.src if clock else ()), "agreed in the meeting")
    return deadline.src
