"""Who does what by when: the action list, what decisions and checkpoints demand of it, and its state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from meeting import agenda, fields
from meeting.asked import Asked, actions_data, asked_for, unmet, ways
from meeting.clocks import event_time
from meeting.flags import outside
from meeting.model import NO_ANSWERS, Action, ActionState, Answers, Meeting, PersonId, SeatId
from meeting.procedure import FieldSpec, FieldType, Gate, Part, Step
from meeting.refusals import FieldErrors, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.values import with_key, without_key
from meeting.wording import agency_names, check_words

__all__ = ["Agree", "Asked", "Change", "Meet", "actions_data", "asked_for", "unmet", "ways"]

OWNER_KEYS = ("owner", "who", "safeguard_owner")
DUE_KEYS = ("due", "safeguard_due")
TEXT_KEYS = ("what", "safeguard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agree:
    """Put an action on the list: a named person, and a time."""

    what: str
    owner: str
    due: datetime
    owner_seat: SeatId | None = None
    extra: Answers = NO_ANSWERS
    subjects: tuple[str, ...] = ()
    origin: str = ""
    default_due: bool = False
    keep: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Give an action another owner, time, text or state; the list keeps its number."""

    number: int
    what: str | None = None
    owner: str | None = None
    owner_seat: SeatId | None = None
    due: datetime | None = None
    state: ActionState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAgreed:
    number: int
    what: str
    owner: str
    owner_seat: SeatId | None
    due: datetime
    extra: Answers = NO_ANSWERS
    subjects: tuple[str, ...] = ()
    origin: str = ""
    urgent: bool = False
    default_due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementMet:
    id: str
    subject: str
    how: str  # "action", or the alternative's id
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionChanged:
    number: int
    what: str
    owner: str
    owner_seat: SeatId | None
    due: datetime
    state: ActionState


@decides(Agree)
def agree(case: Case, command: Agree) -> Events:
    """Put an action on the list; without a named person and a time it is not stored (SAN-13.1)."""
    if command.origin and command.origin not in {a.id for a in asked_for(case.meeting, case.procedure) if not a.part}:
        raise Refused("no_such_action")  # what the procedure requires has a form and a clock of its own: Meet
    errors = _owner_errors(case, command.owner) | _due_errors(case, "due", command.due)
    if not command.what.strip():
        errors["what"] = "required"
    extra = _extra(case, command, errors)
    _wording(case, {"what": command.what, **_texts(_extra_fields(case), extra)}, keep=command.keep)
    number = len(case.meeting.actions) + 1
    agreed = ActionAgreed(
        number=number,
        what=command.what.strip(),
        owner=command.owner.strip(),
        owner_seat=command.owner_seat,
        due=command.due,
        extra=extra,
        subjects=command.subjects,
        origin=command.origin,
        default_due=command.default_due,
    )
    subjects = command.subjects or ("",)
    met = (RequirementMet(id=command.origin, subject=s, how="action", answers=NO_ANSWERS) for s in subjects)
    return (agreed, *met) if command.origin else (agreed,)


def _owner_errors(case: Case, owner: str) -> dict[str, str]:
    if not owner.strip():
        return {"owner": "required"}
    return {"owner": "name_not_agency"} if owner.strip().lower() in agency_names(case.meeting) else {}


def _due_errors(case: Case, key: str, due: datetime | None) -> dict[str, str]:
    if due is not None and due.tzinfo is None:
        return {key: "datetime"}
    return {key: "past"} if due is not None and due <= case.now - timedelta(minutes=1) else {}


def _extra_fields(case: Case) -> tuple[FieldSpec, ...]:
    """Return what the procedure asks of an action beyond what, who and when."""
    _, data = actions_data(case.procedure)
    return tuple(f for f in data.fields if f.key not in (*OWNER_KEYS, *DUE_KEYS, *TEXT_KEYS))


def _extra(case: Case, command: Agree, errors: dict[str, str]) -> Answers:
    """Return the procedure's further answers about an action (LCS-5.8); raises FieldErrors with all that is wrong."""
    try:
        extra = fields.check(_extra_fields(case), command.extra, outside(case.meeting, case.procedure))
    except FieldErrors as wrong:
        raise FieldErrors({**errors, **wrong.errors}) from None
    if errors:
        raise FieldErrors(errors)
    return extra


def _texts(specs: tuple[FieldSpec, ...], answers: Answers) -> dict[str, str]:
    return {f.key: answers[f.key] for f in specs if f.type is FieldType.TEXT and answers.get(f.key)}


