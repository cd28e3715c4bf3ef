"""Views and decision, as written."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from procedures.schema.parts import FieldEntry
from procedures.schema.steps import Step
from procedures.schema.written import GateName, Key, PerName, SrcIds, StepId, Text, When, Written


class ThresholdInstrument(Written):
    """A choice between answers about the threshold."""

    type: Literal["threshold"]
    options: Annotated[list[Text], Field(min_length=2)]
    reason: bool = True
    src: SrcIds = []


class AnchorEntry(Written):
    """What one end of a scale means, word for word."""

    value: int
    text: Text
    src: SrcIds = []


class ScaleInstrument(Written):
    """A scale in whole numbers."""

    type: Literal["scale"]
    min: int
    max: int
    danger_end: Literal["min", "max"]
    reason: bool = False
    anchors: list[AnchorEntry] = []
    src: SrcIds = []


Instrument = Annotated[ThresholdInstrument | ScaleInstrument, Field(discriminator="type")]


class InvitedGate(Written):
    """Whether the decision waits until everyone was invited to give a view."""

    gate: GateName
    gate_at: StepId | None = Field(default=None, description="left out: the decision")
    silent: Text = "invited, gave no view"
    src: SrcIds = []


class ViewsStep(Step):
    """Every attendee's view."""

    kind: Literal["views"]
    per: PerName = "child"
    instruments: list[Instrument] = []
    invited_gate: InvitedGate | None = None


class CreatesAction(Written):
    """What an outcome brings with it: an action, or a linked further meeting."""

    label: Text | None = None
    clock: Key | None = None
    linked_meeting: bool = False


class OutcomeEntry(Written):
    """One answer that the meeting may decide."""

    id: Key
    label: Text
    when: When | None = None
    starts_s47: bool = False
    continues_s47: When | None = Field(default=None, description="by its needs: an enquiry that runs already goes on")
    answers_threshold: bool = False
    needs: list[FieldEntry] = []
    excludes: list[Key] = []
    creates_action: CreatesAction | None = None
    src: SrcIds = []


class RationaleEntry(Written):
    """What the reasons of a decision consist of."""

    fields: list[FieldEntry]
    prefill: dict[Key, Text] = Field(default={}, description="field key: STEP.field that it is filled from")
    gate: GateName = "hard"
    src: SrcIds = []


class LeadsWhenJoint(Written):
    """Which agency leads which half of a joint enquiry."""

    criminal_investigation: Key
    s47_and_welfare_assessment: Key
    src: SrcIds = []


class ForbiddenEntry(Written):
    """What this meeting cannot decide, as an outcome or action and in words; joined with the default's by id."""

    id: Key
    structural: GateName | None = None
    text: GateName | None = None
    allowed_wording: Text | None = None
    words: list[Text] = []
    src: SrcIds = []


class Agreement(Written):
    """The chair says whether all agree, and names who does not."""

    gate: GateName
    src: SrcIds = []


class DecisionStep(Step):
    """The chair's decision."""

    kind: Literal["decision"]
    per: PerName = "child"
    several: bool = False
    outcomes: list[OutcomeEntry] = []
    added_outcomes: list[Key] = Field(default=[], description="default outcomes that stand beside these, labelled")
    rationale: RationaleEntry | None = None
    leads_when_joint: LeadsWhenJoint | None = None
    forbidden: list[ForbiddenEntry] = []
    agreement: Agreement | None = None
