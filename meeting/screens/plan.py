"""What an earlier meeting decided, in lines: the plan that a further one begins with."""

from __future__ import annotations

from meeting.model import Meeting
from meeting.procedure import Kind, Procedure
from meeting.steps.outcomes import offered


def decided_lines(meeting: Meeting, procedure: Procedure) -> tuple[str, ...]:
    """Return one line for each child: who, and what was decided."""
    steps = [s for s in procedure.agenda if s.kind is Kind.DECISION]
    labels = {o.id: o.label for s in steps for o in offered(meeting, procedure, s.id)}
    made = []
    for subject, decision in meeting.decisions.items():
        child = meeting.child(subject)
        outcomes = "; ".join(labels.get(o, o) for o in decision.outcomes)
        made.append(f"{child.name}: {outcomes}" if child else outcomes)
    return tuple(made)
