"""Answers of the record as facts and tables: every question with its answer, and how it came there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from documents.dates import parsed_date, parsed_time
from documents.model import Block, Fact, Fields, Paragraph, Table, Tone, trimmed
from documents.sayings import DEFAULT, HOW, NOT_RECORDED, listed, without_hint
from documents.source import Source
from meeting.flags import outside
from meeting.ids import sentence, spoken
from meeting.model import Answer, How, Slot
from meeting.procedure import FieldSpec, FieldType, Part, Step
from meeting.running import agenda
from meeting.steps import fields, sharing

WRITTEN_UP = "written_up"
HOW_HEADER = "How recorded"
_BLANK = {
    How.SAID_ALOUD: "Said aloud, to be written up",
    How.HEARD: "Heard aloud, not written down",
    How.NO_ANSWER: "Invited, no answer",
    How.NOTHING_HELD: "Nothing held",
}


def value(source: Source, spec: FieldSpec, given: str) -> str:
    """Return an answer as people write it."""
    match spec.type:
        case FieldType.DATE:
            return parsed_date(given)
        case FieldType.DATETIME:
            return parsed_time(given)
        case FieldType.TICK:
            return "yes" if given == "true" else "no"
        case FieldType.AGENCY:
            return sentence(spoken(given)) if any(s.agency == given for s in source.meeting.seats.values()) else given
        case _:
            return given


def how_told(source: Source, answer: Answer, *, form: bool = False) -> str:
    """Return how an answer reached the record, and who wrote it down where that is not whose answer it is.

    Of a step's `form` whoever filled it in is named, unless that was chair or note-taker (WOK-3.1).
    """
    said = HOW[answer.how]
    if answer.how is How.ON_BEHALF and answer.seat:
        said = f"on behalf of {source.seat(answer.seat)}"
    writer = source.meeting.people.get(answer.by)
    officers = (source.meeting.chaired, source.meeting.chair, source.meeting.note_taker)
    own = writer is not None and answer.seat is not None and writer.seat == answer.seat
    plain = answer.how in (How.TYPED, How.CONFIRMED, How.PREPARED, How.LATER)
    by = "" if own or (plain and answer.by in officers) else f"recorded by {source.name(answer.by)}"
    by = f"by {source.name(answer.by)}" if form and own and answer.by not in officers else by
    kept = f"wording kept by its author: {listed(answer.kept)}" if answer.kept else ""
    return "; ".join(text for text in (said, by, kept) if text)


def all_confirmed(source: Source, step: Step) -> bool:
    """Tell whether everything that was answered in a step was prepared before the meeting and confirmed in it."""
    own = [a for slot, a in source.meeting.answers.items() if slot.step == step.id and source.shows(slot.subject)]
    return bool(own) and all(how_told(source, a, form=True) == HOW[How.CONFIRMED] for a in own)


def _how_form(source: Source, step: Step, answer: Answer) -> str:
    """Return how an answer of a form reached the record; what holds for the whole step is said above it."""
    return "" if all_confirmed(source, step) else how_told(source, answer, form=True)


def is_default(step: Step, part: Part, spec: FieldSpec) -> bool:
    """Tell whether a question of a plain form is a default within a step that the procedure states."""
    return bool(step.src) and part.id in ("fields", "introduction") and not spec.src


def facts(source: Source, specs: Iterable[FieldSpec], slot: Slot, defaults: frozenset[str] = frozenset()) -> list[Fact]:
    """Return each question that is asked with its answer; a required one without an answer says so."""
    specs = tuple(specs)
    answer = source.meeting.answers.get(slot)
    given: Mapping[str, str] = answer.answers if answer else {}
    about = agenda.child_or_meeting(source.meeting, slot.subject)
    asked = {f.key for f in fields.active(specs, given, outside(source.meeting, source.procedure, about))}
    found = []
    for spec in specs:
        text = given.get(spec.key, "")
        if not text and not (spec.key in asked and spec.required):
            continue
        if not text and WRITTEN_UP in given:
            continue
        marks = [DEFAULT] if spec.key in defaults else []
        marks += ["corrected"] if text and _corrected(source, slot, spec.key, text) else []
        blank = _BLANK.get(answer.how, NOT_RECORDED) if answer else NOT_RECORDED
        found.append(Fact(label=without_hint(spec.label), value=value(source, spec, text) or blank, how=listed(marks)))
    known = {f.key for f in specs}
    found += [Fact(label=sentence(spoken(k)), value=v) for k, v in given.items() if k not in known and v]
    return found


def _corrected(source: Source, slot: Slot, key: str, now: str) -> bool:
    """Tell whether something else stood here before."""
    earlier = (a.answers.get(key, "") for a in source.before.get(slot, ()))
    return any(text and text != now for text in earlier)


def form(source: Source, step: Step, part: Part, subject: str, caption: str) -> tuple[Block, ...]:
    """Return one part's answers about one subject, or nothing where the part is neither asked nor answered."""
    slot = Slot(step=step.id, part=part.id, subject=subject)
    answer = source.meeting.answers.get(slot)
    asked = agenda.asked(source.meeting, source.procedure, part, subject)
    if answer is None and not (asked and source.visited(step.id)):
        return ()
    defaults = frozenset(f.key for f in part.fields if is_default(step, part, f))
    found = [*facts(source, part.fields, slot, defaults), *_agreed(source, slot, part)]
    if not found:
        return ()
    if step.src and not part.src and not defaults:
        caption = f"{caption or part.label} ({DEFAULT})"
    return (Fields(facts=tuple(found), caption=caption, how=_how_form(source, step, answer) if answer else ""),)


