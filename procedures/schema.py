"""The form of a procedure file as written: strict models, and the JSON Schema that editors check while one types.

Every model forbids unknown keys. A key that is left out takes its value from `default.yaml` (see `merge.py`), so most
keys are optional here; what a resolved procedure must have is checked in `check.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

SRC_PATTERN = r"^[A-Z][A-Z0-9]{1,9}-[0-9]+(\.[0-9]+)*[A-Za-z0-9]*$"
KEY_PATTERN = r"^[a-z][a-z0-9_]*$"
STEP_PATTERN = r"^[A-Z][A-Z0-9_]*$"
BOUNDS_PATTERN = r"^[A-Z][A-Z0-9_]*\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"
CLOCK_TIME_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
SETTER_PATTERN = r"^(\*|[A-Z][A-Z0-9_]*)\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*( !?= .+)?$"


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


SrcId = Annotated[str, Field(pattern=SRC_PATTERN)]
_SRC_SCHEMA = {
    "description": "Ledger IDs that this value comes from, one or a list. Without any: a default, not this procedure.",
    "anyOf": [
        {"type": "string", "pattern": SRC_PATTERN},
        {"type": "array", "items": {"type": "string", "pattern": SRC_PATTERN}},
    ],
}
SrcIds = Annotated[list[SrcId], BeforeValidator(_listed), WithJsonSchema(_SRC_SCHEMA)]
Text = Annotated[str, Field(pattern=r"\S")]
Key = Annotated[str, Field(pattern=KEY_PATTERN)]
StepId = Annotated[str, Field(pattern=STEP_PATTERN)]
ClockTime = Annotated[str, Field(pattern=CLOCK_TIME_PATTERN, description='on the local clock, quoted: "08:00"')]
Month = Annotated[str, Field(pattern=MONTH_PATTERN)]
SetBy = Annotated[str, Field(pattern=SETTER_PATTERN, description="STEP.part.field, alone or with = value, != value")]
When = Annotated[
    str,
    Field(
        pattern=r"\S",
        description="Flags, sibling fields or field=choice, each may begin with `not`, joined by `and` and `or`",
    ),
]
GateName = Annotated[
    Literal["none", "warn", "override", "hard"],
    Field(description="How firmly something missing holds back a step: not, a message, unless a reason, always"),
]
PerName = Literal["meeting", "child", "adult", "parent", "purpose", "other_child", "free"]
TypeName = Literal[
    "text",
    "choice",
    "choices",
    "yes_no",
    "tick",
    "date",
    "datetime",
    "person",
    "agency",
    "phone",
    "contact",
    "children",
]


class Written(BaseModel):
    """Anything written in a procedure file: unknown keys are faults, values are what they look like."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


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
    past: bool = Field(default=False, description="a date that has come: none in the future is taken")
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


class Step(Written):
    """What every agenda step may say."""

    id: StepId
    label: Text | None = None
    owner: Key = Field(default="chair", description="chair, social_worker, note_taker …")
    owner_default: bool = Field(default=False, description="the document names no owner")
    may_be_handed_to: Text | None = None
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


class Announce(Written):
    """The speaking order is shown before the first turn, and each turn is announced."""

    gate: GateName
    src: SrcIds = []


class TurnsStep(Step):
    """Each agency in turn."""

    kind: Literal["turns"]
    order: list[Key] = []
    order_src: SrcIds = []
    announce: Announce | None = None
    introduce_first: bool = False
    reminder_line: str = ""
    prompts: list[PromptsEntry] = []


class QuestionsStep(Step):
    """Questions after all turns."""

    kind: Literal["questions"]
    must_be_offered: list[Key] = Field(default=[], description="roles; one that is present is enough")
    only_if_asked: bool = Field(default=True, description="passed over while nobody has a question")


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
    gate_at: StepId = "DECISION"
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
    open_until: Text | None = None
    counts_for: Key | None = None
    owner_agency: Key | None = Field(default=None, description="people of this agency are offered as its owner")
    src: SrcIds = []


