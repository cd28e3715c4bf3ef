"""What has changed since, and the further meeting: what is open goes over to its list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from meeting.after.follow_up import ActionReported
from meeting.before.preparing import Prepared
from meeting.flags import outcomes_of
from meeting.model import (
    Action,
    ActionState,
    Answers,
    Carried,
    Demand,
    Development,
    Link,
    Meeting,
    MeetingId,
    Origin,
    PersonId,
    Question,
    Seat,
    Slot,
    Told,
)
from meeting.procedure import ClosingData, FieldType, Kind, Procedure
from meeting.refusals import Refused, said
from meeting.registry import Case, Events, decides, evolves
from meeting.steps.action_list import OVER, ActionAgreed, entry_of
from meeting.steps.asked import clock_of
from meeting.steps.questions import QuestionAsked, addressee


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDevelopment:
    """Say what has changed since, so that the chair may reconvene (SAN-13.13b)."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkMeeting:
    """Note the further meeting that was called; what is open goes over to its list."""

    meeting: MeetingId
    reference: str
    starts: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver:
    """Begin a further meeting with what an earlier one left open."""

    carried: Carried
    actions: tuple[Action, ...]
    known: tuple[tuple[Slot, Answers], ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentReported:
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLinked:
    meeting: MeetingId
    reference: str
    starts: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOver:
    carried: Carried


@decides(ReportDevelopment)
def report_development(case: Case, command: ReportDevelopment) -> Events:
    """Keep what has changed, at any time after the closing."""
    if case.meeting.ended is None:
        raise Refused("not_closed")
    return (DevelopmentReported(id=f"v{len(case.meeting.developments) + 1}", text=said(command.text)),)


@decides(LinkMeeting)
def link_meeting(case: Case, command: LinkMeeting) -> Events:
    """Note the further meeting, and that every open action stands on its list now: nobody is reminded twice."""
    if any(link.meeting == command.meeting for link in case.meeting.links):
        return ()
    linked = MeetingLinked(meeting=command.meeting, reference=command.reference, starts=command.starts)
    gone = (
        ActionReported(number=a.number, told=Told.CARRIED, text=command.reference) for a in open_actions(case.meeting)
    )
    return (linked, *gone)


@decides(CarryOver)
def carry_over(case: Case, command: CarryOver) -> Events:
    """Put what an earlier meeting left open on this one's agenda, and what it knew before its steps, as prepared."""
    first = len(case.meeting.actions) + 1
    agreed = (
        ActionAgreed(
            number=number,
            what=action.what,
            owner=action.owner,
            owner_seat=action.owner_seat,
            due=action.due,
            extra=action.extra,
            subjects=action.subjects,
            origin=Origin(kind=Demand.CARRIED, id=command.carried.reference, subject=str(action.number)),
            suggested=action.suggested,
            clock=action.clock or clock_of(case.procedure, action.origin),  # what the law limits stays limited
            urgent=action.urgent,
            default_due=action.default_due,
            kept=action.kept,
            entry=action.entry,
            moved=action.moved,
        )
        for number, action in enumerate(command.actions, start=first)
    )
    known = (Prepared(slot=slot, answers=answers) for slot, answers in command.known)
    stands = (told for n, action in enumerate(command.actions, start=first) for told in _stands(n, action))
    return (CarriedOver(carried=command.carried), *agreed, *stands, *known, *_asked_before(case.meeting, command))


def _stands(number: int, action: Action) -> Iterator[ActionReported]:
    """Yield what its owner had said of an action: accepted, not done; or the time that they still wait for."""
    words = next((note.text for note in reversed(action.log) if note.text), "")
    match action.state:
        case ActionState.ACCEPTED:
            yield ActionReported(number=number, told=Told.ACCEPTED)
        case ActionState.NOT_DONE:
            yield ActionReported(number=number, told=Told.NOT_DONE, text=words)
        case _:
            pass
    if action.asked_until is not None:
        yield ActionReported(number=number, told=Told.MORE_TIME, text=words, until=action.asked_until)


def _asked_before(meeting: Meeting, command: CarryOver) -> Iterator[QuestionAsked]:
    """Yield what nobody answered: it waits for the questions, whose step comes up because of it."""
    still = (q for q in command.questions if addressee(meeting, q.to) is not None)
    for number, q in enumerate(still, start=len(meeting.questions) + 1):
        before = q.before or command.carried.reference
        yield QuestionAsked(id=f"q{number}", to=q.to, to_label=q.to_label, text=q.text, during_turn=True, before=before)


def seats_again(meeting: Meeting) -> tuple[Seat, ...]:
    """Return the seats that are asked to a further meeting: as they were invited, without what they answered then, and
    without the teams that only send the minutes.
    """
    asked = (s for s in meeting.seats.values() if s.id not in meeting.minutes.team_seats)
    return tuple(replace(s, apologies="", supplied="", must_leave_at=None) for s in asked)


def known(meeting: Meeting, procedure: Procedure) -> tuple[tuple[Slot, Answers], ...]:
    """Return what the record says up to the turns: who, family, history, so that nobody writes it down twice."""
    steps = {s.id for s in takewhile(lambda s: s.kind is not Kind.TURNS, procedure.agenda) if s.kind is Kind.RECORD}
    written = ((slot, a.answers) for slot, a in meeting.answers.items() if slot.step in steps)
    return tuple((slot, answers) for slot, answers in written if any(answers.values()))


def agreed(meeting: Meeting, procedure: Procedure) -> datetime | None:
    """Return when a further meeting was agreed to be held, at the decision or at the closing; None where none was."""
    linked = (o for o in outcomes_of(procedure) if o.linked_meeting)
    dates = [f"{o.id}.{f.key}" for o in linked for f in o.needs if f.type is FieldType.DATETIME]
    said = [decision.needs.get(date, "") for decision in meeting.decisions.values() for date in dates]
    for step in procedure.agenda:
        last = meeting.answer(step.id, "fields")
        if isinstance(step.data, ClosingData) and last is not None:
            said.append(last.answers.get(step.data.reconvenes_at, ""))
    return next((at for text in said if (at := _time(text)) is not None), None)


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def open_questions(meeting: Meeting) -> tuple[Question, ...]:
    """Return what was asked and nobody answered."""
    return tuple(q for q in meeting.questions if q.open)


def to_carry(meeting: Meeting) -> tuple[Action, ...]:
    """Return the open actions for a further meeting: each keeps its entry in its owner's calendar, a version newer."""
    mine = open_actions(meeting)
    return tuple(replace(a, entry=entry_of(meeting.id, a), moved=a.moved + 1) for a in mine)


def open_actions(meeting: Meeting) -> tuple[Action, ...]:
    """Return what somebody still has to do."""
    return tuple(a for a in meeting.actions if a.state not in OVER)


@evolves(DevelopmentReported)
def _developed(meeting: Meeting, event: DevelopmentReported, by: PersonId, at: datetime) -> Meeting:
    development = Development(id=event.id, by=by, at=at, text=event.text)
    return replace(meeting, developments=(*meeting.developments, development))


@evolves(MeetingLinked)
def _linked(meeting: Meeting, event: MeetingLinked, by: PersonId, at: datetime) -> Meeting:
    link = Link(meeting=event.meeting, reference=event.reference, at=at, starts=event.starts)
    return replace(meeting, links=(*meeting.links, link))


@evolves(CarriedOver)
def _carried(meeting: Meeting, event: CarriedOver, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, carried=event.carried, linked_from=event.carried.reference)
