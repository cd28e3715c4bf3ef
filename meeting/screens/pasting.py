"""Several lines of a table that are prepared at once: what was pasted, and as what it is understood."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.refusals import FieldErrors
from meeting.screens.convening import prepare_screen
from meeting.screens.frame import Frame, Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one line (from 1): the question and its code; without a question the whole line."""

    line: int
    label: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasteScreen:
    """The lines of one table as they were typed, and as they would be kept; `seen` marks the words that were read."""

    frame: Frame
    title: str
    step: str
    part: str
    columns: tuple[str, ...]
    text: str = ""
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()  # (question, answer) of each line
    faults: tuple[Fault, ...] = ()
    seen: str = ""
    error: str = ""


def takes_lines(look: Look) -> bool:
    """Tell whether the place that the address names is a table which this person may prepare."""
    place = (look.args.get("step", ""), look.args.get("part", ""))
    return any(line.more and (line.slot.step, line.slot.part) == place for line in prepare_screen(look).lines)


def error_of(look: Look) -> str:
    """Return what is wrong with the lines as a whole, as a code."""
    return look.problem.errors.get("lines", "") if isinstance(look.problem, FieldErrors) else ""
