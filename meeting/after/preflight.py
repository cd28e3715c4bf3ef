"""What stands before the chair's authority: each thing that the minutes still lack, and where it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from meeting import flags
from meeting.ids import spoken, titled
from meeting.model import CONVENED, Answer, Meeting, Seat, Standing
from meeting.procedure import Gate, MinutesRoute, Procedure
from meeting.refusals import Obstacle
from meeting.values import with_key


def checks(meeting: Meeting, procedure: Procedure) -> tuple[Obstacle, ...]:
    """Return what is missing, firmest first; what the chair passed with a reason before is not asked again."""
    passed = {label for o in meeting.overrides if o.step == flags.MINUTES for label in o.missing}
    found = (
        *_debts(meeting),
        *_rationale(meeting),
        *_actions(meeting),
        *_attendance(meeting),
        *_draft(meeting, procedure),
    )
    kept = [o for o in (*found, *_areas(meeting, procedure)) if o.gate is Gate.HARD or o.label not in passed]
    return tuple(sorted(kept, key=lambda o: (Gate.HARD, Gate.OVERRIDE, Gate.WARN, Gate.NONE).index(o.gate)))


def _debts(meeting: Meeting) -> Iterator[Obstacle]:
    for debt in meeting.debts.values():
        if debt.written_up is None:
            seat = meeting.seats.get(debt.seat) if debt.seat else None
            label = f"To write up: {debt.what}" + (f" ({seat.label})" if seat and seat.label not in debt.what else "")
            yield Obstacle(code="debt", gate=Gate.HARD, label=label, step=debt.slot.step, subject=debt.id)


def _rationale(meeting: Meeting) -> Iterator[Obstacle]:
    """Yield each child without a decision, and each decision without its reasons."""
    for child in meeting.in_scope() if meeting.ended else ():
        made = meeting.decisions.get(child.id) or meeting.decisions.get("")
        name = child.name or "a child without a name"
        if made is None:
            yield Obstacle(code="undecided", gate=Gate.OVERRIDE, label=f"Decision for {name}", subject=child.id)
        elif not any(text.strip() for text in made.rationale.values()):
            yield Obstacle(code="rationale", gate=Gate.HARD, label=f"Rationale for {name}", subject=child.id)


def _actions(meeting: Meeting) -> Iterator[Obstacle]:
    """Yield each action that nobody named holds: without owner, or owned by an agency alone."""
    agencies = {text.casefold() for s in meeting.seats.values() for text in (spoken(s.agency), s.label)}
    for action in meeting.actions:
        if not action.owner.strip() or action.owner.strip().casefold() in agencies:
            label = f"Action {action.number}: a named person"
            yield Obstacle(code="action_owner", gate=Gate.OVERRIDE, label=label, subject=str(action.number))
        if action.due <= action.at and not action.urgent:
            label = f"Action {action.number}: by when"
            yield Obstacle(code="action_due", gate=Gate.OVERRIDE, label=label, subject=str(action.number))


def came(meeting: Meeting, seat: Seat) -> bool:
    """Tell whether somebody sat on this seat while the meeting was held."""
    return any(p.seat == seat.id and p.stays and p.standing is not Standing.WAITING for p in meeting.people.values())


def _attendance(meeting: Meeting) -> Iterator[Obstacle]:
    """Yield each invited seat of which nobody knows whether its people came."""
    for seat in meeting.seats.values() if meeting.started else ():
        team = seat.id in meeting.minutes.team_seats
        if not came(meeting, seat) and not seat.apologies and not seat.supplied and not team:
            label = f"Attendance of {seat.label}: neither came nor sent apologies"
            yield Obstacle(code="attendance", gate=Gate.OVERRIDE, label=label, subject=seat.id)
    for person in meeting.people.values():
        if person.standing is Standing.WAITING:
            label = f"Still at the door: {person.name}"
            yield Obstacle(code="door", gate=Gate.WARN, label=label, subject=person.id)


def _draft(meeting: Meeting, procedure: Procedure) -> Iterator[Obstacle]:
    gate = procedure.minutes.check_before_recorded
    if gate is not Gate.NONE and meeting.minutes.notes_recorded is None:
        yield Obstacle(code="not_recorded", gate=gate, label="The note-taker's word that the notes are written")


def _areas(meeting: Meeting, procedure: Procedure) -> Iterator[Obstacle]:
    """Yield what a route needs of a child and nobody has said: the area of an open case (WMT-4.5)."""
    for child in meeting.in_scope():
        for route in routes_of(meeting, procedure, child.id):
            for key in route.needs:
                if not convened(meeting, child.id, key):
                    label = f"{titled(key)} of {child.name or 'the child'}"
                    yield Obstacle(code="route_needs", gate=Gate.OVERRIDE, label=label, subject=child.id)


def routes_of(meeting: Meeting, procedure: Procedure, child: str) -> tuple[MinutesRoute, ...]:
    """Return who distributes the minutes of a child, by its own case status where that was said (WMT-4.4, WMT-4.5)."""
    own = _with_own(meeting, child)
    return tuple(r for r in procedure.minutes.routes if flags.holds(own, procedure, r.when, subject=child))


def convened(meeting: Meeting, child: str, key: str) -> str:
    """Return what was said at convening of this child, else of the meeting as a whole."""
    return _with_own(meeting, child).convened.get(key, "")


def _with_own(meeting: Meeting, child: str) -> Meeting:
    """Return the meeting with a child's own convening answers in the place of the general ones."""
    own = meeting.answers.get(replace(CONVENED, subject=child))
    if own is None:
        return meeting
    both = {**meeting.convened, **own.answers}
    answer = Answer(answers=both, by=own.by, at=own.at, how=own.how)
    return replace(meeting, answers=with_key(meeting.answers, CONVENED, answer))