class SuggestedActionEntry(Written):
    """An action offered as a template."""

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
    smart: bool = False
    smart_src: SrcIds = []
    vague_words: list[Text] = Field(default=[], description="joined with the default's")
    vague_gate: GateName = "warn"
    read_back: GateName = "none"
    owners_accept: bool = False
    tags: list[Key] = []
    minutes_lines: list[LineEntry] = []


class ClosingStep(Step):
    """The end of the meeting."""

    kind: Literal["closing"]
    fields: list[FieldEntry] = []
    ask_again: AskAgain | None = None
    announces: list[Text] = []
    sent_to: list[Text] = Field(
        default=[], description="who is told what the closing asks, then and whenever it changes"
    )


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


class Admission(Written):
    """Who comes in, and who sees whom."""

    restrict_child_never: list[Key] = Field(default=[], description="agencies that no child may be restricted for")
    guidance: str = ""
    src: SrcIds = []


class SubjectTypeEntry(Written):
    """Whom a meeting may be about."""

    id: Key
    label: Text
    one_family: bool = True
    minimum_children: int = Field(default=1, ge=0)
    maximum_children: int | None = Field(default=None, ge=1, description="it is not offered for more")
    may_be_unidentified: bool = False
    src: SrcIds = []


class ConveningEntry(Written):
    """What is recorded when a meeting is called; `fields` join the default's by key."""

    started_by: Key = "social_care"
    fields: list[FieldEntry] = []
    per_child: list[Key] = []
    start_now: Annotated[list[Key], Field(max_length=4)] = []
    subject_types: list[SubjectTypeEntry] = []
    gate: GateName = "override"
    guidance: str = ""
    src: SrcIds = []


class SuggestionEntry(Written):
    """A seat that is suggested; joined with the default's by role."""

    role: Key
    when: When | None = Field(default=None, description="without one: always")
    on_leaving_out: GateName = "warn"
    if_absent: Literal["warn", "none"] = Field(
        default="none", description="warn: the roll call and the minutes name it where nobody came for it"
    )
    note: Text | None = None
    src: SrcIds = []


class Pathway(Written):
    """A local pathway that invitations go by; its routes are deployment data."""

    id: Key
    label: Text
    src: SrcIds = []


class BriefingLine(Written):
    """A line of the briefing that goes out with the invitation."""

    text: Text
    acknowledge: bool = False
    link: Text | None = None
    per_agency_duties: bool = False
    src: SrcIds = []


class InvitationsEntry(Written):
    """Whom to invite, and what they are told and asked."""

    suggested: list[SuggestionEntry] = []
    pathways: list[Pathway] = []
    outside_pathway: GateName = "none"
    consent_before: bool = Field(default=False, description="consent is asked before invitations beyond the core")
    added_agency_needs_reason: bool = True
    added_agency_reasons: list[Text] = []
    fields: list[FieldEntry] = []
    briefing: list[BriefingLine] = []
    non_response_reminder: bool = False
    substitute_asked: bool = False
    gate: GateName = "warn"
    guidance: str = ""
    src: SrcIds = []


class CaseSystemTask(Written):
    """Something the chair confirms in the case system after authorising."""

    id: Key
    label: Text
    per: Literal["meeting", "child"] = "meeting"
    src: SrcIds = []


class Route(Written):
    """Who distributes the minutes."""

    to: Text
    when: When | None = None
    needs: list[Key] = []
    after_task: Key | None = None
    src: SrcIds = []


class MinutesEntry(Written):
    """From draft to distribution."""

    made_by: Key = "note_taker"
    authorised_by: Key = "chair"
    recorded_on_case_system: bool = True
    check_before_recorded: GateName = "none"
    authorise_tick: str = ""
    case_system_order: list[Key | StepId] = Field(
        default=[], description="the order of the case system's form, for pasting: step ids, or words such as people"
    )
    case_system_tasks: list[CaseSystemTask] = []
    routes: list[Route] = []
    guidance: str = ""
    src: SrcIds = []


