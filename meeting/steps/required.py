"""The actions that a procedure requires: met as asked, by one of the other ways, for one child or several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting.flags import outside
from meeting.model import Answers, Demand, Origin, SeatId
from meeting.procedure import Part, Step
from meeting.refusals import FieldErrors, Refused
from meeting.registry import Case, Events, decides
from meeting.running import agenda
from meeting.steps import fields
from meeting.steps.action_list import (
    DUE_KEYS,
    OWNER_KEYS,
    TEXT_KEYS,
    ActionAgreed,
    RequirementMet,
    day_off,
    due_errors,
    texts,
    wording,
)
from meeting.steps.asked import actions_data, ways
from meeting.steps.wording import Warned, agency_names
from meeting.timing.clocks import limit_words
from meeting.timing.moments import earliest
from meeting.timing.working_days import end_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Meet:
    """Satisfy a required action for these subjects: as asked, or by one of its alternatives."""

    step: str
    id: str
    subjects: tuple[str, ...]
    answers: Answers
    alternative: str = ""
    owner_seat: SeatId | None = None
    keep: bool = False


@decides(Meet)
def meet(case: Case, command: Meet) -> Events:
    """Satisfy a required action; "seen within 24 hours" takes no later time than that (SAN-11.3c)."""
    step, data = actions_data(case.procedure)
    part = next((p for p in data.required_actions if p.id == command.id), None)
    if part is None or not command.subjects:
        raise Refused("no_such_action")
    _about(case, step, part, command.subjects)
    specs = part.fields
    if command.alternative:
        chosen = next((a for a in ways(part) if a.id == command.alternative), None)
        if chosen is None:
            raise Refused("no_such_choice")
        specs = chosen.fields
    answers = fields.check(
        specs,
        command.answers,
        outside(case.meeting, case.procedure),
        agencies=agency_names(case.meeting, case.procedure),
    )
    _in_time(case, part, command, answers)
    kept = wording(case, texts(specs, answers), keep=command.keep, more=_day_off(case, part, command, answers))
    how = command.alternative or "action"
    origin = Origin(kind=Demand.REQUIRED, id=part.id)
    met = tuple(RequirementMet(origin=origin, subject=s, how=how, answers=answers) for s in command.subjects)
    return (*_as_action(case, part, command, answers, kept), *met)


def _about(case: Case, step: Step, part: Part, subjects: tuple[str, ...]) -> None:
    """Raise Refused where an action is not asked about this subject, or one may not cover several."""
    if set(subjects) - {s for s, _ in agenda.subjects(case.meeting, case.procedure, step, part)}:
        raise Refused("no_such_subject")
    if len(subjects) > 1 and not part.one_may_cover_several:
        raise Refused("one_for_each", part.label)


def _in_time(case: Case, part: Part, command: Meet, answers: Answers) -> None:
    """Raise FieldErrors for a time that has passed, or lies beyond the part's clock, run from its first event."""
    key = next((k for k in DUE_KEYS if answers.get(k)), "")
    if not key:
        return
    due = datetime.fromisoformat(answers[key])
    errors = due_errors(case, key, due)
    clock = case.procedure.clock(part.clock) if part.clock and not command.alternative else None
    since = earliest(case.meeting, case.procedure, clock, command.subjects) if clock else None
    if clock and since and due > end_of(clock, since, case.procedure.working_days):
        errors = {key: f"too_late:{limit_words(clock)}"}
    if errors:
        raise FieldErrors(errors)


def _day_off(case: Case, part: Part, command: Meet, answers: Answers) -> tuple[Warned, ...]:
    """Return the warning of a day on which nobody works; what has to be done within hours does not wait for Monday."""
    clock = case.procedure.clock(part.clock) if part.clock and not command.alternative else None
    key = next((k for k in DUE_KEYS if answers.get(k)), "")
    within_hours = clock is not None and clock.unit == "hours"
    return () if not key or within_hours else day_off(case, key, datetime.fromisoformat(answers[key]))


def _as_action(case: Case, part: Part, command: Meet, answers: Answers, kept: tuple[str, ...]) -> Events:
    """Return the listed action that the answers describe, if they name an owner and a time."""
    owner = next((answers[k] for k in OWNER_KEYS if answers.get(k)), "")
    due = next((answers[k] for k in DUE_KEYS if answers.get(k)), "")
    if not owner or not due:
        return ()
    what = next((answers[k] for k in TEXT_KEYS if answers.get(k)), part.label)
    place = answers.get("place", "")
    return (
        ActionAgreed(
            number=len(case.meeting.actions) + 1,
            what=f"{what} ({place})" if place else what,
            owner=owner,
            owner_seat=command.owner_seat,
            due=datetime.fromisoformat(due),
            extra=answers,
            subjects=command.subjects,
            origin=Origin(kind=Demand.REQUIRED, id=part.id),
            kept=kept,
        ),
    )
