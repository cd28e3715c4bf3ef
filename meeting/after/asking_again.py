"""Questions that were left open in the meeting and are asked again afterwards, once more is known (SAN-12.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from meeting.model import How, Meeting, Slot
from meeting.procedure import FieldSpec, Part, Procedure, parts_of
from meeting.refusals import Refused
from meeting.registry import Case, Events, decides
from meeting.running import agenda
from meeting.steps.record import Entered


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAgain:
    """Answer a question that was left open."""

    slot: Slot
    value: str


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
    answers = {**case.meeting.answers[command.slot].answers, found.field.key: command.value}
    return (Entered(slot=command.slot, answers=answers, how=How.TYPED),)