class ChallengeEntry(Written):
    """Grounds on which a decision may be challenged."""

    grounds: list[Text] = []
    src: SrcIds = []


class StageEntry(Written):
    """One stage of an escalation."""

    id: Key
    label: Text
    limit: int = Field(ge=1)
    unit: Literal["hours", "calendar_days", "working_days"]
    src: SrcIds = []


class EscalationEntry(Written):
    """Where a disagreement goes."""

    protocol: Text
    link: str = Field(default="", description="where the protocol can be read")
    contacts: list[Text] = Field(default=[], description="work e-mail addresses that are told of an escalation")
    stages: list[StageEntry] = Field(default=[], description="in order; each with its own time")
    src: SrcIds = []


class FollowUpEntry(Written):
    """After the meeting."""

    challenge: ChallengeEntry = ChallengeEntry()
    escalation: EscalationEntry | None = None
    guidance: str = ""
    src: SrcIds = []


class ClockEntry(Written):
    """A time limit; joined with the default's by id."""

    id: Key
    what: Text
    from_event: Key
    limit: int = Field(ge=0)
    unit: Literal["hours", "calendar_days", "working_days"]
    gate: GateName = "warn"
    when: When | None = None
    reason_gate: GateName = "none"
    reason_at: StepId | None = None
    overdue: Literal["next_day", "next_working_day"] = "next_day"
    until: Key | None = Field(default=None, description="the recorded event that stops it")
    holder: Literal["chair", "note_taker", "attendees"] = Field(default="chair", description="who is reminded")
    bounds: str | None = Field(
        default=None, pattern=BOUNDS_PATTERN, description="STEP.part.field: a later date needs the gate's reason"
    )
    reminded: bool = Field(default=True, description="false: shown as a latest date, nobody is reminded")
    src: SrcIds = []


class FlagEntry(Written):
    """A fact that conditions may name, and the answers that set it (none: the rules set it)."""

    flag: Key
    scope: Literal["meeting", "child"]
    means: Text
    set_by: list[SetBy] = []


class LadderEntry(Written):
    """When an owner is reminded, and who is told next."""

    before_working_days: list[int]
    after_working_days: list[int]
    then: list[Literal["owner_manager", "chair"]]
    then_working_days: int = Field(default=1, ge=1, description="between one step of `then` and the next")
    repeat_working_days: int = Field(default=5, ge=0, description="after the last step, until it is done; 0: never")


class HoursEntry(Written):
    """When people are disturbed for what is not statutory, and when what is counted in days is reminded of."""

    opens: ClockTime = "08:00"
    closes: ClockTime = "19:00"
    days: ClockTime = "09:00"
    digest: ClockTime = "08:45"


class RemindersEntry(Written):
    """Reminder times; those of a clock's own replace the ladder's before."""

    ladder: LadderEntry | None = None
    hours: HoursEntry = HoursEntry()
    before_hours: dict[Key, list[int]] = {}
    before_working_days: dict[Key, list[int]] = {}
    statutory: list[Key] = Field(default=[], description="clocks whose reminders cannot be muted")


class PresenceEntry(Written):
    """How long the meeting waits."""

    chair_silent_minutes: int = Field(default=2, ge=1)
    must_leave_offer_minutes: int = Field(default=10, ge=1)


class WorkingDaysEntry(Written):
    """Which days count."""

    country: Literal["England and Wales", "Scotland", "Northern Ireland"] = "England and Wales"
    zone: Text = "Europe/London"
    added: list[date] = Field(default=[], description="further days on which nobody works, such as a proclaimed one")
    removed: list[date] = Field(default=[], description="bank holidays that are worked")


class Document(Written):
    """What a procedure file and the default file have in common."""

    words: WordsEntry = WordsEntry()
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
    agenda: list[AnyStep] = Field(default=[], description="in order; without one, the default's order")
    src: SrcIds = []


class DefaultFile(Document):
    """What holds where a procedure is silent, as written in `default.yaml`."""

    agenda_order: list[StepId]
    steps: list[AnyStep]
    added_outcomes: list[OutcomeEntry]
