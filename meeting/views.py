"""Every attendee's view: private, with a reason, sealed until all are in or the chair closes; never counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from meeting.gates import Standing, stands_at
from meeting.model import How, Meeting, Person, PersonId, StepId, View, Views
from meeting.procedure import Kind, Per, Procedure, Step, ViewsData
from meeting.record import check_words
from meeting.refusals import FieldErrors, Obstacle, Refused, Stale
from meeting.registry import Case, Events, decides, evolves


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What somebody thinks about one subject."""

    subject: str
    option: str = ""
    scale: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveViews:
    """Give a view on each subject; from chair or note-taker, what somebody said aloud."""

    step: StepId
    opinions: tuple[Opinion, ...]
    person: PersonId | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteAloud:
    """These people were asked aloud."""

    step: StepId
    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSilent:
    """These people were invited and gave no view."""

    step: StepId
    people: tuple[PersonId, ...] = ()  # empty: all who remain


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealViews:
    """Show the views to all, though some are missing."""

    step: StepId


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsInvited:
    step: StepId
    people: tuple[PersonId, ...]
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsGiven:
    step: StepId
    person: PersonId
    opinions: tuple[Opinion, ...]
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceNoted:
    step: StepId
    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsRevealed:
    step: StepId


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
    given = {v.person for v in views.given}
    return tuple(p for p in meeting.attendees() if p.id not in given and p.id not in views.silent)


@decides(GiveViews)
def give_views(case: Case, command: GiveViews) -> Events:
    """Record a view; it can be changed until the views are shown. The last one shows them (SAN-11.2)."""
    data = views_data(case.procedure, command.step)
    views = case.meeting.views.get(command.step, Views())
    if views.revealed is not None:
        raise Stale("views_shown")
    person = case.meeting.people[command.person or case.by]
    _check(data, command, asked_of(case.meeting, case.procedure, command.step, person))
    check_words(case, {f"reason_{i}": o.reason for i, o in enumerate(command.opinions)}, keep=command.keep)
    how = How.TYPED if person.id == case.by else How.HEARD
    given = ViewsGiven(step=command.step, person=person.id, opinions=command.opinions, how=how)
    rest = [p for p in outstanding(case.meeting, command.step) if p.id != person.id]
    return (given,) if rest else (given, ViewsRevealed(step=command.step))


def _check(data: ViewsData, command: GiveViews, asked: tuple[tuple[str, str], ...]) -> None:
    """Raise FieldErrors for a missing or unknown answer; keys are `option.<subject>` and so on."""
    errors: dict[str, str] = {}
    by_subject = {o.subject: o for o in command.opinions}
    for subject, _ in asked:
        opinion = by_subject.get(subject, Opinion(subject=subject))
        if data.threshold and opinion.option not in data.threshold.options:
            errors[f"option.{subject}"] = "choice" if opinion.option else "required"
        if data.scale:
            low, high = data.scale.minimum, data.scale.maximum
            if opinion.scale is None or not low <= opinion.scale <= high:
                errors[f"scale.{subject}"] = "scale" if opinion.scale is not None else "required"
        wants = (data.threshold and data.threshold.reason) or (data.scale and data.scale.reason)
        if wants and not opinion.reason.strip() and command.person is None:
            errors[f"reason.{subject}"] = "required"
    if set(by_subject) - {s for s, _ in asked}:
        raise Refused("no_such_subject")
    if errors:
        raise FieldErrors(errors)


@decides(InviteAloud)
def invite_aloud(case: Case, command: InviteAloud) -> Events:
    """Note who was asked aloud."""
    views_data(case.procedure, command.step)
    return (ViewsInvited(step=command.step, people=command.people, way="asked aloud"),)


