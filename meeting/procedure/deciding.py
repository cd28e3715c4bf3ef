"""What views and the decision choose from."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.conditions import Condition
from meeting.procedure.parts import FieldSpec, Gate, Part, Per, Src


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
    invited_at: str = ""  # the step that waits until everybody was asked
    silent: str = "invited, gave no view"
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    id: str
    label: str
    needs: tuple[FieldSpec, ...] = ()
    when: Condition | None = None
    starts_s47: bool = False
    continues_s47: Condition | None = None  # by what is said with it: an enquiry that runs already goes on
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
