"""Turns as one person sees them: who has spoken and what was recorded, who speaks now, the live seat's form."""

from __future__ import annotations

from dataclasses import dataclass, replace

from meeting.door.relationships import may_say
from meeting.flags import CONTRIBUTION, outside
from meeting.model import Answer, Answers, Floor, How, Meeting, Seat, SeatId
from meeting.procedure import FieldSpec, FieldType, Step
from meeting.running import agenda
from meeting.screens.asked import FieldView, facts_of, field_view, page_shown, paged
from meeting.screens.frame import Frame, Look, frame_for
from meeting.screens.hiding import masked
from meeting.steps import fields
from meeting.steps.floor import next_speaker, questions_for, turns_data

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorLine:
    """One seat on the floor."""

    seat: str
    label: str
    who: str
    state: str  # done, speaking, next, ahead
    told: How | None = None  # how it was told, once done
    by: str = ""  # who recorded it, where that was not the seat itself
    facts: Facts = ()
    prepared: bool = False  # shown to chair and note-taker; what was prepared is not
    supplied: bool = False  # absent, with information handed in


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnsScreen:
    """The round of turns."""

    frame: Frame
    lines: tuple[FloorLine, ...]
    live: FloorLine | None
    turn: int
    following: FloorLine | None
    own: str  # this person's seat
    may_move: bool
    next_label: str
    order_from_default: bool
    reminder: str = ""
    relates: bool = False  # may say how they relate to each child


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakScreen:
    """The live seat's form, for whoever speaks, or for chair and note-taker in their stead."""

    frame: Frame
    step: str
    seat: str
    label: str
    who: str
    turn: int
    fields: tuple[FieldView, ...]
    page: int
    pages: int
    behalf: bool
    introduce: bool
    reminder: str
    prepared: bool
    supplied: bool
    may_fill: bool  # several blanks that "nothing further known" answers
    warnings: tuple[tuple[str, str, str], ...] = ()


def turns_screen(look: Look, step: Step) -> TurnsScreen:
    """Return the round as this person sees it."""
    data = turns_data(look.procedure, step.id)
    floor = look.meeting.floors.get(step.id, Floor())
    lines = {s: _line(look, step, floor, look.meeting.seats[s]) for s in floor.order}
    coming = next_speaker(_without_live(floor))
    here = look.meeting.step == step.id and look.chairs
    following = agenda.following(look.meeting, look.procedure) if look.meeting.step == step.id else None
    own = look.meeting.seat_of(look.person)
    return TurnsScreen(
        frame=frame_for(look, step),
        lines=tuple(lines.values()),
        live=lines.get(floor.live.seat) if floor.live else None,
        turn=floor.live.number if floor.live else 0,
        following=lines.get(coming) if coming else None,
        own=own.id if own else "",
        may_move=here,
        next_label=following.label if following else "",
        order_from_default=not data.order_src,
        reminder=data.reminder_line,
        relates=may_say(look.meeting, look.procedure, look.meeting.people.get(look.person)),
    )


def _without_live(floor: Floor) -> Floor:
    return replace(floor, done=(*floor.done, floor.live.seat)) if floor.live else floor


def _line(look: Look, step: Step, floor: Floor, seat: Seat) -> FloorLine:
    answer = look.meeting.answer(step.id, CONTRIBUTION, seat.id)
    done = seat.id in floor.done
    here = tuple(p for p in look.meeting.occupants(seat.id) if p.present)
    told = answer if done and answer is not None and answer.how is not How.PREPARED else None
    return FloorLine(
        seat=seat.id,
        label=seat.label,
        who=who(look.meeting, seat),
        state=_state(floor, seat.id),
        told=told.how if told else None,
        by=_recorded_by(look, seat, told),
        facts=contribution(look, step, seat, told) if told else (),
        prepared=look.scribe and answer is not None and answer.how is How.PREPARED,
        supplied=not here and bool(seat.supplied) and look.scribe,
    )


def _state(floor: Floor, seat: SeatId) -> str:
    if floor.live is not None and floor.live.seat == seat:
        return "speaking"
    if seat in floor.done:
        return "done"
    return "next" if next_speaker(_without_live(floor)) == seat else "ahead"


def who(meeting: Meeting, seat: Seat) -> str:
    """Return who sits on a seat, else who was invited to it."""
    return ", ".join(meeting.names_on(seat.id)) or seat.name


def _recorded_by(look: Look, seat: Seat, answer: Answer | None) -> str:
    if answer is None or answer.how in (How.NO_ANSWER, How.NOTHING_HELD):
        return ""
    own = look.meeting.came_for(answer.by)
    somebody = look.meeting.people.get(answer.by)
    return somebody.name if somebody is not None and (own is None or own.id != seat.id) else ""


def contribution(look: Look, step: Step, seat: Seat, answer: Answer) -> Facts:
    """Return what a seat said, with its labels; names of children that the reader is not shown are left out."""
    asked = {f.key: f for f in questions_for(look.meeting, look.procedure, step, seat)}
    for prompts in turns_data(look.procedure, step.id).prompts:
        asked.update({f.key: f for f in prompts.fields if f.key in answer.answers and f.key not in asked})
    return tuple((label, masked(look, text)) for label, text in facts_of(tuple(asked.values()), answer))


def asked_now(look: Look, step: Step, seat: Seat, typed: Answers) -> tuple[tuple[FieldSpec, ...], dict[str, str]]:
    """Return the questions that a seat is asked, and the answers so far: prepared or kept, and typed."""
    values = {**_before(look, step, seat), **typed}
    asked = questions_for(look.meeting, look.procedure, step, seat)
    return fields.active(asked, values, outside(look.meeting, look.procedure)), values


def _before(look: Look, step: Step, seat: Seat) -> dict[str, str]:
    """Return what stands already: what somebody only prepared is shown to nobody else."""
    answer = look.meeting.answer(step.id, CONTRIBUTION, seat.id)
    own = look.meeting.seat_of(look.person)
    mine = own is not None and own.id == seat.id
    before = dict(answer.answers) if answer is not None and (mine or answer.how is not How.PREPARED) else {}
    asked = questions_for(look.meeting, look.procedure, step, seat)
    first = next((f.key for f in asked if f.type is FieldType.TEXT), "")
    if first and seat.supplied and look.scribe and not before.get(first):
        before[first] = seat.supplied
    return before


def speak_screen(look: Look, step: Step, seat: Seat, turn: int, typed: Answers) -> SpeakScreen:
    """Return the form of a live turn; where it comes back with faults, the page that has the first of them."""
    asked, values = asked_now(look, step, seat, typed)
    pages = paged(asked)
    page = page_shown(look, pages)
    data = turns_data(look.procedure, step.id)
    own = look.meeting.seat_of(look.person)
    answer = look.meeting.answer(step.id, CONTRIBUTION, seat.id)
    blanks = [f for f in pages[page - 1] if f.type is FieldType.TEXT and f.allow_unknown and not values.get(f.key)]
    return SpeakScreen(
        frame=frame_for(look, step),
        step=step.id,
        seat=seat.id,
        label=seat.label,
        who=who(look.meeting, seat),
        turn=turn,
        fields=tuple(field_view(look, f, values.get(f.key, "")) for f in pages[page - 1]),
        page=page,
        pages=len(pages),
        behalf=own is None or own.id != seat.id,
        introduce=data.introduce_first,
        reminder=data.reminder_line,
        prepared=answer is not None and answer.how is How.PREPARED and own is not None and own.id == seat.id,
        supplied=bool(seat.supplied) and look.scribe,
        may_fill=len(blanks) > 2,
        warnings=look.warnings,
    )
