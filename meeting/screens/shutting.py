"""The form that shuts somebody out of a closed meeting, and who was shut out so far."""

from __future__ import annotations

from dataclasses import replace

from meeting.after.shutting import may_be_shut_out
from meeting.model import Meeting, Person
from meeting.screens.frame import Look
from meeting.screens.small import SmallForm, asks, offers, small

NOTE = (
    "They open nothing of this meeting any more: no card, no paper, no link of their seat. It cannot be undone. "
    "The minutes still say that they attended. Take them out of the Teams chat yourself."
)


def shutting_form(look: Look) -> SmallForm:
    """Return the form; whom the chair removed after the close stands above it, with the reason."""
    meeting = look.meeting
    choices = tuple((str(p.id), _named(meeting, p)) for p in may_be_shut_out(meeting))
    who, why = offers(look, "person", "Who", choices), asks(look, "reason", "Why, for the record")
    form = small(look, "Shut somebody out", "Shut them out", "shutting.out", who, why)
    shut = tuple(("Shut out", f"{_named(meeting, p)}: {p.shut_out.reason}") for p in _shut(meeting) if p.shut_out)
    nothing = "" if choices else "There is nobody to shut out."
    return replace(form, note=NOTE, facts=shut, urgent=True, nothing=nothing)


def _shut(meeting: Meeting) -> tuple[Person, ...]:
    return tuple(p for p in meeting.people.values() if p.shut_out is not None)


def _named(meeting: Meeting, person: Person) -> str:
    seat = meeting.came_for(person.id)
    return f"{person.name} ({seat.label})" if seat else person.name
