"""Calling a further meeting on the same matter: the same people, with what the first left open as its agenda."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from dialogs.asking import Ask, Form, Reply, Show, verb
from dialogs.dues import chosen_time
from dialogs.ports import Decide
from meeting import machine
from meeting.convening import FIELDS, Convene
from meeting.model import NO_ANSWERS, Answers, Carried, Entry, Meeting, MeetingId
from meeting.procedure import Procedure
from meeting.reconvening import CarryOver, LinkMeeting, open_actions
from meeting.refusals import FieldErrors, NotAllowed
from meeting.screens.plan import decided_lines
from meeting.standing import SYSTEM


@dataclass(frozen=True, slots=True, kw_only=True)
class CallForm(Form):
    due: Answers = NO_ANSWERS
    cause: str = ""


@verb("reconvening.call", form=CallForm)
async def call(ask: Ask[CallForm]) -> Reply:
    """Write down the further meeting, then take what is open out of this one's list: nobody is reminded twice."""
    first, procedure = await ask.record.read(ask.meeting_id)
    starts = chosen_time(ask.form.due)
    if ask.person != first.chair:
        raise NotAllowed("chair_only")
    if starts is None or starts <= ask.now:
        raise FieldErrors({"due": "required" if starts is None else "past"})
    if not ask.form.cause.strip():
        raise FieldErrors({"cause": "required"})
    further = await _further(ask, first, procedure)
    await ask.do(LinkMeeting(meeting=further.id, reference=further.reference, starts=starts))
    return Show(view="afterwards.card", done="called")


async def _further(ask: Ask[CallForm], first: Meeting, procedure: Procedure) -> Meeting:
    """Return the further meeting that this form calls: the same however often it is pressed."""
    new = MeetingId(str(uuid.uuid5(uuid.NAMESPACE_URL, f"{first.id} {ask.nonce or len(first.links)}")))
    try:
        return (await ask.record.read(new))[0]
    except KeyError:
        reference = f"{first.reference}/{len(first.links) + 2}"
        begin = beginning(first, procedure, ask, reference)
        done = await ask.record.create(new, reference=reference, procedure=procedure, decide=begin, now=ask.now)
        return done.meeting


def beginning(first: Meeting, procedure: Procedure, ask: Ask[CallForm], reference: str) -> Decide:
    """Return how the further meeting's record begins: called as the first was, with what that left open."""
    convene = _as_before(first, procedure, ask.form, reference)
    carry = CarryOver(carried=carried(first, procedure), actions=open_actions(first))

    def decide(meeting: Meeting, rules: Procedure) -> tuple[Entry, ...]:
        made: list[Entry] = []
        for command, by in ((convene, ask.person), (carry, SYSTEM)):
            new = machine.decide(meeting, command, by=by, procedure=rules, now=ask.now)
            for entry in new:
                meeting = machine.evolve(meeting, entry)
            made.extend(new)
        return tuple(made)

    return decide


def _as_before(first: Meeting, procedure: Procedure, form: CallForm, reference: str) -> Convene:
    """Return the call of a further meeting: the same children and seats, its own time and cause."""
    starts = chosen_time(form.due)
    known = first.answers.get(FIELDS)
    basis = {k: v for k, v in (known.answers if known else NO_ANSWERS).items() if k != "concern_received"}
    keys = {f.key for f in procedure.convening.part.fields}
    fresh = {"cause": form.cause, "when": starts.isoformat() if starts else "", "previous_meeting": first.reference}
    return Convene(
        reference=reference,
        procedure_hash="",
        answers={**basis, **{k: v for k, v in fresh.items() if k in keys}},
        children=tuple(first.children.values()),
        seats=tuple(first.seats.values()),
        chair_seat=first.chair_seat or next(iter(first.seats)),
        note_taker_seat=first.note_taker_seat,
        deputy_seat=first.deputy_seat,
        subject_type=first.subject_type,
        starts=starts,
        place=first.place,
        reason=f"Further meeting after {first.reference}",
    )


def carried(first: Meeting, procedure: Procedure) -> Carried:
    """Return what a meeting leaves to its further one: its plan, its open questions, what has changed since."""
    return Carried(
        reference=first.reference,
        held=first.started,
        decided=decided_lines(first, procedure),
        questions=tuple((q.to_label, q.text) for q in first.questions if q.open),
        developments=tuple(d.text for d in first.developments),
    )
