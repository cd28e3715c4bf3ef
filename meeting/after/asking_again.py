"""Questions that were left open in the meeting and are asked again afterwards, once more is known (SAN-12.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from meeting.flags import outside
from meeting.model import NO_ANSWERS, Answers, How, Meeting, Slot
from meeting.procedure import FieldSpec, Part, Procedure, parts_of
from meeting.refusals import Refused
from meeting.registry import Case, Events, decides
from meeting.running import agenda
from meeting.steps import fields
from meeting.steps.record import Entered


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAgain:
    """Answer a question that was left open; `more` answers what that answer opens."""

    slot: Slot
    value: str
    more: Answers = NO_ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOpen:
    """A question that stands open: where its answer is, about whom."""

    slot: Slot
    part: Part
    field: FieldSpec
    about: str


def left_open(meeting: Meeting, procedure: Procedure) -> Iterator[LeftOpen]:
    """Yield every question whose answer so far is the one that stays open."""
    for step in procedure.agenda:
        for part in parts_of(step):
            if part.ask_again_while is None:
                continue
            key, stays = part.ask_again_while
            spec = next(f for f in part.fields if f.key == key)
            for subject, label in agenda.subjects(meeting, procedure, step, part):
                slot = Slot(step=step.id, part=part.id, subject=subject)
                answer = meeting.answers.get(slot)
                if answer is not None and answer.answers.get(key) == stays:
                    yield LeftOpen(slot=slot, part=part, field=spec, about=label)


@decides(AnswerAgain)
def answer_again(case: Case, command: AnswerAgain) -> Events:
    """Replace the open answer; what stood there before stays in the record."""
    found = next((o for o in left_open(case.meeting, case.procedure) if o.slot == command.slot), None)
    if found is None:
        raise Refused("answered_already")
    if command.value not in found.field.choices:
        raise Refused("no_such_choice")
    opened = frozenset(f.key for f in opens(case.meeting, case.procedure, found, command.value))
    before = case.meeting.answers[command.slot].answers
    raw = {**before, found.field.key: command.value, **{k: v for k, v in command.more.items() if k in opened}}
    about = agenda.child_or_meeting(case.meeting, command.slot.subject)
    answers = fields.check(found.part.fields, raw, outside(case.meeting, case.procedure, about), only=opened)
    return (Entered(slot=command.slot, answers=answers, how=How.TYPED),)


def opens(meeting: Meeting, procedure: Procedure, one: LeftOpen, value: str) -> tuple[FieldSpec, ...]:
    """Return the questions that come up with this answer, and did not with the one that stands (WMT-3.8)."""
    before = meeting.answers[one.slot].answers
    look = outside(meeting, procedure, agenda.child_or_meeting(meeting, one.slot.subject))
    asked = fields.active(one.part.fields, before, look)
    return tuple(f for f in fields.active(one.part.fields, {**before, one.field.key: value}, look) if f not in asked)
