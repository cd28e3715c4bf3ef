"""Completing a meeting that was called piece by piece: what is asked, who it is about, when and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from meeting.before.subject import require_subject
from meeting.before.timely import require_start
from meeting.circumstances import OF_A_CHILD
from meeting.flags import CONVENING, outside
from meeting.model import (
    CONVENED,
    NO_ANSWERS,
    TERMS,
    Answer,
    Answers,
    Child,
    ChildId,
    Meeting,
    Override,
    PersonId,
    SeatId,
    Slot,
    Status,
)
from meeting.procedure import FieldSpec, Procedure
from meeting.refusals import FieldErrors, HeldBack, Obstacle, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.roles import require_may_chair
from meeting.steps import fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """Answer what convening asks, a few questions at a time; `terms` are the invitations' own questions (LCS-2.1)."""

    answers: Answers = NO_ANSWERS
    terms: Answers = NO_ANSWERS
    circumstances: frozenset[str] | None = None  # None: as they are
    of_children: Mapping[ChildId, frozenset[str] | None] = field(default_factory=dict)  # None: what is said of all
    chair: SeatId | None = None
    note_taker: SeatId | None = None
    deputy: SeatId | None = None
    asked: frozenset[str] = frozenset()  # the questions of the page: what cannot stay blank is asked for with it
    subject_type: str = ""  # "": as it is
    starts: datetime | None = None  # for a meeting nobody has been invited to; after that it is moved


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveningAmended:
    answers: Answers
    terms: Answers
    circumstances: frozenset[str]
    chair: SeatId | None
    note_taker: SeatId | None
    starts: datetime | None
    deputy: SeatId | None = None
    subject_type: str = ""
    of_children: Mapping[ChildId, frozenset[str] | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledWithout:
    """The chair started a meeting that convening still asks something about, with a reason."""

    missing: tuple[str, ...]
    reason: str


@decides(Amend)
def amend(case: Case, command: Amend) -> Events:
    """Write down what is known so far; blanks may stay, malformed answers come back."""
    if case.meeting.status is not Status.PREPARING and not _asked_again(case.meeting, command):
        raise Refused("already_started")
    if command.starts is not None and case.meeting.invitations:
        raise Refused("move_instead")
    require_start(command.starts, case.now)
    if not command.of_children.keys() <= case.meeting.children.keys():
        raise Refused("no_such_subject")
    if command.subject_type:
        _require_kind(case, command.subject_type)
    answers = _checked(case, CONVENED, calling_fields(case.procedure), command.answers, command.asked)
    given = _checked(case, TERMS, term_fields(case.procedure), command.terms, command.asked)
    kept = case.meeting.circumstances if command.circumstances is None else command.circumstances
    _require_leads(case, command)
    return (
        ConveningAmended(
            answers=answers,
            terms=given,
            circumstances=kept,
            chair=command.chair,
            note_taker=command.note_taker,
            deputy=command.deputy,
            starts=command.starts,
            subject_type=command.subject_type,
            of_children={c: said and said & OF_A_CHILD.keys() for c, said in command.of_children.items()},
        ),
    )


def _require_leads(case: Case, command: Amend) -> None:
    """Raise Refused where no seat is named, or one whose people may not chair."""
    for seat in (command.chair, command.note_taker, command.deputy):
        if seat is not None and seat not in case.meeting.seats:
            raise Refused("no_such_seat")
    for seat in filter(None, (command.chair, command.deputy)):
        require_may_chair(case.procedure, case.meeting.seats[seat])


def _require_kind(case: Case, subject_type: str) -> None:
    """Raise FieldErrors where the meeting cannot be about that: no such kind, or too few children for it."""
    if all(t.id != subject_type for t in case.procedure.convening.subject_types):
        raise FieldErrors({"subject_type": "choice"})
    require_subject(case.procedure, subject_type, case.meeting.children.values())


def _asked_again(meeting: Meeting, command: Amend) -> bool:
    """Tell whether this answers what a meeting that was started at once has left open; nothing else changes then."""
    running = meeting.status in (Status.RUNNING, Status.ON_HOLD)
    return meeting.started_now and running and command == Amend(answers=command.answers, asked=command.asked)


def _checked(
    case: Case, slot: Slot, specs: tuple[FieldSpec, ...], given: Answers, asked: frozenset[str]
) -> Mapping[str, str]:
    """Return what is new among the answers of a page, held against all that is known; raises FieldErrors."""
    known = {**case.meeting.said_at(slot), **given}
    fields.check_times(specs, given, case.now, case.procedure.working_days.zone)
    at_once = frozenset(f.key for f in specs if f.at_once) & asked
    valid = fields.check(specs, known, outside(case.meeting, case.procedure), only=at_once)
    return {key: value for key, value in valid.items() if key in given}


def calling_fields(procedure: Procedure) -> tuple[FieldSpec, ...]:
    """Return what convening asks in fields; the children have their own place."""
    return tuple(f for f in procedure.convening.part.fields if f.key not in ("children", "when"))


def own_fields(procedure: Procedure) -> tuple[FieldSpec, ...]:
    """Return what convening asks of each child: one answer holds for all but those who have their own (WMT-4.4)."""
    return tuple(f for f in procedure.convening.part.fields if f.key in procedure.convening.per_child)


def blanks(meeting: Meeting, procedure: Procedure) -> tuple[FieldSpec, ...]:
    """Return what convening asks and nobody has answered."""
    return _blank(meeting, procedure, CONVENED, calling_fields(procedure))


def term_fields(procedure: Procedure) -> tuple[FieldSpec, ...]:
    """Return what the invitations themselves ask."""
    part = procedure.invitations.part
    return part.fields if part else ()


def unanswered(meeting: Meeting, procedure: Procedure) -> tuple[str, ...]:
    """Return the labels of what convening asks and nobody has answered."""
    return tuple(f.label for f in blanks(meeting, procedure))


def unanswered_terms(meeting: Meeting, procedure: Procedure) -> tuple[str, ...]:
    """Return the labels of what the invitations ask and nobody has answered: a warning, it holds nothing up."""
    return tuple(f.label for f in _blank(meeting, procedure, TERMS, term_fields(procedure)))


def _blank(meeting: Meeting, procedure: Procedure, slot: Slot, specs: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
    return fields.missing(specs, meeting.said_at(slot), outside(meeting, procedure))


def called_without(case: Case, reason: str) -> Events:
    """Return the reason for which a drafted meeting starts with blanks; raises HeldBack where there is none."""
    labels = unanswered(case.meeting, case.procedure) if case.meeting.draft else ()
    if labels and not reason.strip():
        gate = case.procedure.convening.gate
        raise HeldBack(tuple(Obstacle(code="convening", gate=gate, label=label) for label in labels))
    return (CalledWithout(missing=labels, reason=reason.strip()),) if labels else ()


@evolves(ConveningAmended)
def _amended(meeting: Meeting, event: ConveningAmended, by: PersonId, at: datetime) -> Meeting:
    answers = dict(meeting.answers)
    for slot, given in ((CONVENED, event.answers), (TERMS, event.terms)):
        before = answers.get(slot)
        if given or before is None:
            author = before.by if before else by  # whoever called the meeting stays its convener
            merged = {**(before.answers if before else {}), **given}
            answers[slot] = Answer(answers=merged, by=author, at=at)
    return replace(
        meeting,
        answers=MappingProxyType(answers),
        circumstances=event.circumstances,
        chair_seat=event.chair or meeting.chair_seat,
        chair=_sitting(meeting, event.chair, meeting.chair),
        note_taker=_sitting(meeting, event.note_taker, meeting.note_taker),
        note_taker_seat=event.note_taker or meeting.note_taker_seat,
        deputy_seat=event.deputy or meeting.deputy_seat,
        starts=event.starts or meeting.starts,
        subject_type=event.subject_type or meeting.subject_type,
        children=_told_apart(meeting, event.of_children),
    )


def _told_apart(meeting: Meeting, of_children: Mapping[ChildId, frozenset[str] | None]) -> Mapping[ChildId, Child]:
    """Return the children with what is true of each alone, where something was said of one."""
    changed = {c: replace(meeting.children[c], circumstances=said) for c, said in of_children.items()}
    return MappingProxyType({**meeting.children, **changed}) if changed else meeting.children


def _sitting(meeting: Meeting, seat: SeatId | None, before: PersonId | None) -> PersonId | None:
    """Return who leads from a seat that was named; whoever led before, where none was."""
    if seat is None:
        return before
    return next((p.id for p in meeting.occupants(seat)), None)


@evolves(CalledWithout)
def _without(meeting: Meeting, event: CalledWithout, by: PersonId, at: datetime) -> Meeting:
    passed = Override(step=CONVENING, missing=event.missing, reason=event.reason, by=by, at=at)
    return replace(meeting, overrides=(*meeting.overrides, passed))
