"""What may be decided, and about whom."""

from __future__ import annotations

from meeting.flags import holds
from meeting.model import Meeting, StepId
from meeting.procedure import DecisionData, Gate, Outcome, Per, Procedure
from meeting.refusals import FieldErrors, Refused


def decision_data(procedure: Procedure, step_id: StepId) -> DecisionData:
    """Return the data of a decision step; raises Refused."""
    data = procedure.step(step_id).data
    if not isinstance(data, DecisionData):
        raise Refused("wrong_step")
    return data


def offered(meeting: Meeting, procedure: Procedure, step: StepId) -> tuple[Outcome, ...]:
    """Return the outcomes that may be chosen now; a professionals meeting answers no threshold (SAN-1.4)."""
    return tuple(o for o in decision_data(procedure, step).outcomes if holds(meeting, procedure, o.when))


def subjects(meeting: Meeting, procedure: Procedure, step: StepId) -> tuple[tuple[str, str], ...]:
    """Return (subject, label) of what is decided: each child in scope, or the meeting as a whole."""
    if decision_data(procedure, step).per is Per.MEETING:
        return (("", ""),)
    return tuple((str(c.id), c.name) for c in meeting.in_scope())


def require_outcomes(meeting: Meeting, procedure: Procedure, step: StepId, outcomes: tuple[str, ...]) -> None:
    """Raise for a forbidden, unknown, surplus or excluded choice."""
    data = decision_data(procedure, step)
    for forbidden in data.forbidden:
        if forbidden.id in outcomes and forbidden.structural is Gate.HARD:
            raise Refused("forbidden", forbidden.id, forbidden.allowed_wording)
    may = {o.id: o for o in offered(meeting, procedure, step)}
    chosen = [may[o] for o in outcomes if o in may]
    if not outcomes:
        raise FieldErrors({"outcomes": "required"})
    if len(chosen) != len(outcomes):
        raise FieldErrors({"outcomes": "choice"})
    if len(chosen) > 1 and not data.several:
        raise FieldErrors({"outcomes": "one_only"})
    for outcome in chosen:
        clash = sorted(set(outcomes) & set(outcome.excludes))
        if clash:
            raise FieldErrors({"outcomes": f"excludes:{outcome.label}|{may[clash[0]].label}"})
