"""Finding one's way through the agenda: which steps apply, what each asks for, about whom."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.flags import holds, outside
from meeting.model import Answer, ChildId, How, Meeting, Seat, Slot, TurnWish
from meeting.procedure import FieldSpec, Gate, Kind, Part, Per, Procedure, QuestionsData, RecordData, Step, parts_of
from meeting.refusals import Refused
from meeting.remembered import remembered
from meeting.steps import family
from meeting.steps.fields import missing

_TOLD = frozenset({How.SAID_ALOUD, How.HEARD, How.NO_ANSWER, How.WRITTEN_UP})  # texts are not asked for again


def applies(meeting: Meeting, procedure: Procedure, step: Step) -> bool:
    """Tell whether a step belongs to this meeting now."""
    if isinstance(step.data, QuestionsData) and step.data.only_if_asked and not step.required:
        waits = any(q.open for q in meeting.questions) or bool(unheard_at_questions(meeting))
        return waits or meeting.step == step.id
    return holds(meeting, procedure, step.when)


def require_reached(meeting: Meeting, procedure: Procedure, step_id: str) -> Step:
    """Return a step that the meeting has come to; raises Refused where it lies ahead, or does not apply."""
    for step in reached(meeting, procedure):
        if step.id == step_id:
            return step
    raise Refused("not_open", procedure.step(step_id).label)


@remembered
def steps(meeting: Meeting, procedure: Procedure) -> tuple[Step, ...]:
    """Return the steps that apply, in order."""
    return tuple(s for s in procedure.agenda if applies(meeting, procedure, s))


def current(meeting: Meeting, procedure: Procedure) -> Step:
    """Return the open step; raises KeyError before the start."""
    return procedure.step(meeting.step)


def following(meeting: Meeting, procedure: Procedure) -> Step | None:
    """Return the step after the open one, or None at the end."""
    return _neighbour(meeting, procedure, forward=True)


def preceding(meeting: Meeting, procedure: Procedure) -> Step | None:
    """Return the step before the open one, or None at the beginning."""
    return _neighbour(meeting, procedure, forward=False)


def _neighbour(meeting: Meeting, procedure: Procedure, *, forward: bool) -> Step | None:
    ids = [s.id for s in procedure.agenda]
    here = ids.index(meeting.step)
    rest = frozenset(ids[here + 1 :] if forward else ids[:here])
    found = steps(meeting, procedure)
    return next((s for s in (found if forward else reversed(found)) if s.id in rest), None)


@remembered
def reached(meeting: Meeting, procedure: Procedure) -> tuple[Step, ...]:
    """Return the steps up to and including the open one."""
    ids = [s.id for s in procedure.agenda]
    if meeting.step not in ids:
        return ()
    so_far = frozenset(ids[: ids.index(meeting.step) + 1])
    return tuple(s for s in steps(meeting, procedure) if s.id in so_far)


def first_of(procedure: Procedure, kind: Kind) -> Step | None:
    """Return the first step of a kind."""
    return next((s for s in procedure.agenda if s.kind is kind), None)


def identity_step(procedure: Procedure) -> Step | None:
    """Return the step at which everybody confirms that this is their meeting."""
    return next(
        (s for s in procedure.agenda if isinstance(s.data, RecordData) and s.data.right_meeting is not Gate.NONE), None
    )


def part_of(step: Step, part_id: str) -> Part:
    """Return a step's part; raises Refused."""
    for part in parts_of(step):
        if part.id == part_id:
            return part
    raise Refused("no_such_part")


def subjects(meeting: Meeting, procedure: Procedure, step: Step, part: Part) -> tuple[tuple[str, str], ...]:
    """Return (subject id, label) for each time that a part is asked, rows already entered included."""
    rows = meeting.rows.get((step.id, part.id), ())
    entered = tuple((r, _row_label(meeting.answers.get(Slot(step=step.id, part=part.id, subject=r)))) for r in rows)
    match part.per:
        case Per.MEETING:
            return (("", ""),)
        case Per.CHILD:
            return tuple((str(c.id), c.name) for c in meeting.in_scope())
        case Per.ADULT:
            return family.adults(meeting, procedure)
        case Per.PARENT:
            return family.parents(meeting, procedure) if _asks_relations(procedure) else (("", "parents or carers"),)
        case Per.PURPOSE:
            return tuple((s, s) for s in part.subjects)
        case Per.OTHER_CHILD:
            known = family.other_children(meeting, procedure)
            return known + tuple(e for e in entered if e[0] not in dict(known))
        case Per.FREE:
            return entered


def unheard_at_questions(meeting: Meeting) -> tuple[Seat, ...]:
    """Return the seats of late arrivals whose turn was put off to the questions and has not been."""
    done = {s for f in meeting.floors.values() for s in f.done}
    late = (p.seat for p in meeting.attendees() if p.turn_wish == TurnWish.AT_QUESTIONS)
    return tuple(meeting.seats[s] for s in dict.fromkeys(late) if s is not None and s not in done)


