"""Who speaks in turn, in which order, and what each of them is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from meeting.flags import CONTRIBUTION, outside
from meeting.model import Answers, Floor, How, Meeting, Note, Seat, SeatId, StepId, TurnWish
from meeting.procedure import FieldSpec, FieldType, Kind, Procedure, Prompts, Step, TurnsData
from meeting.refusals import Obstacle, Refused
from meeting.registry import Case
from meeting.roles import speaks_for_agency
from meeting.running.gates import AtStep, stands_at
from meeting.steps import fields
from meeting.steps.wording import agency_names
from meeting.values import with_key

REFERRER = "referrer"
ASKED_NOTHING = frozenset({How.NOTHING_HELD, How.NO_ANSWER})  # ways to end a turn that leave no question open


def turns_data(procedure: Procedure, step_id: StepId) -> TurnsData:
    """Return the data of a turns step; raises Refused."""
    data = procedure.step(step_id).data
    if not isinstance(data, TurnsData):
        raise Refused("wrong_step")
    return data


def speaks(meeting: Meeting, procedure: Procedure, seat: Seat) -> bool:
    """Tell whether a seat holds an agency's information: chair, note-taker and observers have no turn."""
    return speaks_for_agency(procedure, seat) and seat.id != meeting.chair_seat


def speakers(meeting: Meeting, procedure: Procedure) -> tuple[Seat, ...]:
    """Return the seats that speak: taken by somebody present, or absent with information handed in."""
    here = {p.seat for p in meeting.attendees()}
    return tuple(s for s in meeting.seats.values() if speaks(meeting, procedure, s) and (s.id in here or s.supplied))


def referred(meeting: Meeting, seat: Seat) -> bool:
    """Tell whether a seat is the referrer's: invited as such, else the one whom the convening names (WMT-3.4b)."""
    if any(s.role == REFERRER for s in meeting.seats.values()):
        return seat.role == REFERRER
    named = meeting.convened.get("referrer", "").casefold()
    return bool(named) and named in (seat.name.casefold(), seat.label.casefold())


def proposed_order(meeting: Meeting, procedure: Procedure, step: Step) -> tuple[SeatId, ...]:
    """Return the seats in the order that the procedure or the default proposes."""
    data = turns_data(procedure, step.id)
    seats = speakers(meeting, procedure)
    named = frozenset(data.order)

    def place(seat: Seat) -> int:
        if REFERRER in named and referred(meeting, seat):
            return data.order.index(REFERRER)
        key = seat.agency if seat.agency in named else "other"
        return data.order.index(key) if key in named else len(data.order)

    return tuple(s.id for s in sorted(seats, key=place))


def questions_for(meeting: Meeting, procedure: Procedure, step: Step, seat: Seat) -> tuple[FieldSpec, ...]:
    """Return what a seat is asked in its turn: the default set, its own, and what an agency answers once in all.

    A set that is answered once across an agency's seats is asked of the first of them only (SAN-10.11).
    """
    data = turns_data(procedure, step.id)
    own = {p.audience for p in data.prompts}
    audience = {"default", seat.agency, *((REFERRER,) if referred(meeting, seat) else ())}
    if seat.agency not in own:
        audience.add("other")
    chosen = [p for p in data.prompts if p.audience in audience and not _answered_elsewhere(meeting, step, seat, p)]
    ordered = [p for p in chosen if p.before] + [p for p in chosen if not p.before]
    return tuple(f for p in ordered for f in p.fields)


def _answered_elsewhere(meeting: Meeting, step: Step, seat: Seat, prompts: Prompts) -> bool:
    if not prompts.once_across_seats:
        return False
    done = meeting.floors.get(step.id, Floor()).done
    for other in meeting.seats.values():
        if other.id != seat.id and other.agency == seat.agency and other.id in done:
            answer = meeting.answer(step.id, CONTRIBUTION, other.id)
            if answer and any(answer.answers.get(f.key) for f in prompts.fields):
                return True
    return False


def turn_answers(
    case: Case, asked: tuple[FieldSpec, ...], given: Answers, *, how: How, only: frozenset[str] | None
) -> dict[str, str]:
    """Return the answers to what a seat was asked; whoever holds nothing, or is silent, is asked for nothing."""
    if how in ASKED_NOTHING:
        return {k: v for k, v in given.items() if v}
    return fields.check(
        asked,
        given,
        outside(case.meeting, case.procedure),
        agencies=agency_names(case.meeting, case.procedure),
        words_may_wait=how in (How.SAID_ALOUD, How.HEARD, How.ON_BEHALF),
        only=only,
    )


def next_speaker(floor: Floor) -> SeatId | None:
    """Return who speaks next: late arrivals put ahead first, then the announced order."""
    waiting = (*floor.next_up, *floor.order)
    return next((s for s in waiting if s not in floor.done), None)


def reordered(meeting: Meeting, order: tuple[SeatId, ...], note: Note) -> Meeting:
    """Return the meeting with this order, noted where those who stood in one change places; newcomers change none's."""
    before = meeting.floors.get(note.step, Floor())
    changed = replace(meeting, floors=with_key(meeting.floors, note.step, replace(before, order=order)))
    if tuple(s for s in order if s in before.order) == before.order:
        return changed
    text = f"Order of turns changed: {', '.join(meeting.seats[s].label for s in order if s in meeting.seats)}"
    return replace(changed, notes=(*meeting.notes, replace(note, text=text)))


def joined(floor: Floor, seat: SeatId, wish: str) -> Floor:
    """Return the floor with a late arrival where the chair wished; "at questions" they have no turn in the round."""
    if seat in floor.done or wish == TurnWish.AT_QUESTIONS:
        return floor
    ahead = wish in (TurnWish.NOW, TurnWish.AFTER_THIS_SPEAKER) and seat not in floor.next_up
    order = floor.order if seat in floor.order else (*floor.order, seat)
    return replace(floor, order=order, next_up=(*floor.next_up, seat) if ahead else floor.next_up)


def nothing_further(asked: tuple[FieldSpec, ...], answers: dict[str, str]) -> dict[str, str]:
    """Return the answers with every blank that takes "not known" filled by "nothing further known" (SAN-10.11)."""
    blank = (f.key for f in asked if f.allow_unknown and f.type is FieldType.TEXT and not answers.get(f.key))
    return {**answers, **dict.fromkeys(blank, "nothing further known")}


@stands_at(Kind.TURNS)
def standing(case: Case, step: Step) -> Iterator[AtStep]:
    """Every seat on the floor has spoken, or the chair says why the meeting goes on without it."""
    floor = case.meeting.floors.get(step.id, Floor())
    for seat in floor.order:
        if seat not in floor.done:
            label = case.meeting.seats[seat].label
            yield step.id, Obstacle(code="not_heard", gate=step.gate, label=label, step=step.id, subject=seat)
