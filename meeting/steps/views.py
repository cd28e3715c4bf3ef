"""Every attendee's view: private, with a reason, sealed until all are in or the chair closes; never counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from meeting.door.admission import PersonAdmitted, PersonJoined
from meeting.door.right_meeting import RightMeetingAnswered
from meeting.duties import barred
from meeting.model import How, Meeting, Person, PersonId, Status, StepId, View, Views
from meeting.procedure import Kind, Step, ViewsData
from meeting.refusals import Obstacle, Refused, Stale
from meeting.registry import Case, Events, decides, follows
from meeting.running import agenda
from meeting.running.gates import AtStep, stands_at
from meeting.steps.roll_call import Introduced
from meeting.steps.statement import StatementAcknowledged
from meeting.steps.view_events import SilenceNoted, ViewsGiven, ViewsInvited, ViewsRevealed
from meeting.steps.view_round import Opinion, asked_of, check_opinions, outstanding, through, views_data
from meeting.steps.wording import check_words

__all__ = [
    "GiveViews",
    "InviteAloud",
    "MarkSilent",
    "Opinion",
    "RevealViews",
    "SilenceNoted",
    "ViewsGiven",
    "ViewsInvited",
    "ViewsRevealed",
    "asked_of",
    "outstanding",
    "views_data",
]

REASON_SAID = "said aloud"  # stands for a reason that is still to be written up


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveViews:
    """Give a view on each subject; from chair or note-taker, what somebody said aloud."""

    step: StepId
    opinions: tuple[Opinion, ...]
    person: PersonId | None = None
    keep: bool = False
    more: bool = False  # a page with some of the children; the others follow
    reason_aloud: bool = False  # the reason was said, and is to be written up


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


@decides(GiveViews)
def give_views(case: Case, command: GiveViews) -> Events:
    """Record a view; it can be changed until the views are shown. The last one shows them (SAN-11.2).

    Whoever came after they were shown still gives theirs, and everybody theirs on a child who came into scope since.
    """
    data = views_data(case.procedure, command.step)
    views = case.meeting.views.get(command.step, Views())
    person = case.meeting.people[command.person or case.by]
    if views.revealed is not None and through(case.meeting, views, person):
        raise Stale("views_shown")
    if person not in case.meeting.attendees():
        raise Refused("not_here")
    _require_open(case, command.step, person)
    _check(case, data, command, person)
    how = How.HEARD if person.id != case.by else How.SAID_ALOUD if command.reason_aloud else How.TYPED
    given = ViewsGiven(step=command.step, person=person.id, opinions=command.opinions, how=how)
    if command.more:
        return (given,)
    rest = [p for p in outstanding(case.meeting, command.step) if p.id != person.id]
    shown = views.revealed is not None or case.meeting.step != command.step
    return (given,) if rest or shown else (given, ViewsRevealed(step=command.step))


def _check(case: Case, data: ViewsData, command: GiveViews, person: Person) -> None:
    """Hold the answers against what is asked: of a page only its own children, at the end with what stands already."""
    asked = asked_of(case.meeting, case.procedure, command.step, person)
    fresh = {o.subject for o in command.opinions}
    mine = (v for v in case.meeting.views.get(command.step, Views()).given if v.person == person.id)
    before = (
        () if command.more else tuple(_opinion(v) for v in mine if v.subject not in fresh and v.subject in dict(asked))
    )
    wanted = tuple(a for a in asked if not command.more or a[0] in fresh)
    owes = person.id == case.by and not command.reason_aloud
    check_opinions(data, (*before, *command.opinions), wanted, own=owes)
    check_words(case, {f"reason_{i}": o.reason for i, o in enumerate(command.opinions)}, keep=command.keep)


def _opinion(view: View) -> Opinion:
    return Opinion(subject=view.subject, option=view.option, scale=view.scale, reason=view.reason or REASON_SAID)


def _require_open(case: Case, step: StepId, person: Person) -> None:
    """Raise Refused before the round; whoever must leave gives a view early, once the child is known to them."""
    seat = case.meeting.seat_of(person.id)
    leaves = seat is not None and seat.must_leave_at is not None and person.right_meeting is True
    if not (leaves and agenda.applies(case.meeting, case.procedure, case.procedure.step(step))):
        agenda.require_reached(case.meeting, case.procedure, step)


@decides(InviteAloud)
def invite_aloud(case: Case, command: InviteAloud) -> Events:
    """Note who was asked aloud."""
    views_data(case.procedure, command.step)
    agenda.require_reached(case.meeting, case.procedure, command.step)
    views = case.meeting.views.get(command.step, Views())
    fresh = tuple(p for p in command.people if p not in views.invited)
    return (ViewsInvited(step=command.step, people=fresh, way="asked aloud"),) if fresh else ()


@decides(MarkSilent)
def mark_silent(case: Case, command: MarkSilent) -> Events:
    """Note who was invited and gave no view; whoever was never invited cannot be noted so."""
    agenda.require_reached(case.meeting, case.procedure, command.step)
    views = case.meeting.views.get(command.step, Views())
    rest = tuple(p.id for p in outstanding(case.meeting, command.step))
    people = tuple(p for p in rest if not command.people or p in command.people)
    _require_invited(case.meeting, views, people)
    noted = (SilenceNoted(step=command.step, people=people),) if people else ()
    shown = () if views.revealed or set(rest) - set(people) else (ViewsRevealed(step=command.step),)
    return (*noted, *shown)


def _require_invited(meeting: Meeting, views: Views, people: tuple[PersonId, ...]) -> None:
    """Raise Refused naming whoever was never asked: silence is only theirs who were."""
    uninvited = tuple(meeting.people[p].name for p in people if p not in views.invited)
    if uninvited:
        raise Refused("never_invited", *uninvited)


@decides(RevealViews)
def reveal(case: Case, command: RevealViews) -> Events:
    """Close the round: who was invited and gave no view is named, the views are shown."""
    agenda.require_reached(case.meeting, case.procedure, command.step)
    views = case.meeting.views.get(command.step, Views())
    if views.revealed is not None:
        raise Refused("shown_already")
    rest = tuple(p.id for p in outstanding(case.meeting, command.step))
    _require_invited(case.meeting, views, rest)
    silent = (SilenceNoted(step=command.step, people=rest),) if rest else ()
    return (*silent, ViewsRevealed(step=command.step))


def opening(case: Case, step: Step) -> Events:
    """Return what entering a views step brings: everybody whom a form reaches is invited."""
    invited = case.meeting.views.get(step.id, Views()).invited
    people = tuple(p.id for p in outstanding(case.meeting, step.id) if p.id not in invited and _reached(case, p))
    return (ViewsInvited(step=step.id, people=people, way="form delivered"),) if people else ()


def _reached(case: Case, person: Person) -> bool:
    if person.by_telephone:
        return False  # asked aloud, and noted so
    return bool(person.right_meeting) and person.introduced and barred(case.meeting, case.procedure, person) is None


@follows(PersonAdmitted, PersonJoined, Introduced, RightMeetingAnswered, StatementAcknowledged)
def newcomers(case: Case, event: object) -> Events:
    """Invite whoever comes into the open round of views, as soon as a form reaches them."""
    if case.meeting.status is not Status.RUNNING:
        return ()
    step = agenda.current(case.meeting, case.procedure)
    return opening(case, step) if step.kind is Kind.VIEWS else ()


def leaving(case: Case, step: Step) -> Events:
    """Return what leaving a views step brings: the silent are named, what was given is shown."""
    views = case.meeting.views.get(step.id, Views())
    silent = tuple(p.id for p in outstanding(case.meeting, step.id) if p.id in views.invited)
    noted = (SilenceNoted(step=step.id, people=silent),) if silent else ()
    return (*noted, *(() if views.revealed else (ViewsRevealed(step=step.id),)))


@stands_at(Kind.VIEWS)
def standing(case: Case, step: Step) -> Iterator[AtStep]:
    """Every single attendee was invited, and is heard, or noted as silent, before the decision (SAN-11.2)."""
    data = step.data
    assert isinstance(data, ViewsData)
    views = case.meeting.views.get(step.id, Views())
    for person in sorted(outstanding(case.meeting, step.id), key=lambda p: p.id in views.invited):
        invited = person.id in views.invited
        code, label = ("no_view_yet", person.name) if invited else ("not_invited", f"{person.name} (not asked yet)")
        yield data.invited_at, Obstacle(code=code, gate=data.invited_gate, label=label, step=step.id)