def _asks_relations(procedure: Procedure) -> bool:
    """Tell whether the procedure records the family one by one, so that parents are known by name."""
    tables = (p for s in procedure.agenda for p in parts_of(s) if p.per is Per.FREE)
    return any(f.key == "relation" for p in tables for f in p.fields)


def _row_label(answer: Answer | None) -> str:
    return next((v for v in answer.answers.values() if v), "") if answer else ""


def asked(meeting: Meeting, procedure: Procedure, part: Part, subject: str) -> bool:
    """Tell whether a part is asked about this subject."""
    return holds(meeting, procedure, part.when, subject=child_or_meeting(meeting, subject))


def child_or_meeting(meeting: Meeting, subject: str) -> str:
    """Return the subject where it is a child, else "" (flags are about children or the meeting)."""
    return subject if subject in meeting.children else ""


def gate_of(meeting: Meeting, procedure: Procedure, part: Part, subject: str) -> Gate:
    """Return how firmly a part holds for a subject; the first condition that holds replaces the part's own gate."""
    for condition, gate in part.gate_when:
        if holds(meeting, procedure, condition, subject=child_or_meeting(meeting, subject)):
            return gate
    return part.gate


def unanswered(
    meeting: Meeting, procedure: Procedure, step: Step
) -> Iterator[tuple[Part, str, str, tuple[FieldSpec, ...]]]:
    """Yield (part, subject, label, missing fields) for everything that a step asks for and does not have."""
    for part in parts_of(step):
        if part.per in (Per.FREE, Per.OTHER_CHILD) and part.minimum:
            rows = meeting.rows.get((step.id, part.id), ())
            if len(rows) < part.minimum and (step.id, part.id) not in meeting.none_rows:
                yield part, "", part.label, ()
                continue
            yield from ((part, "", name, ()) for name in _without_row(meeting, procedure, step, part))
        for subject, label in subjects(meeting, procedure, step, part):
            if not asked(meeting, procedure, part, subject):
                continue
            gaps = gaps_of(meeting, procedure, step, part, subject)
            if gaps:
                yield part, subject, label, gaps


def row_children(meeting: Meeting, part: Part, slot: Slot) -> frozenset[ChildId]:
    """Return the children that a row says it is about; none for a row of a table that does not ask."""
    answer = meeting.answers.get(slot)
    said = answer.answers.get(part.of_children, "").casefold() if answer and part.of_children else ""
    return frozenset(c.id for c in meeting.children.values() if c.name.strip() and c.name.casefold() in said)


def rows_about_only(meeting: Meeting, procedure: Procedure, children: frozenset[ChildId]) -> frozenset[str]:
    """Return the rows that are about these children and nobody else."""
    tables = ((s, p) for s in procedure.agenda for p in parts_of(s) if p.of_children)
    rows = (
        (row, row_children(meeting, part, Slot(step=step.id, part=part.id, subject=row)))
        for step, part in tables
        for row in meeting.rows.get((step.id, part.id), ())
    )
    return frozenset(row for row, about in rows if about and about <= children)


def _without_row(meeting: Meeting, procedure: Procedure, step: Step, part: Part) -> Iterator[str]:
    """Yield the children that no row is about, where they are not one family and each is asked for (WOK-0.9)."""
    kinds = procedure.convening.subject_types
    one_family = next((t.one_family for t in kinds if t.id == meeting.subject_type), True)
    if not part.of_children or one_family or (step.id, part.id) in meeting.none_rows:
        return
    rows = meeting.rows.get((step.id, part.id), ())
    said = (row_children(meeting, part, Slot(step=step.id, part=part.id, subject=row)) for row in rows)
    covered = frozenset[ChildId]().union(*said)
    yield from (c.name for c in meeting.in_scope() if c.id not in covered)


def gaps_of(meeting: Meeting, procedure: Procedure, step: Step, part: Part, subject: str) -> tuple[FieldSpec, ...]:
    """Return the required fields of one slot that have no answer; said aloud and heard answers lack no text.

    Where a step has each detail confirmed, what was only prepared is no answer yet (SAN-5.1a).
    """
    answer = meeting.answers.get(Slot(step=step.id, part=part.id, subject=subject))
    look = outside(meeting, procedure, child_or_meeting(meeting, subject))
    unconfirmed = isinstance(step.data, RecordData) and step.data.confirm_each
    if answer is None or (unconfirmed and answer.how is How.PREPARED):
        return missing(part.fields, {}, look)
    if answer.how in _TOLD:
        gaps = missing(part.fields, answer.answers, look)
        return tuple(f for f in gaps if f.type not in ("text", "person", "contact", "agency", "phone"))
    return missing(part.fields, answer.answers, look)
