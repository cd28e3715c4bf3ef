"""What is asked: the fields of a form, and how firmly it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from meeting.conditions import Condition

Src = tuple[str, ...]  # ledger IDs; empty means "default, not from this procedure"
NOT_DECIDED = "not decided yet"  # the answer of a checkpoint that is put off


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
    past: bool = False  # a date or time in the future is none
    ahead: bool = False  # a time that has passed is none, nor one that is too far off
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
    owner_agency: str = ""  # whose people are offered as the owner of a required action
    agreed_by: str = ""  # the agency whose agreement is needed to what is answered here
    agreed_when: Condition | None = None
    agreed_gate: Gate = Gate.OVERRIDE
    ask_again_while: tuple[str, str] | None = None  # field key, answer that stays open
    in_scope_when: Condition | None = None  # of rows about other children: the child is in the meeting's scope then
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
