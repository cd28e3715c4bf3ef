"""What everybody accepts before they see content: the procedure's own words where it gives some, else the house's."""

from __future__ import annotations

from documents.sayings import CONFIDENTIAL
from meeting.procedure import Gate, Procedure, StatementData


def confidentiality_words(procedure: Procedure) -> tuple[str, ...]:
    """Return the confidentiality statement, paragraph by paragraph; the last one holds under every procedure."""
    given = (s.data for s in procedure.agenda if isinstance(s.data, StatementData))
    own = tuple(text for data in given if data.person_gate is not Gate.NONE and data.verbatim for text in data.text)
    return (*own, CONFIDENTIAL)
