"""After the meeting: one's own actions and what to say of them, every deadline, what the chair has to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from meeting.agreeing import owns
from meeting.chasing import owner
from meeting.deadlines import Deadline, deadlines
from meeting.model import Action, ActionState, Status, Told
from meeting.procedure import FieldType, Procedure
from meeting.screens.actions import named
from meeting.screens.asked import FieldView
from meeting.screens.frame import Frame, Look, frame_for, people_choices
from meeting.screens.hiding import masked, restricted
from meeting.screens.small import Choice, asks, offers

SAID = {
    Told.SEEN: "seen",
    Told.ACCEPTED: "accepted",
    Told.PROGRESS: "progress",
    Told.DONE: "done",
    Told.MORE_TIME: "more time asked",
    Told.NOT_POSSIBLE: "not possible any more",
    Told.NOT_DONE: "not done",
    Told.HANDED_OVER: "handed over",
    Told.GRANTED: "more time granted",
    Told.REFUSED: "more time refused",
    Told.CLOSED: "closed",
    Told.REOPENED: "sent back",
    Told.CARRIED: "carried into a further meeting",
}
WAYS: tuple[tuple[Told, str], ...] = (
    (Told.DONE, "Done"),
    (Told.PROGRESS, "In progress"),
    (Told.MORE_TIME, "I need more time"),
    (Told.NOT_POSSIBLE, "Not possible any more: circumstances changed"),
    (Told.NOT_DONE, "Not done"),
    (Told.HANDED_OVER, "Hand it over to somebody else"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAction:
    """One action with what was said of it so far."""

    number: int
    what: str
    owner: str
    due: datetime
    state: str
    late: bool
    log: tuple[tuple[str, str], ...]
    may_report: bool
    may_accept: bool
    may_settle: bool = False
    asked_until: datetime | None = None
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnScreen:
    """Somebody's own actions; for the chair, those that wait for an answer (`title` says which)."""

    frame: Frame
    title: str
    actions: tuple[OwnAction, ...]
    nothing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportScreen:
    """What an owner may say of an action, on one form."""

    frame: Frame
    action: OwnAction
    fields: tuple[FieldView, ...]
    times: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLine:
    """One deadline: from when it runs, when it ends, where the limit stands written."""

    what: str
    about: str
    who: str
    since: datetime
    due: datetime
    by_day: bool
    state: str  # running, late, met, met late, latest date
    source: tuple[str, ...]
    action: int = 0
    statutory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinesScreen:
    """The deadline panel."""

    frame: Frame
    lines: tuple[DeadlineLine, ...]
    start: int = 0


def own_screen(look: Look) -> OwnScreen:
    """Return one's own actions, open ones first."""
    mine = [a for a in look.meeting.actions if _mine(look, a) and a.state is not ActionState.WITHDRAWN]
    lines = tuple(sorted((_own(look, a) for a in mine), key=lambda one: (not one.open, one.due)))
    return OwnScreen(frame=_frame(look), title="Your actions", actions=lines, nothing="Nothing here is yours to do.")


def answers_screen(look: Look) -> OwnScreen:
    """Return the actions that wait for the chair: more time asked, done and not closed, cannot be done."""
    waiting = (a for a in look.meeting.actions if _waits(a))
    lines = tuple(_own(look, a) for a in waiting)
    return OwnScreen(frame=_frame(look), title="For you to answer", actions=lines, nothing="No action waits for you.")


def report_screen(look: Look, times: tuple[Choice, ...]) -> ReportScreen | None:
    """Return the form of one action, or None where it is not this person's."""
    action = next((a for a in look.meeting.actions if str(a.number) == look.args.get("number")), None)
    if action is None or not (_mine(look, action) or look.scribe):
        return None
    fields = (
        offers(look, "told", "How is it?", tuple((told.value, label) for told, label in WAYS)),
        asks(look, "text", "What was done, how far it is, or why", required=False),
        asks(look, "due", "More time: until when", FieldType.DATETIME, required=False),
        offers(look, "owner", "Hand over: to whom", people_choices(look.meeting), required=False),
    )
    return ReportScreen(frame=_frame(look), action=_own(look, action), fields=fields, times=times)


