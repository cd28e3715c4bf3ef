"""One step of the agenda, of whichever kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from meeting.conditions import Condition
from meeting.procedure.deciding import DecisionData, ViewsData
from meeting.procedure.parts import Gate, Part, Src
from meeting.procedure.steps import (
    ActionsData,
    ClosingData,
    QuestionsData,
    RecordData,
    RollCallData,
    StatementData,
    TurnsData,
)


class Kind(StrEnum):
    """The kinds of agenda step."""

    STATEMENT = "statement"
    ROLL_CALL = "roll_call"
    RECORD = "record"
    TURNS = "turns"
    QUESTIONS = "questions"
    VIEWS = "views"
    DECISION = "decision"
    ACTIONS = "actions"
    CLOSING = "closing"


StepData = (
    StatementData
    | RollCallData
    | RecordData
    | TurnsData
    | QuestionsData
    | ViewsData
    | DecisionData
    | ActionsData
    | ClosingData
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the agenda: who owns it, how firmly it holds, and its kind's own data."""

    id: str
    kind: Kind
    label: str
    data: StepData
    owner: str = "chair"
    owner_default: bool = False
    kept_to_owner: bool = False  # the chair fills it in only once it is handed to them; the note-taker may write
    required: bool = True
    gate: Gate = Gate.OVERRIDE
    gate_at: str | None = None
    when: Condition | None = None
    guidance: str = ""
    src: Src = ()


def parts_of(step: Step) -> tuple[Part, ...]:
    """Return the parts that a step asks for, whatever its kind; turns have prompts instead."""
    match step.data:
        case StatementData(parts=parts) | RecordData(parts=parts) | ClosingData(parts=parts):
            return parts
        case RollCallData(introduction=introduction, apologies=apologies):
            return (introduction, apologies)
        case ActionsData(required_actions=required):
            return required
        case DecisionData(rationale=rationale):
            return (rationale,)
        case TurnsData() | QuestionsData() | ViewsData():
            return ()
