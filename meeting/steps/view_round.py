"""The round of views: who is asked about whom, who is still waited for, what an opinion must say."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.model import Child, Meeting, Person, PersonId, StepId, Views
from meeting.procedure import Per, Procedure, ViewsData
from meeting.refusals import FieldErrors, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What somebody thinks about one subject."""

    subject: str
    option: str = ""
    scale: int | None = None
    reason: str = ""


def views_data(procedure: Procedure, step_id: StepId) -> ViewsData:
    """Return the data of a views step; raises Refused."""
    data = procedure.step(step_id).data
    if not isinstance(data, ViewsData):
        raise Refused("wrong_step")
    return data


def asked_of(meeting: Meeting, procedure: Procedure, step: StepId, person: Person) -> tuple[tuple[str, str], ...]:
    """Return (subject, label) of what somebody is asked about; never a child who is restricted for their seat.

    Once the views are shown, what they have said stands; a child who came into scope since is still asked about.
    """
    if views_data(procedure, step).per is Per.MEETING:
        return (("", ""),)
    views = meeting.views.get(step, Views())
    stands = said_of(views, person.id) if views.revealed is not None else frozenset()
    return tuple((str(c.id), c.name) for c in _shown(meeting, person) if c.id not in stands)


def said_of(views: Views, person: PersonId) -> frozenset[str]:
    """Return the subjects that somebody has given a view on."""
    return frozenset(v.subject for v in views.given if v.person == person)


def through(meeting: Meeting, views: Views, person: Person) -> bool:
    """Tell whether somebody has given a view on every child that they are asked about, or on the meeting as a whole."""
    said = said_of(views, person.id)
    return "" in said or (bool(said) and {str(c.id) for c in _shown(meeting, person)} <= said)


def outstanding(meeting: Meeting, step: StepId) -> tuple[Person, ...]:
    """Return the attendees who have not given their views and are not noted as silent."""
    views = meeting.views.get(step, Views())
    return tuple(
        p
        for p in meeting.attendees()
        if p.id not in views.silent and not through(meeting, views, p) and not _shut_out(meeting, p)
    )


def _shown(meeting: Meeting, person: Person) -> tuple[Child, ...]:
    """Return the children in scope that somebody's seat is shown."""
    seat = meeting.seat_of(person.id)
    hidden = seat.restricted if seat else frozenset()
    return tuple(c for c in meeting.in_scope() if c.id not in hidden)


def _shut_out(meeting: Meeting, person: Person) -> bool:
    """Tell whether nothing is asked of somebody: all children are restricted for them, or they came by mistake."""
    return person.right_meeting is False or (bool(meeting.in_scope()) and not _shown(meeting, person))


def check_opinions(
    data: ViewsData, opinions: tuple[Opinion, ...], asked: tuple[tuple[str, str], ...], *, own: bool
) -> None:
    """Raise FieldErrors for a missing or unknown answer; keys are `option.<subject>` and so on."""
    errors: dict[str, str] = {}
    by_subject = {o.subject: o for o in opinions}
    for subject, _ in asked:
        opinion = by_subject.get(subject, Opinion(subject=subject))
        if data.threshold and opinion.option not in data.threshold.options:
            errors[f"option.{subject}"] = "choice" if opinion.option else "required"
        if data.scale:
            low, high = data.scale.minimum, data.scale.maximum
            if opinion.scale is None or not low <= opinion.scale <= high:
                errors[f"scale.{subject}"] = "scale" if opinion.scale is not None else "required"
        wants = (data.threshold and data.threshold.reason) or (data.scale and data.scale.reason)
        if wants and not opinion.reason.strip() and own:
            errors[f"reason.{subject}"] = "required"
    if set(by_subject) - {s for s, _ in asked}:
        raise Refused("no_such_subject")
    if errors:
        raise FieldErrors(errors)