@decides(MarkSilent)
def mark_silent(case: Case, command: MarkSilent) -> Events:
    """Note who was invited and gave no view; whoever was never invited cannot be noted so."""
    views = case.meeting.views.get(command.step, Views())
    rest = tuple(p.id for p in outstanding(case.meeting, command.step))
    people = command.people or rest
    uninvited = tuple(case.meeting.people[p].name for p in people if p not in views.invited)
    if uninvited:
        raise Refused("never_invited", *uninvited)
    noted = SilenceNoted(step=command.step, people=people)
    return (noted, ViewsRevealed(step=command.step)) if set(rest) <= set(people) else (noted,)


@decides(RevealViews)
def reveal(case: Case, command: RevealViews) -> Events:
    """Close the round: who was invited and gave no view is named, the views are shown."""
    views = case.meeting.views.get(command.step, Views())
    if views.revealed is not None:
        raise Refused("shown_already")
    rest = tuple(p.id for p in outstanding(case.meeting, command.step))
    uninvited = tuple(case.meeting.people[p].name for p in rest if p not in views.invited)
    if uninvited:
        raise Refused("never_invited", *uninvited)
    silent = (SilenceNoted(step=command.step, people=rest),) if rest else ()
    return (*silent, ViewsRevealed(step=command.step))


def opening(case: Case, step: Step) -> Events:
    """Return what entering a views step brings: everybody whom a form reaches is invited."""
    people = tuple(p.id for p in case.meeting.attendees() if p.right_meeting and p.introduced)
    return (ViewsInvited(step=step.id, people=people, way="form delivered"),) if people else ()


@evolves(ViewsInvited)
def _invited(meeting: Meeting, event: ViewsInvited, by: PersonId, at: datetime) -> Meeting:
    views = meeting.views.get(event.step, Views())
    invited = MappingProxyType({**views.invited, **{p: event.way for p in event.people if p not in views.invited}})
    return _with(meeting, event.step, replace(views, invited=invited))


@evolves(ViewsGiven)
def _given(meeting: Meeting, event: ViewsGiven, by: PersonId, at: datetime) -> Meeting:
    views = meeting.views.get(event.step, Views())
    seat = meeting.people[event.person].seat
    fresh = tuple(
        View(
            person=event.person,
            seat=seat,
            subject=o.subject,
            option=o.option,
            scale=o.scale,
            reason=o.reason,
            at=at,
            how=event.how,
        )
        for o in event.opinions
    )
    kept = tuple(v for v in views.given if v.person != event.person)
    invited: Mapping[PersonId, str] = MappingProxyType({event.person: "form delivered", **views.invited})
    silent = views.silent - {event.person}
    return _with(meeting, event.step, replace(views, given=(*kept, *fresh), invited=invited, silent=silent))


@evolves(SilenceNoted)
def _silence(meeting: Meeting, event: SilenceNoted, by: PersonId, at: datetime) -> Meeting:
    views = meeting.views.get(event.step, Views())
    return _with(meeting, event.step, replace(views, silent=views.silent | frozenset(event.people)))


@evolves(ViewsRevealed)
def _revealed(meeting: Meeting, event: ViewsRevealed, by: PersonId, at: datetime) -> Meeting:
    return _with(meeting, event.step, replace(meeting.views.get(event.step, Views()), revealed=at))


def _with(meeting: Meeting, step: StepId, views: Views) -> Meeting:
    return replace(meeting, views=MappingProxyType({**meeting.views, step: views}))


@stands_at(Kind.VIEWS)
def standing(case: Case, step: Step) -> Iterator[Standing]:
    """Every single attendee was invited, and is heard, or noted as silent, before the decision (SAN-11.2)."""
    data = step.data
    assert isinstance(data, ViewsData)
    views = case.meeting.views.get(step.id, Views())
    for person in outstanding(case.meeting, step.id):
        invited = person.id in views.invited
        code = "no_view_yet" if invited else "not_invited"
        yield data.invited_at, Obstacle(code=code, gate=data.invited_gate, label=person.name, step=step.id)
