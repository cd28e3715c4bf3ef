"""Calling a further meeting on the same matter: the same people, with what the first left open as its agenda."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cards.kit import Card
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, verb, view
from dialogs.doors import chair_only
from dialogs.dues import chosen_time, quick_dues, typed_time
from dialogs.ports import Decide, Record
from meeting import machine
from meeting.after.reconvening import CarryOver, LinkMeeting, agreed, known, open_questions, seats_again, to_carry
from meeting.before.convening import Convene
from meeting.before.timely import start_errors
from meeting.model import NO_ANSWERS, Answers, Carried, Entry, Meeting, MeetingId, PersonId
from meeting.procedure import Procedure
from meeting.refusals import FieldErrors, NotAllowed, said
from meeting.screens.afterwards import reconvene_form
from meeting.screens.frame import Look
from meeting.screens.plan import decided_lines
from meeting.standing import SYSTEM
from meeting.steps.fields import ahead_error
from meeting.timing.clocks import asked_of_one_meeting

AGREED = "Agreed in the meeting before."


@dataclass(frozen=True, slots=True, kw_only=True)
class CallForm(Form):
    due: Answers = NO_ANSWERS
    cause: str = ""


@verb("reconvening.call", form=CallForm)
async def call(ask: Ask[CallForm]) -> Reply:
    """Write down the further meeting, then take what is open out of this one's list: nobody is reminded twice."""
    first, procedure = await ask.read(ask.meeting_id)
    starts, cause = chosen_time(ask.form.due), ask.form.cause.strip()
    if ask.person != first.chair:
        raise NotAllowed("chair_only")
    if starts is None or (code := ahead_error(starts, ask.now)):
        raise FieldErrors({"due": "required" if starts is None else code})
    wanted = Wanted(starts=starts, cause=said(cause, "cause"), by=ask.person, mark=ask.nonce or str(len(first.links)))
    further = await further_meeting(ask.record, first, procedure, wanted, now=ask.now)
    await ask.do(LinkMeeting(meeting=further.id, reference=further.reference, starts=starts))
    return Show(view="afterwards.card", done="called")


@view("reconvening.form")
@chair_only
def draw_reconvene(look: Look) -> Card:
    """The form that calls a further meeting."""
    looked = replace(look, typed=typed_time(look.typed))
    return small_card(replace(reconvene_form(looked), times=quick_dues(look.procedure, look.now)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A further meeting: when, why, who calls it; the same `mark` calls the same one."""

    starts: datetime
    cause: str
    by: PersonId
    mark: str


async def call_agreed(record: Record, first: Meeting, procedure: Procedure, *, now: datetime) -> None:
    """Call the further meeting that was agreed in the meeting itself (LCS-5.5e, SAN-13.13a); twice changes nothing."""
    starts = agreed(first, procedure)
    if starts is None:
        return
    wanted = Wanted(starts=starts, cause=AGREED, by=SYSTEM, mark="agreed")
    further = await further_meeting(record, first, procedure, wanted, now=now)

    def link(meeting: Meeting, rules: Procedure) -> tuple[Entry, ...]:
        command = LinkMeeting(meeting=further.id, reference=further.reference, starts=starts)
        return machine.decide(meeting, command, by=SYSTEM, procedure=rules, now=now)

    await record.commit(first.id, link, now=now)


async def further_meeting(
    record: Record, first: Meeting, procedure: Procedure, wanted: Wanted, *, now: datetime
) -> Meeting:
    """Return the further meeting, written down if it is not yet: the same however often it is asked for."""
    new = MeetingId(str(uuid.uuid5(uuid.NAMESPACE_URL, f"{first.id} {wanted.mark}")))
    try:
        return (await record.read(new))[0]
    except KeyError:
        reference = f"{first.reference}/{len(first.links) + 2}"
        begin = _beginning(first, procedure, wanted, reference, now)
        done = await record.create(new, reference=reference, procedure=procedure, decide=begin, now=now)
        return done.meeting


def _beginning(first: Meeting, procedure: Procedure, wanted: Wanted, reference: str, now: datetime) -> Decide:
    """Return how the further meeting's record begins: called as the first was, with what that left open."""
    convene = _as_before(first, procedure, wanted, reference)
    if start_errors(
        wanted.starts, now
    ):  # agreed for a day that has passed since: it is called all the same, and asks when
        convene = replace(convene, starts=None)
    carry = CarryOver(
        carried=carried(first, procedure),
        actions=to_carry(first),
        known=known(first, procedure),
        questions=open_questions(first),
    )

    def decide(meeting: Meeting, rules: Procedure) -> tuple[Entry, ...]:
        called = machine.decide(meeting, convene, by=wanted.by, procedure=rules, now=now)
        meeting = machine.evolve_all(meeting, called)
        return (*called, *machine.decide(meeting, carry, by=SYSTEM, procedure=rules, now=now))

    return decide


def _as_before(first: Meeting, procedure: Procedure, wanted: Wanted, reference: str) -> Convene:
    """Return the call of a further meeting: the same children and seats, its own time and cause."""
    anew = asked_of_one_meeting(procedure)
    basis = {k: v for k, v in first.convened.items() if k not in anew}
    keys = {f.key for f in procedure.convening.part.fields}
    fresh = {"cause": wanted.cause, "when": wanted.starts.isoformat(), "previous_meeting": first.reference}
    return Convene(
        reference=reference,
        procedure_hash="",
        answers={**basis, **{k: v for k, v in fresh.items() if k in keys}},
        children=tuple(first.children.values()),
        seats=seats_again(first),
        chair_seat=first.led_from or next(iter(first.seats)),
        note_taker_seat=first.note_taker_seat,
        deputy_seat=first.deputy_seat,
        subject_type=first.subject_type,
        circumstances=first.circumstances,
        local=first.local,
        starts=wanted.starts,
        place=first.place,
        reason=f"Further meeting after {first.reference}",
    )


def carried(first: Meeting, procedure: Procedure) -> Carried:
    """Return what a meeting leaves to its further one: its plan, its open questions, what has changed since."""
    return Carried(
        reference=first.reference,
        held=first.started,
        decided=decided_lines(first, procedure),
        questions=tuple((q.to_label, q.text) for q in open_questions(first)),
        developments=tuple(text for _, text in sorted(_since(first))),
    )


def _since(first: Meeting) -> Iterator[tuple[datetime, str]]:
    """Yield what has come since a meeting, with its time: changes, what everybody was told, how escalations ended."""
    yield from ((d.at, d.text) for d in first.developments)
    yield from ((u.at, u.text) for u in first.updates)
    yield from ((e.resolved, f"Escalation resolved: {e.outcome}") for e in first.escalations if e.resolved)
