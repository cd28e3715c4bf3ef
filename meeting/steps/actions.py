"""Who does what by when: the action list, what decisions and checkpoints demand of it, and its state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting.flags import outside
from meeting.model import NO_ANSWERS, ActionState, Answers, Origin, SeatId
from meeting.procedure import FieldSpec, SuggestedAction
from meeting.refusals import FieldErrors, KeepOrChange, Refused
from meeting.registry import Case, Events, decides
from meeting.steps import fields, follow_on
from meeting.steps.action_list import (
    DUE_KEYS,
    OWNER_KEYS,
    TEXT_KEYS,
    ActionAgreed,
    ActionChanged,
    RequirementMet,
    day_off,
    due_errors,
    found,
    owner_errors,
    texts,
    wording,
)
from meeting.steps.asked import Asked, actions_data, asked_for, taggable, unmet, ways
from meeting.steps.required import Meet
from meeting.steps.suggestions import bound_by, recorded_ends, suggestion

__all__ = [  # the kind's names, wherever in the house they stand
    "DUE_KEYS",
    "OWNER_KEYS",
    "TEXT_KEYS",
    "ActionAgreed",
    "ActionChanged",
    "Agree",
    "Asked",
    "Change",
    "Meet",
    "RequirementMet",
    "actions_data",
    "asked_for",
    "follow_on",
    "unmet",
    "ways",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agree:
    """Put an action on the list: a named person, and a time."""

    what: str
    owner: str
    due: datetime
    owner_seat: SeatId | None = None
    extra: Answers = NO_ANSWERS
    subjects: tuple[str, ...] = ()
    origin: Origin | None = None  # the demand that it meets
    suggested: str = ""  # the id of the suggestion that was pressed
    default_due: bool = False
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
    keep: bool = False


@decides(Agree)
def agree(case: Case, command: Agree) -> Events:
    """Put an action on the list; without a named person and a time it is not stored (SAN-13.1)."""
    offered = _whence(case, command)
    if set(command.subjects) - {"", *case.meeting.children, *dict(taggable(case.meeting, case.procedure))}:
        raise Refused("no_such_subject")
    errors = owner_errors(case, command.owner) | due_errors(case, "due", command.due)
    if not command.what.strip():
        errors["what"] = "required"
    extra = _extra(case, command, errors)
    said = {"what": command.what, **texts(_extra_fields(case), extra)}
    bound = recorded_ends(case.meeting, offered, command.subjects)
    kept = wording(case, said, keep=command.keep, more=day_off(case, "due", command.due, bound=bound))
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
        suggested=command.suggested,
        default_due=command.default_due,
        kept=kept,
    )
    if command.origin is None:
        return (agreed,)
    subjects = command.subjects or ("",)
    met = (RequirementMet(origin=command.origin, subject=s, how="action", answers=NO_ANSWERS) for s in subjects)
    return (agreed, *met)


def _whence(case: Case, command: Agree) -> SuggestedAction | None:
    """Return the suggestion that an action comes of, if any; raises Refused where nothing asked for it or offered it.

    What the procedure requires has a form and a clock of its own: `Meet`.
    """
    demands = {a.origin for a in asked_for(case.meeting, case.procedure) if a.part is None}
    if command.origin is not None and command.origin not in demands:
        raise Refused("no_such_action")
    offered = suggestion(case.procedure, command.suggested)
    if command.suggested and offered is None:
        raise Refused("no_such_action")
    return offered


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


@decides(Change)
def change(case: Case, command: Change) -> Events:
    """Change an action; the record keeps what stood before. A new owner has not accepted it yet."""
    action = found(case.meeting, command.number)
    if action.state is ActionState.CARRIED:
        raise Refused("action_over")
    if command.state is ActionState.CARRIED:  # nobody says so: a further meeting takes it over
        raise Refused("no_such_choice")
    errors = owner_errors(case, command.owner) if command.owner is not None else {}
    due = command.due if command.due != action.due else None  # what is overdue stays so, whatever else is changed
    errors |= due_errors(case, "due", due)
    if errors:
        raise FieldErrors(errors)
    bound = bound_by(case.meeting, case.procedure, action)
    if (warned := day_off(case, "due", due, bound=bound)) and not command.keep:
        raise KeepOrChange(warned)
    owner = command.owner or action.owner
    stays = action.state is not ActionState.ACCEPTED or owner == action.owner
    return (
        ActionChanged(
            number=action.number,
            what=command.what or action.what,
            owner=owner,
            owner_seat=command.owner_seat or (None if command.owner else action.owner_seat),
            due=due or action.due,
            state=command.state or (action.state if stays else ActionState.OPEN),
        ),
    )
