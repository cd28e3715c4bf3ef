"""Each agency in turn: an announced order, one live turn, and four ways to end it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting import fields
from meeting.flags import CONTRIBUTION, outside
from meeting.gates import Standing, stands_at
from meeting.model import Answer, Answers, Floor, How, Meeting, PersonId, Seat, SeatId, Slot, StepId, Turn
from meeting.procedure import FieldSpec, FieldType, Kind, Procedure, Prompts, Step, TurnsData
from meeting.record import agency_names, check_words, put
from meeting.refusals import Obstacle, Refused, Stale
from meeting.registry import Case, Events, decides, evolves
from meeting.values import with_key

MINUTES_OFFICERS = frozenset({"note_taker", "observer"})  # roles that hold no information of an agency


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOrder:
    step: StepId
    seats: tuple[SeatId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginTurn:
    """Give the floor to a seat, or to the next in the announced order."""

    step: StepId
    seat: SeatId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishTurn:
    """End a turn with what was said: typed, said aloud, nothing held, or no answer; the next one begins."""

    step: StepId
    seat: SeatId
    turn: int
    answers: Answers
    how: How = How.TYPED
    keep: bool = False
    only: frozenset[str] | None = None  # keep this page and stay in the turn


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTurn:
    """Give a seat the floor back, to add to what it said."""

    step: StepId
    seat: SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAnnounced:
    step: StepId
    seats: tuple[SeatId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnBegan:
    step: StepId
    seat: SeatId
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnFinished:
    step: StepId
    seat: SeatId
    answers: Answers
    how: How
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPaused:
    """A live turn ended without an answer, to be taken up again."""

    step: StepId
    seat: SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKept:
    slot: Slot
    answers: Answers


def turns_data(procedure: Procedure, step_id: StepId) -> TurnsData:
    """Return the data of a turns step; raises Refused."""
    data = procedure.step(step_id).data
    if not isinstance(data, TurnsData):
        raise Refused("wrong_step")
    return data


def speakers(meeting: Meeting) -> tuple[Seat, ...]:
    """Return the seats that speak: taken by somebody present, or absent with information handed in."""
    here = {p.seat for p in meeting.attendees()}
    return tuple(
        s
        for s in meeting.seats.values()
        if s.role not in MINUTES_OFFICERS and s.id != meeting.chair_seat and (s.id in here or s.supplied)
    )


def proposed_order(meeting: Meeting, procedure: Procedure, step: Step) -> tuple[SeatId, ...]:
    """Return the seats in the order that the procedure or the default proposes."""
    data = turns_data(procedure, step.id)
    seats = speakers(meeting)
    named = frozenset(data.order)

    def place(seat: Seat) -> int:
        if seat.role == "referrer" and "referrer" in named:
            return data.order.index("referrer")
        key = seat.agency if seat.agency in named else "other"
        return data.order.index(key) if key in named else len(data.order)

    return tuple(s.id for s in sorted(seats, key=place))


def questions_for(meeting: Meeting, procedure: Procedure, step: Step, seat: Seat) -> tuple[FieldSpec, ...]:
    """Return what a seat is asked in its turn: the default set, its own, and what an agency answers once in all.

    A set that is answered once across an agency's seats is asked of the first of them only (SAN-10.11).
    """
    data = turns_data(procedure, step.id)
    own = {p.audience for p in data.prompts}
    audience = {"default", seat.agency, *(("referrer",) if seat.role == "referrer" else ())}
    if seat.agency not in own:
        audience.add("other")
    chosen = [p for p in data.prompts if p.audience in audience and not _answered_elsewhere(meeting, step, seat, p)]
    ordered = [p for p in chosen if p.before] + [p for p in chosen if not p.before]
    return tuple(f for p in ordered for f in p.fields)


def _answered_elsewhere(meeting: Meeting, step: Step, seat: Seat, prompts: Prompts) -> bool:
    if not prompts.once_across_seats:
        return False
    for other in meeting.seats.values():
        if other.id != seat.id and other.agency == seat.agency:
            answer = meeting.answer(step.id, CONTRIBUTION, other.id)
            if answer and any(answer.answers.get(f.key) for f in prompts.fields):
                return True
    return False


@decides(SetOrder)
def set_order(case: Case, command: SetOrder) -> Events:
    """Announce the order of turns; whoever has spoken keeps that."""
    turns_data(case.procedure, command.step)
    unknown = tuple(s for s in command.seats if s not in case.meeting.seats)
    if unknown or not command.seats:
        raise Refused("no_such_seat", *unknown)
    floor = case.meeting.floors.get(command.step, Floor())
    rest = tuple(s for s in floor.order if s not in command.seats)
    return (OrderAnnounced(step=command.step, seats=(*command.seats, *rest)),)


@decides(BeginTurn)
def begin_turn(case: Case, command: BeginTurn) -> Events:
    """Give the floor; one turn is live at a time."""
    floor = case.meeting.floors.get(command.step)
    if floor is None:
        raise Refused("wrong_step")
    if command.seat is not None and command.seat not in case.meeting.seats:
        raise Refused("no_such_seat")
    seat = command.seat or _next(floor)
    if seat is None:
        raise Refused("all_spoken")
    paused = (TurnPaused(step=command.step, seat=floor.live.seat),) if floor.live else ()
    return (*paused, TurnBegan(step=command.step, seat=seat, number=floor.count + 1))


@decides(FinishTurn)
def finish_turn(case: Case, command: FinishTurn) -> Events:
    """Record what this seat said and give the floor to the next; a turn that has ended is stale."""
    floor = case.meeting.floors.get(command.step, Floor())
    if floor.live is None or floor.live.number != command.turn or floor.live.seat != command.seat:
        raise Stale("turn_over")
    step = case.procedure.step(command.step)
    seat = case.meeting.seats[command.seat]
    slot = Slot(step=command.step, part=CONTRIBUTION, subject=command.seat)
    before = case.meeting.answers.get(slot)
    merged = {**(before.answers if before else {}), **command.answers}
    answers = _checked(case, questions_for(case.meeting, case.procedure, step, seat), merged, command)
    kept = check_words(case, answers, keep=command.keep)
    if command.only is not None:
        return (PageKept(slot=slot, answers=answers),)
    done = TurnFinished(step=command.step, seat=command.seat, answers=answers, how=command.how, kept=kept)
    following = _next(replace(floor, done=(*floor.done, command.seat), live=None))
    begins = (TurnBegan(step=command.step, seat=following, number=floor.count + 1),) if following else ()
    return (done, *begins)


def _checked(case: Case, asked: tuple[FieldSpec, ...], merged: Answers, command: FinishTurn) -> Answers:
    """Return the answers to what the seat was asked, filling in what its way of ending the turn says."""
    given = dict(merged)
    if command.how in (How.NOTHING_HELD, How.NO_ANSWER):
        return {k: v for k, v in given.items() if v}
    look = outside(case.meeting, case.procedure)
    return fields.check(
        asked,
        given,
        look,
        agencies=agency_names(case.meeting),
        texts_may_wait=command.how in (How.SAID_ALOUD, How.HEARD),
        only=command.only,
    )


@decides(ReturnTurn)
def return_turn(case: Case, command: ReturnTurn) -> Events:
    """Let a seat speak again; whoever speaks now waits."""
    floor = case.meeting.floors.get(command.step, Floor())
    if command.seat not in floor.order:
        raise Refused("no_such_seat")
    paused = (TurnPaused(step=command.step, seat=floor.live.seat),) if floor.live else ()
    return (*paused, TurnBegan(step=command.step, seat=command.seat, number=floor.count + 1))


def _next(floor: Floor) -> SeatId | None:
    """Return who speaks next: late arrivals put ahead first, then the announced order."""
    waiting = (*floor.next_up, *floor.order)
    return next((s for s in waiting if s not in floor.done), None)


def opening(case: Case, step: Step) -> Events:
    """Return what entering a turns step brings: its announced order."""
    if case.meeting.floors.get(step.id):
        return ()
    return (OrderAnnounced(step=step.id, seats=proposed_order(case.meeting, case.procedure, step)),)


@evolves(OrderAnnounced)
def _announced(meeting: Meeting, event: OrderAnnounced, by: PersonId, at: datetime) -> Meeting:
    floor = replace(meeting.floors.get(event.step, Floor()), order=event.seats)
    return replace(meeting, floors=with_key(meeting.floors, event.step, floor))


@evolves(TurnBegan)
def _began(meeting: Meeting, event: TurnBegan, by: PersonId, at: datetime) -> Meeting:
    floor = meeting.floors[event.step]
    order = floor.order if event.seat in floor.order else (*floor.order, event.seat)
    live = Turn(seat=event.seat, number=event.number, began=at)
    done = tuple(s for s in floor.done if s != event.seat)
    ahead = tuple(s for s in floor.next_up if s != event.seat)
    floor = replace(floor, order=order, live=live, count=event.number, done=done, next_up=ahead)
    return replace(meeting, floors=with_key(meeting.floors, event.step, floor))


@evolves(TurnPaused)
def _paused(meeting: Meeting, event: TurnPaused, by: PersonId, at: datetime) -> Meeting:
    floor = meeting.floors[event.step]
    ahead = floor.next_up if event.seat in floor.next_up else (event.seat, *floor.next_up)
    return replace(meeting, floors=with_key(meeting.floors, event.step, replace(floor, live=None, next_up=ahead)))


@evolves(TurnFinished)
def _finished(meeting: Meeting, event: TurnFinished, by: PersonId, at: datetime) -> Meeting:
    slot = Slot(step=event.step, part=CONTRIBUTION, subject=event.seat)
    answer = Answer(answers=event.answers, by=by, at=at, how=event.how, seat=event.seat, kept=event.kept)
    owed = f"{meeting.seats[event.seat].label}: information" if event.how is How.SAID_ALOUD else ""
    changed = put(meeting, slot, answer, owed=owed)
    floor = changed.floors[event.step]
    floor = replace(floor, live=None, done=(*floor.done, event.seat))
    return replace(changed, floors=with_key(changed.floors, event.step, floor))


@evolves(PageKept)
def _page_kept(meeting: Meeting, event: PageKept, by: PersonId, at: datetime) -> Meeting:
    seat = SeatId(event.slot.subject)
    return put(meeting, event.slot, Answer(answers=event.answers, by=by, at=at, how=How.LATER, seat=seat))


@stands_at(Kind.TURNS)
def standing(case: Case, step: Step) -> Iterator[Standing]:
    """Every seat on the floor has spoken, or the chair says why the meeting goes on without it."""
    floor = case.meeting.floors.get(step.id, Floor())
    for seat in floor.order:
        if seat not in floor.done:
            label = case.meeting.seats[seat].label
            yield step.id, Obstacle(code="not_heard", gate=step.gate, label=label, step=step.id, subject=seat)


def nothing_further(asked: tuple[FieldSpec, ...], answers: Answers) -> dict[str, str]:
    """Return the answers with every blank that takes "not known" filled by "nothing further known" (SAN-10.11)."""
    blank = (f.key for f in asked if f.allow_unknown and f.type is FieldType.TEXT and not answers.get(f.key))
    return {**answers, **dict.fromkeys(blank, "nothing further known")}