def _agreed(source: Source, slot: Slot, part: Part) -> list[Fact]:
    """Return whether the agency whose agreement was needed gave it to what stands here (STY-4.4b)."""
    if not sharing.wanted(source.meeting, source.procedure, part, slot):
        return []
    label, said = f"Agreement: {spoken(part.agreed_by)}", source.meeting.agreed.get(slot)
    if said is None or sharing.waits(source.meeting, source.procedure, part, slot):
        return [Fact(label=label, value="not given")]
    return [Fact(label=label, value=f"{source.seat(said.seat)}, {HOW[said.how] or source.name(said.by)}")]


def table(source: Source, step: Step, part: Part, child: str | None = None) -> tuple[Block, ...]:
    """Return the rows of one table part, or what was said in their place.

    Rows that say which children they are about stand under each of these, with `child`, and not among the others.
    """
    place = (step.id, part.id)
    rows = [s for s, _ in subjects(source, step, part) if source.shows(s)]
    if part.of_children and rows:
        rows = [s for s in rows if _stands(source, step, part, s, child)]
        if not rows:
            return ()
    elif child is not None:
        return ()
    if not rows:
        if place in source.meeting.none_rows:
            return (Paragraph(text=f"{part.label}: none"),)
        wanted = part.minimum and source.visited(step.id)
        return (Paragraph(text=f"{part.label}: {NOT_RECORDED.lower()}", tone=Tone.NOTICE),) if wanted else ()
    headers = (*(without_hint(f.label) for f in part.fields), HOW_HEADER)
    given = tuple(_row(source, step, part, subject) for subject in rows)
    return (trimmed(Table(headers=headers, rows=given, caption=part.label), HOW_HEADER),)


def _stands(source: Source, step: Step, part: Part, row: str, child: str | None) -> bool:
    """Tell whether a row stands under this child, or, with None, under none."""
    about = agenda.row_children(source.meeting, part, Slot(step=step.id, part=part.id, subject=row))
    return child in about if child is not None else not about


def _row(source: Source, step: Step, part: Part, subject: str) -> tuple[str, ...]:
    slot = Slot(step=step.id, part=part.id, subject=subject)
    answer = source.meeting.answers.get(slot)
    given: Mapping[str, str] = answer.answers if answer else {}
    marks = [_how_form(source, step, answer)] if answer else [NOT_RECORDED.lower()]
    corrected = (f for f in part.fields if _corrected(source, slot, f.key, given.get(f.key, "")))
    marks += [f"{without_hint(f.label)}: corrected" for f in corrected]
    marks += [given[WRITTEN_UP]] if WRITTEN_UP in given else []
    return (*cells(source, part.fields, slot), "; ".join(m for m in marks if m))


def cells(source: Source, specs: tuple[FieldSpec, ...], slot: Slot) -> tuple[str, ...]:
    """Return the answer to each question of a row; one that is asked, required and blank says so."""
    answer = source.meeting.answers.get(slot)
    given: Mapping[str, str] = answer.answers if answer else {}
    about = agenda.child_or_meeting(source.meeting, slot.subject)
    look = outside(source.meeting, source.procedure, about)
    wanted = {f.key for f in fields.missing(specs, given, look)} if WRITTEN_UP not in given else set()
    blank = _BLANK.get(answer.how, NOT_RECORDED) if answer else NOT_RECORDED
    return tuple(
        value(source, f, given[f.key]) if given.get(f.key) else blank if f.key in wanted else "" for f in specs
    )


def subjects(source: Source, step: Step, part: Part) -> tuple[tuple[str, str], ...]:
    """Return (subject, label) of everything that a part is asked or answered about, what is out of scope included."""
    now = agenda.subjects(source.meeting, source.procedure, step, part)
    known = {s for s, _ in now}
    more = (s.subject for s in source.meeting.answers if s.step == step.id and s.part == part.id)
    return now + tuple((s, source.subject(s) or spoken(s)) for s in more if s not in known)
