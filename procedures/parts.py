"""What is asked, as written, turned into the parts and fields of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from meeting.conditions import Condition, parse_condition
from meeting.procedure import NOT_DECIDED, Alternative, FieldSpec, FieldType, Gate, Line, Part, Per, Src
from procedures import schema

INPUTS_ON_A_PAGE = 6
_DECIDED = f"not answer={NOT_DECIDED}"


def condition(text: str | None) -> Condition | None:
    """Return the parsed condition, if there is one; raises ConditionError."""
    return parse_condition(text) if text is not None else None


def field(entry: schema.FieldEntry, gates: Sequence[schema.GateOn] = ()) -> FieldSpec:
    """Return one question; `gates` are the step's gates on single fields."""
    own = next((g for g in gates if entry.key in g.fields), None)
    gate = entry.gate or (own.gate if own else None)
    return FieldSpec(
        key=entry.key,
        label=entry.label,
        type=FieldType(entry.type or ("choice" if entry.choices else "text")),
        required=entry.required,
        allow_unknown=entry.allow_unknown,
        choices=tuple(entry.choices),
        when=condition(entry.when),
        page=entry.page,
        past=entry.past,
        ahead=entry.ahead,
        may_wait=entry.may_wait,
        at_once=entry.at_once,
        warns=entry.warns or "",
        gate=Gate(gate) if gate else None,
        gate_at=entry.gate_at or (own.gate_at if own else None),
        src=tuple(entry.src),
    )


def fields(entries: Iterable[schema.FieldEntry], gates: Sequence[schema.GateOn] = ()) -> tuple[FieldSpec, ...]:
    """Return the questions of one form, in order."""
    return tuple(field(entry, gates) for entry in entries)


def sources(specs: Iterable[FieldSpec]) -> Src:
    """Return the ledger IDs of these questions, each once; none at all means a default."""
    return tuple(dict.fromkeys(one for spec in specs for one in spec.src))


def form(
    entries: Sequence[schema.FieldEntry],
    step: schema.Step,
    *,
    per: str = "meeting",
    gates: Sequence[schema.GateOn] = (),
    ask_again: schema.AskAgain | None = None,
) -> tuple[Part, ...]:
    """Return a step's plain fields as its one part "fields", or nothing where it has none."""
    if not entries:
        return ()
    specs = fields(entries, gates)
    return (
        Part(
            id="fields",
            label=step.label or step.id,
            fields=specs,
            per=Per(per),
            gate=Gate(step.gate),
            gate_at=step.gate_at,
            ask_again_while=(ask_again.field, ask_again.while_answer) if ask_again else None,
            src=sources(specs),
        ),
    )


def headings(step: schema.RecordStep) -> tuple[Part, ...]:
    """Return a summary's headings as one part of required texts; "none" is an answer to each."""
    if not step.headings:
        return ()
    specs = tuple(
        FieldSpec(
            key=h.key, label=h.label, type=FieldType.TEXT, required=True, allow_unknown=True, page=1, src=tuple(h.src)
        )
        for h in step.headings
    )
    return (
        Part(
            id="headings",
            label="Summary" if step.fields else step.label or step.id,  # beside the step's form, a name of its own
            fields=specs,
            per=Per.CHILD if step.per == "child" else Per.MEETING,
            gate=Gate(step.gate),
            gate_at=step.gate_at,
            src=sources(specs),
        ),
    )


def rows(entry: schema.RowsEntry, step: schema.RecordStep) -> Part:
    """Return a table, or a form for each subject, with the step's gate where it has none of its own."""
    return Part(
        id=entry.id,
        label=entry.label,
        fields=fields(entry.fields, step.gates),
        per=Per(entry.per),
        subjects=tuple(entry.each),
        minimum=entry.minimum,
        none_allowed=entry.none_allowed,
        when=condition(entry.when),
        gate=Gate(entry.gate or step.gate),
        gate_at=entry.gate_at or step.gate_at,
        prefill=dict(entry.prefill),
        in_scope_when=condition(entry.in_scope_when),
        of_children=entry.of_children or "",
        needs_when=tuple((parse_condition(n.when), n.first) for n in entry.needs_when),
        src=tuple(entry.src),
    )


def checkpoint(entry: schema.Checkpoint, step: schema.RecordStep) -> Part:
    """Return one question of the plan: its answer, its reason, its own fields."""
    return Part(
        id=entry.id,
        label=entry.question,
        fields=_checkpoint_fields(entry),
        per=Per(entry.per),
        checkpoint=True,
        when=condition(entry.when),
        gate=Gate(entry.gate or step.gate),
        gate_at=entry.gate_at or step.gate_at,
        asks_action=entry.asks_action,
        agreed_by=entry.agreed_by.agency if entry.agreed_by else "",
        agreed_when=condition(entry.agreed_by.when) if entry.agreed_by else None,
        agreed_gate=Gate(entry.agreed_by.gate) if entry.agreed_by else Gate.OVERRIDE,
        shows=tuple(entry.shows),
        src=tuple(entry.src),
    )


def _checkpoint_fields(entry: schema.Checkpoint) -> tuple[FieldSpec, ...]:
    """A decision put off says why; its reason and evidence are asked once it is made (SAN-13.6)."""
    own = fields(entry.fields)
    if entry.answer == "fields":
        return own
    src = tuple(entry.src)
    later = entry.answer == "yes_no_later"
    when = parse_condition(_DECIDED) if later else None
    given = [
        FieldSpec(
            key="answer",
            label=entry.question,
            type=FieldType.CHOICE if later else FieldType.YES_NO,
            required=True,
            choices=("yes", "no", NOT_DECIDED) if later else (),
            src=src,
        )
    ]
    if entry.reason == "always":
        given.append(FieldSpec(key="reason", label="Reason", type=FieldType.TEXT, required=True, when=when, src=src))
    if not later:
        return (*given, *own)
    put_off = FieldSpec(
        key="later_because",
        label="Not decided yet, because",
        type=FieldType.TEXT,
        required=True,
        when=parse_condition(f"answer={NOT_DECIDED}"),
    )
    return (*given, *(_when_decided(spec, when) for spec in own), put_off)


def _when_decided(spec: FieldSpec, when: Condition | None) -> FieldSpec:
    return replace(spec, when=when) if spec.when is None else spec


def required_action(entry: schema.RequiredAction, step: schema.ActionsStep) -> Part:
    """Return an action that the procedure asks for; it holds back where the step's gate acts.

    What it is asked for (who, where, when) comes from where the action does.
    """
    src = tuple(entry.src)
    return Part(
        id=entry.id,
        label=entry.label,
        fields=tuple(replace(spec, src=spec.src or src) for spec in fields(entry.fields)),
        per=Per(entry.per),
        when=condition(entry.when),
        gate=Gate(entry.gate),
        gate_at=step.gate_at,
        gate_when=tuple((parse_condition(g.when), Gate(g.gate)) for g in entry.gate_when),
        prefill=dict(entry.prefill),
        alternatives=tuple(Alternative(id=a.id, label=a.label, fields=fields(a.fields)) for a in entry.alternatives),
        or_rationale=entry.or_rationale,
        one_may_cover_several=entry.one_may_cover_several,
        clock=entry.clock,
        owner_agency=entry.owner_agency or "",
        src=src,
    )


def line(entry: schema.LineEntry) -> Line:
    """Return a sentence that is said or printed."""
    return Line(
        text=entry.text, when=condition(entry.when), src=tuple(entry.src), id=entry.id or "", of=tuple(entry.of)
    )
