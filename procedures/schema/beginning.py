"""Calling a meeting, letting people in and inviting them, as written."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from procedures.schema.parts import FieldEntry
from procedures.schema.written import GateName, Key, SrcIds, Text, When, Written


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


class CallerEntry(Written):
    """The seat of whoever calls a meeting from a card: they chair it until somebody else does."""

    agency: Key = "social_care"
    role: Key = "team_manager"


class ConveningEntry(Written):
    """What is recorded when a meeting is called; `fields` join the default's by key."""

    fields: list[FieldEntry] = []
    caller: CallerEntry = CallerEntry()
    prepared_by: Key | None = Field(default=None, description="the role that may prepare every step, whoever owns it")
    per_child: list[Key] = []
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
    substitute_asked: bool = False
    gate: GateName = "warn"
    guidance: str = ""
    src: SrcIds = []
