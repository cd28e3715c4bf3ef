"""An agency's say before something is shared: what was marked as touching it waits until it agrees (STY-4.4b)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.flags import holds
from meeting.ids import spoken
from meeting.model import Agreed, How, Meeting, PersonId, SeatId, Slot
from meeting.procedure import Kind, Part, Procedure, Step, parts_of
from meeting.refusals import Obstacle, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.running import agenda
from meeting.running.gates import AtStep, stands_at
from meeting.values import with_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Allow:
    """Agree, for the agency that the procedure asks, to what stands in a slot; chair and note-taker as heard."""

    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    slot: Slot
    seat: SeatId
    how: How


@decides(Allow)
def allow(case: Case, command: Allow) -> Events:
    """Record the agreement to what stands there now; raises Refused where none is waited for, or not this agency's."""
    step = agenda.require_reached(case.meeting, case.procedure, command.slot.step)
    part = agenda.part_of(step, command.slot.part)
    if not waits(case.meeting, case.procedure, part, command.slot):
        raise Refused("answered_already")
    mine = case.meeting.seat_of(case.by)
    if mine is not None and mine.agency == part.agreed_by:
        return (Allowed(slot=command.slot, seat=mine.id, how=How.TYPED),)
    heard = next((s.id for s in case.meeting.seats.values() if s.agency == part.agreed_by), None)
    if case.by not in (case.meeting.chair, case.meeting.note_taker) or heard is None:
        raise Refused("not_addressed")
    return (Allowed(slot=command.slot, seat=heard, how=How.HEARD),)


def wanted(meeting: Meeting, procedure: Procedure, part: Part, slot: Slot) -> bool:
    """Tell whether what stands in a slot is for another agency to agree to."""
    answer = meeting.answers.get(slot)
    if answer is None or not part.agreed_by:
        return False
    subject = agenda.child_or_meeting(meeting, slot.subject)
    return holds(meeting, procedure, part.agreed_when, subject=subject, answers=answer.answers, fields=part.fields)


def waits(meeting: Meeting, procedure: Procedure, part: Part, slot: Slot) -> bool:
    """Tell whether the agency has not agreed to what stands there now; what was changed since is asked again."""
    agreed = meeting.agreed.get(slot)
    return wanted(meeting, procedure, part, slot) and (agreed is None or agreed.at < meeting.answers[slot].at)


def open_in(meeting: Meeting, procedure: Procedure, step: Step) -> Iterator[tuple[Part, Slot]]:
    """Yield what waits for an agency's say at a step."""
    parts = {p.id: p for p in parts_of(step) if p.agreed_by}
    for slot in meeting.answers:
        if slot.step == step.id and slot.part in parts and waits(meeting, procedure, parts[slot.part], slot):
            yield parts[slot.part], slot


@stands_at(Kind.RECORD)
def standing(case: Case, step: Step) -> Iterator[AtStep]:
    """What waits for an agency's say holds the meeting back where its own blanks would; a reason may pass it."""
    for part, slot in open_in(case.meeting, case.procedure, step):
        agency = spoken(part.agreed_by)
        label = f"{agency} to agree: {part.label}"
        where = part.gate_at or step.gate_at or step.id
        yield (
            where,
            Obstacle(
                code="allow", gate=part.agreed_gate, label=label, step=step.id, part=part.id, subject=slot.subject
            ),
        )


@evolves(Allowed)
def _allowed(meeting: Meeting, event: Allowed, by: PersonId, at: datetime) -> Meeting:
    agreed = Agreed(seat=event.seat, by=by, at=at, how=event.how)
    return replace(meeting, agreed=with_key(meeting.agreed, event.slot, agreed))
