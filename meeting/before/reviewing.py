"""What a deployment says once of a procedure whose review is overdue: that it was reviewed (WMT-1.3, WOK-0.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.flags import CONVENING
from meeting.model import Meeting, Note, PersonId
from meeting.registry import Case, Events, decides, evolves

SAID = "Confirmed for every meeting here: this procedure was reviewed."


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmReviewed:
    """Say that the procedure was reviewed; it holds for every meeting under the same text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureReviewed:
    pass


@decides(ConfirmReviewed)
def confirm(case: Case, command: ConfirmReviewed) -> Events:
    """Write down who said it and when; the store tells it to the meetings that follow."""
    return () if case.meeting.reviewed else (ProcedureReviewed(),)


@evolves(ProcedureReviewed)
def _reviewed(meeting: Meeting, event: ProcedureReviewed, by: PersonId, at: datetime) -> Meeting:
    note = Note(at=at, text=SAID, step=CONVENING, by=by)
    return replace(meeting, reviewed=at, notes=(*meeting.notes, note))
