"""What happened in a round of views: who was asked, who said what, who was silent, when it was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from meeting.model import Debt, How, Meeting, PersonId, Slot, StepId, View, Views
from meeting.registry import evolves
from meeting.steps.slots import VIEW
from meeting.steps.view_round import Opinion
from meeting.values import with_key


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
    subjects = {o.subject for o in event.opinions}
    kept = tuple(v for v in views.given if v.person != event.person or v.subject not in subjects)
    invited: Mapping[PersonId, str] = MappingProxyType({event.person: "form delivered", **views.invited})
    silent = views.silent - {event.person}
    changed = replace(views, given=(*kept, *fresh), invited=invited, silent=silent)
    return _owed(_with(meeting, event.step, changed), event, at)


def _owed(meeting: Meeting, event: ViewsGiven, at: datetime) -> Meeting:
    """Open a debt for a reason that was said aloud, once for each person."""
    slot = Slot(step=event.step, part=VIEW, subject=event.person)
    owing = any(d.slot == slot and d.written_up is None for d in meeting.debts.values())
    if event.how is not How.SAID_ALOUD or owing or all(o.reason for o in event.opinions):
        return meeting
    seat = meeting.seat_of(event.person)
    label = seat.label if seat else meeting.people[event.person].name
    debt = Debt(
        id=f"d{len(meeting.debts) + 1}",
        slot=slot,
        what=f"{label}: reason for the view",
        opened=at,
        seat=seat.id if seat else None,
    )
    return replace(meeting, debts=with_key(meeting.debts, debt.id, debt))


@evolves(SilenceNoted)
def _silence(meeting: Meeting, event: SilenceNoted, by: PersonId, at: datetime) -> Meeting:
    views = meeting.views.get(event.step, Views())
    return _with(meeting, event.step, replace(views, silent=views.silent | frozenset(event.people)))


@evolves(ViewsRevealed)
def _revealed(meeting: Meeting, event: ViewsRevealed, by: PersonId, at: datetime) -> Meeting:
    return _with(meeting, event.step, replace(meeting.views.get(event.step, Views()), revealed=at))


def _with(meeting: Meeting, step: StepId, views: Views) -> Meeting:
    return replace(meeting, views=MappingProxyType({**meeting.views, step: views}))
