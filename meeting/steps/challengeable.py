"""The decisions that somebody may challenge by name: those of substance, and those about how the meeting was held."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.model import Meeting, Override
from meeting.procedure import Kind, Procedure
from meeting.steps.outcomes import offered

OTHER = ("Quorum", "Timing of the meeting", "Sharing of information", "Another decision")


def challengeable(meeting: Meeting, procedure: Procedure) -> tuple[str, ...]:
    """Return what can be challenged now, in words; every gate passed and every decision made stands for itself."""
    return (*_decisions(meeting, procedure), *(passed_words(procedure, o) for o in meeting.overrides), *OTHER)


def passed_words(procedure: Procedure, override: Override) -> str:
    """Return what was passed with a reason, as a challenge names it."""
    step = next((s.label for s in procedure.agenda if s.id == override.step), "Before the meeting")
    return f"Passed at {step}: {'; '.join(override.missing)}"


def _decisions(meeting: Meeting, procedure: Procedure) -> Iterator[str]:
    for step in (s for s in procedure.agenda if s.kind is Kind.DECISION):
        labels = {o.id: o.label for o in offered(meeting, procedure, step.id)}
        for subject, decision in meeting.decisions.items():
            child = meeting.child(subject)
            outcomes = ", ".join(labels.get(o, o) for o in decision.outcomes)
            yield f"Decision{f' for {child.name}' if child else ''}: {outcomes}"
