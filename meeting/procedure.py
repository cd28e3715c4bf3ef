"""A resolved procedure: everything that a local document decides, as typed data. Loading lives in `procedures/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from meeting.conditions import Condition

Src = tuple[str, ...]  # ledger IDs; empty means "default, not from this procedure"


NOT_DECIDED = "not decided yet"  # the answer of a checkpoint that is put off


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


class Gate(StrEnum):
    """How firmly something missing holds back a step of the record."""

    NONE = "none"
    WARN = "warn"
    OVERRIDE = "override"
    HARD = "hard"


class FieldType(StrEnum):
    """What an answer is made of."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    TICK = "tick"
    DATE = "date"
    DATETIME = "datetime"
    PERSON = "person"
    AGENCY = "agency"
    PHONE = "phone"
    CONTACT = "contact"
    CHILDREN = "children"  # one or several of the children discussed, by name


class Per(StrEnum):
    """What a part is asked about: once, once for each subject, or freely as rows."""

    MEETING = "meeting"
    CHILD = "child"
    ADULT = "adult"
    PARENT = "parent"
    PURPOSE = "purpose"
    OTHER_CHILD = "other_child"  # each child of the family rows who is no subject of the meeting, and free rows
    FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One question of a form."""

    key: str
    label: str
    type: FieldType
    required: bool = False
    allow_unknown: bool = False
    choices: tuple[str, ...] = ()
    when: Condition | None = None
    page: int = 1
    past: bool = False  # a date in the future is none
    may_wait: bool = (
        False  # a required answer without which the form can be saved: the step is then held until it comes
    )
    at_once: bool = False  # at convening, where blanks may stay: asked for with the answer that opens it
    warns: str = ""  # at the roll call: the answer that the chair is warned of at once
    gate: Gate | None = None  # firmer than, or later than, its part's
    gate_at: str | None = None
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another way to satisfy a required action."""

    id: str
    label: str
    fields: tuple[FieldSpec, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing a step asks for: a form, a table row, a checkpoint or a required action."""

    id: str
    label: str
    fields: tuple[FieldSpec, ...]
    per: Per = Per.MEETING
    subjects: tuple[str, ...] = ()  # for Per.PURPOSE, what each row is about
    minimum: int = 0  # rows, for Per.FREE
    none_allowed: bool = False  # "none" answers a table of rows
    checkpoint: bool = False
    when: Condition | None = None
    gate: Gate = Gate.OVERRIDE
    gate_at: str | None = None  # the later step that it holds back; None holds back leaving its own step
    gate_when: tuple[tuple[Condition, Gate], ...] = ()  # the first that holds replaces `gate`
    prefill: Mapping[str, str] = field(default_factory=dict)  # field key -> "STEP.field"
    asks_action: str | None = None  # a yes asks for an action of this label
    shows: tuple[str, ...] = ()  # "STEP.field": what was told at a turn, to be read beside the form
    alternatives: tuple[Alternative, ...] = ()
    or_rationale: bool = False
    one_may_cover_several: bool = False
    clock: str | None = None
    open_until: str | None = None
    counts_for: str | None = None
    owner_agency: str = ""  # whose people are offered as the owner of a required action
    agreed_by: str = ""  # the agency whose agreement is needed to what is answered here
    agreed_when: Condition | None = None
    agreed_gate: Gate = Gate.OVERRIDE
    ask_again_while: tuple[str, str] | None = None  # field key, answer that stays open
    of_children: str = ""  # of a table: the field that says which children a row is about
    needs_when: tuple[tuple[Condition, str], ...] = ()  # while it holds, an answer at "STEP.field" must come first
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence that the procedure has said or printed."""

    text: str
    when: Condition | None = None
    src: Src = ()
    id: str = ""
    of: tuple[str, ...] = ()
    acknowledge: bool = False  # in a briefing: the invitee says that it is so
    link: str = ""
    per_agency_duties: bool = False  # in a briefing: followed by what this procedure asks of the invitee's agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """Who must be present, and what follows when they are not."""

    agencies: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    gate: Gate = Gate.OVERRIDE
    role_gate: Gate = Gate.OVERRIDE
    converts: bool = False
    recheck_before: tuple[str, ...] = ()
    src: Src = ()
    role_src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementData:
    lines: tuple[Line, ...] = ()
    text: tuple[str, ...] = ()  # to be given word for word
    verbatim: bool = False
    acknowledge: bool = False
    acknowledge_gate: Gate = Gate.WARN  # how firmly somebody who is silent holds the step back
    person_gate: Gate = Gate.NONE  # HARD: no content to a person who has not acknowledged
    permission_to_share: bool = False
    shows_date_of: str | None = None  # a clock's id
    parts: tuple[Part, ...] = ()
    text_src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallData:
    introduction: Part
    apologies: Part
    chair_first: bool = False
    ask_after_identity: tuple[str, ...] = ()  # field keys asked again once the child is known
    quorum: Quorum = field(default_factory=Quorum)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordData:
    parts: tuple[Part, ...]
    right_meeting: Gate = Gate.NONE  # HARD on the identity step
    right_meeting_src: Src = ()
    confirm_each: bool = False
    draws_genogram: bool = False
    minutes_lines: tuple[Line, ...] = ()
    statement: str = ""
    offers_urgent_when: Condition | None = None
    draft_from: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """A set of questions for a turn: for `default` (every agency), `referrer`, one agency, or `other`."""

    audience: str
    fields: tuple[FieldSpec, ...]
    before: bool = False
    once_across_seats: bool = False
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnsData:
    order: tuple[str, ...]
    prompts: tuple[Prompts, ...]
    announce_gate: Gate = Gate.NONE
    introduce_first: bool = False
    reminder_line: str = ""
    order_src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsData:
    must_be_offered: tuple[str, ...] = ()
    only_if_asked: bool = True  # the step is passed over while nobody has a question


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    value: int
    text: str
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    options: tuple[str, ...]
    reason: bool = True
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    minimum: int
    maximum: int
    anchors: tuple[Anchor, ...]
    danger_at_minimum: bool
    reason: bool = False
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsData:
    per: Per = Per.CHILD
    threshold: Threshold | None = None
    scale: Scale | None = None
    invited_gate: Gate = Gate.OVERRIDE
    invited_at: str = "DECISION"
    silent: str = "invited, gave no view"
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    id: str
    label: str
    needs: tuple[FieldSpec, ...] = ()
    when: Condition | None = None
    starts_s47: bool = False
    answers_threshold: bool = False
    excludes: tuple[str, ...] = ()
    action_label: str | None = None
    action_clock: str | None = None
    linked_meeting: bool = False  # a further meeting on this child, linked with this one
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """What this meeting cannot decide: as an outcome or action type, and as words in free text."""

    id: str
    structural: Gate
    text: Gate
    allowed_wording: str
    words: tuple[str, ...]
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionData:
    outcomes: tuple[Outcome, ...]
    rationale: Part
    per: Per = Per.CHILD
    several: bool = False
    agreement: Gate = Gate.NONE
    lead_criminal: str | None = None  # agency of the lead when joint
    lead_welfare: str | None = None
    leads_src: Src = ()
    forbidden: tuple[Forbidden, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedAction:
    label: str
    agency: str | None = None
    per: Per = Per.MEETING  # CHILD: offered for each child of whom `when` holds
    due_from: str = ""  # "STEP.field": a recorded time by which it is due
    when: Condition | None = None
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsData:
    fields: tuple[FieldSpec, ...]
    required_actions: tuple[Part, ...] = ()
    suggested: tuple[SuggestedAction, ...] = ()
    smart: bool = False
    vague_words: tuple[str, ...] = ()
    vague_gate: Gate = Gate.WARN
    read_back: Gate = Gate.NONE
    owners_accept: bool = False
    tags: tuple[str, ...] = ()
    minutes_lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingData:
    parts: tuple[Part, ...] = ()
    announces: tuple[str, ...] = ()
    sent_to: tuple[str, ...] = ()


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
    may_be_handed_to: str | None = None
    kept_to_owner: bool = False  # the chair fills it in only once it is handed to them; the note-taker may write
    required: bool = True
    gate: Gate = Gate.OVERRIDE
    gate_at: str | None = None
    when: Condition | None = None
    guidance: str = ""
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time limit that runs from a stated event."""

    id: str
    what: str
    from_event: str
    limit: int
    unit: str  # hours (clock), calendar_days, working_days
    gate: Gate = Gate.WARN
    when: Condition | None = None
    reason_gate: Gate = Gate.NONE
    reason_at: str | None = None
    overdue_next_working_day: bool = False  # a chase: overdue only once the next working day begins
    until: str = ""  # the recorded event that stops it
    holder: str = "chair"  # who is reminded
    bounds: str = ""  # "STEP.part.field": a date that it is not to exceed
    reminded: bool = True  # False: a date that is shown, and nobody is reminded of it
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setter:
    """An answer that sets a flag: its place as "STEP.part.field", and the value it must have (None: any)."""

    place: str
    equals: str | None = None
    other_than: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    name: str
    scope: str  # meeting or child
    means: str
    set_by: tuple[Setter, ...] = ()  # empty: the rules themselves set it (meeting/flags.py)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    title: str
    edition: str = ""
    superseded: bool = False
    link: str = ""
    needs_link: bool = False  # named only where the deployment has set a link
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    meeting_name: str = "Strategy meeting"
    chair_role: str = "Chair"
    case_system: str = "the case system"
    professionals_meeting: str = "Professionals meeting"
    other_names: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()  # words in a relation that mark a parent or carer
    children: tuple[str, ...] = ()  # words in a relation that mark a child
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Words that free text is checked for; the author may keep them."""

    name: str = ""
    words: tuple[str, ...] = ()
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectType:
    id: str
    label: str
    minimum_children: int = 1
    maximum_children: int | None = None  # it is not offered for more
    may_be_unidentified: bool = False
    one_family: bool = True
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Convening:
    part: Part
    per_child: tuple[str, ...] = ()
    start_now: tuple[str, ...] = ()
    subject_types: tuple[SubjectType, ...] = ()
    started_by: str = "social_care"
    gate: Gate = Gate.OVERRIDE
    guidance: str = ""
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    role: str
    when: Condition | None  # None: always
    on_leaving_out: Gate = Gate.WARN
    warns_if_absent: bool = False  # the roll call and the minutes name it where nobody came for it
    note: str = ""
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitations:
    suggested: tuple[Suggestion, ...] = ()
    pathways: tuple[str, ...] = ()
    pathway_labels: Mapping[str, str] = field(default_factory=dict)
    pathway_src: Src = ()
    outside_pathway: Gate = Gate.NONE
    consent_before: bool = False
    added_agency_needs_reason: bool = True
    added_agency_reasons: tuple[str, ...] = ()
    part: Part | None = None
    briefing: tuple[Line, ...] = ()
    non_response_reminder: bool = False
    substitute_asked: bool = False
    guidance: str = ""
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    chair_silent_minutes: int = 2
    must_leave_offer_minutes: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSystemTask:
    """Something that the chair confirms in the case system once the minutes are authorised."""

    id: str
    label: str
    per: Per = Per.MEETING
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The team that distributes the minutes of a child."""

    to: str
    when: Condition | None = None
    needs: tuple[str, ...] = ()  # convening fields that must be answered
    after_task: str | None = None
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesData:
    made_by: str = "note_taker"
    authorised_by: str = "chair"
    recorded_on_case_system: bool = True
    check_before_recorded: Gate = Gate.NONE
    authorise_tick: str = ""
    case_system_order: tuple[str, ...] = ()  # keys of the minutes' sections, as the case system's form has them
    tasks: tuple[CaseSystemTask, ...] = ()
    routes: tuple[Route, ...] = ()
    guidance: str = ""
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """After the meeting: where its words and its grounds come from."""

    guidance: str = ""
    challenge_src: Src = ()
    escalation_src: Src = ()
    escalation_link: str = ""
    escalation_contacts: tuple[str, ...] = ()  # work e-mail addresses; told when somebody escalates
    stages: tuple[EscalationStage, ...] = ()
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """When an owner is reminded, in working days before and after the time itself, and who is told next."""

    before_working_days: tuple[int, ...] = (1,)
    after_working_days: tuple[int, ...] = (1,)
    then: tuple[str, ...] = ("owner_manager", "chair")
    then_working_days: int = 1  # between one step of `then` and the next
    repeat_working_days: int = 5  # after the last step, until it is done


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When people are disturbed for what is not statutory, on the clock of the procedure's zone."""

    opens: time = time(8, 0)
    closes: time = time(19, 0)
    days: time = time(9, 0)  # when what is counted in days is reminded of
    digest: time = time(8, 45)  # when a chair is told what is open


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStage:
    """One stage of the local escalation protocol: who settles it, and within which time."""

    id: str
    label: str
    limit: int
    unit: str  # as a clock's
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """Which days count; `off` holds the weekdays on which nobody works, in order."""

    country: str = "England and Wales"
    zone: str = "Europe/London"
    off: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One authority's procedure with its defaults filled in; stored whole with each meeting that runs under it."""

    id: str
    title: str
    convening: Convening
    agenda: tuple[Step, ...]
    issuer: str = ""
    published: str = ""
    review: str = ""
    version: str = ""
    references: tuple[Reference, ...] = ()
    missing_parts: tuple[str, ...] = ()
    words: Words = field(default_factory=Words)
    purpose: tuple[str, ...] = ()
    language: Language = field(default_factory=Language)
    steps_may_vary: Gate = Gate.NONE  # OVERRIDE: steps may be skipped with a reason
    steps_fixed: tuple[str, ...] = ()
    invitations: Invitations = field(default_factory=Invitations)
    restrict_child_never: tuple[str, ...] = ()  # agencies that no child may be restricted for
    minutes: MinutesData = field(default_factory=MinutesData)
    challenge_grounds: tuple[str, ...] = ()
    escalation_protocol: str = "local escalation protocol"
    clocks: tuple[Clock, ...] = ()
    flags: tuple[Flag, ...] = ()
    presence: Presence = field(default_factory=Presence)
    working_days: WorkingDays = field(default_factory=WorkingDays)
    reminders: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # clock id -> hours before
    reminder_days: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # clock id -> working days before
    ladder: Ladder = field(default_factory=Ladder)  # for actions, and clocks without times of their own
    statutory: tuple[str, ...] = ()  # clocks whose reminders cannot be muted
    hours: Hours = field(default_factory=Hours)
    follow_up: FollowUp = field(default_factory=FollowUp)
    admission_guidance: str = ""
    src: Src = ()
    purpose_src: Src = ()
    review_src: Src = ()
    steps_may_vary_src: Src = ()
    missing_parts_src: Src = ()

    def step(self, step_id: str) -> Step:
        """Return the step of this id; raises KeyError."""
        for step in self.agenda:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def clock(self, clock_id: str) -> Clock | None:
        """Return the clock of this id, if the procedure has it."""
        return next((clock for clock in self.clocks if clock.id == clock_id), None)


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