def _wording(case: Case, texts: Answers, *, keep: bool) -> None:
    """Bounce vague deadlines, flagged words and what decides a conference, all at once; the author may keep them."""
    _, data = actions_data(case.procedure)
    words = data.vague_words if data.vague_gate is not Gate.NONE else ()
    vague = tuple((k, "vague", w) for k, w in fields.flagged_words(texts, words))
    check_words(case, texts, keep=keep, more=vague)


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
        specs, command.answers, outside(case.meeting, case.procedure), agencies=agency_names(case.meeting)
    )
    _in_time(case, part, command, answers)
    _wording(case, _texts(specs, answers), keep=command.keep)
    how = command.alternative or "action"
    met = tuple(RequirementMet(id=part.id, subject=s, how=how, answers=answers) for s in command.subjects)
    return (*_as_action(case, part, command, answers), *met)


def _about(case: Case, step: Step, part: Part, subjects: tuple[str, ...]) -> None:
    """Raise Refused where an action is not asked about this subject, or one may not cover several."""
    if set(subjects) - {s for s, _ in agenda.subjects(case.meeting, case.procedure, step, part)}:
        raise Refused("no_such_subject")
    if len(subjects) > 1 and not part.one_may_cover_several:
        raise Refused("one_for_each", part.label)


def _in_time(case: Case, part: Part, command: Meet, answers: Answers) -> None:
    """Raise FieldErrors for a time that has passed, or lies beyond the part's clock, run from the earliest decision."""
    key = next((k for k in DUE_KEYS if answers.get(k)), "")
    if not key:
        return
    due = datetime.fromisoformat(answers[key])
    errors = _due_errors(case, key, due)
    clock = case.procedure.clock(part.clock) if part.clock and not command.alternative else None
    decided = [case.meeting.decisions[s].at for s in command.subjects if s in case.meeting.decisions]
    since = min(decided, default=event_time(case.meeting, clock) if clock else None)
    if clock and clock.unit == "hours" and since and due > since + timedelta(hours=clock.limit):
        errors = {key: f"too_late:{clock.limit}"}
    if errors:
        raise FieldErrors(errors)


def _as_action(case: Case, part: Part, command: Meet, answers: Answers) -> Events:
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
            what=f"{what}, at {place}" if place else what,
            owner=owner,
            owner_seat=command.owner_seat,
            due=datetime.fromisoformat(due),
            extra=answers,
            subjects=command.subjects,
            origin=part.id,
        ),
    )


@decides(Change)
def change(case: Case, command: Change) -> Events:
    """Change an action; the record keeps what stood before."""
    action = next((a for a in case.meeting.actions if a.number == command.number), None)
    if action is None:
        raise Refused("no_such_action")
    errors = _owner_errors(case, command.owner) if command.owner is not None else {}
    errors |= _due_errors(case, "due", command.due)
    if errors:
        raise FieldErrors(errors)
    return (
        ActionChanged(
            number=action.number,
            what=command.what or action.what,
            owner=command.owner or action.owner,
            owner_seat=command.owner_seat or (None if command.owner else action.owner_seat),
            due=command.due or action.due,
            state=command.state or action.state,
        ),
    )


@evolves(ActionAgreed)
def _agreed(meeting: Meeting, event: ActionAgreed, by: PersonId, at: datetime) -> Meeting:
    action = Action(
        number=event.number,
        what=event.what,
        owner=event.owner,
        owner_seat=event.owner_seat,
        due=event.due,
        extra=event.extra,
        subjects=event.subjects,
        origin=event.origin,
        urgent=event.urgent,
        default_due=event.default_due,
        by=by,
        at=at,
    )
    return replace(meeting, actions=(*meeting.actions, action))


@evolves(RequirementMet)
def _met(meeting: Meeting, event: RequirementMet, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, met=with_key(meeting.met, (event.id, event.subject), event.how))


@evolves(ActionChanged)
def _changed(meeting: Meeting, event: ActionChanged, by: PersonId, at: datetime) -> Meeting:
    new = {k: getattr(event, k) for k in ("what", "owner", "owner_seat", "due", "state")}
    actions = tuple(replace(a, **new) if a.number == event.number else a for a in meeting.actions)
    met = meeting.met
    if event.state is ActionState.WITHDRAWN:  # what it satisfied is asked for again, unless another action does
        gone = next(a for a in actions if a.number == event.number)
        for subject in gone.subjects or ("",):
            if met.get((gone.origin, subject)) == "action" and not _still_met(actions, gone.origin, subject):
                met = without_key(met, (gone.origin, subject))
    return replace(meeting, actions=actions, met=met)


def _still_met(actions: tuple[Action, ...], origin: str, subject: str) -> bool:
    return any(
        a.origin == origin and a.state is not ActionState.WITHDRAWN and subject in (a.subjects or ("",))
        for a in actions
    )
