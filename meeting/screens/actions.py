"""The action list: as its owners see it, as the shared chat may see it, and what is still asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.before.naming import title_of
from meeting.flags import holds
from meeting.model import Action, ActionState, Meeting, Origin, Status
from meeting.procedure import ActionsData, Gate, Per, Procedure, Step
from meeting.running import agenda
from meeting.screens.frame import Frame, Look, frame_for
from meeting.screens.hiding import masked, restricted
from meeting.steps.action_list import OVER, past_due
from meeting.steps.actions import Asked, unmet
from meeting.steps.agreeing import owns
from meeting.steps.asked import CONTEXT, CONTEXT_LABEL, to_read_back

KEPT = "Wording kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One action with its content: for people who may see it."""

    number: int
    what: str
    owner: str
    due: datetime
    state: str
    late: bool = False  # its time has passed, and it is still to be done
    about: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    default_due: bool = False
    urgent: bool = False
    own: bool = False
    may_accept: bool = False
    may_change: bool = False
    may_report: bool = False  # in its owner's place, once the meeting is over


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """What the record demands, and for whom together."""

    key: str
    label: str
    subjects: tuple[str, ...]
    about: tuple[str, ...]
    hard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedLine:
    """An action that the procedure offers: what, for which agency, about which child."""

    id: str
    what: str
    agency: str = ""
    subject: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsScreen:
    """The actions step: the list, what is still asked for, and what may be done about it."""

    frame: Frame
    lines: tuple[ActionLine, ...]
    asked: tuple[AskedLine, ...] = ()
    suggested: tuple[SuggestedLine, ...] = ()
    minutes_lines: tuple[str, ...] = ()
    may_edit: bool = False
    may_move: bool = False
    next_label: str = ""
    to_read_back: bool = False
    accepts: bool = False
    start: int = 0  # the first line shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One action as the whole chat may see it: no word of its content."""

    number: int
    owner: str  # the owner's seat
    due: datetime
    state: str
    late: bool
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListScreen:
    reference: str
    title: str
    lines: tuple[ListLine, ...]


def list_screen(meeting: Meeting, procedure: Procedure, now: datetime) -> ListScreen:
    """Return the list for the shared chat: numbers, seats, times and states only."""
    lines = tuple(
        ListLine(
            number=a.number,
            owner=_seat_label(meeting, a),
            due=a.due,
            state=a.state.value,
            late=past_due(a, now),
            urgent=a.urgent,
        )
        for a in meeting.actions
        if a.state is not ActionState.WITHDRAWN
    )
    return ListScreen(reference=meeting.reference, title=title_of(meeting, procedure), lines=lines)


def _seat_label(meeting: Meeting, action: Action) -> str:
    seat = meeting.seats.get(action.owner_seat) if action.owner_seat else None
    return seat.label if seat else "named person"


def actions_screen(look: Look, step: Step) -> ActionsScreen:
    """Return the actions step for one person: their own actions first, only children whom they may see."""
    meeting, procedure = look.meeting, look.procedure
    assert isinstance(step.data, ActionsData)
    frame = frame_for(look, step)
    edits = look.scribe and not frame.closed
    here = meeting.step == step.id
    following = agenda.following(meeting, procedure) if here else None
    return ActionsScreen(
        frame=frame,
        lines=tuple(action_lines(look, step.data)),
        asked=tuple(asked_lines(look)) if look.scribe else (),
        suggested=tuple(_suggested(look, step.data)) if edits else (),
        minutes_lines=tuple(line.text for line in step.data.minutes_lines if not line.of),
        may_edit=edits,
        may_move=here and look.chairs,
        next_label=following.label if following else "",
        to_read_back=edits and to_read_back(meeting, step),
        accepts=step.data.owners_accept,
        start=int(look.args.get("start") or 0),
    )


