"""Views and decision, as written, turned into those of the rules."""

from __future__ import annotations

from collections.abc import Mapping

from meeting.procedure import (
    Anchor,
    DecisionData,
    Forbidden,
    Gate,
    Outcome,
    Part,
    Per,
    Scale,
    Threshold,
    ViewsData,
)
from procedures import parts, schema

Added = Mapping[str, schema.OutcomeEntry]  # the default outcomes that a procedure may name, by id


def views(entry: schema.ViewsStep, decided_at: str) -> ViewsData:
    """Return how every attendee is asked for a view, before the step at which is decided."""
    threshold = next((i for i in entry.instruments if isinstance(i, schema.ThresholdInstrument)), None)
    scale = next((i for i in entry.instruments if isinstance(i, schema.ScaleInstrument)), None)
    invited = entry.invited_gate or schema.InvitedGate(gate="override")
    return ViewsData(
        per=Per(entry.per),
        threshold=Threshold(options=tuple(threshold.options), reason=threshold.reason, src=tuple(threshold.src))
        if threshold
        else None,
        scale=_scale(scale) if scale else None,
        invited_gate=Gate(invited.gate),
        invited_at=invited.gate_at or decided_at,
        silent=invited.silent,
        src=tuple(entry.src),
    )


def _scale(entry: schema.ScaleInstrument) -> Scale:
    return Scale(
        minimum=entry.min,
        maximum=entry.max,
        anchors=tuple(Anchor(value=a.value, text=a.text, src=tuple(a.src)) for a in entry.anchors),
        danger_at_minimum=entry.danger_end == "min",
        reason=entry.reason,
        src=tuple(entry.src),
    )


def decision(entry: schema.DecisionStep, added: Added) -> DecisionData:
    """Return what may be decided, and what its reasons consist of."""
    leads = entry.leads_when_joint
    reasons = parts.fields(entry.rationale.fields) if entry.rationale else ()
    return DecisionData(
        outcomes=tuple(outcome(one) for one in (*entry.outcomes, *(added[one] for one in entry.added_outcomes))),
        rationale=Part(
            id="rationale",
            label="Rationale",
            fields=reasons,
            per=Per(entry.per),
            gate=Gate(entry.rationale.gate) if entry.rationale else Gate.HARD,
            prefill=dict(entry.rationale.prefill) if entry.rationale else {},
            src=tuple(entry.rationale.src) if entry.rationale else (),
        ),
        per=Per(entry.per),
        several=entry.several,
        agreement=Gate(entry.agreement.gate) if entry.agreement else Gate.NONE,
        lead_criminal=leads.criminal_investigation if leads else None,
        lead_welfare=leads.s47_and_welfare_assessment if leads else None,
        leads_src=tuple(leads.src) if leads else (),
        forbidden=tuple(_forbidden(one) for one in entry.forbidden),
    )


def outcome(entry: schema.OutcomeEntry) -> Outcome:
    """Return one answer that the meeting may decide."""
    brings = entry.creates_action or schema.CreatesAction()
    return Outcome(
        id=entry.id,
        label=entry.label,
        needs=parts.fields(entry.needs),
        when=parts.condition(entry.when),
        starts_s47=entry.starts_s47,
        continues_s47=parts.condition(entry.continues_s47),
        answers_threshold=entry.answers_threshold,
        excludes=tuple(entry.excludes),
        action_label=brings.label,
        action_clock=brings.clock,
        linked_meeting=brings.linked_meeting,
        src=tuple(entry.src),
    )


def _forbidden(entry: schema.ForbiddenEntry) -> Forbidden:
    return Forbidden(
        id=entry.id,
        structural=Gate(entry.structural or "warn"),
        text=Gate(entry.text or "warn"),
        allowed_wording=entry.allowed_wording or "",
        words=tuple(entry.words),
        src=tuple(entry.src),
    )
