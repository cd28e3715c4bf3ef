"""A resolved procedure: everything that a local document decides, as typed data. Loading lives in `procedures/`.

Everything is imported from here. The chapters bear the names of those of `procedures/schema/`, where the same is found
as it is written in a file: parts, agenda, steps, deciding, beginning, afterwards, timing; and document, the whole.
"""

from meeting.procedure.afterwards import CaseSystemTask, EscalationStage, FollowUp, MinutesData, MinutesRoute
from meeting.procedure.agenda import Kind, Step, StepData, parts_of
from meeting.procedure.beginning import Convening, Invitations, SubjectType, Suggestion
from meeting.procedure.deciding import Anchor, DecisionData, Forbidden, Outcome, Scale, Threshold, ViewsData
from meeting.procedure.document import Flag, Language, Procedure, Reference, Role, Setter, Words
from meeting.procedure.parts import NOT_DECIDED, Alternative, FieldSpec, FieldType, Gate, Line, Part, Per, Src
from meeting.procedure.steps import (
    ActionsData,
    ClosingData,
    Prompts,
    QuestionsData,
    Quorum,
    RecordData,
    RollCallData,
    StatementData,
    SuggestedAction,
    TurnsData,
)
from meeting.procedure.timing import Clock, Hours, Ladder, Presence, WorkingDays

__all__ = [
    "NOT_DECIDED",
    "ActionsData",
    "Alternative",
    "Anchor",
    "CaseSystemTask",
    "Clock",
    "ClosingData",
    "Convening",
    "DecisionData",
    "EscalationStage",
    "FieldSpec",
    "FieldType",
    "Flag",
    "FollowUp",
    "Forbidden",
    "Gate",
    "Hours",
    "Invitations",
    "Kind",
    "Ladder",
    "Language",
    "Line",
    "MinutesData",
    "MinutesRoute",
    "Outcome",
    "Part",
    "Per",
    "Presence",
    "Procedure",
    "Prompts",
    "QuestionsData",
    "Quorum",
    "RecordData",
    "Reference",
    "Role",
    "RollCallData",
    "Scale",
    "Setter",
    "Src",
    "StatementData",
    "Step",
    "StepData",
    "SubjectType",
    "SuggestedAction",
    "Suggestion",
    "Threshold",
    "TurnsData",
    "ViewsData",
    "Words",
    "WorkingDays",
    "parts_of",
]
