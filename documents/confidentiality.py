"""What everybody accepts before they see content: the procedure's own words where it gives some, else the house's."""

from __future__ import annotations

from collections.abc import Iterable

from documents.sayings import CONFIDENTIAL
from meeting.procedure import Gate, Procedure, StatementData, Step


def confidentiality_words(procedure: Procedure) -> tuple[str, ...]:
    """Return the confidentiality statement, paragraph by paragraph; the last one holds under every procedure."""
    return (*own_words(procedure.agenda), CONFIDENTIAL)


def own_words(steps: Iterable[Step]) -> tuple[str, ...]:
    """Return what these steps give word for word and have everybody accept."""
    given = (s.data for s in steps if isinstance(s.data, StatementData))
    return tuple(text for data in given if data.person_gate is not Gate.NONE and data.verbatim for text in data.text)
