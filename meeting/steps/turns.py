"""Each agency in turn: an announced order, one live turn, and four ways to end it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from meeting.door.arriving import PersonAdmitted, PersonJoined
from meeting.flags import CONTRIBUTION
from meeting.model import NO_ANSWERS, Answer, Answers, Floor, How, SeatId, Slot, StepId
from meeting.procedure import Step
from meeting.refusals import Refused, Stale
from meeting.registry import Case, Events, decides, follows
from meeting.steps.floor import (
    ASKED_NOTHING,
    joined,
    next_speaker,
    nothing_further,
    proposed_order,
    questions_for,
    speakers,
    speaks,
    turn_answers,
    turns_data,
)
from meeting.steps.turn_events import FloorJoined, OrderAnnounced, PageKept, TurnBegan, TurnFinished, TurnPaused
from meeting.steps.wording import check_words, fresh

__all__ = [  # the kind's names, wherever in the house they stand
    "BeginTurn",
    "FinishTurn",
    "OrderAnnounced",
    "PageKept",
    "ReturnTurn",
    "SetOrder",
    "TurnBegan",
    "TurnFinished",
    "nothing_further",
    "proposed_order",
    "questions_for",
    "speakers",
    "turns_data",
]

_BY_SCRIBE = frozenset({How.NO_ANSWER, How.HEARD, How.ON_BEHALF})  # what nobody says of oneself


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


@decides(SetOrder)
def set_order(case: Case, command: SetOrder) -> Events:
    """Announce the order of turns; whoever has spoken keeps that, whoever was left out comes last."""
    turns_data(case.procedure, command.step)
    unknown = tuple(s for s in command.seats if s not in case.meeting.seats)
    if unknown or not command.seats:
        raise Refused("no_such_seat", *unknown)
    floor = case.meeting.floors.get(command.step, Floor())
    step = case.procedure.step(command.step)
    everyone = (*command.seats, *floor.order, *proposed_order(case.meeting, case.procedure, step))
    return (OrderAnnounced(step=command.step, seats=tuple(dict.fromkeys(everyone))),)


@decides(BeginTurn)
def begin_turn(case: Case, command: BeginTurn) -> Events:
    """Give the floor; one turn is live at a time."""
    floor = case.meeting.floors.get(command.step)
    if floor is None:
        raise Refused("wrong_step")
    if command.seat is not None and command.seat not in case.meeting.seats:
        raise Refused("no_such_seat")
    seat = command.seat or next_speaker(floor)
    if seat is None:
        raise Refused("all_spoken")
    return _given(command.step, floor, seat)


def _given(step: StepId, floor: Floor, seat: SeatId) -> Events:
    """Return the floor given to a seat; a live turn of another waits, one's own goes on as it is."""
    if floor.live is not None and floor.live.seat == seat:
        return ()
    paused = (TurnPaused(step=step, seat=floor.live.seat),) if floor.live else ()
    return (*paused, TurnBegan(step=step, seat=seat, number=floor.count + 1))


@decides(FinishTurn)
def finish_turn(case: Case, command: FinishTurn) -> Events:
    """Record what this seat said and give the floor to the next; a turn that has ended is stale.

    What somebody prepared, or kept page by page, stays unless it is answered anew.
    """
    floor = case.meeting.floors.get(command.step, Floor())
    if floor.live is None or floor.live.number != command.turn or floor.live.seat != command.seat:
        raise Stale("turn_over")
    if command.how in _BY_SCRIBE and case.by not in (case.meeting.chair, case.meeting.note_taker):
        raise Refused("chair_or_note_taker")
    step = case.procedure.step(command.step)
    seat = case.meeting.seats[command.seat]
    slot = Slot(step=command.step, part=CONTRIBUTION, subject=command.seat)
    before = case.meeting.answers.get(slot)
    stood = _stands(case, command, before)
    asked = questions_for(case.meeting, case.procedure, step, seat)
    answers = turn_answers(case, asked, {**stood, **command.answers}, how=command.how, only=command.only)
    kept = check_words(case, fresh(answers, stood), keep=command.keep)
    kept = tuple(sorted({*(before.kept if before and stood else ()), *kept}))
    if command.only is not None:
        return (PageKept(slot=slot, answers=answers, kept=kept),)
    done = TurnFinished(step=command.step, seat=command.seat, answers=answers, how=command.how, kept=kept)
    following = next_speaker(replace(floor, done=(*floor.done, command.seat), live=None))
    begins = (TurnBegan(step=command.step, seat=following, number=floor.count + 1),) if following else ()
    return (done, *begins)


def _stands(case: Case, command: FinishTurn, before: Answer | None) -> Answers:
    """Return what stays of an earlier answer; what somebody only prepared is nobody else's to give."""
    if before is None or command.how in ASKED_NOTHING:
        return NO_ANSWERS
    seat = case.meeting.seat_of(case.by)
    own = seat is not None and seat.id == command.seat
    return before.answers if own or before.how is not How.PREPARED else NO_ANSWERS


@decides(ReturnTurn)
def return_turn(case: Case, command: ReturnTurn) -> Events:
    """Let a seat speak again; whoever speaks now waits."""
    floor = case.meeting.floors.get(command.step, Floor())
    if command.seat not in floor.order:
        raise Refused("no_such_seat")
    return _given(command.step, floor, command.seat)


def opening(case: Case, step: Step) -> Events:
    """Return what entering a turns step brings: its announced order, with everybody who is here now."""
    floor = case.meeting.floors.get(step.id)
    before = floor.order if floor else ()
    seats = tuple(dict.fromkeys((*before, *proposed_order(case.meeting, case.procedure, step))))
    return (OrderAnnounced(step=step.id, seats=seats),) if floor is None or seats != before else ()


@follows(PersonAdmitted, PersonJoined)
def latecomers(case: Case, event: object) -> Events:
    """Give whoever comes while turns are taken one too: where the chair wished, else at the end."""
    assert isinstance(event, PersonAdmitted | PersonJoined)
    meeting = case.meeting
    floor, seat = meeting.floors.get(meeting.step), meeting.seat_of(event.person)
    if floor is None or seat is None or not speaks(meeting, case.procedure, seat):
        return ()
    wish = meeting.people[event.person].turn_wish
    return (FloorJoined(step=meeting.step, seat=seat.id, wish=wish),) if joined(floor, seat.id, wish) != floor else ()


def leaving(case: Case, step: Step) -> Events:
    """Return what leaving a turns step brings: a live turn waits, to be taken up again."""
    floor = case.meeting.floors.get(step.id)
    return (TurnPaused(step=step.id, seat=floor.live.seat),) if floor is not None and floor.live else ()
