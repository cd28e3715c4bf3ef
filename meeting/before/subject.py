"""What a meeting is about: one child, brothers and sisters, a group, young people linked with a context."""

from __future__ import annotations

from collections.abc import Iterable

from meeting.model import UNKNOWN, Child
from meeting.procedure import Procedure, SubjectType
from meeting.refusals import FieldErrors


def kinds_for(procedure: Procedure, children: int) -> tuple[SubjectType, ...]:
    """Return what a meeting about this many children may be about, where the procedure has a choice (WOK-0.7)."""
    kinds = tuple(
        t
        for t in procedure.convening.subject_types
        if t.minimum_children <= children <= (t.maximum_children or children)
    )
    return kinds if len(kinds) > 1 else ()


def kind_for(procedure: Procedure, children: int) -> str:
    """Return what a meeting about this many children is about until somebody says so; "" where nothing fits."""
    kinds = [t for t in procedure.convening.subject_types if t.one_family and not t.may_be_unidentified]
    fits = [t.id for t in kinds if t.minimum_children <= children <= (t.maximum_children or children)]
    several = (t.id for t in kinds if t.id in fits and t.minimum_children > 1)
    return next(several, fits[0] if fits else "")


def require_subject(procedure: Procedure, subject_type: str, children: Iterable[Child]) -> None:
    """Raise FieldErrors where a meeting cannot be of this type: too few children, or one of whom nothing is said.

    Linked with a context, a young person may not be identified yet, and is then described (WOK-0.10).
    """
    kind = next((t for t in procedure.convening.subject_types if t.id == subject_type), None)
    named = [c.name.strip().casefold() for c in children]
    if kind is not None and len(named) < kind.minimum_children:
        raise FieldErrors({"subject_type": f"too_few:{kind.minimum_children}"})
    if kind is not None and kind.may_be_unidentified and any(name in ("", UNKNOWN) for name in named):
        raise FieldErrors({"subject_type": "describe"})
