"""Calling a meeting and inviting to it, as written, turned into what the rules ask and suggest."""

from __future__ import annotations

from dataclasses import replace

from meeting.procedure import (
    Convening,
    FieldSpec,
    Gate,
    Invitations,
    Line,
    Part,
    SubjectType,
    Suggestion,
)
from procedures import parts, schema


def _paged(specs: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
    """Return joined fields six to a page: who wrote them could not know how many there would be."""
    return tuple(replace(s, page=1 + at // parts.INPUTS_ON_A_PAGE) for at, s in enumerate(specs))


def convening(entry: schema.ConveningEntry) -> Convening:
    """Return what is recorded when a meeting is called."""
    specs = _paged(parts.fields(entry.fields))
    asked = Part(
        id="fields", label="Calling the meeting", fields=specs, gate=Gate(entry.gate), src=parts.sources(specs)
    )
    return Convening(
        part=asked,
        caller_agency=entry.caller.agency,
        caller_role=entry.caller.role,
        prepared_by=entry.prepared_by or "",
        per_child=tuple(entry.per_child),
        subject_types=tuple(_subject_type(s) for s in entry.subject_types),
        gate=Gate(entry.gate),
        guidance=entry.guidance,
        src=tuple(entry.src),
    )


def invitations(entry: schema.InvitationsEntry) -> Invitations:
    """Return whom to invite, and what they are told and asked."""
    specs = _paged(parts.fields(entry.fields))
    asked = Part(id="fields", label="Invitations", fields=specs, gate=Gate(entry.gate), src=parts.sources(specs))
    return Invitations(
        suggested=tuple(_suggestion(s) for s in entry.suggested),
        pathways=tuple(p.id for p in entry.pathways),
        pathway_labels={p.id: p.label for p in entry.pathways},
        pathway_src=tuple(one for p in entry.pathways for one in p.src),
        outside_pathway=Gate(entry.outside_pathway),
        consent_before=entry.consent_before,
        added_agency_needs_reason=entry.added_agency_needs_reason,
        added_agency_reasons=tuple(entry.added_agency_reasons),
        part=asked if specs else None,
        briefing=tuple(_briefing(b) for b in entry.briefing),
        substitute_asked=entry.substitute_asked,
        guidance=entry.guidance,
        src=tuple(entry.src),
    )


def _briefing(entry: schema.BriefingLine) -> Line:
    return Line(
        text=entry.text,
        acknowledge=entry.acknowledge,
        link=entry.link or "",
        per_agency_duties=entry.per_agency_duties,
        src=tuple(entry.src),
    )


def _subject_type(entry: schema.SubjectTypeEntry) -> SubjectType:
    return SubjectType(
        id=entry.id,
        label=entry.label,
        minimum_children=entry.minimum_children,
        maximum_children=entry.maximum_children,
        may_be_unidentified=entry.may_be_unidentified,
        one_family=entry.one_family,
        src=tuple(entry.src),
    )


def _suggestion(entry: schema.SuggestionEntry) -> Suggestion:
    return Suggestion(
        role=entry.role,
        when=parts.condition(entry.when),
        on_leaving_out=Gate(entry.on_leaving_out),
        warns_if_absent=entry.if_absent == "warn",
        note=entry.note or "",
        src=tuple(entry.src),
    )
