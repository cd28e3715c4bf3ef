"""What is somebody's own, and with it theirs to say or to change: a seat, a form, a turn, a view, an action, a task.

As in `standing`, a rule returns a refusal's code, or None where it may be done. Nothing is one's own any more once one
was sent away.
"""

from __future__ import annotations

from typing import Protocol, cast

from meeting.after.case_system import of_team
from meeting.before.preparing import prepares
from meeting.model import ActionState, SeatId, Slot, StepId
from meeting.procedure import Kind
from meeting.registry import Case
from meeting.running.handover import fills_in, kept_from
from meeting.standing import SYSTEM, admitted, any_seat, chair, content, convener, scribe
from meeting.steps.agreeing import owns


class OfSlot(Protocol):
    """A command about one form."""

    @property
    def slot(self) -> Slot: ...


class OfStep(Protocol):
    """A command about one step."""

    @property
    def step(self) -> StepId: ...


class OfSeat(Protocol):
    """A command about one seat."""

    @property
    def seat(self) -> SeatId: ...


class OfAction(Protocol):
    """A command about one action."""

    @property
    def number(self) -> int: ...


class OfEscalation(Protocol):
    """A command about one escalation."""

    @property
    def id(self) -> str: ...


def own_seat(case: Case, command: OfSeat) -> str | None:
    """For one's own seat; for another's whoever convenes, the chair or the note-taker, on its behalf."""
    seat = case.meeting.seat_of(case.by)
    mine = seat is not None and seat.id == command.seat
    return admitted(case, command) if mine else convener(case, command)


def own_or_scribe(case: Case, command: object) -> str | None:
    """For oneself; for others only chair and note-taker."""
    named = tuple(getattr(command, "people", ()) or ())
    person = getattr(command, "person", None)
    others = [p for p in (*named, *((person,) if person else ())) if p != case.by]
    if others or getattr(command, "all_present", False):
        return scribe(case, command)
    return admitted(case, command)


def own_meeting_or_scribe(case: Case, command: object) -> str | None:
    """As `own_or_scribe`; whoever said that it is not their meeting may take that back, for it bars nobody else."""
    person = case.meeting.people.get(case.by)
    slipped = person is not None and person.right_meeting is False
    about_others = getattr(command, "people", ()) or getattr(command, "all_present", False)
    return any_seat(case, command) if slipped and not about_others else own_or_scribe(case, command)


def own_view_or_scribe(case: Case, command: object) -> str | None:
    """One's own view, while one is here; another's only by chair or note-taker, said aloud."""
    if getattr(command, "person", None) not in (None, case.by):
        return scribe(case, command)
    person = case.meeting.people.get(case.by)
    if person is not None and not person.present:
        return "not_here"
    return content(case, command)


def form(case: Case, command: OfSlot | OfStep) -> str | None:
    """Chair, note-taker, the step's owner, or the seat it was handed to; some forms are not the chair's (WOK-2.1)."""
    about = cast(OfStep, getattr(command, "slot", command))
    step = case.procedure.step(about.step)
    if scribe(case, command) is None:
        return "kept_to_owner" if kept_from(case.meeting, case.procedure, step, case.by) else None
    mine = fills_in(case.meeting, case.procedure, step, case.meeting.seat_of(case.by))
    return content(case, command) if mine else "not_your_form"


def live_seat(case: Case, command: OfSeat) -> str | None:
    """The one whose turn it is; chair and note-taker on their behalf."""
    if scribe(case, command) is None:
        return None
    seat = case.meeting.seat_of(case.by)
    if seat is None or seat.id != command.seat:
        return "not_your_turn"
    return content(case, command)


def preparer(case: Case, command: OfSlot) -> str | None:
    """One's own turn and nobody else's; the social worker, chair and note-taker also the steps' forms."""
    if case.by == SYSTEM:
        return None  # a convene file
    slot = command.slot
    seat = case.meeting.seat_of(case.by)
    if case.procedure.step(slot.step).kind is Kind.TURNS:
        return admitted(case, command) if seat is not None and slot.subject == seat.id else "not_your_turn"
    return form_before(case, command)


def form_before(case: Case, command: OfSlot) -> str | None:
    """As `form`, before anything has been acknowledged."""
    if scribe(case, command) is None:
        return None
    mine = prepares(case.procedure, case.procedure.step(command.slot.step), case.meeting.seat_of(case.by))
    return admitted(case, command) if mine else "not_your_form"


def amender(case: Case, command: object) -> str | None:
    """Chair and note-taker while it is a draft; what was authorised only the chair reopens."""
    return chair(case, command) if case.meeting.minutes.authorised else scribe(case, command)


def leads(case: Case, command: object) -> str | None:
    """The chair; until somebody has taken the chair's seat, whoever was invited to it or called the meeting."""
    before = case.meeting.chair is None and case.by != case.meeting.note_taker
    return convener(case, command) if before else chair(case, command)


def whose_chair(case: Case, command: object) -> str | None:
    """Whoever the chair's seat belongs to, while somebody else stands in."""
    seat = case.meeting.seat_of(case.by)
    own = seat is not None and seat.id == case.meeting.chair_seat and case.by != case.meeting.chair
    return any_seat(case, command) if own else "chair_only"


def distributor(case: Case, command: object) -> str | None:
    """Chair, note-taker, and whoever sits on the seat of a team that sends the minutes (WMT-4.6)."""
    if scribe(case, command) is None or of_team(case.meeting, case.by):
        return None
    return "distributors_only"


def owner_or_scribe(case: Case, command: OfAction) -> str | None:
    """Chair and note-taker; the owner says how far it is, and no more."""
    if scribe(case, command) is None:
        return None
    rest = (getattr(command, name) for name in ("what", "owner", "owner_seat", "due"))
    if not _mine(case, command) or any(rest) or getattr(command, "state", None) in (None, ActionState.WITHDRAWN):
        return "chair_or_note_taker"
    return admitted(case, command)


def own_action(case: Case, command: OfAction) -> str | None:
    """The owner, whatever they have not confirmed: what they were given to do is theirs; chair and note-taker."""
    if scribe(case, command) is None:
        return None
    return any_seat(case, command) or (None if _mine(case, command) else "not_your_action")


def _mine(case: Case, command: OfAction) -> bool:
    action = case.meeting.action(command.number)
    return action is not None and owns(case.meeting, case.by, action)


def escalating(case: Case, command: OfEscalation) -> str | None:
    """The chair, and whoever took it to the protocol."""
    mine = any(e.id == command.id and e.by == case.by for e in case.meeting.escalations)
    return admitted(case, command) if mine else chair(case, command)
