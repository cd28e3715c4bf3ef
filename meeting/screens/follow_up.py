"""After the meeting: one's own actions and what to say of them, every deadline, what the chair has to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.after.asking_again import left_open, opens
from meeting.model import Action, ActionState, Slot, Status, Told
from meeting.procedure import FieldSpec, FieldType
from meeting.screens.actions import AskedLine, asked_lines
from meeting.screens.asked import FieldView, field_view
from meeting.screens.frame import Choice, Frame, Look, frame_for, people_choices
from meeting.screens.hiding import masked
from meeting.screens.small import SmallForm, asks, offers, small
from meeting.steps.action_list import past_due
from meeting.telling.readers import theirs
from meeting.timing.deadlines import running

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
    may_mute: bool = False  # its reminders before it is due; never of what the law sets


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that was left open in the meeting."""

    step: str
    part: str
    subject: str
    label: str
    about: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnScreen:
    """Somebody's own actions; for the chair, those that wait for an answer (`title` says which)."""

    frame: Frame
    title: str
    actions: tuple[OwnAction, ...]
    nothing: str
    questions: tuple[OpenQuestion, ...] = ()
    demanded: tuple[AskedLine, ...] = ()
    calendar: bool = False  # the due times can be handed over as a calendar file


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportScreen:
    """What an owner may say of an action, on one form."""

    frame: Frame
    action: OwnAction
    fields: tuple[FieldView, ...]
    times: tuple[Choice, ...]
    warnings: tuple[tuple[str, str, str], ...] = ()


def own_screen(look: Look) -> OwnScreen:
    """Return one's own actions, open ones first."""
    mine = [a for a in look.meeting.actions if _mine(look, a) and a.state is not ActionState.WITHDRAWN]
    lines = tuple(sorted((_own(look, a) for a in mine), key=lambda one: (not one.open, one.due)))
    dated = look.calendar and any(one.open for one in lines)
    nothing = "Nothing here is yours to do."
    return OwnScreen(frame=frame_for(look), title="Your actions", actions=lines, nothing=nothing, calendar=dated)


def answers_screen(look: Look) -> OwnScreen:
    """Return the actions that wait for the chair: more time asked, done and not closed, cannot be done."""
    waiting = (a for a in look.meeting.actions if _waits(a))
    lines = tuple(_own(look, a) for a in waiting)
    questions = tuple(_open_questions(look)) if closed(look) else ()
    demanded = tuple(asked_lines(look)) if closed(look) and not questions else ()
    nothing = "" if questions or demanded else "No action waits for you."
    return OwnScreen(
        frame=frame_for(look),
        title="For you to answer",
        actions=lines,
        nothing=nothing,
        questions=questions,
        demanded=demanded,
    )


def how_many_wait(look: Look) -> int:
    """Return how many things the chair is shown to answer: what the button that leads there counts."""
    screen = answers_screen(look)
    return len(screen.actions) + len(screen.questions) + len(screen.demanded)


def _open_questions(look: Look) -> Iterator[OpenQuestion]:
    for one in left_open(look.meeting, look.procedure):
        yield OpenQuestion(
            step=one.slot.step,
            part=one.slot.part,
            subject=one.slot.subject,
            label=one.field.label,
            about=one.about,
            choices=one.field.choices,
        )


def opened(look: Look, slot: Slot, value: str) -> tuple[FieldSpec, ...]:
    """Return what an answer to an open question asks besides; nothing where that question stands open no more."""
    found = next((o for o in left_open(look.meeting, look.procedure) if o.slot == slot), None)
    return opens(look.meeting, look.procedure, found, value) if found else ()


def again_form(look: Look) -> SmallForm:
    """Return the form that asks what an answer opens: the name and telephone of whom it names (WMT-3.8)."""
    args = {key: look.args.get(key, "") for key in ("step", "part", "subject", "value")}
    slot = Slot(step=args["step"], part=args["part"], subject=args["subject"])
    views = (field_view(look, f, look.typed.get(f"answers.{f.key}", "")) for f in opened(look, slot, args["value"]))
    form = small(look, args["value"][:1].upper() + args["value"][1:], "Save", "follow_up.answer", *views)
    return replace(form, args={**args, "said": "yes"})


def report_screen(look: Look, times: tuple[Choice, ...]) -> ReportScreen | None:
    """Return the form of one action, or None where it is not this person's."""
    action = next((a for a in look.meeting.actions if str(a.number) == look.args.get("number")), None)
    if action is None or not (_mine(look, action) or look.scribe):
        return None
    fields = (
        offers(look, "told", "How does it stand?", tuple((told.value, label) for told, label in WAYS)),
        asks(look, "text", "What was done, how far it is, or why", required=False),
        asks(look, "due", "More time: until when", FieldType.DATETIME, required=False),
        offers(look, "owner", "Hand over: to whom", people_choices(look.meeting), required=False),
    )
    return ReportScreen(
        frame=frame_for(look),
        action=_own(look, action),
        fields=fields,
        times=times,
        warnings=look.warnings,
    )


def _mine(look: Look, action: Action) -> bool:
    return theirs(look.meeting, look.person, action)


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
        late=past_due(action, look.now),
        log=tuple(_log(look, action)),
        may_report=not over and (_mine(look, action) or look.scribe),
        may_accept=not over and _mine(look, action) and action.state is ActionState.OPEN,
        may_settle=look.chairs and _waits(action),
        asked_until=action.asked_until,
        open=not over,
        may_mute=_may_mute(look, action),
    )


def _may_mute(look: Look, action: Action) -> bool:
    """Tell whether the owner can still be left alone until it is due."""
    if action.quiet or action.ended is not None or look.now > action.due or not _mine(look, action):
        return False
    return not any(d.statutory for d in running(look.meeting, look.procedure) if d.action == action.number)


def _log(look: Look, action: Action) -> Iterator[tuple[str, str]]:
    """Yield (what was said, its words), the newest first."""
    for note in reversed(action.log):
        if note.told not in (Told.SEEN, Told.ACCEPTED):
            yield SAID[note.told], masked(look, note.text)


def closed(look: Look) -> bool:
    """Tell whether the meeting is over, so that what comes after it can be done."""
    return look.meeting.status is Status.CLOSED
