"""Agenda steps, as written and with their defaults, turned into the steps of the rules; one function for each kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from meeting.procedure import (
    ActionsData,
    ClosingData,
    Gate,
    Kind,
    Part,
    Per,
    Prompts,
    QuestionsData,
    Quorum,
    RecordData,
    RollCallData,
    StatementData,
    Step,
    StepData,
    SuggestedAction,
    TurnsData,
)
from procedures import parts, schema
from procedures.deciding import Added, decision, views


def steps(entries: Sequence[schema.AnyStep], added: Added) -> tuple[Step, ...]:
    """Return the agenda."""
    decided_at = next((entry.id for entry in entries if isinstance(entry, schema.DecisionStep)), "")
    return tuple(_step(entry, added, decided_at) for entry in entries)


def _step(entry: schema.AnyStep, added: Added, decided_at: str) -> Step:
    return Step(
        id=entry.id,
        kind=Kind(entry.kind),
        label=entry.label or entry.id,
        data=_data(entry, added, decided_at),
        owner=entry.owner,
        owner_default=entry.owner_default or not entry.src,
        kept_to_owner=entry.kept_to_owner,
        required=entry.required,
        gate=Gate(entry.gate),
        gate_at=entry.gate_at,
        when=parts.condition(entry.when),
        guidance=entry.guidance,
        src=tuple(entry.src),
    )


def _data(entry: schema.AnyStep, added: Added, decided_at: str) -> StepData:
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
            return views(entry, decided_at)
        case schema.DecisionStep():
            return decision(entry, added)
        case schema.ActionsStep():
            return _actions(entry)
        case schema.ClosingStep():
            return _closing(entry)
        case _:
            assert_never(entry)


def _closing(entry: schema.ClosingStep) -> ClosingData:
    return ClosingData(
        parts=parts.form(entry.fields, entry, ask_again=entry.ask_again),
        reconvenes_at=entry.reconvenes_at or "",
        announces=tuple(entry.announces),
        sent_to=tuple(entry.sent_to),
    )


def _statement(entry: schema.StatementStep) -> StatementData:
    return StatementData(
        lines=tuple(parts.line(one) for one in entry.lines),
        text=tuple(entry.text),
        verbatim=entry.verbatim,
        acknowledge=entry.acknowledge,
        acknowledge_gate=Gate(entry.acknowledge_gate),
        person_gate=Gate(entry.person_gate),
        permission_to_share=entry.permission_to_share,
        shows_date_of=entry.shows_date_of,
        parts=parts.form(entry.fields, entry),
        text_src=tuple(entry.text_src),
    )


def _roll_call(entry: schema.RollCallStep) -> RollCallData:
    """Introductions and apologies are asked of people and seats, not of the meeting: neither stands as a blank."""
    introduced, excused = parts.fields(entry.fields), parts.fields(entry.apologies)
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
            gate=Gate(entry.apologies_gate),
            src=parts.sources(excused),
        ),
        chair_first=entry.chair_first,
        ask_after_identity=tuple(entry.ask_after_identity),
        quorum=_quorum(entry.quorum),
    )


def _quorum(entry: schema.QuorumEntry) -> Quorum:
    return Quorum(
        agencies=tuple(entry.agencies),
        roles=tuple(entry.roles),
        gate=Gate(entry.gate),
        role_gate=Gate(entry.role_gate),
        converts=entry.if_missing == "convert",
        recheck_before=tuple(entry.recheck_before),
        src=tuple(entry.src),
        role_src=tuple(entry.role_src),
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
        introduce_first=entry.introduce_first,
        reminder_line=entry.reminder_line,
        order_src=tuple(entry.order_src),
    )


def _actions(entry: schema.ActionsStep) -> ActionsData:
    return ActionsData(
        fields=parts.fields(entry.fields),
        required_actions=tuple(parts.required_action(one, entry) for one in entry.required_actions),
        suggested=tuple(
            SuggestedAction(
                id=s.id,
                label=s.label,
                agency=s.agency,
                per=Per(s.per),
                when=parts.condition(s.when),
                due_from=s.due_from or "",
                src=tuple(s.src),
            )
            for s in entry.suggested_actions
        ),
        vague_words=tuple(entry.vague_words),
        vague_gate=Gate(entry.vague_gate),
        vague_src=tuple(entry.vague_src),
        read_back=Gate(entry.read_back),
        owners_accept=entry.owners_accept,
        tags=tuple(entry.tags),
        minutes_lines=tuple(parts.line(one) for one in entry.minutes_lines),
    )
