"""Several lines of a table that are prepared at once: what was pasted, and as what it is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from meeting.screens.convening import prepare_screen
from meeting.screens.frame import Frame, Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one line, counted from 1 as it was pasted; without a question, with the whole of it."""

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
    rows: Mapping[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # (question, answer), by line
    faults: tuple[Fault, ...] = ()
    seen: str = ""
    error: str = ""


def takes_lines(look: Look) -> bool:
    """Tell whether the place that the address names is a table which this person may prepare."""
    place = (look.args.get("step", ""), look.args.get("part", ""))
    return any(line.more and (line.slot.step, line.slot.part) == place for line in prepare_screen(look).lines)


def error_of(look: Look) -> str:
    """Return what is wrong with the lines as a whole, as a code."""
    return look.errors.get("lines", "")
