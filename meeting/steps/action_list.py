"""The action list: what stands on it, how it changes, and what every action must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from meeting.model import (
    NO_ANSWERS,
    Action,
    ActionState,
    Answers,
    Meeting,
    MeetingId,
    Origin,
    PersonId,
    SeatId,
    Standing,
)
from meeting.procedure import FieldSpec, FieldType, Gate
from meeting.refusals import Refused
from meeting.registry import Case, evolves
from meeting.steps import fields
from meeting.steps.asked import actions_data
from meeting.steps.wording import Warned, agency_names, check_words
from meeting.timing.working_days import is_working_day, local_day, nearest_working_day
from meeting.values import with_key, without_key

OWNER_KEYS = ("owner", "who", "safeguard_owner")
OVER = (ActionState.DONE, ActionState.WITHDRAWN, ActionState.CARRIED, ActionState.NOT_POSSIBLE)
DUE_KEYS = ("due", "safeguard_due")
TEXT_KEYS = ("what", "safeguard")


def found(meeting: Meeting, number: int) -> Action:
    """Return the action of this number; raises Refused."""
    action = meeting.action(number)
    if action is None:
        raise Refused("no_such_action")
    return action


def on_time(action: Action) -> bool:
    """Tell whether an action was done by its time."""
    return action.state is ActionState.DONE and action.ended is not None and action.ended <= action.due


def past_due(action: Action, at: datetime) -> bool:
    """Tell whether the time of an action that somebody still has to do has passed by then."""
    return action.state not in OVER and action.due < at


def entry_of(meeting: MeetingId, action: Action) -> str:
    """Return the name that an action has in every calendar, whichever meeting's list it stands on by now."""
    return action.entry or f"{action.number}-{meeting}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAgreed:
    number: int
    what: str
    owner: str
    owner_seat: SeatId | None
    due: datetime
    extra: Answers = NO_ANSWERS
    subjects: tuple[str, ...] = ()
    origin: Origin | None = None
    suggested: str = ""
    clock: str = ""
    urgent: bool = False
    default_due: bool = False
    kept: tuple[str, ...] = ()
    entry: str = ""
    moved: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementMet:
    origin: Origin
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


def owner_errors(case: Case, owner: str) -> dict[str, str]:
    """Return what is wrong with an owner: a person is named, not an agency (SAN-13.1), nor somebody sent away."""
    name = owner.strip().lower()
    if not name:
        return {"owner": "required"}
    if name in agency_names(case.meeting, case.procedure):
        return {"owner": "name_not_agency"}
    return {"owner": "sent_away"} if was_sent_away(case.meeting, owner) else {}


def was_sent_away(meeting: Meeting, owner: str) -> bool:
    """Tell whether everybody of this name was removed from the meeting, or shut out after it."""
    called = [p for p in meeting.people.values() if p.name.strip().lower() == owner.strip().lower()]
    return bool(called) and all(p.standing is Standing.REMOVED for p in called)


def due_errors(case: Case, key: str, due: datetime | None) -> dict[str, str]:
    """Return what is wrong with a time: it says its offset, and has not passed."""
    if due is not None and due.tzinfo is None:
        return {key: "datetime"}
    return {key: "past"} if due is not None and due <= case.now - timedelta(minutes=1) else {}


def day_off(
    case: Case, key: str, due: datetime | None, *, bound: frozenset[datetime] = frozenset()
) -> tuple[Warned, ...]:
    """Return the second look at a time on a day on which nobody works, unless that is today.

    The days are those of the procedure's own country and zone; the next working day is named. An action that is `bound`
    by a recorded time, as by the end of an order or of police protection (LCS-4.5e), is never put off beyond it.
    """
    days = case.procedure.working_days
    on = local_day(due or case.now, days)
    if on == local_day(case.now, days) or is_working_day(on, days) or due in bound:
        return ()
    kind = f"a bank holiday ({days.country})" if on.weekday() < 5 else "at a weekend"
    return ((key, f"day_off:{nearest_working_day(on, days):%A %-d %B %Y}", f"{on:%A %-d %B %Y} is {kind}"),)


