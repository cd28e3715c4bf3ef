"""Which values of a procedure are defaults: what its document does not say and the project filled in."""

from __future__ import annotations

from collections.abc import Iterator

from documents.answers import is_default
from documents.limits import by_default
from documents.sayings import listed, without_hint
from documents.source import Source
from meeting.ids import spoken
from meeting.procedure import ClosingData, RecordData, RollCallData, StatementData, Step, parts_of


def defaults_used(source: Source) -> tuple[str, ...]:
    """Return each default that stood behind this meeting, in the order of the agenda; limits come last."""
    found = [text for step in source.procedure.agenda if source.visited(step.id) for text in _of(step)]
    found += [f"time limit: {what}" for what in by_default(source)]
    return tuple(dict.fromkeys(found))


def _of(step: Step) -> Iterator[str]:
    if not step.src:
        yield f"the step “{step.label}”"
        return
    if step.owner_default:
        yield f"who answers “{step.label}”: {spoken(step.owner)}"
    if isinstance(step.data, StatementData | RecordData | ClosingData | RollCallData):
        for part in parts_of(step):
            labels = [without_hint(f.label) for f in part.fields if is_default(step, part, f)]
            if labels:
                yield f"asked in “{step.label}”: {listed(labels)}"
    yield from _of_kind(step)


def _of_kind(step: Step) -> Iterator[str]:
    data = step.data
    if isinstance(data, RollCallData) and not data.quorum.src:
        yield f"least attendance: {listed([spoken(a) for a in data.quorum.agencies])}"
    order = getattr(data, "order", None)
    if order and not getattr(data, "order_src", ()):
        yield f"order of turns: {listed([spoken(o) for o in order])}"
    threshold = getattr(data, "threshold", None)
    if threshold is not None and not threshold.src:
        yield f"wording of the views: {listed(list(threshold.options))}"
    outcomes = [o.label for o in getattr(data, "outcomes", ()) if not o.src]
    if outcomes:
        yield f"outcomes offered beside the procedure's own: {listed(outcomes)}"
    if getattr(data, "lead_criminal", None) and not getattr(data, "leads_src", ()):
        yield "two leads where the enquiry is joint"
