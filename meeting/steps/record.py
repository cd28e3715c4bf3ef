"""What a step asks for, field by field: forms, rows, checkpoints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.door.right_meeting import RightMeeting, RightMeetingAnswered
from meeting.flags import holds, outside
from meeting.model import NO_ANSWERS, Answer, Answers, How, Meeting, PersonId, SeatId, Slot, StepId
from meeting.procedure import Kind, Part, Per, Step, parts_of
from meeting.refusals import FieldErrors, Refused, Stale
from meeting.registry import Case, Events, decides, evolves, follows
from meeting.running import agenda
from meeting.running.agenda import child_or_meeting
from meeting.steps import considered, fields
from meeting.steps.slots import NEW_ROW, DebtWrittenUp, WriteUp, placed, put, require_subject, take_out
from meeting.steps.wording import agency_names, check_words, fresh, text_keys
from meeting.values import is_row

__all__ = [  # the kind's names, wherever in the house they stand
    "NEW_ROW",
    "ConfirmPrepared",
    "DebtWrittenUp",
    "Enter",
    "RemoveRow",
    "RightMeeting",
    "RightMeetingAnswered",
    "SayNone",
    "WriteUp",
    "agency_names",
    "check_words",
    "put",
    "text_keys",
]

_ENTERED = frozenset({Kind.STATEMENT, Kind.RECORD, Kind.CLOSING})  # the other kinds have commands of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Enter:
    """Write answers into a slot: a form, one row (subject `row:new` adds one), a checkpoint."""

    slot: Slot
    answers: Answers
    how: How = How.TYPED
    seat: SeatId | None = None
    keep: bool = False
    only: frozenset[str] | None = None  # the page that was sent: no other question needs its answer yet
    adds: bool = False  # a later page of the form: what the pages before it said stays
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


@decides(Enter)
def enter(case: Case, command: Enter) -> Events:
    """Store the answers of one slot; bad fields and wording that deserves a look come back, nothing is stored."""
    step = _open_or_reached(case, command.slot.step)
    if step.kind not in _ENTERED:
        raise Refused("wrong_step")
    part = agenda.part_of(step, command.slot.part)
    for subject in (command.slot.subject, *command.also):
        require_subject(case, step, part, subject)
    scribes = (case.meeting.chair, case.meeting.note_taker)
    if command.visit not in (None, case.meeting.visit) and case.by not in scribes:
        raise Stale("stale")
    before = case.meeting.answers.get(command.slot)
    stays = before.answers if before is not None and (command.adds or command.only is not None) else NO_ANSWERS
    answers = checked(case, part, {**stays, **command.answers}, command)
    kept = check_words(case, fresh(answers, stays), keep=command.keep)
    if before is not None and stays:
        kept = tuple(sorted({*before.kept, *kept}))
    _needed_first(case, part, command.slot, answers)
    owed = part.label if command.how is How.SAID_ALOUD else ""
    slots = [placed(case.meeting, command.slot)]
    slots += [replace(command.slot, subject=s) for s in command.also]
    return tuple(
        Entered(slot=s, answers=answers, how=command.how, seat=command.seat, kept=kept, owed=owed) for s in slots
    )


def _open_or_reached(case: Case, step: StepId) -> Step:
    """Return a step that takes answers: the open one does, even where its own answers have just ruled it out."""
    if step == case.meeting.step:
        return agenda.current(case.meeting, case.procedure)
    return agenda.require_reached(case.meeting, case.procedure, step)


def checked(case: Case, part: Part, answers: Answers, command: Enter) -> dict[str, str]:
    """Return the valid answers of one part; raises FieldErrors."""
    stood = case.meeting.said_at(command.slot)
    fields.check_times(part.fields, fresh(answers, stood), case.now, case.procedure.working_days.zone)
    return fields.check(
        part.fields,
        answers,
        outside(case.meeting, case.procedure, child_or_meeting(case.meeting, command.slot.subject)),
        agencies=agency_names(case.meeting, case.procedure),
        words_may_wait=command.how is How.SAID_ALOUD,
        only=command.only,
    )


def _needed_first(case: Case, part: Part, slot: Slot, answers: Answers) -> None:
    """Refuse while something else must be answered first (SAN-8.5: harm by carers, before a sibling comes in)."""
    for condition, place in part.needs_when:
        if holds(case.meeting, case.procedure, condition, answers=answers, fields=part.fields):
            raise FieldErrors({_first_key(part, condition.text): f"needs:{_asked_at(case, place)}"})


def _asked_at(case: Case, place: str) -> str:
    """Return the question at a place, STEP.field, as people read it."""
    step, _, key = place.partition(".")
    asked = (f for p in parts_of(case.procedure.step(step)) for f in p.fields)
    return next((f.label for f in asked if f.key == key), key)


def _first_key(part: Part, text: str) -> str:
    return next((f.key for f in part.fields if f.key in text), part.fields[0].key)


@decides(ConfirmPrepared)
def confirm_prepared(case: Case, command: ConfirmPrepared) -> Events:
    """Let what was prepared stand, each slot as its own entry."""
    agenda.require_reached(case.meeting, case.procedure, command.step)
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


@follows(Entered)
def entered(case: Case, event: Entered) -> Events:
    """Keep whom the meeting is about as the record says."""
    return considered.described(case, event.slot, event.answers)


@follows(RowRemoved)
def removed(case: Case, event: RowRemoved) -> Events:
    """Let a child go with the line that brought it in."""
    return considered.taken_back(case, event.slot)


@evolves(Entered)
def _entered(meeting: Meeting, event: Entered, by: PersonId, at: datetime) -> Meeting:
    answer = Answer(answers=event.answers, by=by, at=at, how=event.how, seat=event.seat, kept=event.kept)
    return put(meeting, event.slot, answer, owed=event.owed)


@evolves(NoneSaid)
def _none_said(meeting: Meeting, event: NoneSaid, by: PersonId, at: datetime) -> Meeting:
    place = frozenset({(event.step, event.part)})
    return replace(meeting, none_rows=meeting.none_rows | place if event.yes else meeting.none_rows - place)


@evolves(RowRemoved)
def _row_removed(meeting: Meeting, event: RowRemoved, by: PersonId, at: datetime) -> Meeting:
    return take_out(meeting, event.slot, at)


def is_table(part: Part) -> bool:
    """Tell whether a part takes rows one by one."""
    return part.per in (Per.FREE, Per.OTHER_CHILD)
