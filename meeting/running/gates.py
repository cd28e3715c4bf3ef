"""What stands before a move from one step to the next, gathered from every step reached and from each kind's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from meeting.model import How, StepId
from meeting.procedure import FieldSpec, Gate, Kind, Part, RecordData, Step
from meeting.refusals import Obstacle
from meeting.registry import Case
from meeting.running import agenda

AtStep = tuple[StepId, Obstacle]  # the step at which it acts, and what stands there
StandsAt = Callable[[Case, Step], Iterator[AtStep]]
_kinds: dict[Kind, list[StandsAt]] = {}
_GENERIC = frozenset({Kind.STATEMENT, Kind.RECORD, Kind.CLOSING})


def stands_at(kind: Kind) -> Callable[[StandsAt], StandsAt]:
    """Register what a kind of step wants beyond answers to its parts."""

    def register(rule: StandsAt) -> StandsAt:
        _kinds.setdefault(kind, []).append(rule)
        return rule

    return register


def obstacles(case: Case, *, leaving: Step, entering: Step | None) -> tuple[Obstacle, ...]:
    """Return what holds back this move, firmest first; what the chair passed here before is not asked again.

    A gate acts when its own step is left; one set at a later step acts when that step is entered, one set at the last
    step when the meeting closes: nothing is asked for twice.
    """
    passed = {label for o in case.meeting.overrides if o.step == leaving.id for label in o.missing}
    last = case.procedure.agenda[-1].id
    found: list[Obstacle] = []
    for step in agenda.reached(case.meeting, case.procedure):
        for at, obstacle in _standing(case, step):
            on_leaving = at == leaving.id and (at == step.id or entering is None)
            on_entering = entering is not None and at == entering.id != last and at != step.id
            if (on_leaving or on_entering) and not (obstacle.gate is Gate.OVERRIDE and obstacle.label in passed):
                found.append(obstacle)
    order = (Gate.HARD, Gate.OVERRIDE, Gate.WARN, Gate.NONE)
    return tuple(sorted(dict.fromkeys(found), key=lambda o: order.index(o.gate)))


def _standing(case: Case, step: Step) -> Iterator[AtStep]:
    if step.kind in _GENERIC:
        yield from _blanks(case, step)
    for rule in _kinds.get(step.kind, ()):
        yield from rule(case, step)


def _blanks(case: Case, step: Step) -> Iterator[AtStep]:
    """Yield each slot with blanks; a field's own gate is kept apart from its part's."""
    for part, subject, label, gaps in agenda.unanswered(case.meeting, case.procedure, step):
        plain = tuple(f for f in gaps if f.gate is None)
        if plain or not gaps:
            gate = agenda.gate_of(case.meeting, case.procedure, part, subject)
            at = part.gate_at or step.gate_at or step.id
            yield at, _blank(case, step, part, subject, label, plain, gate)
        for spec in gaps:
            if spec.gate is not None:
                at = spec.gate_at or part.gate_at or step.gate_at or step.id
                yield at, _blank(case, step, part, subject, label, (spec,), spec.gate)


def _blank(
    case: Case, step: Step, part: Part, subject: str, label: str, gaps: tuple[FieldSpec, ...], gate: Gate
) -> Obstacle:
    what = part.label if part.checkpoint or not gaps else ", ".join(f.label for f in gaps)
    about = f" ({label})" if label and label != what else ""
    answer = case.meeting.answer(step.id, part.id, subject)
    each = isinstance(step.data, RecordData) and step.data.confirm_each
    if each and answer is not None and answer.how is How.PREPARED:
        what = "Confirmation of what was prepared"
    return Obstacle(code="blank", gate=gate, label=f"{what}{about}", step=step.id, part=part.id, subject=subject)
