"""What earlier steps still lack: an urgent meeting passes them with a reason, and completes them when there is time."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.procedure import Kind
from meeting.running import agenda
from meeting.screens.frame import Frame, Look, frame_for


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierStep:
    """One earlier step with questions that nobody has answered."""

    step: str
    label: str
    blank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierScreen:
    frame: Frame
    steps: tuple[EarlierStep, ...]


def earlier_steps(look: Look) -> tuple[EarlierStep, ...]:
    """Return the steps behind the open one that lack answers, in the order of the agenda."""
    meeting, procedure = look.meeting, look.procedure
    behind = (s for s in agenda.reached(meeting, procedure)[:-1] if s.kind is Kind.RECORD)
    counted = ((s, sum(1 for _ in agenda.unanswered(meeting, procedure, s))) for s in behind)
    return tuple(EarlierStep(step=s.id, label=s.label, blank=number) for s, number in counted if number)


def earlier_screen(look: Look) -> EarlierScreen:
    """Return the list, for chair and note-taker."""
    return EarlierScreen(frame=frame_for(look), steps=earlier_steps(look))
