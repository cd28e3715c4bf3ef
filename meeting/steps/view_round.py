"""The round of views: who is asked about whom, who is still waited for, what an opinion must say."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.model import Meeting, Person, StepId, Views
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
    """Return (subject, label) of what somebody is asked about; never a child who is restricted for their seat."""
    data = views_data(procedure, step)
    if data.per is Per.MEETING:
        return (("", ""),)
    seat = meeting.seat_of(person.id)
    hidden = seat.restricted if seat else frozenset()
    return tuple((str(c.id), c.name) for c in meeting.in_scope() if c.id not in hidden)


def outstanding(meeting: Meeting, step: StepId) -> tuple[Person, ...]:
    """Return the attendees who have given no view and are not noted as silent."""
    views = meeting.views.get(step, Views())
    given = {v.person for v in views.given} - views.partial
    return tuple(
        p for p in meeting.attendees() if p.id not in given and p.id not in views.silent and not _shut_out(meeting, p)
    )


def _shut_out(meeting: Meeting, person: Person) -> bool:
    """Tell whether nothing is asked of somebody: all children are restricted for them, or they came by mistake."""
    seat = meeting.seat_of(person.id)
    children = {c.id for c in meeting.in_scope()}
    return person.right_meeting is False or (seat is not None and bool(children) and children <= seat.restricted)


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
