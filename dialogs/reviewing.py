"""Whether a chair is asked, before a meeting, to confirm that its procedure was reviewed: once for a deployment."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.asking import Ask, Form, Reply, Show, ticket, verb
from dialogs.ports import Record
from meeting import owning
from meeting.before.reviewing import ConfirmReviewed
from meeting.model import Status
from meeting.registry import Case
from meeting.screens.frame import Look
from meeting.timing.working_days import local_day
from procedures.notices import due_for_review


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedForm(Form):
    back: str = ticket()


async def to_review(record: Record, look: Look) -> tuple[str, ...]:
    """Return why whoever leads is asked whether the procedure was reviewed; nothing once anybody here has said so."""
    meeting, procedure = look.meeting, look.procedure
    if meeting.status is not Status.PREPARING or meeting.reviewed:
        return ()
    why = due_for_review(procedure, today=local_day(look.now, procedure.working_days))
    case = Case(meeting=meeting, procedure=procedure, by=look.person, now=look.now)
    if not why or owning.leads(case, None) is not None or await record.reviewed(meeting.procedure_hash):
        return ()
    return why


@verb("convening.reviewed", form=ReviewedForm)
async def reviewed(ask: Ask[ReviewedForm]) -> Reply:
    """Keep that the procedure was reviewed, and go back to the card on which it was asked."""
    await ask.do(ConfirmReviewed())
    return Show(view="chairing.panel" if ask.form.back == "panel" else "invitations.table", done="saved")
