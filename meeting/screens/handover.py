"""Handing over: the chair, the notes, the form of one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from meeting.model import Person, Seat, Status
from meeting.procedure import Kind, Step
from meeting.roles import may_chair
from meeting.running.handover import restrictable
from meeting.screens.asked import FieldView
from meeting.screens.frame import Look, agency_choices
from meeting.screens.small import SmallForm, offers, small

_FORMS = (Kind.RECORD, Kind.STATEMENT, Kind.CLOSING)


def chair_form(look: Look) -> SmallForm:
    """Return the form that hands the chair to somebody present, of the agency that chairs where one alone does."""
    people = [(p, seat) for p, seat in _others(look) if p.present and may_chair(look.procedure, seat)]
    form = small(look, "Hand over the chair", "Hand it over", "handover.give", _who(look, people))
    nothing = "" if people else "Nobody else who may chair is here."
    return replace(form, note="They chair from now on; it is minuted.", nothing=nothing)


def notes_form(look: Look) -> SmallForm:
    """Return the form that names the note-taker."""
    people = list(_others(look))
    form = small(look, "Name the note-taker", "Name them", "handover.name_note_taker", _who(look, people))
    return replace(form, nothing="" if people else "Nobody else with a seat is here.")


def step_form(look: Look) -> SmallForm:
    """Return the form that gives a step's questions to another seat."""
    ahead = tuple((s.id, s.label) for s in _ahead(look))
    seats = tuple((str(s.id), f"{s.label}{f' ({s.name})' if s.name else ''}") for s in look.meeting.seats.values())
    step = offers(look, "which", "Which form", ahead)
    here = look.meeting.step if look.meeting.step in dict(ahead) else ""
    step = replace(step, value=step.value or here)
    seat = offers(look, "seat", "To whom", seats)
    form = small(look, "Hand a form to somebody", "Hand it over", "handover.give_form", step, seat)
    return replace(form, nothing="" if ahead else "No form is left to hand over.")


def restrict_form(look: Look) -> SmallForm:
    """Return the form that keeps a child from an agency (WOK-0.8); the agencies that see every child are named."""
    children = tuple((str(c.id), c.name) for c in look.meeting.children.values())
    agencies = tuple(a for a in agency_choices(look.meeting) if a[0] in restrictable(look.meeting, look.procedure))
    child, agency = (
        offers(look, "child", "Which child", children),
        offers(look, "agency", "From which agency", agencies),
    )
    form = small(look, "Keep a child from an agency", "Keep it so", "handover.restrict", child, agency)
    return replace(form, note="They are asked nothing of this child, and shown nothing. It cannot be undone here.")


def _ahead(look: Look) -> list[Step]:
    steps = [s for s in look.procedure.agenda if s.kind in _FORMS]
    ids = [s.id for s in look.procedure.agenda]
    here = ids.index(look.meeting.step) if look.meeting.step in ids else 0
    over = look.meeting.status in (Status.CLOSED, Status.CANCELLED)
    return [] if over else [s for s in steps if ids.index(s.id) >= here]


def _who(look: Look, people: list[tuple[Person, Seat]]) -> FieldView:
    return offers(look, "who", "Who", tuple((str(p.id), f"{p.name} ({seat.label})") for p, seat in people))


def _others(look: Look) -> Iterator[tuple[Person, Seat]]:
    """Yield everybody else with a seat and with buttons to press."""
    for person in look.meeting.people.values():
        seat = look.meeting.seat_of(person.id)
        if seat is not None and person.id != look.person and not person.by_telephone:
            yield person, seat
