"""What a step asks for, field by field: forms, rows, checkpoints; who confirmed that this is their meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from meeting import agenda, fields
from meeting.agenda import child_or_meeting
from meeting.flags import holds, outside
from meeting.gates import Standing, stands_at
from meeting.model import Answer, Answers, Child, ChildId, Debt, How, Meeting, PersonId, SeatId, Slot, StepId
from meeting.procedure import FieldType, Gate, Kind, Part, Per, Procedure, RecordData, Step
from meeting.refusals import FieldErrors, KeepOrChange, Obstacle, Refused, Stale
from meeting.registry import Case, Events, decides, evolves
from meeting.values import is_row, with_key, with_row, without_key

NEW_ROW = "row:new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enter:
    """Write answers into a slot: a form, one row (subject `row:new` adds one), a checkpoint."""

    slot: Slot
    answers: Answers
    how: How = How.TYPED
    seat: SeatId | None = None
    keep: bool = False
    only: frozenset[str] | None = None  # the page that was sent: no other question needs its answer yet
    also: tuple[str, ...] = ()  # other subjects that the same answers hold for
    visit: int | None = None  # the step visit that the form belongs to; chair and note-taker may be later


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPrepared:
    """What was prepared for this step stands as it is."""

    step: StepId
    part: str = ""  # empty: every part


@dataclass(frozen=True, slots=True, kw_only=True)
class SayNone:
    """There is nothing to enter in this table."""

    step: StepId
    part: str
    yes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRow:
    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class RightMeeting:
    """This is, or is not, the meeting that somebody came for; chair and note-taker answer for those they heard."""

    right: bool
    people: tuple[PersonId, ...] = ()
    all_present: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteUp:
    """Write what was said aloud into the record; the debt is closed."""

    debt: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    slot: Slot
    answers: Answers
    how: How
    seat: SeatId | None = None
    kept: tuple[str, ...] = ()
    owed: str = ""  # what is to be written up


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneSaid:
    step: StepId
    part: str
    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRemoved:
    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class RightMeetingAnswered:
    right: bool
    people: tuple[PersonId, ...]
    heard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtWrittenUp:
    debt: str
    text: str


@decides(Enter)
def enter(case: Case, command: Enter) -> Events:
    """Store the answers of one slot; bad fields and wording that deserves a look come back, nothing is stored."""
    step = case.procedure.step(command.slot.step)
    part = agenda.part_of(step, command.slot.part)
    scribes = (case.meeting.chair, case.meeting.note_taker)
    if command.visit not in (None, case.meeting.visit) and case.by not in scribes:
        raise Stale("stale")
    merged = {**_before(case.meeting, command), **command.answers}
    answers = checked(case, part, merged, command)
    kept = check_words(case, answers, keep=command.keep)
    _needed_first(case, part, command.slot, answers)
    owed = part.label if command.how is How.SAID_ALOUD else ""
    slots = [_placed(case.meeting, command.slot)]
    slots += [replace(command.slot, subject=s) for s in command.also]
    return tuple(
        Entered(slot=s, answers=answers, how=command.how, seat=command.seat, kept=kept, owed=owed) for s in slots
    )


def _before(meeting: Meeting, command: Enter) -> Answers:
    """Return what stands in the slot and stays, where only a page of the form was sent."""
    answer = meeting.answers.get(command.slot)
    return answer.answers if answer is not None and command.only is not None else {}


def checked(case: Case, part: Part, answers: Answers, command: Enter) -> dict[str, str]:
    """Return the valid answers of one part; raises FieldErrors."""
    return fields.check(
        part.fields,
        answers,
        outside(case.meeting, case.procedure, child_or_meeting(case.meeting, command.slot.subject)),
        agencies=agency_names(case.meeting),
        texts_may_wait=command.how is How.SAID_ALOUD,
        only=command.only,
    )


def agency_names(meeting: Meeting) -> frozenset[str]:
    """Return the names that denote an agency or a seat and so no person, in lower case."""
    names = {s.agency.replace("_", " ").lower() for s in meeting.seats.values()}
    return frozenset(names | {s.label.lower() for s in meeting.seats.values()} | {"health", "police", "education"})


def check_words(case: Case, answers: Answers, *, keep: bool, also: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the flagged words that the author chose to keep; raises KeepOrChange while they have not chosen.

    The word list and the wording about conferences are the procedure's (SAN-10.2, SAN-13.12); text is never altered.
    """
    found = [(k, "language", w) for k, w in fields.flagged_words(answers, case.procedure.language.words)]
    for forbidden in _forbidden(case.procedure):
        hits = fields.flagged_words(answers, forbidden[1])
        found += [(k, f"forbidden:{forbidden[0]}", w) for k, w in hits]
    if found and not keep:
        raise KeepOrChange(tuple(found))
    return tuple(sorted({word for _, _, word in found}))


