"""Calling a meeting and inviting to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from meeting.conditions import Condition
from meeting.procedure.parts import Gate, Line, Part, Src


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
    caller_agency: str = "social_care"  # of the seat of whoever calls a meeting from a card, and chairs it
    caller_role: str = "team_manager"
    prepared_by: str = ""  # the role whose holder may prepare every step, whoever owns it
    per_child: tuple[str, ...] = ()
    subject_types: tuple[SubjectType, ...] = ()
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
    substitute_asked: bool = False
    guidance: str = ""
    src: Src = ()
