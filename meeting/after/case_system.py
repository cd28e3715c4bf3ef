"""What is done in the case system once the minutes are authorised, and which team sends them from there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.after.distributing import require_authorised
from meeting.after.preflight import convened, routes_of
from meeting.before.amending import own_fields
from meeting.before.mailboxes import require_mailbox
from meeting.door.arriving import leads_to
from meeting.flags import outside
from meeting.model import (
    CONVENED,
    NO_ANSWERS,
    Answer,
    Answers,
    Assurance,
    Confirmed,
    Meeting,
    PersonId,
    Seat,
    SeatId,
    Standing,
    TeamTask,
)
from meeting.procedure import CaseSystemTask, Per, Procedure
from meeting.refusals import FieldErrors, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.steps import fields
from meeting.values import with_key


@dataclass(frozen=True, slots=True, kw_only=True)
class SayCaseStatus:
    """Say of one child whether the case is open, and in which area: brothers and sisters can differ."""

    child: str
    answers: Answers = NO_ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmTask:
    """Confirm what was done in the case system; `name` and `email` say who sends the minutes from there."""

    task: str
    subject: str = ""
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmRecorded:
    """Confirm that the minutes are recorded on the case system, with its reference there."""

    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStatusSaid:
    child: str
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskConfirmed:
    task: str
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAsked:
    team: str
    agency: str
    role: str
    seat: SeatId
    children: tuple[str, ...]
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedOnCaseSystem:
    reference: str


def tasks(meeting: Meeting, procedure: Procedure) -> tuple[tuple[CaseSystemTask, str], ...]:
    """Return each case-system task with the child it is for, "" for the meeting; none before the chair's word."""
    if meeting.minutes.authorised is None and not meeting.minutes.earlier:
        return ()
    children = tuple(str(c.id) for c in meeting.in_scope())
    return tuple((t, s) for t in procedure.minutes.tasks for s in (children if t.per is Per.CHILD else ("",)))


def tasks_done_at(meeting: Meeting, procedure: Procedure) -> datetime | None:
    """Return when the last case-system task was confirmed, or None while one is open or there is none."""
    asked = tasks(meeting, procedure)
    done = [meeting.minutes.tasks.get((t.id, s)) for t, s in asked]
    return max(d.at for d in done if d) if asked and all(done) else None


@decides(SayCaseStatus)
def say_case_status(case: Case, command: SayCaseStatus) -> Events:
    """Keep a child's own case status and area, in the place of what was said of all; raises FieldErrors."""
    if command.child not in case.meeting.children:
        raise Refused("no_such_subject")
    specs = own_fields(case.procedure)
    look = outside(case.meeting, case.procedure, command.child)
    checked = fields.check(specs, command.answers, look, only=frozenset())
    answers = {f.key: checked.get(f.key, "") for f in specs if f.key in command.answers}  # what was emptied is unknown
    if not any(answers.values()):
        raise FieldErrors({f"answers.{specs[0].key}" if specs else "which": "required"})
    return (CaseStatusSaid(child=command.child, answers=answers),)


@decides(ConfirmTask)
def confirm_task(case: Case, command: ConfirmTask) -> Events:
    """Note a task as done; where a team's work begins with it, the team gets its distribution task (WMT-4.4, 4.5).

    Raises Refused, and FieldErrors for a mailbox that nothing can or may be sent to.
    """
    require_authorised(case)
    if not any(t.id == command.task and s == command.subject for t, s in tasks(case.meeting, case.procedure)):
        raise Refused("no_such_step")
    if (command.task, command.subject) in case.meeting.minutes.tasks:
        return ()
    done = TaskConfirmed(task=command.task, subject=command.subject)
    return (done, *_team(case, command))


def _team(case: Case, command: ConfirmTask) -> Events:
    asked = []
    for route in routes_of(case.meeting, case.procedure, command.subject) if command.subject else ():
        if route.after_task != command.task:
            continue
        details = [convened(case.meeting, command.subject, key) for key in route.needs]
        team = ": ".join([route.to, *filter(None, details)])
        known = next((t for t in case.meeting.minutes.teams if t.team == team), None)
        seat = known.seat if known else SeatId(f"team-{len(case.meeting.minutes.teams) + 1}")
        children = (*(known.children if known else ()), command.subject)
        name, email = command.name.strip(), command.email.strip()
        require_mailbox(case.meeting, route.agency, email, field="email")
        whose = {"agency": route.agency, "role": route.role}
        asked.append(TeamAsked(team=team, **whose, seat=seat, children=children, name=name, email=email))
    return tuple(asked)


@decides(ConfirmRecorded)
def confirm_recorded(case: Case, command: ConfirmRecorded) -> Events:
    """Note that the minutes are recorded on the case system, with a reference (LCS-6.1, SAN-10.8)."""
    require_authorised(case)
    if not command.reference.strip():
        raise FieldErrors({"reference": "required"})
    return (RecordedOnCaseSystem(reference=command.reference.strip()),)


@evolves(CaseStatusSaid)
def _status_said(meeting: Meeting, event: CaseStatusSaid, by: PersonId, at: datetime) -> Meeting:
    slot = replace(CONVENED, subject=event.child)
    return replace(meeting, answers=with_key(meeting.answers, slot, Answer(answers=event.answers, by=by, at=at)))


@evolves(TaskConfirmed)
def _confirmed(meeting: Meeting, event: TaskConfirmed, by: PersonId, at: datetime) -> Meeting:
    done = with_key(meeting.minutes.tasks, (event.task, event.subject), Confirmed(by=by, at=at))
    return replace(meeting, minutes=replace(meeting.minutes, tasks=done))


@evolves(TeamAsked)
def _team_asked(meeting: Meeting, event: TeamAsked, by: PersonId, at: datetime) -> Meeting:
    known = meeting.seats.get(event.seat)
    seat = known or Seat(id=event.seat, agency=event.agency, role=event.role, label=event.team)
    known_as = next(
        (s for s in meeting.seats.values() if event.email and s.email.casefold() == event.email.casefold()), None
    )
    aad = known_as.aad if known_as else seat.aad  # somebody who was invited is met where they were met before
    seat = replace(seat, name=event.name or seat.name, email=event.email or seat.email, aad=aad)
    task = TeamTask(team=event.team, seat=event.seat, children=event.children, at=at)
    others = tuple(t for t in meeting.minutes.teams if t.seat != event.seat)
    kept = replace(meeting.minutes, teams=(*others, task))
    return replace(meeting, seats=with_key(meeting.seats, seat.id, seat), minutes=kept)


@evolves(RecordedOnCaseSystem)
def _recorded(meeting: Meeting, event: RecordedOnCaseSystem, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, minutes=replace(meeting.minutes, recorded=Confirmed(by=by, at=at, detail=event.reference)))


def of_team(meeting: Meeting, person: PersonId) -> bool:
    """Tell whether somebody is on a team that sends the minutes: by their seat, their sign-in or a proved address.

    Whoever waits at the door with a team's link has proved nothing; whoever was sent away is on no team any more.
    """
    seats = [meeting.seats[t.seat] for t in meeting.minutes.teams if t.seat in meeting.seats]
    known = meeting.people.get(person)
    if known is None:  # never came: their sign-in alone tells
        return any(s.aad == person for s in seats)
    if known.standing is Standing.REMOVED:
        return False
    proved = known.assurance in (Assurance.SIGNED_IN, Assurance.GUEST_CODE)
    return any(known.seat == s.id or (proved and leads_to(s, known)) for s in seats)
