"""Before the meeting: what somebody may prepare, question by question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from meeting.before.preparing import prepares
from meeting.before.routes import born
from meeting.flags import CONTRIBUTION, outside
from meeting.model import How, SeatId, Slot
from meeting.procedure import FieldSpec, Kind, RecordData, Step, parts_of
from meeting.running import agenda
from meeting.running.agenda import child_or_meeting
from meeting.screens.asked import FieldView, field_view, page_shown, paged
from meeting.screens.frame import Frame, Look, frame_for, guided_frame
from meeting.screens.hiding import restricted
from meeting.screens.small import SmallForm, small
from meeting.screens.step import prefilled, slot_lines
from meeting.steps import fields
from meeting.steps.floor import questions_for, speaks
from meeting.steps.record import NEW_ROW, is_table

_PREPARED = frozenset({How.PREPARED})


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareLine:
    """One thing that may be prepared: its place, and whether it is."""

    slot: Slot
    label: str
    done: bool
    more: bool = False  # another line of a table
    none: bool = False  # "none" is an answer here


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareScreen:
    """What one person may prepare; nobody else sees a turn's answers before the turn."""

    frame: Frame
    lines: tuple[PrepareLine, ...]
    about: tuple[tuple[str, date | None], ...] = ()  # each child's name and date of birth


def prepare_screen(look: Look) -> PrepareScreen:
    """Return what this person may prepare: their own turn, and the forms that are theirs; and whom it is about, for
    nobody looks up what their agency knows of nobody.
    """
    frame = replace(frame_for(look), step_label="")
    shown = (c for c in look.meeting.children.values() if c.id not in restricted(look))
    about = tuple((child.name, born(look.meeting, child)) for child in shown)
    return PrepareScreen(frame=frame, lines=tuple(_lines(look)), about=about)


def _lines(look: Look) -> Iterator[PrepareLine]:
    seat = look.meeting.seat_of(look.person)
    for step in look.procedure.agenda:
        if step.kind is Kind.TURNS and seat is not None and speaks(look.meeting, look.procedure, seat):
            slot = Slot(step=step.id, part=CONTRIBUTION, subject=seat.id)
            yield PrepareLine(slot=slot, label=f"{step.label}: your turn", done=slot in look.meeting.answers)
        elif isinstance(step.data, RecordData) and _owns(look, step):
            yield from _parts(look, step)


def _owns(look: Look, step: Step) -> bool:
    return look.scribe or prepares(look.procedure, step, look.meeting.seat_of(look.person))


def _parts(look: Look, step: Step) -> Iterator[PrepareLine]:
    for line in slot_lines(look, step):
        slot = Slot(step=step.id, part=line.part, subject=line.subject)
        if line.state != "none":
            yield PrepareLine(slot=slot, label=_named(step, line.label), done=bool(line.facts))
    for part in parts_of(step):
        if is_table(part):
            slot = Slot(step=step.id, part=part.id, subject=NEW_ROW)
            blank = not look.meeting.rows.get((step.id, part.id)) and (step.id, part.id) not in look.meeting.none_rows
            none = part.none_allowed and blank
            yield PrepareLine(slot=slot, label=_named(step, part.label), done=False, more=True, none=none)


def _named(step: Step, label: str) -> str:
    """Return what a line is called: its step stands before it, unless it begins with the same words."""
    return label if label.startswith(step.label) else f"{step.label}: {label}"


def slot_of(look: Look) -> Slot:
    """Return the place that the address names."""
    args = look.args
    return Slot(step=args.get("step", ""), part=args.get("part", ""), subject=args.get("subject", ""))


def asked_at(look: Look, slot: Slot) -> tuple[FieldSpec, ...]:
    """Return what is asked in a place; raises Refused or KeyError where there is none."""
    step = look.procedure.step(slot.step)
    if step.kind is Kind.TURNS:
        return questions_for(look.meeting, look.procedure, step, look.meeting.seats[SeatId(slot.subject)])
    return agenda.part_of(step, slot.part).fields


def stands(look: Look, slot: Slot) -> dict[str, str]:
    """Return what is prepared in a place, and what other steps already say."""
    step = look.procedure.step(slot.step)
    answer = look.meeting.answers.get(slot)
    known = {} if step.kind is Kind.TURNS else prefilled(look, step, agenda.part_of(step, slot.part), slot.subject)
    return {**known, **(answer.answers if answer is not None and answer.how in _PREPARED else {})}


def prepare_pages(look: Look, slot: Slot, values: dict[str, str]) -> tuple[tuple[FieldSpec, ...], ...]:
    """Return the questions of a place in pages of six inputs."""
    about = child_or_meeting(look.meeting, slot.subject)
    return paged(fields.active(asked_at(look, slot), values, outside(look.meeting, look.procedure, about)))


def brought_up(look: Look, slot: Slot, before: dict[str, str], after: dict[str, str]) -> int:
    """Return the first page with a blank question that the answers brought up, 0 where there is none."""
    asked = {f.key for page in prepare_pages(look, slot, before) for f in page}
    pages = prepare_pages(look, slot, after)
    fresh = (n for n, page in enumerate(pages, 1) if any(f.key not in asked and not after.get(f.key) for f in page))
    return next(fresh, 0)


def prepare_form(look: Look, values: dict[str, str]) -> SmallForm:
    """Return one page of what is prepared; nothing is required before the meeting."""
    slot = slot_of(look)
    pages = prepare_pages(look, slot, values)
    page = page_shown(look, pages)
    views: tuple[FieldView, ...] = tuple(
        replace(field_view(look, f, values.get(f.key, "")), required=False) for f in pages[page - 1]
    )
    step = look.procedure.step(slot.step)
    title = step.label if step.kind is Kind.TURNS else f"{step.label}: {agenda.part_of(step, slot.part).label}"
    press = "Keep it" if page == len(pages) else f"Keep and go on ({page} of {len(pages)})"
    form = small(look, title, press, "convening.keep", *views)
    return replace(form, frame=guided_frame(look, step), note="Kept for the meeting; you can change it until then.")