def action_lines(look: Look, data: ActionsData) -> Iterator[ActionLine]:
    """Yield what this person may see of the list, their own first, the rest in its order."""
    shut = restricted(look)
    seen = [a for a in look.meeting.actions if not a.subjects or set(a.subjects) - shut]
    shown = [a for a in seen if a.state is not ActionState.WITHDRAWN]
    for action in sorted(shown, key=lambda a: (not owns(look.meeting, look.person, a), a.number)):
        own = owns(look.meeting, look.person, action)
        seat = look.meeting.seats.get(action.owner_seat) if action.owner_seat else None
        yield ActionLine(
            number=action.number,
            what=masked(look, action.what),
            owner=f"{action.owner} ({seat.label})" if seat else action.owner,
            due=action.due,
            state=action.state.value,
            late=past_due(action, look.now),
            about=tuple(named(look, s) for s in action.subjects if s and s not in shut),
            details=tuple((label, masked(look, text)) for label, text in _details(data, action)),
            default_due=action.default_due,
            urgent=action.urgent,
            own=own,
            may_accept=own and data.owners_accept and action.state is ActionState.OPEN,
            may_change=look.scribe and action.state is not ActionState.CARRIED,
            may_report=look.scribe and look.meeting.status is Status.CLOSED and action.state not in OVER,
        )


def _details(data: ActionsData, action: Action) -> tuple[tuple[str, str], ...]:
    """Return what else the procedure asks of an action: where, how, by which measure; and the words that were kept."""
    asked = (f for f in data.fields if f.key not in ("what", "owner", "due"))
    told = tuple((f.label, action.extra[f.key]) for f in asked if action.extra.get(f.key))
    return (*told, (KEPT, ", ".join(action.kept))) if action.kept else told


def named(look: Look, subject: str) -> str:
    """Return what a subject is called: a child's name, or the words of a row."""
    child = look.meeting.child(subject)
    if child is not None:
        return str(child.name)
    if subject == CONTEXT:
        return CONTEXT_LABEL
    known = (a.about for a in unmet(look.meeting, look.procedure) if a.subject == subject and a.about)
    return next(known, _row_name(look.meeting, subject))


def _row_name(meeting: Meeting, subject: str) -> str:
    rows = (a.answers.get("name", "") for s, a in meeting.answers.items() if s.subject == subject)
    return next((name for name in rows if name), subject)


def asked_lines(look: Look) -> Iterator[AskedLine]:
    """Yield what is still asked for; what one action may cover for several stands together."""
    together: dict[tuple[Origin, str], list[Asked]] = {}
    for asked in unmet(look.meeting, look.procedure):
        alone = asked.part is not None and not asked.part.one_may_cover_several
        together.setdefault((asked.origin, asked.subject if alone else ""), []).append(asked)
    for group in together.values():
        yield AskedLine(
            key=group[0].origin.key,
            label=group[0].label,
            subjects=tuple(a.subject for a in group),
            about=tuple(a.about for a in group if a.about),
            hard=any(a.gate is Gate.HARD for a in group),
        )


def _suggested(look: Look, data: ActionsData) -> Iterator[SuggestedLine]:
    """Yield what is offered now; what is offered for a child stands until an action that came of it is about it."""
    here = {s.agency for s in look.meeting.seats.values()}
    shut = restricted(look)
    listed = [a for a in look.meeting.actions if a.state is not ActionState.WITHDRAWN]
    for one in data.suggested:
        if one.agency and one.agency not in here:
            continue
        line = SuggestedLine(id=one.id, what=one.label, agency=one.agency or "")
        if one.per is not Per.CHILD:
            if holds(look.meeting, look.procedure, one.when):
                yield line
            continue
        for child in (c for c in look.meeting.in_scope() if c.id not in shut):
            agreed = any(a.suggested == one.id and child.id in a.subjects for a in listed)
            if not agreed and holds(look.meeting, look.procedure, one.when, subject=child.id):
                yield replace(line, subject=child.id, about=child.name)
