"""Who does what by when: the action list, what decisions and checkpoints demand of it, and its state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from meeting import agenda, fields
from meeting.clocks import event_time
from meeting.flags import outside
from meeting.gates import Standing, stands_at
from meeting.model import NO_ANSWERS, Action, ActionState, Answers, Meeting, PersonId, SeatId
from meeting.procedure import ActionsData, Gate, Kind, Part, Procedure, RecordData, Step, parts_of
from meeting.record import agency_names, check_words
from meeting.refusals import FieldErrors, KeepOrChange, Obstacle, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.values import with_key

OWNER_KEYS = ("owner", "who", "safeguard_owner")
DUE_KEYS = ("due", "safeguard_due")
TEXT_KEYS = ("what", "safeguard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An action that the record demands: by a required action, an outcome, or a checkpoint answered yes."""

    id: str
    label: str
    subject: str
    about: str
    gate: Gate
    clock: str | None = None
    part: Part | None = None


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


def actions_data(procedure: Procedure) -> tuple[Step, ActionsData]:
    """Return the actions step and its data; raises Refused where a procedure has none."""
    step = agenda.first_of(procedure, Kind.ACTIONS)
    if step is None or not isinstance(step.data, ActionsData):
        raise Refused("wrong_step")
    return step, step.data


def asked_for(meeting: Meeting, procedure: Procedure) -> tuple[Asked, ...]:
    """Return every action that the record demands, met or not."""
    return (*_required(meeting, procedure), *_by_outcome(meeting, procedure), *_by_checkpoint(meeting, procedure))


def unmet(meeting: Meeting, procedure: Procedure) -> tuple[Asked, ...]:
    """Return what is demanded and has neither an action nor an accepted alternative."""
    return tuple(a for a in asked_for(meeting, procedure) if (a.id, a.subject) not in meeting.met)


def _required(meeting: Meeting, procedure: Procedure) -> Iterator[Asked]:
    step, data = actions_data(procedure)
    for part in data.required_actions:
        for subject, label in agenda.subjects(meeting, procedure, step, part):
            if agenda.asked(meeting, procedure, part, subject):
                gate = agenda.gate_of(meeting, procedure, part, subject)
                yield Asked(
                    id=part.id, label=part.label, subject=subject, about=label, gate=gate, clock=part.clock, part=part
                )


def _by_outcome(meeting: Meeting, procedure: Procedure) -> Iterator[Asked]:
    for step in procedure.agenda:
        outcomes = {o.id: o for o in getattr(step.data, "outcomes", ())}
        for subject, decision in meeting.decisions.items():
            for outcome in (outcomes.get(o) for o in decision.outcomes):
                if outcome is not None and outcome.action_label:
                    about = meeting.children[subject].name if subject in meeting.children else ""  # type: ignore[index]
                    yield Asked(
                        id=f"outcome:{outcome.id}",
                        label=outcome.action_label,
                        subject=subject,
                        about=about,
                        gate=Gate.OVERRIDE,
                        clock=outcome.action_clock,
                    )


def _by_checkpoint(meeting: Meeting, procedure: Procedure) -> Iterator[Asked]:
    for step in agenda.reached(meeting, procedure):
        if not isinstance(step.data, RecordData):
            continue
        for part in parts_of(step):
            for subject, label in agenda.subjects(meeting, procedure, step, part) if part.asks_action else ():
                answer = meeting.answer(step.id, part.id, subject)
                if answer is not None and answer.answers.get("answer") == "yes":
                    what = (part.asks_action or "").capitalize()
                    yield Asked(
                        id=f"checkpoint:{part.id}", label=what, subject=subject, about=label, gate=Gate.OVERRIDE
                    )


@decides(Agree)
def agree(case: Case, command: Agree) -> Events:
    """Put an action on the list; without a named person and a time it is not stored (SAN-13.1)."""
    _wording(case, command.what, keep=command.keep)
    _owner(case, command.owner)
    if not command.what.strip():
        raise FieldErrors({"what": "required"})
    if command.due <= case.now - timedelta(minutes=1):
        raise FieldErrors({"due": "past"})
    number = len(case.meeting.actions) + 1
    agreed = ActionAgreed(
        number=number,
        what=command.what.strip(),
        owner=command.owner.strip(),
        owner_seat=command.owner_seat,
        due=command.due,
        extra=command.extra,
        subjects=command.subjects,
        origin=command.origin,
        default_due=command.default_due,
    )
    subjects = command.subjects or ("",)
    met = (RequirementMet(id=command.origin, subject=s, how="action", answers=NO_ANSWERS) for s in subjects)
    return (agreed, *met) if command.origin else (agreed,)


def _owner(case: Case, owner: str) -> None:
    if not owner.strip():
        raise FieldErrors({"owner": "required"})
    if owner.strip().lower() in agency_names(case.meeting):
        raise FieldErrors({"owner": "name_not_agency"})


def _wording(case: Case, text: str, *, keep: bool) -> None:
    """Bounce forbidden decisions, flagged words and vague deadlines once; the author may keep the last two."""
    _, data = actions_data(case.procedure)
    vague = tuple((k, "vague", w) for k, w in fields.flagged_words({"what": text}, data.vague_words))
    if vague and not keep:
        raise KeepOrChange(vague)
    check_words(case, {"what": text}, keep=keep)


@decides(Meet)
def meet(case: Case, command: Meet) -> Events:
    """Satisfy a required action; "seen within 24 hours" takes no later time than that (SAN-11.3c)."""
    _, data = actions_data(case.procedure)
    part = next((p for p in data.required_actions if p.id == command.id), None)
    if part is None or not command.subjects:
        raise Refused("no_such_action")
    specs = part.fields
    if command.alternative:
        chosen = next((a for a in part.alternatives if a.id == command.alternative), None)
        if chosen is None:
            raise Refused("no_such_choice")
        specs = chosen.fields
    answers = fields.check(
        specs, command.answers, outside(case.meeting, case.procedure), agencies=agency_names(case.meeting)
    )
    for text in (answers.get(k, "") for k in TEXT_KEYS):
        _wording(case, text, keep=command.keep)
    if not command.alternative:
        _in_time(case, part, answers)
    how = command.alternative or "action"
    met = tuple(RequirementMet(id=part.id, subject=s, how=how, answers=answers) for s in command.subjects)
    return (*_as_action(case, part, command, answers), *met)


def _in_time(case: Case, part: Part, answers: Answers) -> None:
    clock = case.procedure.clock(part.clock) if part.clock else None
    since = event_time(case.meeting, clock) if clock else None
    due = answers.get("due")
    if clock and since and due and datetime.fromisoformat(due) > since + timedelta(hours=clock.limit):
        raise FieldErrors({"due": f"too_late:{clock.limit}"})


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
    if command.owner is not None:
        _owner(case, command.owner)
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
    return replace(
        meeting, actions=tuple(replace(a, **new) if a.number == event.number else a for a in meeting.actions)
    )


@stands_at(Kind.ACTIONS)
def standing(case: Case, step: Step) -> Iterator[Standing]:
    """What is demanded is on the list, or the chair says why not; at least one action is (SAN-8.3)."""
    at = step.gate_at or step.id
    for asked in unmet(case.meeting, case.procedure):
        about = f" ({asked.about})" if asked.about else ""
        label = f"{asked.label}{about}"
        yield (
            at,
            Obstacle(code="unmet", gate=asked.gate, label=label, step=step.id, part=asked.id, subject=asked.subject),
        )
    if not case.meeting.actions:
        yield at, Obstacle(code="no_actions", gate=step.gate, label="Actions", step=step.id)