def _forbidden(procedure: Procedure) -> Iterator[tuple[str, tuple[str, ...]]]:
    for step in procedure.agenda:
        for item in getattr(step.data, "forbidden", ()):
            if item.text is not Gate.NONE:
                yield item.allowed_wording, item.words


def _needed_first(case: Case, part: Part, slot: Slot, answers: Answers) -> None:
    """Refuse while something else must be answered first (SAN-8.5: harm by carers, before a sibling comes in)."""
    for condition, place in part.needs_when:
        if holds(case.meeting, case.procedure, condition, answers=answers, fields=part.fields):
            raise FieldErrors({_first_key(part, condition.text): f"needs:{place}"})


def _first_key(part: Part, text: str) -> str:
    return next((f.key for f in part.fields if f.key in text), part.fields[0].key)


def _placed(meeting: Meeting, slot: Slot) -> Slot:
    """Return the slot, with a number of its own for a new row."""
    if slot.subject != NEW_ROW:
        return slot
    taken = {s.subject for s in meeting.answers if s.step == slot.step and s.part == slot.part}
    taken |= {s.subject for s, _ in meeting.replaced if s.step == slot.step and s.part == slot.part}
    return replace(slot, subject=f"row:{slot.part}-{len(taken) + 1}")


@decides(ConfirmPrepared)
def confirm_prepared(case: Case, command: ConfirmPrepared) -> Events:
    """Let what was prepared stand, each slot as its own entry."""
    return tuple(
        Entered(slot=slot, answers=answer.answers, how=How.CONFIRMED)
        for slot, answer in case.meeting.answers.items()
        if slot.step == command.step and answer.how is How.PREPARED and command.part in ("", slot.part)
    )


@decides(SayNone)
def say_none(case: Case, command: SayNone) -> Events:
    """Answer a table with "none", where the procedure takes that."""
    part = agenda.part_of(case.procedure.step(command.step), command.part)
    if not part.none_allowed:
        raise Refused("none_not_allowed", part.label)
    if command.yes and case.meeting.rows.get((command.step, command.part)):
        raise Refused("rows_there", part.label)
    return (NoneSaid(step=command.step, part=command.part, yes=command.yes),)


@decides(RemoveRow)
def remove_row(case: Case, command: RemoveRow) -> Events:
    """Take a row out of its table; the record keeps it."""
    if command.slot not in case.meeting.answers or not is_row(command.slot.subject):
        raise Refused("no_such_row")
    return (RowRemoved(slot=command.slot),)


@decides(RightMeeting)
def right_meeting(case: Case, command: RightMeeting) -> Events:
    """Record the confirmation that everybody is in the right meeting, before any information (CORE-4)."""
    people = command.people or (case.by,)
    if command.all_present:
        people = tuple(p.id for p in case.meeting.attendees() if p.right_meeting is None)
    fresh = tuple(p for p in people if case.meeting.people[p].right_meeting is not command.right)
    return (RightMeetingAnswered(right=command.right, people=fresh, heard=fresh != (case.by,)),) if fresh else ()


@decides(WriteUp)
def write_up(case: Case, command: WriteUp) -> Events:
    """Close a debt with the text."""
    debt = case.meeting.debts.get(command.debt)
    if debt is None or debt.written_up is not None:
        raise Refused("no_such_debt")
    if not command.text.strip():
        raise FieldErrors({"text": "required"})
    return (DebtWrittenUp(debt=command.debt, text=command.text.strip()),)


@evolves(Entered)
def _entered(meeting: Meeting, event: Entered, by: PersonId, at: datetime) -> Meeting:
    answer = Answer(answers=event.answers, by=by, at=at, how=event.how, seat=event.seat, kept=event.kept)
    return put(meeting, event.slot, answer, owed=event.owed)


