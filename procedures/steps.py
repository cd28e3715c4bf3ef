"""Agenda steps, as written and with their defaults, turned into the steps of the rules; one function for each kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from meeting.procedure import (
    ActionsData,
    Anchor,
    ClosingData,
    DecisionData,
    Forbidden,
    Gate,
    Kind,
    Outcome,
    Part,
    Per,
    Prompts,
    QuestionsData,
    Quorum,
    RecordData,
    RollCallData,
    Scale,
    StatementData,
    Step,
    StepData,
    SuggestedAction,
    Threshold,
    TurnsData,
    ViewsData,
)
from procedures import parts, schema

Added = Mapping[str, schema.OutcomeEntry]  # the default outcomes that a procedure may name, by id


def step(entry: schema.AnyStep, added: Added) -> Step:
    """Return one agenda step."""
    return Step(
        id=entry.id,
        kind=Kind(entry.kind),
        label=entry.label or entry.id,
        data=_data(entry, added),
        owner=entry.owner,
        owner_default=entry.owner_default or not entry.src,
        may_be_handed_to=entry.may_be_handed_to,
        required=entry.required,
        gate=Gate(entry.gate),
        gate_at=entry.gate_at,
        when=parts.condition(entry.when),
        guidance=entry.guidance,
        src=tuple(entry.src),
    )


def _data(entry: schema.AnyStep, added: Added) -> StepData:
    match entry:
        case schema.StatementStep():
            return _statement(entry)
        case schema.RollCallStep():
            return _roll_call(entry)
        case schema.RecordStep():
            return _record(entry)
        case schema.TurnsStep():
            return _turns(entry)
        case schema.QuestionsStep():
            return QuestionsData(must_be_offered=tuple(entry.must_be_offered), only_if_asked=entry.only_if_asked)
        case schema.ViewsStep():
            return _views(entry)
        case schema.DecisionStep():
            return _decision(entry, added)
        case schema.ActionsStep():
            return _actions(entry)
        case schema.ClosingStep():
            return ClosingData(
                parts=parts.form(entry.fields, entry), announces=tuple(entry.announces), sent_to=tuple(entry.sent_to)
            )
        case _:
            assert_never(entry)


def _statement(entry: schema.StatementStep) -> StatementData:
    return StatementData(
        lines=tuple(parts.line(one) for one in entry.lines),
        text=tuple(entry.text),
        verbatim=entry.verbatim,
        acknowledge=entry.acknowledge,
        person_gate=Gate(entry.person_gate),
        permission_to_share=entry.permission_to_share,
        shows_date_of=entry.shows_date_of,
        parts=parts.form(entry.fields, entry),
        text_src=tuple(entry.text_src),
    )


def _roll_call(entry: schema.RollCallStep) -> RollCallData:
    """Introductions and apologies are asked of people and seats, not of the meeting: neither stands as a blank."""
    introduced, excused = parts.fields(entry.fields), parts.fields(entry.apologies)
    quorum = entry.quorum
    return RollCallData(
        introduction=Part(
            id="introduction",
            label="Introduction",
            fields=introduced,
            per=Per.FREE,
            gate=Gate(entry.gate),
            gate_at=entry.gate_at,
            src=parts.sources(introduced),
        ),
        apologies=Part(
            id="apologies",
            label="Apologies",
            fields=excused,
            per=Per.FREE,
            gate=Gate.NONE,
            src=parts.sources(excused),
        ),
        chair_first=entry.chair_first,
        ask_after_identity=tuple(entry.ask_after_identity),
        quorum=Quorum(
            agencies=tuple(quorum.agencies),
            roles=tuple(quorum.roles),
            gate=Gate(quorum.gate),
            role_gate=Gate(quorum.role_gate),
            converts=quorum.if_missing == "convert",
            recheck_before=tuple(quorum.recheck_before),
            src=tuple(quorum.src),
            role_src=tuple(quorum.role_src),
        ),
    )


def _record(entry: schema.RecordStep) -> RecordData:
    right = entry.right_meeting
    asked = (
        *parts.form(entry.fields, entry, per=entry.per, gates=entry.gates, ask_again=entry.ask_again),
        *parts.headings(entry),
        *(parts.rows(one, entry) for one in entry.rows),
        *(parts.checkpoint(one, entry) for one in entry.checkpoints),
    )
    return RecordData(
        parts=asked,
        right_meeting=Gate(right.gate) if right else Gate.NONE,
        right_meeting_src=tuple(right.src) if right else (),
        confirm_each=entry.confirm_each,
        draws_genogram=entry.draws == "genogram",
        minutes_lines=tuple(parts.line(one) for one in entry.minutes_lines),
        statement=entry.statement,
        offers_urgent_when=parts.condition(entry.offers_urgent_when),
        police_sensitive=Gate(entry.police_sensitive_gate),
        draft_from=dict(entry.draft_from),
    )


def _turns(entry: schema.TurnsStep) -> TurnsData:
    return TurnsData(
        order=tuple(entry.order),
        prompts=tuple(
            Prompts(
                audience=one.audience,
                fields=parts.fields(one.fields),
                before=one.place == "before",
                once_across_seats=one.once_across_seats,
                src=tuple(one.src),
            )
            for one in entry.prompts
        ),
        announce_gate=Gate(entry.announce.gate) if entry.announce else Gate.NONE,
        introduce_first=entry.introduce_first,
        reminder_line=entry.reminder_line,
        order_src=tuple(entry.order_src),
    )


def _views(entry: schema.ViewsStep) -> ViewsData:
    threshold = next((i for i in entry.instruments if isinstance(i, schema.ThresholdInstrument)), None)
    scale = next((i for i in entry.instruments if isinstance(i, schema.ScaleInstrument)), None)
    invited = entry.invited_gate or schema.InvitedGate(gate="override")
    return ViewsData(
        per=Per(entry.per),
        threshold=Threshold(
            options=tuple(threshold.options), reason=threshold.reason, src=tuple(threshold.src)
        )
        if threshold
        else None,
        scale=_scale(scale) if scale else None,
        invited_gate=Gate(invited.gate),
        invited_at=invited.gate_at,
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


def _decision(entry: schema.DecisionStep, added: Added) -> DecisionData:
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


def _actions(entry: schema.ActionsStep) -> ActionsData:
    return ActionsData(
        fields=parts.fields(entry.fields),
        required_actions=tuple(parts.required_action(one, entry) for one in entry.required_actions),
        suggested=tuple(
            SuggestedAction(label=s.label, agency=s.agency, when=parts.condition(s.when), src=tuple(s.src))
            for s in entry.suggested_actions
        ),
        smart=entry.smart,
        vague_words=tuple(entry.vague_words),
        vague_gate=Gate(entry.vague_gate),
        read_back=Gate(entry.read_back),
        owners_accept=entry.owners_accept,
        tags=tuple(entry.tags),
        minutes_lines=tuple(parts.line(one) for one in entry.minutes_lines),
    )
