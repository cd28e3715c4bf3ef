"""A procedure as a page of text, for whoever has to trust it: what is asked, how firmly, and what is a default."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from meeting.procedure import (
    ActionsData,
    Clock,
    DecisionData,
    FieldSpec,
    Gate,
    Part,
    Per,
    Procedure,
    RecordData,
    RollCallData,
    Src,
    StatementData,
    Step,
    TurnsData,
    ViewsData,
    parts_of,
)
from meeting.timing.clocks import limit_words
from procedures.notices import companions, notices

_LEGEND = "(IDs): where in the document it stands. [default]: default, not from this procedure. <gate at step>."
_ABOUT = {
    Per.MEETING: "",
    Per.CHILD: "for each child",
    Per.ADULT: "for each adult",
    Per.PARENT: "for each parent or carer",
    Per.PURPOSE: "for each purpose",
    Per.OTHER_CHILD: "for each other child",
    Per.FREE: "in rows",
}


def show(procedure: Procedure, *, today: date | None = None) -> str:
    """Return the whole procedure as text; with `today` also the notices that depend on the date."""
    return "\n".join(_lines(procedure, today)) + "\n"


def _lines(procedure: Procedure, today: date | None) -> Iterator[str]:
    yield f"{procedure.title} ({procedure.id})"
    facts = [procedure.issuer, f"published {procedure.published}" if procedure.published else "", procedure.version]
    yield "; ".join(fact for fact in facts if fact) or "Issuer not named in the document"
    yield _LEGEND
    for companion in companions(procedure):
        yield f"Read with {companion}"
    for notice in notices(procedure, today=today or date.min):
        yield f"! {notice}"
    yield ""
    if procedure.chair_agency:
        yield f"Chaired only by {procedure.chair_agency}{_from(procedure.chair_agency_src)}"
    yield f"Convening{_gate(procedure.convening.gate)}{_from(procedure.convening.src)}"
    for field in procedure.convening.part.fields:
        yield f"    {_field(field)}"
    yield ""
    yield "Invitations"
    for seat in procedure.invitations.suggested:
        when = f", when {seat.when.text}" if seat.when else ""
        yield f"    {seat.role}{when}{_from(seat.src)}"
    yield ""
    for number, step in enumerate(procedure.agenda, start=1):
        yield from _step(number, step)
    yield "Time limits"
    for clock in procedure.clocks:
        yield f"    {_clock(clock)}"


def _step(number: int, step: Step) -> Iterator[str]:
    when = f", when {step.when.text}" if step.when else ""
    owner = f"{step.owner}{' by default' if step.owner_default and step.src else ''}"
    yield f"{number}. {step.label} [{step.id}] - {owner}{when}{_gate(step.gate, step.gate_at)}{_from(step.src)}"
    if step.guidance:
        yield f"    {step.guidance}"
    yield from (f"    {line}" for line in _said(step))
    for part in parts_of(step):
        yield from _part(part)
    yield from (f"    {line}" for line in _kind(step))
    yield ""


def _part(part: Part) -> Iterator[str]:
    about = f", {_ABOUT[part.per]}" if _ABOUT[part.per] else ""
    when = f", when {part.when.text}" if part.when else ""
    yield f"    {part.label}{about}{when}{_gate(part.gate, part.gate_at)}{_from(part.src)}"
    for field in part.fields:
        yield f"        {_field(field)}"
    for other in part.alternatives:
        yield f"        or: {other.label}"
    if part.or_rationale:
        yield "        or: why not"


def _field(field: FieldSpec) -> str:
    marks = [
        "" if field.required else "optional",
        "may be not known" if field.allow_unknown else "",
        f"when {field.when.text}" if field.when else "",
        " / ".join(field.choices),
    ]
    extra = "; ".join(mark for mark in marks if mark)
    gate = _gate(field.gate, field.gate_at) if field.gate else ""
    return f"- {field.label}{f' ({extra})' if extra else ''}{gate}{_from(field.src)}"


def _said(step: Step) -> Iterator[str]:
    match step.data:
        case StatementData(text=text, lines=lines, text_src=src):
            yield from (f'"{sentence}"{_from(src)}' for sentence in text)
            yield from (f"{line.text}{_from(line.src)}" for line in lines)
        case RecordData(right_meeting=gate, right_meeting_src=src) if gate is not Gate.NONE:
            yield f"Everybody confirms the right meeting{_gate(gate)}{_from(src)}"
        case RollCallData(quorum=quorum):
            needed = ", ".join((*quorum.agencies, *quorum.roles))
            yield f"Least attendance: {needed}{_gate(quorum.gate)}{_from(quorum.src)}"
        case _:
            return


def _kind(step: Step) -> Iterator[str]:
    match step.data:
        case TurnsData(order=order, prompts=prompts):
            yield f"Order: {', '.join(order)}{_from(step.data.order_src)}"
            for one in prompts:
                yield f"Asked of {'every agency' if one.audience == 'default' else one.audience}{_from(one.src)}"
                yield from (f"    {_field(field)}" for field in one.fields)
        case ViewsData(threshold=threshold, scale=scale):
            if threshold:
                yield f"Threshold: {' / '.join(threshold.options)}{_from(threshold.src)}"
            if scale:
                yield f"Scale {scale.minimum} to {scale.maximum}{_from(scale.src)}"
                yield from (f"    {anchor.value}: {anchor.text}" for anchor in scale.anchors)
        case DecisionData(outcomes=outcomes):
            yield "Outcomes, several possible:" if step.data.several else "Outcomes, one of:"
            yield from (f"    - {outcome.label}{_from(outcome.src)}" for outcome in outcomes)
        case ActionsData(fields=fields):
            yield "Every action:"
            yield from (f"    {_field(field)}" for field in fields)
        case _:
            return


def _clock(clock: Clock) -> str:
    when = f", when {clock.when.text}" if clock.when else ""
    limit = limit_words(clock) if clock.limit else "at once"
    basis = f" ({clock.basis})" if clock.basis else ""
    return f"{clock.what}: {limit} from {clock.from_event.replace('_', ' ')}{when}{_from(clock.src)}{basis}"


def _gate(gate: Gate | None, at: str | None = None) -> str:
    if gate is None or gate is Gate.NONE:
        return ""
    return f" <{gate.value}{f' at {at}' if at else ''}>"


def _from(src: Src) -> str:
    return f" ({', '.join(src)})" if src else " [default]"
