"""What somebody writes down before the meeting: it waits for its step, and for its author's turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.flags import CONTRIBUTION, outside
from meeting.model import NO_ANSWERS, Answer, Answers, How, Meeting, PersonId, Seat, SeatId, Slot, Status
from meeting.procedure import FieldSpec, Procedure, Step, TurnsData
from meeting.refusals import Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.roles import called
from meeting.running import agenda
from meeting.steps import fields
from meeting.steps.floor import questions_for
from meeting.steps.slots import placed, require_subject
from meeting.steps.wording import agency_names, check_words, fresh
from meeting.values import with_key, with_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepare:
    """Keep answers that somebody wrote before the meeting; nobody else sees a turn's before it is given."""

    slot: Slot
    answers: Answers
    none: bool = False
    keep: bool = False  # flagged words stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    slot: Slot
    answers: Answers
    none: bool = False


@decides(Prepare)
def prepare(case: Case, command: Prepare) -> Events:
    """Keep what was prepared, malformed answers excepted; once its step has begun it is entered there instead."""
    if case.meeting.status is not Status.PREPARING:
        raise Refused("already_started")
    step = case.procedure.step(command.slot.step)
    if command.none:
        if not agenda.part_of(step, command.slot.part).none_allowed:
            raise Refused("none_not_allowed", step.label)
        return (Prepared(slot=command.slot, answers=NO_ANSWERS, none=True),)
    look = outside(case.meeting, case.procedure)
    specs = _asked(case, step, command.slot)
    answers = fields.check(
        specs, command.answers, look, agencies=agency_names(case.meeting, case.procedure), only=frozenset()
    )
    fields.check_times(specs, answers, case.now, case.procedure.working_days.zone)
    before = case.meeting.answers.get(command.slot)
    check_words(case, fresh(answers, before.answers if before else NO_ANSWERS), keep=command.keep)
    return (Prepared(slot=placed(case.meeting, command.slot), answers=answers),)


def _asked(case: Case, step: Step, slot: Slot) -> tuple[FieldSpec, ...]:
    """Return the questions of what is prepared: a seat's turn, or a part of a step."""
    if isinstance(step.data, TurnsData):
        seat = case.meeting.seats.get(SeatId(slot.subject))
        if slot.part != CONTRIBUTION or seat is None:
            raise Refused("no_such_part")
        return questions_for(case.meeting, case.procedure, step, seat)
    part = agenda.part_of(step, slot.part)
    require_subject(case, step, part, slot.subject)
    return part.fields


def prepares(procedure: Procedure, step: Step, seat: Seat | None) -> bool:
    """Tell whether a step is this seat's to prepare: its own, or of whom the procedure has prepare all of them."""
    return seat is not None and any(called(procedure, r, seat) for r in (step.owner, procedure.convening.prepared_by))


@evolves(Prepared)
def _prepared(meeting: Meeting, event: Prepared, by: PersonId, at: datetime) -> Meeting:
    slot = event.slot
    place = (slot.step, slot.part)
    if event.none:
        return replace(meeting, none_rows=meeting.none_rows | {place})
    answer = Answer(answers=event.answers, by=by, at=at, how=How.PREPARED)
    return replace(
        meeting,
        answers=with_key(meeting.answers, slot, answer),
        rows=with_row(meeting.rows, slot),
        none_rows=meeting.none_rows - {place},
    )