def deadlines_screen(look: Look) -> DeadlinesScreen:
    """Return every limit and every action's due time: what runs first, the soonest at its top."""
    shut = restricted(look)
    shown = [d for d in deadlines(look.meeting, look.procedure) if d.subject not in shut and not _hidden(look, d)]
    lines = (_line(look, d) for d in sorted(shown, key=lambda d: (d.ended is not None, d.due)))
    return DeadlinesScreen(frame=_frame(look), lines=tuple(lines), start=int(look.args.get("start") or 0))


def _frame(look: Look) -> Frame:
    return frame_for(look)


def _mine(look: Look, action: Action) -> bool:
    seat = look.meeting.seat_of(look.person)
    mine = seat.id if seat else next((s.id for s in look.meeting.seats.values() if s.aad == look.person), None)
    reader = owner(look.meeting, action)
    return owns(look.meeting, look.person, action) or (mine is not None and reader.seat == mine)


def _waits(action: Action) -> bool:
    reported = action.state in (ActionState.DONE, ActionState.NOT_POSSIBLE) and action.closed is None
    return action.asked_until is not None or reported or action.state is ActionState.NOT_DONE


def _own(look: Look, action: Action) -> OwnAction:
    seat = look.meeting.seats.get(action.owner_seat) if action.owner_seat else None
    over = action.ended is not None
    return OwnAction(
        number=action.number,
        what=masked(look, action.what),
        owner=f"{action.owner} ({seat.label})" if seat else action.owner,
        due=action.due,
        state=action.state.value,
        late=not over and look.now > action.due,
        log=tuple(_log(look, action)),
        may_report=not over and (_mine(look, action) or look.scribe),
        may_accept=not over and _mine(look, action) and action.state is ActionState.OPEN,
        may_settle=look.chairs and _waits(action),
        asked_until=action.asked_until,
        open=not over,
    )


def _log(look: Look, action: Action) -> Iterator[tuple[str, str]]:
    """Yield (what was said, its words), the newest first."""
    for note in reversed(action.log):
        if note.told not in (Told.SEEN, Told.ACCEPTED):
            yield SAID[note.told], masked(look, note.text)


def _hidden(look: Look, deadline: Deadline) -> bool:
    """Tell whether an action is about children only whom this person is not shown."""
    action = next((a for a in look.meeting.actions if a.number == deadline.action), None)
    return action is not None and bool(action.subjects) and not set(action.subjects) - restricted(look)


def _line(look: Look, deadline: Deadline) -> DeadlineLine:
    action = next((a for a in look.meeting.actions if a.number == deadline.action), None)
    about = named(look, deadline.subject) if deadline.subject in look.meeting.children else ""
    return DeadlineLine(
        what=f"{deadline.what}: {masked(look, action.what)}" if action else deadline.what,
        about=about,
        who=action.owner if action else "",
        since=deadline.since,
        due=deadline.due,
        by_day=deadline.by_day,
        state=_state(look, deadline),
        source=_source(look.procedure, deadline),
        action=deadline.action,
        statutory=deadline.statutory,
    )


def _state(look: Look, deadline: Deadline) -> str:
    late = deadline.late(look.now)
    if not deadline.reminded and deadline.ended is None:
        return "latest date"
    if deadline.ended is not None:
        return "met late" if late else "met"
    return "late" if late else "running"


def _source(procedure: Procedure, deadline: Deadline) -> tuple[str, ...]:
    """Return the places in the document, or nothing for a default; an action's time was agreed in the meeting."""
    if deadline.action and not deadline.default:
        clock = procedure.clock(deadline.clock)
        return (*(clock.src if clock else ()), "agreed in the meeting")
    return deadline.src


def closed(look: Look) -> bool:
    """Tell whether the meeting is over, so that what comes after it can be done."""
    return look.meeting.status is Status.CLOSED
