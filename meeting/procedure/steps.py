"""What each kind of step brings of its own, but for views and decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from meeting.conditions import Condition
from meeting.procedure.parts import FieldSpec, Gate, Line, Part, Per, Src


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
    introduce_first: bool = False
    reminder_line: str = ""
    order_src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsData:
    must_be_offered: tuple[str, ...] = ()
    only_if_asked: bool = True  # the step is passed over while nobody has a question


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedAction:
    id: str  # what an action that comes of it is linked by
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
    vague_words: tuple[str, ...] = ()
    vague_gate: Gate = Gate.WARN
    vague_src: Src = ()
    read_back: Gate = Gate.NONE
    owners_accept: bool = False
    tags: tuple[str, ...] = ()
    minutes_lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingData:
    parts: tuple[Part, ...] = ()
    reconvenes_at: str = ""  # the field that says when a further meeting is held, where one is agreed
    announces: tuple[str, ...] = ()
    sent_to: tuple[str, ...] = ()
