"""A step that asks for answers: its parts with their state, and the form of one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from meeting.before.suggesting import Proposal, suggested_by
from meeting.flags import outside
from meeting.model import ChildId, How, Meeting
from meeting.procedure import FieldType, Part, Per, RecordData, Step, parts_of
from meeting.running import agenda
from meeting.running.agenda import child_or_meeting
from meeting.running.handover import fills_in, kept_from
from meeting.screens.asked import FieldView, facts_of, field_view, page_shown, paged, told_before
from meeting.screens.frame import Frame, Look, frame_for
from meeting.screens.hiding import hidden, masked
from meeting.screens.moves import heard_lets_on
from meeting.screens.sharing import SharingLine, sharing_lines
from meeting.screens.summarising import drafted
from meeting.steps import fields
from meeting.steps.captions import caption
from meeting.steps.record import NEW_ROW, is_table
from meeting.timing import latest


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotLine:
    """One slot of a step in a list: what it is about, how it stands, what it says."""

    part: str
    subject: str
    label: str
    state: str  # missing, prepared, answered, said aloud, optional
    facts: tuple[tuple[str, str], ...] = ()
    table: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepScreen:
    """A step's parts; its owner, chair and note-taker may edit them, everybody else reads."""

    frame: Frame
    lines: tuple[SlotLine, ...]
    tables: tuple[tuple[str, str, bool], ...]  # (part, label, may say none) of parts that take rows
    may_edit: bool
    may_move: bool
    statement: str = ""
    prepared: bool = False
    next_label: str = ""
    offers_urgent: bool = False
    suggested: tuple[Proposal, ...] = ()  # who is not invited, and what stands here asks for
    sharing: tuple[SharingLine, ...] = ()
    confirmed: tuple[int, int] | None = None  # right meeting: how many of how many
    minutes_lines: tuple[str, ...] = ()
    confirms: bool = True  # the chair's press that goes on confirms what was prepared
    heard_on: bool = False  # the press that hears all may go on as well


@dataclass(frozen=True, slots=True, kw_only=True)
class PartScreen:
    """One form: at most six inputs a page."""

    frame: Frame
    part: str
    subject: str
    part_label: str
    subject_label: str
    fields: tuple[FieldView, ...]
    page: int
    pages: int
    may_say_aloud: bool
    also: str = ""  # those of them that were ticked
    others: tuple[tuple[str, str], ...] = ()  # other subjects that the same answers may hold for
    warnings: tuple[tuple[str, str, str], ...] = ()
    removable: bool = False
    from_preparation: bool = False
    told: tuple[tuple[str, str], ...] = ()  # what was said earlier and bears on this form
    leads_on: bool = False  # something else of this step is not answered yet


def may_edit(look: Look, step: Step) -> bool:
    """Tell whether somebody fills in this step's forms."""
    if kept_from(look.meeting, look.procedure, step, look.person):
        return False
    return look.scribe or fills_in(look.meeting, look.procedure, step, look.meeting.seat_of(look.person))


def step_screen(look: Look, step: Step) -> StepScreen:
    """Return a step as this person sees it."""
    meeting, procedure = look.meeting, look.procedure
    lines = tuple(slot_lines(look, step))
    data = step.data
    following = agenda.following(meeting, procedure) if meeting.step == step.id else None
    here = meeting.step == step.id and look.chairs
    right = isinstance(data, RecordData) and data.right_meeting != "none"
    present = meeting.attendees()
    return StepScreen(
        frame=frame_for(look, step),
        lines=lines,
        tables=tuple((p.id, p.label, _may_say_none(look, step, p)) for p in parts_of(step) if is_table(p)),
        may_edit=may_edit(look, step) and not frame_for(look, step).closed,
        may_move=here,
        statement=data.statement if isinstance(data, RecordData) else "",
        prepared=any(line.state == "prepared" for line in lines),
        confirms=not (isinstance(data, RecordData) and data.confirm_each),
        next_label=following.label if following else "",
        offers_urgent=_offers_urgent(look, data),
        suggested=suggested_by(meeting, procedure, step.id) if look.chairs else (),
        confirmed=(sum(p.right_meeting is True for p in present), len(present)) if right else None,
        minutes_lines=_minutes_lines(look, data),
        heard_on=heard_lets_on(look, step),
        sharing=tuple(sharing_lines(look, step)),
    )


def _may_say_none(look: Look, step: Step, part: Part) -> bool:
    """Tell whether "none" can be said: it is allowed, no line stands there, and it was not said yet."""
    place = (step.id, part.id)
    return part.none_allowed and not look.meeting.rows.get(place) and place not in look.meeting.none_rows


def _offers_urgent(look: Look, data: object) -> bool:
    condition = data.offers_urgent_when if isinstance(data, RecordData) else None
    return condition is not None and condition.holds(outside(look.meeting, look.procedure))


def _minutes_lines(look: Look, data: object) -> tuple[str, ...]:
    if not isinstance(data, RecordData):
        return ()
    held = outside(look.meeting, look.procedure)
    return tuple(line.text for line in data.minutes_lines if line.when is None or line.when.holds(held))


