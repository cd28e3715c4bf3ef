"""A procedure file and the default file, whole."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from procedures.schema.afterwards import FollowUpEntry, MinutesEntry
from procedures.schema.beginning import Admission, ConveningEntry, InvitationsEntry
from procedures.schema.deciding import DecisionStep, OutcomeEntry, ViewsStep
from procedures.schema.steps import (
    ActionsStep,
    ClosingStep,
    QuestionsStep,
    RecordStep,
    RollCallStep,
    StatementStep,
    TurnsStep,
)
from procedures.schema.timing import ClockEntry, PresenceEntry, RemindersEntry, WorkingDaysEntry
from procedures.schema.written import GateName, Key, Month, SetBy, SrcIds, StepId, Text, Written

AnyStep = Annotated[
    StatementStep
    | RollCallStep
    | RecordStep
    | TurnsStep
    | QuestionsStep
    | ViewsStep
    | DecisionStep
    | ActionsStep
    | ClosingStep,
    Field(discriminator="kind"),
]


class ReferenceEntry(Written):
    """A document that this one is read with."""

    title: Text
    edition: Text | None = None
    superseded: bool = False
    link: Text | None = None
    needs_link: bool = Field(default=False, description="named only where a link is set")
    src: SrcIds = []


class MissingPart(Written):
    """Something that the document mentions and does not contain."""

    title: Text
    src: SrcIds = []


class WordsEntry(Written):
    """What this authority calls things."""

    meeting_name: Text | None = None
    chair_role: Text | None = None
    case_system: Text | None = None
    professionals_meeting: Text | None = None
    other_names: list[Text] = []
    parents: list[Text] = Field(default=[], description="words in a relation that mark a parent or carer")
    children: list[Text] = Field(default=[], description="words in a relation that mark a child")
    managers: list[Text] = Field(default=[], description="words in a role that mark who manages others")
    src: SrcIds = []


class LanguageEntry(Written):
    """Words that free text is checked for; the author may keep them."""

    name: str = ""
    words: list[Text] = []
    src: SrcIds = []


class StepsMayVary(Written):
    """Steps may be skipped or reordered."""

    gate: GateName
    fixed: list[StepId] = Field(default=[], description="except these")
    src: SrcIds = []


class ChairedBy(Written):
    """Whose people alone may chair."""

    agency: Key
    src: SrcIds = []


class FlagEntry(Written):
    """A fact that conditions may name, and the answers that set it (none: the rules set it)."""

    flag: Key
    scope: Literal["meeting", "child"]
    means: Text
    set_by: list[SetBy] = []


class RoleEntry(Written):
    """Who holds a role; joined with the default's by role."""

    role: Key
    agency: Key | None = Field(default=None, description="whom its holder comes from; left out: from any")
    anybody: bool = Field(default=False, description="whoever comes for that agency holds it")
    speaks: bool = Field(default=True, description="false: no turn and no part in a quorum, as who takes notes")
    held_by: list[Key] = Field(default=[], description="other roles whose holder holds this one as well")
    src: SrcIds = []


class Document(Written):
    """What a procedure file and the default file have in common."""

    words: WordsEntry = WordsEntry()
    roles: list[RoleEntry] = []
    language: LanguageEntry = LanguageEntry()
    admission: Admission = Admission()
    convening: ConveningEntry = ConveningEntry()
    invitations: InvitationsEntry = InvitationsEntry()
    minutes: MinutesEntry = MinutesEntry()
    follow_up: FollowUpEntry = FollowUpEntry()
    clocks: list[ClockEntry] = []
    flags: list[FlagEntry] = []
    presence: PresenceEntry | None = None
    working_days: WorkingDaysEntry | None = None
    reminders: RemindersEntry | None = None


class ProcedureFile(Document):
    """One authority's procedure, as written in `<id>.yaml`."""

    id: Key
    title: Text
    issuer: str = ""
    published: Month | None = None
    review: Month | None = None
    review_src: SrcIds = []
    version: str = ""
    references: list[ReferenceEntry] = []
    missing_parts: list[MissingPart] = []
    purpose: list[Text] = []
    purpose_src: SrcIds = []
    steps_may_vary: StepsMayVary | None = None
    chaired_by: ChairedBy | None = Field(default=None, description="left out: anybody may chair")
    agenda: list[AnyStep] = Field(default=[], description="in order; without one, the default's order")
    src: SrcIds = []


class DefaultFile(Document):
    """What holds where a procedure is silent, as written in `default.yaml`."""

    agenda_order: list[StepId]
    steps: list[AnyStep]
    added_outcomes: list[OutcomeEntry]
