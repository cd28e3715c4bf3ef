"""The chair's decision for each child, with its rationale; the bot never computes one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.door.quorum import quorum_gap
from meeting.flags import JOINT, outside, set_by_needs
from meeting.model import Answer, Answers, Decision, How, Meeting, PersonId, Slot, StepId
from meeting.procedure import DecisionData, Gate, Kind, Per, Step, ViewsData
from meeting.refusals import FieldErrors, HeldBack, Obstacle, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.running import agenda
from meeting.running.agenda import child_or_meeting
from meeting.running.gates import AtStep, stands_at
from meeting.steps import agreement, fields
from meeting.steps.outcomes import decision_data, offered, require_outcomes, subjects
from meeting.steps.slots import put
from meeting.steps.views import standing as views_standing
from meeting.steps.wording import agency_names, check_words
from meeting.values import with_key

__all__ = ["Decide", "Dissent", "decision_data", "offered", "require_outcomes", "subjects"]

RATIONALE = "rationale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """Decide for these subjects: the same outcomes, needs and rationale for each."""

    step: StepId
    subjects: tuple[str, ...]
    outcomes: tuple[str, ...]
    needs: Mapping[str, str]  # "outcome.field" -> answer
    rationale: Answers
    how: How = How.TYPED
    lead_criminal: str = ""
    lead_welfare: str = ""
    agreement: str = ""  # all, or not all, where the procedure asks it
    differing: tuple[str, ...] = ()  # names of those who do not agree
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """Say that one differs from the decision; it stands in the minutes by name."""

    step: StepId
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecorded:
    step: StepId
    subject: str
    outcomes: tuple[str, ...]
    needs: Mapping[str, str]
    rationale: Answers
    how: How
    lead_criminal: str = ""
    lead_welfare: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DissentRecorded:
    step: StepId
    subject: str


@decides(Decide)
def decide(case: Case, command: Decide) -> Events:
    """Record a decision with its rationale; exclusions, needs and two leads where joint are checked."""
    data = decision_data(case.procedure, command.step)
    agenda.require_reached(case.meeting, case.procedure, command.step)
    _quorate(case, command)
    _views_asked(case, command)
    known = {s for s, _ in subjects(case.meeting, case.procedure, command.step)}
    if not command.subjects or set(command.subjects) - known:
        raise FieldErrors({"subjects": "required"})
    require_outcomes(case.meeting, case.procedure, command.step, command.outcomes)
    needs = _needs(case, command)
    rationale = _rationale(case, data, command)
    texts = {**{k: v for k, v in needs.items() if not k.endswith((".agency", ".date"))}, **rationale}
    agreed = agreement.agreement(case.procedure, command.step, command.agreement, command.differing)
    told = (case.meeting, case.procedure, command.step, command.subjects, command.outcomes)
    differ = agreement.differing_views(*told) if command.agreement == agreement.ALL and agreed else ()
    check_words(case, texts, keep=command.keep, more=differ)
    return tuple(
        DecisionRecorded(
            step=command.step,
            subject=subject,
            outcomes=command.outcomes,
            needs=needs,
            rationale={**rationale, **agreed},
            how=command.how,
            lead_criminal=command.lead_criminal,
            lead_welfare=command.lead_welfare,
        )
        for subject in command.subjects
    )


def _quorate(case: Case, command: Decide) -> None:
    """Refuse to decide while a core agency is gone and nothing was converted (SAN-1.4); reasons may be mended later."""
    stands = case.meeting.decisions
    if all(s in stands and stands[s].outcomes == command.outcomes for s in command.subjects):
        return
    hard = tuple(o for o in quorum_gap(case.meeting, case.procedure) if o.gate is Gate.HARD)
    if hard:
        raise HeldBack(hard)


def _views_asked(case: Case, command: Decide) -> None:
    """Refuse where nobody was asked for a view on whom this is about (SAN-11.2): the round was never opened, as after
    a meeting was restored, or the child came into scope since.
    """
    for step in agenda.reached(case.meeting, case.procedure):
        data = step.data
        if isinstance(data, ViewsData) and data.invited_at == command.step and _unasked(case, step.id, data, command):
            asked = tuple(o for at, o in views_standing(case, step) if at == command.step and o.gate is Gate.HARD)
            if asked:
                raise HeldBack(asked)


def _unasked(case: Case, step_id: StepId, data: ViewsData, command: Decide) -> bool:
    """Tell whether a round has heard nobody on one of the subjects of a decision."""
    views = case.meeting.views.get(step_id)
    heard = {v.subject for v in views.given} if views else set()
    return views is None or (data.per is Per.CHILD and bool(heard) and not heard.issuperset(command.subjects))


def _needs(case: Case, command: Decide) -> dict[str, str]:
    """Return what the outcomes need to be said with them; raises FieldErrors."""
    result: dict[str, str] = {}
    errors: dict[str, str] = {}
    zone = case.procedure.working_days.zone
    for outcome in offered(case.meeting, case.procedure, command.step):
        if outcome.id not in command.outcomes:
            continue
        given = {f.key: command.needs.get(f"{outcome.id}.{f.key}", "") for f in outcome.needs}
        try:
            look = outside(case.meeting, case.procedure)
            agencies, waits = agency_names(case.meeting, case.procedure), command.how is How.SAID_ALOUD
            checked = fields.check(outcome.needs, given, look, agencies=agencies, words_may_wait=waits)
        except FieldErrors as wrong:
            errors |= {f"{outcome.id}.{k}": v for k, v in wrong.errors.items()}
            continue
        result |= {f"{outcome.id}.{k}": v for k, v in checked.items()}
        late = fields.time_errors(outcome.needs, _new(case, command, outcome.id, checked), case.now, zone)
        errors |= {f"{outcome.id}.{k}": v for k, v in late.items()}
    errors |= _leads(case, command, joint=set_by_needs(case.procedure, JOINT, result))
    if errors:
        raise FieldErrors(errors)
    return result


def _new(case: Case, command: Decide, outcome: str, needs: Mapping[str, str]) -> Mapping[str, str]:
    """Return what was not said with this outcome before: a reason may be mended when the time beside it has come."""
    stands = [d.needs for s in command.subjects if (d := case.meeting.decisions.get(s)) is not None]
    return {k: v for k, v in needs.items() if not any(told.get(f"{outcome}.{k}") == v for told in stands)}


def _leads(case: Case, command: Decide, *, joint: bool) -> dict[str, str]:
    """Return the errors of the two leads of a joint enquiry: police the criminal part, social care the welfare."""
    data = decision_data(case.procedure, command.step)
    agencies = agency_names(case.meeting, case.procedure)
    errors = {}
    for key, wanted, given in (
        ("lead_criminal", data.lead_criminal, command.lead_criminal),
        ("lead_welfare", data.lead_welfare, command.lead_welfare),
    ):
        if joint and wanted and not given.strip():
            errors[key] = "required"
        elif given.strip().lower() in agencies:
            errors[key] = "name_not_agency"
    return errors


def _rationale(case: Case, data: DecisionData, command: Decide) -> dict[str, str]:
    """Return the rationale; without one no decision is stored (SAN-11.1)."""
    try:
        return fields.check(
            data.rationale.fields,
            command.rationale,
            outside(case.meeting, case.procedure, child_or_meeting(case.meeting, command.subjects[0])),
            words_may_wait=command.how is How.SAID_ALOUD,
        )
    except FieldErrors as wrong:
        raise FieldErrors({f"{RATIONALE}.{k}": v for k, v in wrong.errors.items()}) from None


@decides(Dissent)
def dissent(case: Case, command: Dissent) -> Events:
    """Record a differing view by name, without holding anything up."""
    decision = case.meeting.decisions.get(command.subject)
    if decision is None:
        raise Refused("nothing_decided")
    return () if case.by in decision.dissent else (DissentRecorded(step=command.step, subject=command.subject),)


@evolves(DecisionRecorded)
def _recorded(meeting: Meeting, event: DecisionRecorded, by: PersonId, at: datetime) -> Meeting:
    before = meeting.decisions.get(event.subject)
    same = before is not None and before.outcomes == event.outcomes
    decision = Decision(
        subject=event.subject,
        outcomes=event.outcomes,
        needs=event.needs,
        rationale=event.rationale,
        how=event.how,
        by=by,
        at=before.at if before and same else at,  # clocks run from the decision itself
        lead_criminal=event.lead_criminal,
        lead_welfare=event.lead_welfare,
        dissent=before.dissent if before and same else (),  # nobody has differed from another decision yet
    )
    changed = replace(meeting, decisions=with_key(meeting.decisions, event.subject, decision))
    slot = Slot(step=event.step, part=RATIONALE, subject=event.subject)
    owed = "Rationale of the decision" if event.how is How.SAID_ALOUD else ""
    return put(changed, slot, Answer(answers=event.rationale, by=by, at=at, how=event.how), owed=owed)


@evolves(DissentRecorded)
def _dissent(meeting: Meeting, event: DissentRecorded, by: PersonId, at: datetime) -> Meeting:
    decision = meeting.decisions[event.subject]
    changed = replace(decision, dissent=(*decision.dissent, by))
    return replace(meeting, decisions=with_key(meeting.decisions, event.subject, changed))


@stands_at(Kind.DECISION)
def standing(case: Case, step: Step) -> Iterator[AtStep]:
    """Every child in scope has a decision before the step is left; one that conversion withdrew is none (SAN-1.4)."""
    open_now = {o.id for o in offered(case.meeting, case.procedure, step.id)}
    for subject, label in subjects(case.meeting, case.procedure, step.id):
        decision = case.meeting.decisions.get(subject)
        if decision is None or set(decision.outcomes) - open_now:
            text = f"Decision for {label}" if label else "Decision"
            yield step.id, Obstacle(code="undecided", gate=step.gate, label=text, step=step.id, subject=subject)
        elif not agreement.stands(decision.rationale, case.procedure, step.id):
            text = f"Agreed by all, or not by all{f' ({label})' if label else ''}"
            gate = decision_data(case.procedure, step.id).agreement
            yield step.id, Obstacle(code="agreement", gate=gate, label=text, step=step.id, subject=subject)
