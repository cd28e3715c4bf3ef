"""The end: what the procedure asks before closing, what is still open, and what everybody may expect afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from meeting.model import ActionState
from meeting.procedure import ClosingData, Gate, Step
from meeting.refusals import Obstacle, Refused
from meeting.registry import Case
from meeting.running.gates import obstacles
from meeting.screens.actions import ActionLine, action_lines
from meeting.screens.frame import Frame, Look
from meeting.screens.step import StepScreen, step_screen
from meeting.steps.actions import actions_data


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """One thing that is still open: what, how firmly, and where it is mended."""

    label: str
    hard: bool
    code: str
    step: str = ""
    part: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingScreen:
    """The step of closing before it is left, and what it leaves behind."""

    frame: Frame
    parts: StepScreen
    open: tuple[OpenLine, ...] = ()
    may_close: bool = False
    hard: bool = False
    reason: str = ""
    minutes_by: str = ""  # a date in words
    minutes_default: bool = False
    announces_minutes: bool = False
    announces_actions: bool = False
    actions: tuple[ActionLine, ...] = ()
    owed: int = 0  # debts to write up
    sent_to: tuple[str, ...] = ()


def closing_screen(look: Look, step: Step, *, minutes_by: str, minutes_default: bool) -> ClosingScreen:
    """Return the step for one person; `minutes_by` is a date in words, "" where the procedure has no such limit."""
    assert isinstance(step.data, ClosingData)
    parts = step_screen(look, step)
    lines = tuple(open_lines(look, step)) if parts.may_move else ()
    return ClosingScreen(
        frame=parts.frame,
        parts=parts,
        open=lines,
        may_close=parts.may_move and not parts.frame.closed,
        hard=any(line.hard for line in lines),
        reason=look.typed.get("reason", ""),
        minutes_by=minutes_by,
        minutes_default=minutes_default,
        announces_minutes="minutes date" in step.data.announces,
        announces_actions="how actions are sent" in step.data.announces,
        actions=tuple(_own(look)),
        owed=sum(d.written_up is None for d in look.meeting.debts.values()) if look.scribe else 0,
        sent_to=step.data.sent_to,
    )


def open_lines(look: Look, step: Step) -> Iterator[OpenLine]:
    """Yield what holds the closing back, firmest first; each thing once."""
    case = Case(meeting=look.meeting, procedure=look.procedure, by=look.person, now=look.now)
    seen = set()
    for obstacle in obstacles(case, leaving=step, entering=None):
        if obstacle.gate in (Gate.HARD, Gate.OVERRIDE) and obstacle.label not in seen:
            seen.add(obstacle.label)
            yield _line(obstacle)


def _line(obstacle: Obstacle) -> OpenLine:
    return OpenLine(
        label=obstacle.label,
        hard=obstacle.gate is Gate.HARD,
        code=obstacle.code,
        step=obstacle.step,
        part=obstacle.part,
        subject=obstacle.subject,
    )


def _own(look: Look) -> Iterator[ActionLine]:
    """Yield one's own actions that are not withdrawn."""
    try:
        _, data = actions_data(look.procedure)
    except Refused:
        return
    yield from (a for a in action_lines(look, data) if a.own and a.state != ActionState.WITHDRAWN.value)
