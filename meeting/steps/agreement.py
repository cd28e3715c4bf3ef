"""Whether all agreed with a decision, where the procedure asks it: said by the chair, never counted (WOK-6.3a)."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.model import Answers, Meeting
from meeting.procedure import Gate, Procedure, ViewsData
from meeting.refusals import FieldErrors
from meeting.steps.outcomes import decision_data, offered
from meeting.steps.wording import Warned

KEY = "agreement"  # where it stands, beside the rationale
ALL, NOT_ALL = "all", "not all"


def agreement(procedure: Procedure, step: str, said: str, differing: tuple[str, ...]) -> dict[str, str]:
    """Return what is recorded of the agreement; "not by all" takes names. Raises FieldErrors."""
    if decision_data(procedure, step).agreement is Gate.NONE or not said:
        return {}
    if said not in (ALL, NOT_ALL):
        raise FieldErrors({KEY: "choice"})
    if said == NOT_ALL and not differing:
        raise FieldErrors({"differing": "required"})
    return {KEY: "agreed by all" if said == ALL else f"not by all: {', '.join(differing)}"}


def differing_views(
    meeting: Meeting, procedure: Procedure, step: str, subjects: tuple[str, ...], outcomes: tuple[str, ...]
) -> tuple[Warned, ...]:
    """Return a warning for each person whose view says otherwise than "agreed by all" would."""
    starts = {o.id for o in offered(meeting, procedure, step) if o.starts_s47}
    answers = {o.id for o in offered(meeting, procedure, step) if o.answers_threshold}
    if not answers & set(outcomes):
        return ()
    names = _differing(meeting, procedure, set(subjects), met=bool(starts & set(outcomes)))
    return tuple((KEY, "differs", name) for name in dict.fromkeys(names))


def _differing(meeting: Meeting, procedure: Procedure, subjects: set[str], *, met: bool) -> Iterator[str]:
    """Yield who chose another side; the first option of a threshold is the one that meets it."""
    for step in procedure.agenda:
        threshold = step.data.threshold if isinstance(step.data, ViewsData) else None
        if threshold is None or step.id not in meeting.views:
            continue
        for view in meeting.views[step.id].given:
            if view.option and view.subject in subjects and (view.option == threshold.options[0]) is not met:
                yield meeting.people[view.person].name


def stands(rationale: Answers, procedure: Procedure, step: str) -> bool:
    """Tell whether a decision says what the procedure asks about agreement."""
    return decision_data(procedure, step).agreement is Gate.NONE or bool(rationale.get(KEY))
