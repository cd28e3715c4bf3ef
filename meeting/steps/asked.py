"""The actions that the record demands: by the procedure, by an outcome, by a checkpoint that was answered yes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from meeting.model import Demand, Meeting, Origin
from meeting.procedure import (
    NOT_DECIDED,
    ActionsData,
    Alternative,
    DecisionData,
    FieldSpec,
    FieldType,
    Gate,
    Kind,
    Outcome,
    Part,
    Procedure,
    RecordData,
    Step,
    parts_of,
)
from meeting.refusals import Obstacle, Refused
from meeting.registry import Case
from meeting.running import agenda
from meeting.running.gates import AtStep, stands_at

RATIONALE = "rationale"
CONTEXT = "context"  # the subject of an action that is about the place and not about one child
CONTEXT_LABEL = "The context of concern"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An action that the record demands: by a required action, an outcome, or a checkpoint answered yes."""

    origin: Origin
    label: str
    subject: str
    about: str
    gate: Gate
    clock: str | None = None
    part: Part | None = None  # of what the procedure requires: it has a form of its own


def actions_data(procedure: Procedure) -> tuple[Step, ActionsData]:
    """Return the actions step and its data; raises Refused where a procedure has none."""
    step = agenda.first_of(procedure, Kind.ACTIONS)
    if step is None or not isinstance(step.data, ActionsData):
        raise Refused("wrong_step")
    return step, step.data


def taggable(meeting: Meeting, procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """Return (subject, label) of whom an action may be for: each child, and the context of concern (WOK-0.10).

    That is where the actions' tags name what the meeting is about.
    """
    children = tuple((str(c.id), c.name) for c in meeting.in_scope())
    _, data = actions_data(procedure)
    return (*children, (CONTEXT, CONTEXT_LABEL)) if meeting.subject_type in data.tags else children


def asked_for(meeting: Meeting, procedure: Procedure) -> tuple[Asked, ...]:
    """Return every action that the record demands, met or not."""
    return (*_required(meeting, procedure), *_by_outcome(meeting, procedure), *_by_checkpoint(meeting, procedure))


def unmet(meeting: Meeting, procedure: Procedure) -> tuple[Asked, ...]:
    """Return what is demanded and has neither an action nor an accepted alternative."""
    return tuple(a for a in asked_for(meeting, procedure) if (a.origin, a.subject) not in meeting.met)


def clock_of(procedure: Procedure, origin: Origin | None) -> str:
    """Return the id of the clock of what demanded an action, "" where it has none."""
    data = [s.data for s in procedure.agenda]
    clocks: dict[Origin, str | None] = {}
    for part in (p for d in data if isinstance(d, ActionsData) for p in d.required_actions):
        clocks[_required_by(part)] = part.clock
    for outcome in (o for d in data if isinstance(d, DecisionData) for o in d.outcomes):
        clocks[_brought_by(outcome)] = outcome.action_clock
    return clocks.get(origin) or "" if origin is not None else ""


def _required_by(part: Part) -> Origin:
    return Origin(kind=Demand.REQUIRED, id=part.id)


def _brought_by(outcome: Outcome) -> Origin:
    return Origin(kind=Demand.OUTCOME, id=outcome.id)


def _required(meeting: Meeting, procedure: Procedure) -> Iterator[Asked]:
    step, data = actions_data(procedure)
    for part in data.required_actions:
        for subject, label in agenda.subjects(meeting, procedure, step, part):
            if agenda.asked(meeting, procedure, part, subject):
                gate = agenda.gate_of(meeting, procedure, part, subject)
                yield Asked(
                    origin=_required_by(part),
                    label=part.label,
                    subject=subject,
                    about=label,
                    gate=gate,
                    clock=part.clock,
                    part=part,
                )


def _by_outcome(meeting: Meeting, procedure: Procedure) -> Iterator[Asked]:
    for step in procedure.agenda:
        outcomes = {o.id: o for o in getattr(step.data, "outcomes", ())}
        for subject, decision in meeting.decisions.items():
            for outcome in (outcomes.get(o) for o in decision.outcomes):
                if outcome is not None and outcome.action_label:
                    child = meeting.child(subject)
                    about = child.name if child else ""
                    yield Asked(
                        origin=_brought_by(outcome),
                        label=outcome.action_label,
                        subject=subject,
                        about=about,
                        gate=Gate.OVERRIDE,
                        clock=outcome.action_clock,
                    )


def _by_checkpoint(meeting: Meeting, procedure: Procedure) -> Iterator[Asked]:
    for step in agenda.reached(meeting, procedure):
        if not isinstance(step.data, RecordData):
            continue
        for part in parts_of(step):
            for subject, label in agenda.subjects(meeting, procedure, step, part) if part.checkpoint else ():
                answer = meeting.answer(step.id, part.id, subject)
                what = _follows(part, answer.answers.get("answer", "")) if answer is not None else ""
                if what:
                    origin = Origin(kind=Demand.CHECKPOINT, id=part.id)
                    yield Asked(origin=origin, label=what, subject=subject, about=label, gate=Gate.OVERRIDE)


def _follows(part: Part, answer: str) -> str:
    """Return the action that an answer asks for: what a yes brings, or that what was put off is decided (SAN-13.6)."""
    if answer == NOT_DECIDED:
        return f"Decide: {part.label}"
    return part.asks_action.capitalize() if part.asks_action and answer == "yes" else ""


def ways(part: Part) -> tuple[Alternative, ...]:
    """Return the other ways to satisfy a required action; a reason for none is one where the procedure takes it."""
    if not part.or_rationale:
        return part.alternatives
    why = FieldSpec(key=RATIONALE, label="Rationale", type=FieldType.TEXT, required=True, src=part.src)
    return (*part.alternatives, Alternative(id=RATIONALE, label="Not suitable, because", fields=(why,)))


@stands_at(Kind.ACTIONS)
def standing(case: Case, step: Step) -> Iterator[AtStep]:
    """What is demanded is on the list, or the chair says why not; at least one action is (SAN-8.3)."""
    at = step.gate_at or step.id
    for asked in unmet(case.meeting, case.procedure):
        about = f" ({asked.about})" if asked.about else ""
        label = f"{asked.label}{about}"
        part, subject = asked.origin.key, asked.subject
        yield at, Obstacle(code="unmet", gate=asked.gate, label=label, step=step.id, part=part, subject=subject)
    if not case.meeting.actions:
        yield at, Obstacle(code="no_actions", gate=step.gate, label="Actions", step=step.id)
    elif to_read_back(case.meeting, step):
        last = case.procedure.agenda[-1].id  # read back before the end, whenever the list was last added to (WOK-6.4)
        gate = actions_data(case.procedure)[1].read_back
        yield last, Obstacle(code="read_back", gate=gate, label="Reading the actions back", step=step.id)


def to_read_back(meeting: Meeting, step: Step) -> bool:
    """Tell whether the procedure wants the list read back, and something was added since it was (WOK-6.4)."""
    wanted = isinstance(step.data, ActionsData) and step.data.read_back is not Gate.NONE
    return wanted and meeting.read_back < len(meeting.actions)
