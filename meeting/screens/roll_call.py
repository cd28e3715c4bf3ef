"""The roll call as one person sees it: who is here for which agency, who is missing, whether that is enough."""

from __future__ import annotations

from dataclasses import dataclass, replace

from meeting.before.suggesting import absent
from meeting.door.quorum import rules
from meeting.door.relationships import asked_again, slot_of
from meeting.door.telephone import comes_by_telephone, empty_seats
from meeting.model import ChildId, Meeting, Person, Seat, Standing
from meeting.procedure import FieldSpec, Kind, RollCallData, Step
from meeting.running import agenda
from meeting.screens.asked import MAX_INPUTS, FieldView, field_view
from meeting.screens.board import QuorumLine, quorum_line
from meeting.screens.frame import Frame, Look, frame_for, guided_frame
from meeting.screens.hiding import restricted
from meeting.screens.moves import heard_lets_on
from meeting.steps.roll_call import INTRODUCTION, warnings


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One seat, or one observer, at the roll call."""

    seat: str
    label: str
    agency: str
    person: str  # "" where nobody came
    name: str
    state: str  # introduced, heard, here, left, apologies, absent, observer
    note: str = ""  # the reason of apologies, or how they said they come
    supplied: bool = False
    warns: tuple[tuple[str, str], ...] = ()  # (question, answer) that the chair is warned of
    by_telephone: bool = False  # nobody is there: somebody on the telephone may answer for the seat


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallScreen:
    frame: Frame
    rows: tuple[Attendance, ...]
    quorum: QuorumLine
    converts: bool
    waits: bool  # somebody has not introduced themselves
    may_move: bool
    next_label: str
    heard_on: bool = False  # the press that hears all may go on as well
    absent: tuple[tuple[str, str], ...] = ()  # (whom the procedure asks for and nobody came for, why)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatingScreen:
    """How one attendee is related to each child."""

    frame: Frame
    children: tuple[tuple[str, tuple[FieldView, ...]], ...]  # (child's name, questions)
    page: int
    pages: int


def roll_call_screen(look: Look, step: Step) -> RollCallScreen:
    """Return who is here and who is not."""
    meeting = look.meeting
    rows = tuple(row for seat in meeting.seats.values() for row in _of_seat(look, step, seat))
    here = meeting.step == step.id
    following = agenda.following(meeting, look.procedure) if here else None
    return RollCallScreen(
        frame=frame_for(look, step),
        rows=(*rows, *_observers(meeting)),
        quorum=quorum_line(meeting, look.procedure),
        converts=rules(look.procedure).converts,
        waits=any(r.state == "here" for r in rows),
        may_move=here and look.chairs,
        next_label=following.label if following else "",
        heard_on=heard_lets_on(look, step),
        absent=tuple((p.label, p.why) for p in absent(meeting, look.procedure)) if look.scribe else (),
    )


def _of_seat(look: Look, step: Step, seat: Seat) -> tuple[Attendance, ...]:
    meeting = look.meeting
    sitting = meeting.occupants(seat.id)
    here = tuple(p for p in sitting if p.stays) or sitting  # not who answered the invitation and came as another
    vacant = seat in empty_seats(meeting)
    said = "comes by telephone" if vacant and comes_by_telephone(meeting, seat) else ""
    if not any(p.present for p in here) and (seat.apologies or not here):
        state = "apologies" if seat.apologies else "absent"
        empty = _empty(seat, state, said)
        return (replace(empty, by_telephone=vacant and not seat.apologies),)
    return tuple(
        Attendance(
            seat=seat.id,
            label=seat.label,
            agency=seat.agency,
            person=p.id,
            name=p.name,
            state=_state(meeting, step, p),
            note="" if p.present else said,
            supplied=bool(seat.supplied) and not p.present,
            warns=_warns(meeting, step, p) if look.scribe else (),
            by_telephone=vacant and p is here[0],
        )
        for p in here
    )


def _empty(seat: Seat, state: str, said: str) -> Attendance:
    return Attendance(
        seat=seat.id,
        label=seat.label,
        agency=seat.agency,
        person="",
        name=seat.name,
        state=state,
        note=seat.apologies or said,
        supplied=bool(seat.supplied),
    )


def _warns(meeting: Meeting, step: Step, person: Person) -> tuple[tuple[str, str], ...]:
    answer = meeting.answer(step.id, INTRODUCTION, person.id)
    data = step.data
    return warnings(data.introduction.fields, answer.answers) if answer and isinstance(data, RollCallData) else ()


def _state(meeting: Meeting, step: Step, person: Person) -> str:
    if not person.present:
        return "left" if person.stays else "absent"
    if not person.introduced:
        return "here"
    answer = meeting.answer(step.id, INTRODUCTION, person.id)
    return "heard" if answer is not None and answer.by != person.id else "introduced"


def _observers(meeting: Meeting) -> tuple[Attendance, ...]:
    return tuple(
        Attendance(seat="", label="Observer", agency="", person=p.id, name=p.name, state="observer")
        for p in meeting.people.values()
        if p.standing is Standing.OBSERVER
    )


def relating_screen(look: Look) -> RelatingScreen:
    """Return the questions on each child that the reader is shown, at most six on a page."""
    step, specs = asked_again(look.procedure)
    away = restricted(look)
    children = [c for c in look.meeting.in_scope() if c.id not in away]
    each = max(1, MAX_INPUTS // max(1, len(specs)))
    pages = max(1, -(-len(children) // each))
    given = look.args.get("page", "1")
    page = max(1, min(int(given) if given.isdecimal() else 1, pages))
    shown = children[(page - 1) * each : page * each]
    return RelatingScreen(
        frame=guided_frame(look, agenda.first_of(look.procedure, Kind.ROLL_CALL)),
        children=tuple((c.name, tuple(_question(look, step, f, c.id) for f in specs)) for c in shown),
        page=page,
        pages=pages,
    )


def _question(look: Look, step: str, spec: FieldSpec, child: ChildId) -> FieldView:
    """Return one question on one child: what was said of that child, else at the introduction."""
    own = look.meeting.answers.get(slot_of(step, look.person, child))
    first = look.meeting.answer(step, INTRODUCTION, look.person)
    key = f"{spec.key}.{child}"
    value = look.typed.get(f"answers.{key}", "")
    for answer in (own, first):
        value = value or (answer.answers.get(spec.key, "") if answer else "")
    shown = field_view(look, spec, value)
    return FieldView(
        id=f"answers.{key}",
        label=shown.label,
        type=shown.type,
        required=False,
        choices=shown.choices,
        value=value,
        error=look.errors.get(key, ""),
        from_default=shown.from_default,
    )
