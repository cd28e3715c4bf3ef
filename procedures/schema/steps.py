"""The kinds of agenda step, as written, but for views and decision."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from procedures.schema.parts import Checkpoint, FieldEntry, GateOn, Heading, LineEntry, RequiredAction, RowsEntry
from procedures.schema.written import GateName, Key, PerName, SrcIds, StepId, Text, When, Written


class Step(Written):
    """What every agenda step may say."""

    id: StepId
    label: Text | None = None
    owner: Key = Field(default="chair", description="chair, social_worker, note_taker …")
    owner_default: bool = Field(default=False, description="the document names no owner")
    kept_to_owner: bool = Field(default=False, description="the chair fills it in only once it is handed over")
    required: bool = True
    gate: GateName = "override"
    gate_at: StepId | None = Field(default=None, description="the later step at which the gate acts")
    when: When | None = None
    guidance: str = ""
    src: SrcIds = []


class StatementStep(Step):
    """Words to be said: opening, rules, recording, any other business."""

    kind: Literal["statement"]
    lines: list[LineEntry] = []
    text: list[Text] = Field(default=[], description="given word for word")
    text_src: SrcIds = []
    verbatim: bool = False
    acknowledge: bool = False
    acknowledge_gate: GateName = Field(default="warn", description="how firmly a silent attendee holds the step back")
    person_gate: GateName = "none"
    permission_to_share: bool = False
    shows_date_of: Key | None = Field(default=None, description="a clock whose date is shown under the words")
    fields: list[FieldEntry] = []


class QuorumEntry(Written):
    """Who must be present, and what follows when they are not."""

    agencies: list[Key] = []
    roles: list[Key] = []
    if_missing: Literal["override", "convert"] = "override"
    gate: GateName = "override"
    role_gate: GateName = "override"
    recheck_before: list[StepId] = []
    src: SrcIds = []
    role_src: SrcIds = []


class RollCallStep(Step):
    """Introductions, apologies, least attendance."""

    kind: Literal["roll_call"]
    fields: list[FieldEntry] = []
    apologies: list[FieldEntry] = []
    apologies_gate: GateName = "none"
    chair_first: bool = False
    ask_after_identity: list[Key] = []
    quorum: QuorumEntry = QuorumEntry()


class RightMeeting(Written):
    """Everyone present confirms that this is the meeting they expect, before any information."""

    gate: GateName
    src: SrcIds = []


class AskAgain(Written):
    """A field that is asked again while it stands at one answer."""

    field: Key
    while_answer: Text
    src: SrcIds = []


class RecordStep(Step):
    """Answers to be recorded: fields, headings, rows, checkpoints."""

    kind: Literal["record"]
    per: PerName = "meeting"
    fields: list[FieldEntry] = []
    headings: list[Heading] = []
    rows: list[RowsEntry] = []
    checkpoints: list[Checkpoint] = []
    gates: list[GateOn] = []
    right_meeting: RightMeeting | None = None
    confirm_each: bool = False
    draws: Literal["genogram"] | None = None
    minutes_lines: list[LineEntry] = []
    statement: str = ""
    offers_urgent_when: When | None = None
    draft_from: dict[Key, Key] = Field(default={}, description="heading key: turn field that drafts it")
    ask_again: AskAgain | None = None


class PromptsEntry(Written):
    """Questions for a turn: for default (every agency), referrer, an agency, or other (agencies without their own)."""

    audience: Key = Field(alias="for")
    place: Literal["before", "after"] = "after"
    once_across_seats: bool = False
    fields: list[FieldEntry]
    src: SrcIds = []

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, serialize_by_alias=True)


class TurnsStep(Step):
    """Each agency in turn."""

    kind: Literal["turns"]
    order: list[Key] = []
    order_src: SrcIds = []
    introduce_first: bool = False
    reminder_line: str = ""
    prompts: list[PromptsEntry] = []


class QuestionsStep(Step):
    """Questions after all turns."""

    kind: Literal["questions"]
    must_be_offered: list[Key] = Field(default=[], description="roles; one that is present is enough")
    only_if_asked: bool = Field(default=True, description="passed over while nobody has a question")


class SuggestedActionEntry(Written):
    """An action offered as a template."""

    id: Key
    label: Text
    agency: Key | None = None
    per: Literal["meeting", "child"] = Field(default="meeting", description="child: offered for each child by itself")
    when: When | None = None
    due_from: Text | None = Field(
        default=None, description="STEP.field that holds a time: by then it is due, unless another is chosen"
    )
    src: SrcIds = []


class ActionsStep(Step):
    """Actions with owner and time."""

    kind: Literal["actions"]
    fields: list[FieldEntry] = []
    required_actions: list[RequiredAction] = []
    suggested_actions: list[SuggestedActionEntry] = []
    vague_words: list[Text] = Field(default=[], description="joined with the default's")
    vague_gate: GateName = "warn"
    vague_src: SrcIds = []
    read_back: GateName = "none"
    owners_accept: bool = False
    tags: list[Key] = Field(default=[], description="child, and subject types about which an action may be as a whole")
    minutes_lines: list[LineEntry] = []


class ClosingStep(Step):
    """The end of the meeting."""

    kind: Literal["closing"]
    fields: list[FieldEntry] = []
    ask_again: AskAgain | None = None
    reconvenes_at: Key | None = Field(default=None, description="the field with the time of a further meeting agreed")
    announces: list[Text] = []
    sent_to: list[Text] = Field(
        default=[], description="who is told what the closing asks, then and whenever it changes"
    )
