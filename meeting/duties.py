"""What somebody still owes before they see content, and why they may see none."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.model import Assurance, Meeting, Person, Standing, StepId
from meeting.procedure import Gate, Procedure, RollCallData, StatementData
from meeting.running import agenda

DUTIES = ("acknowledge", "introduce", "right_meeting")


def duties(meeting: Meeting, procedure: Procedure, person: Person) -> Iterator[tuple[str, StepId]]:
    """Yield what somebody still owes before they see content: (acknowledge | introduce | right_meeting, step).

    The order is the agenda's; a late arrival meets the same ones (procedures, section 3). What the chair passed over
    with a reason is owed by nobody.
    """
    if meeting.successor is not None and person.id == meeting.chair:
        return  # who took over after the close had no roll call to answer
    identity = agenda.identity_step(procedure)
    skipped = {v.step: v.skipped for v in meeting.visits}
    for step in agenda.reached(meeting, procedure):
        if skipped.get(step.id):
            continue
        match step.data:
            case StatementData(acknowledge=True) if step.id not in person.acknowledged:
                yield "acknowledge", step.id
            case RollCallData() as data if not person.introduced and _may_begin(meeting, data, person):
                yield "introduce", step.id
        if step is identity and person.right_meeting is None:
            yield "right_meeting", step.id


def _may_begin(meeting: Meeting, data: RollCallData, person: Person) -> bool:
    """Tell whether introductions have come to this person: where the chair begins, the others follow (WMT-3.2a)."""
    chair = meeting.people.get(meeting.chair) if meeting.chair else None
    return not data.chair_first or chair is None or chair.introduced or person is chair


def barred(meeting: Meeting, procedure: Procedure, person: Person) -> str | None:
    """Return why somebody may see no content yet, or None: a code for their screen.

    An unacknowledged confidentiality statement holds content to that person only (SAN-3.1).
    """
    if person.standing is not Standing.SEATED or person.assurance is Assurance.ANONYMOUS:
        return "not_admitted"
    if person.right_meeting is False:
        return "wrong_meeting"
    if person.link is not None and person.accepted is None:
        return "accept"
    for duty, step_id in duties(meeting, procedure, person):
        data = procedure.step(step_id).data
        if duty == "acknowledge" and isinstance(data, StatementData) and data.person_gate is not Gate.HARD:
            continue
        if duty == "introduce" and step_id == meeting.step:
            continue
        return duty
    return None