def slot_lines(look: Look, step: Step) -> Iterator[SlotLine]:
    """Yield every slot that the step asks about, and the rows of its tables, as far as this person may see them."""
    away = hidden(look)
    for part in parts_of(step):
        if is_table(part) and (step.id, part.id) in look.meeting.none_rows:
            yield SlotLine(part=part.id, subject="", label=part.label, state="none", table=True)
        for subject, label in agenda.subjects(look.meeting, look.procedure, step, part):
            if subject not in away and _asks(look, step, part, subject):
                yield _line(look, step, part, subject, label)


def _asks(look: Look, step: Step, part: Part, subject: str) -> bool:
    """Tell whether a part asks anything of this subject now: one whose every question waits for a flag does not."""
    if not agenda.asked(look.meeting, look.procedure, part, subject):
        return False
    answer = look.meeting.answer(step.id, part.id, subject)
    given = answer.answers if answer else {}
    return bool(given) or bool(
        fields.active(
            part.fields, given, outside(look.meeting, look.procedure, child_or_meeting(look.meeting, subject))
        )
    )


def _line(look: Look, step: Step, part: Part, subject: str, label: str) -> SlotLine:
    answer = look.meeting.answer(step.id, part.id, subject)
    gaps = agenda.gaps_of(look.meeting, look.procedure, step, part, subject)
    if answer is None:
        state = "missing" if gaps else "optional"
    elif answer.how is How.PREPARED:
        state = "prepared"
    elif answer.how is How.SAID_ALOUD:
        state = "said aloud"
    else:
        state = "missing" if gaps else "answered"
    text = caption(part.label, masked(look, label) if label else "")
    facts = tuple((name, masked(look, said)) for name, said in facts_of(part.fields, answer))
    return SlotLine(part=part.id, subject=subject, label=text, state=state, facts=facts, table=is_table(part))


def part_screen(look: Look, step: Step, part: Part) -> PartScreen:
    """Return the form of one slot, filled with what was typed, else what is recorded, else what can be taken over."""
    subject = look.args.get("subject", "")
    before = look.meeting.answer(step.id, part.id, subject) if subject != NEW_ROW else None
    known = {**drafted(look, step, part), **prefilled(look, step, part, subject)}
    values = {**known, **(before.answers if before else {}), **look.typed}
    about = outside(look.meeting, look.procedure, child_or_meeting(look.meeting, subject))
    pages = paged(fields.active(part.fields, values, about))
    page = page_shown(look, pages)
    labels = dict(agenda.subjects(look.meeting, look.procedure, step, part))
    done = {s.subject for s in look.meeting.answers if s.step == step.id and s.part == part.id}
    dates = latest.told(look.meeting, look.procedure, step, part, look.now)
    return PartScreen(
        frame=frame_for(look, step),
        part=part.id,
        subject=subject,
        part_label=part.label,
        subject_label=labels.get(subject, ""),
        fields=tuple(field_view(look, f, values.get(f.key, "")) for f in pages[page - 1]),
        page=page,
        pages=len(pages),
        may_say_aloud=any(f.type is FieldType.TEXT for f in pages[page - 1]),
        others=() if _own(look, step, part) else tuple((s, n) for s, n in labels.items() if s not in {subject, *done}),
        also=look.typed.get("also", ""),
        warnings=look.warnings,
        removable=before is not None and is_table(part),
        from_preparation=before is not None and before.how is How.PREPARED,
        told=(*told_before(look, part.shows), *dates),
        leads_on=next_gap(look, step, part.id, subject) is not None,
    )


def next_gap(look: Look, step: Step, part: str, subject: str) -> SlotLine | None:
    """Return what the step asks after this slot and has no answer to, else what it asks before it."""
    lines = tuple(slot_lines(look, step))
    here = next((n for n, line in enumerate(lines) if (line.part, line.subject) == (part, subject)), -1)
    return next((line for line in (*lines[here + 1 :], *lines[: max(here, 0)]) if line.state == "missing"), None)


def _own(look: Look, step: Step, part: Part) -> bool:
    """Tell whether the same answers can hold for nobody else: a name or a birthday is each child's own."""
    return part.per is not Per.CHILD or step == agenda.identity_step(look.procedure)


def prefilled(look: Look, step: Step, part: Part, subject: str) -> dict[str, str]:
    """Return what other steps already say, where the part takes it over; a child's known name too."""
    known: dict[str, str] = {}
    child = look.meeting.children.get(ChildId(subject))
    if child is not None and step == agenda.identity_step(look.procedure):
        known["name"] = child.name
    return known | taken_over(look.meeting, part.prefill)


def taken_over(meeting: Meeting, prefill: Mapping[str, str]) -> dict[str, str]:
    """Return what other steps already say, by the field that takes it over."""
    found = ((key, _taken_over(meeting, place)) for key, place in prefill.items())
    return {key: value for key, value in found if value}


def _taken_over(meeting: Meeting, place: str) -> str:
    step, _, key = place.partition(".")
    return next((a.answers[key] for s, a in meeting.answers.items() if s.step == step and a.answers.get(key)), "")
