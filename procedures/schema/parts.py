"""What is asked, as written: fields, rows, checkpoints, required actions, lines."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from procedures.schema.written import GateName, Key, PerName, SrcIds, StepId, Text, TypeName, When, Written


class FieldEntry(Written):
    """One question of a form: a required text, unless it says otherwise."""

    key: Key
    label: Text
    type: TypeName | None = Field(default=None, description="text, or choice where choices are given")
    required: bool = True
    allow_unknown: bool = Field(default=False, description='"none" or "not known" is an answer')
    choices: list[Text] = []
    when: When | None = None
    page: int = Field(default=1, ge=1, le=9, description="at most six inputs to a page")
    past: bool = Field(default=False, description="a date or time that has come: none in the future is taken")
    ahead: bool = Field(default=False, description="a time still to come, at most a year ahead: no other is taken")
    at_once: bool = Field(
        default=False, description="at convening, where blanks may stay: needed with the answer that opens it"
    )
    may_wait: bool = Field(
        default=False, description="the form is saved without it; the step is then held until it is answered"
    )
    warns: Text | None = Field(default=None, description="at the roll call: the answer that the chair is warned of")
    gate: GateName | None = None
    gate_at: StepId | None = None
    src: SrcIds = []


class Heading(Written):
    """One heading of a summary; asked as a required text, "none" is an answer."""

    key: Key
    label: Text
    src: SrcIds = []


class NeedsFirst(Written):
    """While the condition holds, another answer must stand before this one is taken."""

    when: When
    first: Text = Field(description="STEP.field")


class RowsEntry(Written):
    """A table that grows by rows, or one form for each child, adult, parent or purpose."""

    id: Key
    label: Text
    per: PerName = "free"
    minimum: int = Field(default=0, ge=0, le=50)
    none_allowed: bool = False
    each: list[Text] = Field(default=[], description="for per: purpose, what each row is about")
    fields: list[FieldEntry]
    prefill: dict[Key, Text] = Field(default={}, description="field key: STEP.field that it is filled from")
    of_children: Key | None = Field(default=None, description="the field that says which children a row is about")
    in_scope_when: When | None = Field(default=None, description="by its fields: the child comes into scope")
    needs_when: list[NeedsFirst] = []
    when: When | None = None
    gate: GateName | None = None
    gate_at: StepId | None = None
    src: SrcIds = []


class AgreedBy(Written):
    """An agency whose agreement is needed to what is answered, where a condition on the answers holds."""

    agency: Key
    when: When | None = None
    gate: GateName = "override"


class Checkpoint(Written):
    """One question of the plan; `answer: fields` asks its fields alone."""

    id: Key
    question: Text
    answer: Literal["yes_no", "yes_no_later", "fields"] = "yes_no"
    reason: Literal["always", "never"] = "never"
    per: PerName = "meeting"
    when: When | None = None
    gate: GateName | None = None
    gate_at: StepId | None = None
    fields: list[FieldEntry] = []
    agreed_by: AgreedBy | None = Field(default=None, description="an agency that must agree before the gate opens")
    asks_action: Text | None = Field(default=None, description="a yes asks for an action of this label")
    shows: list[Text] = Field(default=[], description="STEP.field: what was told there at a turn stands above the form")
    src: SrcIds = []


class GateOn(Written):
    """Fields that hold back more firmly, or at another step, than the rest of theirs."""

    fields: list[Key]
    gate: GateName
    gate_at: StepId | None = None
    src: SrcIds = []


class LineEntry(Written):
    """A sentence that is said or printed."""

    text: Text
    id: Key | None = None
    when: When | None = None
    of: list[Key] = Field(default=[], description="required actions that it sums up")
    src: SrcIds = []


class AlternativeEntry(Written):
    """Another way to satisfy a required action."""

    id: Key
    label: Text
    fields: list[FieldEntry]


class GateWhen(Written):
    """A firmer gate while a condition holds."""

    when: When
    gate: GateName


class RequiredAction(Written):
    """An action that the procedure asks for."""

    id: Key
    label: Text
    per: PerName = "child"
    when: When | None = None
    gate: GateName = "override"
    fields: list[FieldEntry]
    gate_when: list[GateWhen] = []
    one_may_cover_several: bool = False
    alternatives: list[AlternativeEntry] = []
    or_rationale: bool = False
    prefill: dict[Key, Text] = {}
    clock: Key | None = None
    owner_agency: Key | None = Field(default=None, description="people of this agency are offered as its owner")
    src: SrcIds = []
