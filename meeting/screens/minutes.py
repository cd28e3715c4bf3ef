"""What is still to be written up, and the draft minutes in pages; only for those who write and check them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Debt
from meeting.procedure import parts_of
from meeting.screens.asked import facts_of
from meeting.screens.frame import Frame, Look, frame_for
from meeting.screens.small import SmallForm, asks, small


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtLine:
    """One thing that was said aloud and waits to be written up."""

    id: str
    what: str
    where: str
    opened: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtsScreen:
    frame: Frame
    debts: tuple[DebtLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesLine:
    """One line of the minutes: a heading, a part's heading, a caption, a fact or plain words."""

    kind: str  # heading, part, caption, fact, text
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesScreen:
    """One page of the draft minutes."""

    frame: Frame
    title: str
    banner: tuple[str, ...]
    lines: tuple[MinutesLine, ...]
    page: int
    pages: int
    debts: int


def debts_screen(look: Look) -> DebtsScreen:
    """Return what is still to be written up, oldest first."""
    waiting = sorted((d for d in look.meeting.debts.values() if d.written_up is None), key=lambda d: d.opened)
    lines = tuple(DebtLine(id=d.id, what=d.what, where=_where(look, d), opened=d.opened) for d in waiting)
    return DebtsScreen(frame=replace(frame_for(look), step_label=""), debts=lines)


def _where(look: Look, debt: Debt) -> str:
    """Return the step and for whom: a child, or a seat."""
    step = next((s.label for s in look.procedure.agenda if s.id == debt.slot.step), "")
    child = look.meeting.child(debt.slot.subject)
    seat = look.meeting.seats.get(debt.seat) if debt.seat else None
    names = [step, child.name if child else "", seat.label if seat else ""]
    return ", ".join(n for n in names if n)


def write_up_form(look: Look, debt: Debt) -> SmallForm:
    """Return the form of one debt, with what was chosen when it was said."""
    form = small(look, debt.what, "Write it up", "minutes.write_up", asks(look, "text", "What was said"))
    return replace(form, args={"debt": debt.id}, facts=(("Where", _where(look, debt)), *_known(look, debt)))


def _known(look: Look, debt: Debt) -> tuple[tuple[str, str], ...]:
    """Return what was already answered in the slot."""
    step = next((s for s in look.procedure.agenda if s.id == debt.slot.step), None)
    part = next((p for p in parts_of(step) if p.id == debt.slot.part), None) if step else None
    return facts_of(part.fields, look.meeting.answers.get(debt.slot)) if part else ()


def minutes_screen(
    look: Look, title: str, banner: tuple[str, ...], pages: tuple[tuple[MinutesLine, ...], ...]
) -> MinutesScreen:
    """Return the page that the address names."""
    page = max(1, min(int(look.args.get("page") or 1), len(pages)))
    return MinutesScreen(
        frame=replace(frame_for(look), step_label=""),
        title=title,
        banner=banner,
        lines=pages[page - 1],
        page=page,
        pages=len(pages),
        debts=sum(d.written_up is None for d in look.meeting.debts.values()),
    )
