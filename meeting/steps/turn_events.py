"""What happened while turns are taken: the order, who has the floor, what was said; and how it changes the meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.flags import CONTRIBUTION
from meeting.model import Answer, Answers, How, Meeting, Note, PersonId, SeatId, Slot, StepId, Turn
from meeting.registry import evolves
from meeting.steps.floor import joined, reordered
from meeting.steps.slots import put
from meeting.values import with_key


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAnnounced:
    step: StepId
    seats: tuple[SeatId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorJoined:
    """Somebody came while turns are taken: their seat has one too, where the chair wished."""

    step: StepId
    seat: SeatId
    wish: str


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
    kept: tuple[str, ...] = ()


@evolves(OrderAnnounced)
def _announced(meeting: Meeting, event: OrderAnnounced, by: PersonId, at: datetime) -> Meeting:
    return reordered(meeting, event.seats, Note(at=at, text="", step=event.step, by=by))


@evolves(FloorJoined)
def _floor_joined(meeting: Meeting, event: FloorJoined, by: PersonId, at: datetime) -> Meeting:
    floor = joined(meeting.floors[event.step], event.seat, event.wish)
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
    aloud = event.how is How.SAID_ALOUD or (event.how is How.HEARD and not any(event.answers.values()))
    owed = f"{meeting.seats[event.seat].label}: information" if aloud else ""
    changed = put(meeting, slot, answer, owed=owed)
    floor = changed.floors[event.step]
    floor = replace(floor, live=None, done=(*floor.done, event.seat))
    return replace(changed, floors=with_key(changed.floors, event.step, floor))


@evolves(PageKept)
def _page_kept(meeting: Meeting, event: PageKept, by: PersonId, at: datetime) -> Meeting:
    seat = SeatId(event.slot.subject)
    answer = Answer(answers=event.answers, by=by, at=at, how=How.LATER, seat=seat, kept=event.kept)
    return put(meeting, event.slot, answer)