def texts(specs: tuple[FieldSpec, ...], answers: Answers) -> dict[str, str]:
    """Return the free texts among the answers."""
    return {f.key: answers[f.key] for f in specs if f.type is FieldType.TEXT and answers.get(f.key)}


def wording(case: Case, texts: Answers, *, keep: bool, more: tuple[Warned, ...] = ()) -> tuple[str, ...]:
    """Return the words that the author chose to keep: vague, flagged, or deciding a conference (LCS-5.7).

    Raises KeepOrChange with all at once while they have not chosen. `more` are warnings of another kind, as of a day on
    which nobody works.
    """
    _, data = actions_data(case.procedure)
    words = data.vague_words if data.vague_gate is not Gate.NONE else ()
    vague = tuple((k, "vague", w) for k, w in fields.flagged_words(texts, words))
    kept = check_words(case, texts, keep=keep, more=(*more, *vague))
    return tuple(word for word in kept if word not in {found for _, _, found in more})


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
        suggested=event.suggested,
        clock=event.clock,
        urgent=event.urgent,
        default_due=event.default_due,
        kept=event.kept,
        entry=event.entry,
        moved=event.moved,
        by=by,
        at=at,
    )
    return replace(meeting, actions=(*meeting.actions, action))


@evolves(RequirementMet)
def _met(meeting: Meeting, event: RequirementMet, by: PersonId, at: datetime) -> Meeting:
    key = (event.origin, event.subject)
    met_with = with_key(meeting.met_with, key, event.answers)
    return replace(meeting, met=with_key(meeting.met, key, event.how), met_with=met_with)


@evolves(ActionChanged)
def _changed(meeting: Meeting, event: ActionChanged, by: PersonId, at: datetime) -> Meeting:
    after = _as_changed(found(meeting, event.number), event, at, closes=by == meeting.chair)
    actions = tuple(after if a.number == event.number else a for a in meeting.actions)
    return replace(meeting, actions=actions, met=_met_now(meeting, actions, after))


def _as_changed(action: Action, event: ActionChanged, at: datetime, *, closes: bool) -> Action:
    """Return an action after its change; one that is over stays over since when it was, whatever else is corrected.

    What the chair says is over waits for no further word of the chair's (`closes`).
    """
    new = {k: getattr(event, k) for k in ("what", "owner", "owner_seat", "due", "state")}
    if event.state is not action.state:
        over = event.state in OVER
        new |= {"ended": at if over else None, "closed": at if over and closes else None}
    if event.due != action.due:  # whoever asked for more time has their answer
        new |= {"asked_until": None, "quiet": False}
    if event.due != action.due or event.owner != action.owner or (event.state in OVER) != (action.state in OVER):
        new |= {"moved": action.moved + 1}
    if event.owner != action.owner:
        new |= {"quiet": False}
    if event.what != action.what:  # words that were changed are not kept any more
        said = " ".join((event.what, *action.extra.values())).casefold()
        new |= {"kept": tuple(word for word in action.kept if word.casefold() in said)}
    return replace(action, **new)


def _met_now(meeting: Meeting, actions: tuple[Action, ...], changed: Action) -> Mapping[tuple[Origin, str], str]:
    """Return what is met: a requirement whose only action was withdrawn is asked for again, until it is put back."""
    met, origin = meeting.met, changed.origin
    if origin is None:
        return met
    for subject in changed.subjects or ("",):
        key = (origin, subject)
        if met.get(key) == "action" and not _still_met(actions, origin, subject):
            met = without_key(met, key)
        elif key in meeting.met_with and key not in met and _still_met(actions, origin, subject):
            met = with_key(met, key, "action")
    return met


def _still_met(actions: tuple[Action, ...], origin: Origin, subject: str) -> bool:
    return any(
        a.origin == origin and a.state is not ActionState.WITHDRAWN and subject in (a.subjects or ("",))
        for a in actions
    )