def put(meeting: Meeting, slot: Slot, answer: Answer, *, owed: str = "") -> Meeting:
    """Return the meeting with an answer in its slot; what stood there is kept, what was said aloud becomes a debt."""
    before = meeting.answers.get(slot)
    replaced = (*meeting.replaced, (slot, before)) if before is not None else meeting.replaced
    debts = meeting.debts
    if owed:
        debt = Debt(id=f"d{len(debts) + 1}", slot=slot, what=owed, opened=answer.at, seat=answer.seat)
        debts = with_key(debts, debt.id, debt)
    return replace(
        meeting,
        answers=with_key(meeting.answers, slot, answer),
        rows=with_row(meeting.rows, slot),
        none_rows=meeting.none_rows - {(slot.step, slot.part)},
        children=_children(meeting, slot, answer),
        replaced=replaced,
        debts=debts,
    )


def _children(meeting: Meeting, slot: Slot, answer: Answer) -> Mapping[ChildId, Child]:
    """Bring a child into, or out of, the scope of decisions (SAN-8.4); keep a corrected name and "unborn"."""
    key = ChildId(slot.subject)
    given = answer.answers
    if key in meeting.children and ("name" in given or "unborn" in given):
        child = meeting.children[key]
        name = given.get("name") or child.name
        return with_key(meeting.children, key, replace(child, name=name, unborn=given.get("unborn") == "true"))
    if "scope" not in given:
        return meeting.children
    child = Child(id=key, name=given.get("name", ""), in_scope=given["scope"] == "in scope")
    return with_key(meeting.children, key, child)


@evolves(NoneSaid)
def _none_said(meeting: Meeting, event: NoneSaid, by: PersonId, at: datetime) -> Meeting:
    place = frozenset({(event.step, event.part)})
    return replace(meeting, none_rows=meeting.none_rows | place if event.yes else meeting.none_rows - place)


@evolves(RowRemoved)
def _row_removed(meeting: Meeting, event: RowRemoved, by: PersonId, at: datetime) -> Meeting:
    place = (event.slot.step, event.slot.part)
    rows = tuple(r for r in meeting.rows.get(place, ()) if r != event.slot.subject)
    return replace(
        meeting,
        answers=without_key(meeting.answers, event.slot),
        replaced=(*meeting.replaced, (event.slot, meeting.answers[event.slot])),
        rows=with_key(meeting.rows, place, rows),
        children=without_key(meeting.children, ChildId(event.slot.subject)),
    )


@evolves(RightMeetingAnswered)
def _right_meeting(meeting: Meeting, event: RightMeetingAnswered, by: PersonId, at: datetime) -> Meeting:
    people = meeting.people
    heard = frozenset({"heard:right_meeting"}) if event.heard else frozenset()
    for person in event.people:
        somebody = people[person]
        changed = replace(somebody, right_meeting=event.right, acknowledged=somebody.acknowledged | heard)
        people = with_key(people, person, changed)
    return replace(meeting, people=people)


@evolves(DebtWrittenUp)
def _written_up(meeting: Meeting, event: DebtWrittenUp, by: PersonId, at: datetime) -> Meeting:
    debt = meeting.debts[event.debt]
    before = meeting.answers.get(debt.slot)
    text = {**(before.answers if before else {}), "written_up": event.text}
    seat = before.seat if before else debt.seat
    answer = Answer(answers=text, by=by, at=at, how=How.WRITTEN_UP, seat=seat)
    changed = put(meeting, debt.slot, answer)
    return replace(changed, debts=with_key(changed.debts, debt.id, replace(debt, written_up=at)))


@stands_at(Kind.RECORD)
def standing(case: Case, step: Step) -> Iterator[Standing]:
    """Everybody present says that this is their meeting, or is heard to; nobody silent holds it up (CORE-4)."""
    data = step.data
    assert isinstance(data, RecordData)
    if data.right_meeting is not Gate.NONE:
        for person in case.meeting.attendees():
            if person.right_meeting is None:
                label = f"Right meeting: {person.name}"
                yield step.id, Obstacle(code="right_meeting", gate=data.right_meeting, label=label, step=step.id)


def text_keys(part: Part) -> tuple[str, ...]:
    """Return the keys of a part's free texts."""
    return tuple(f.key for f in part.fields if f.type is FieldType.TEXT)


def is_table(part: Part) -> bool:
    """Tell whether a part takes rows one by one."""
    return part.per in (Per.FREE, Per.OTHER_CHILD)
