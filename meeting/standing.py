"""Who somebody is to a meeting: the rules that `access` gives to each command.

A rule takes the case and the command and returns a refusal's code, or None where it may be done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, cast

from meeting.door import admission
from meeting.model import CONVENED, ActionState, Meeting, PersonId, SeatId, Slot, Standing, StepId
from meeting.procedure import Kind
from meeting.registry import Case
from meeting.running.agenda import owner_matches
from meeting.running.handover import kept_from
from meeting.steps.agreeing import owns

SYSTEM = PersonId("system")
Rule = Callable[[Case, Any], str | None]  # a refusal's code, or None


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


def _seated(case: Case) -> bool:
    person = case.meeting.people.get(case.by)
    return person is not None and person.standing is Standing.SEATED


def system(case: Case, command: object) -> str | None:
    """The service itself, and no person."""
    return None if case.by == SYSTEM else "system_only"


def chair(case: Case, command: object) -> str | None:
    """The chair, and nobody in their place."""
    return None if case.by == case.meeting.chair and _seated(case) else "chair_only"


def chair_or_system(case: Case, command: object) -> str | None:
    """Whoever may convene, and the service itself."""
    return None if case.by == SYSTEM else convener_or_chair(case, command)


def convener_or_chair(case: Case, command: object) -> str | None:
    """Before somebody has taken the chair's seat, whoever was invited to it, or called the meeting, may act."""
    if case.meeting.chair is None and _calls(case.meeting, case.by):
        return None
    return scribe(case, command)


def _calls(meeting: Meeting, by: PersonId) -> bool:
    called = meeting.answers.get(CONVENED)
    seat = meeting.seats.get(meeting.chair_seat) if meeting.chair_seat else None
    return (called is not None and called.by == by) or (seat is not None and seat.aad == by != "")


def scribe(case: Case, command: object) -> str | None:
    """The chair or the note-taker."""
    writes = case.by in (case.meeting.chair, case.meeting.note_taker) and _seated(case)
    return None if writes else "chair_or_note_taker"


def admitted(case: Case, command: object) -> str | None:
    """Whoever has a seat and has not said that this is the wrong meeting."""
    person = case.meeting.people.get(case.by)
    admitted = person is not None and person.standing is Standing.SEATED and person.right_meeting is not False
    return None if admitted else "not_admitted"


def content(case: Case, command: object) -> str | None:
    """Somebody who may see content: the meeting has begun, and they are admitted, acknowledged, introduced."""
    person = case.meeting.people.get(case.by)
    if person is None:
        return "not_admitted"
    if case.meeting.started is None:
        return "not_started"
    return admission.barred(case.meeting, case.procedure, person)


def own_seat(case: Case, command: OfSeat) -> str | None:
    """For one's own seat; for another's whoever convenes, the chair or the note-taker, on its behalf."""
    seat = case.meeting.seat_of(case.by)
    mine = seat is not None and seat.id == command.seat
    return admitted(case, command) if mine else convener_or_chair(case, command)


def own_or_scribe(case: Case, command: object) -> str | None:
    """For oneself; for others only chair and note-taker."""
    named = tuple(getattr(command, "people", ()) or ())
    person = getattr(command, "person", None)
    others = [p for p in (*named, *((person,) if person else ())) if p != case.by]
    if others or getattr(command, "all_present", False):
        return scribe(case, command)
    return admitted(case, command)


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
        return "kept_to_owner" if kept_from(case.meeting, step, case.by) else None
    seat = case.meeting.seat_of(case.by)
    owns = seat is not None and (case.meeting.handed_to.get(step.id) == seat.id or owner_matches(step.owner, seat.role))
    return content(case, command) if owns else "not_your_form"


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
    slot = command.slot
    seat = case.meeting.seat_of(case.by)
    owns = seat is not None and (
        owner_matches(case.procedure.step(slot.step).owner, seat.role) or seat.role == "child_social_worker"
    )
    return None if owns else "not_your_form"


def amender(case: Case, command: object) -> str | None:
    """Chair and note-taker while it is a draft; what was authorised only the chair reopens."""
    return chair(case, command) if case.meeting.minutes.authorised else scribe(case, command)


def whose_chair(case: Case, command: object) -> str | None:
    """Whoever the chair's seat belongs to, while somebody else stands in."""
    seat = case.meeting.seat_of(case.by)
    own = seat is not None and seat.id == case.meeting.chair_seat and case.by != case.meeting.chair
    return None if own else "chair_only"


def distributor(case: Case, command: object) -> str | None:
    """Chair, note-taker, and whoever sits on the seat of a team that sends the minutes (WMT-4.6)."""
    if scribe(case, command) is None or of_team(case.meeting, case.by):
        return None
    return "distributors_only"


def of_team(meeting: Meeting, person: PersonId) -> bool:
    """Tell whether somebody is on a team that sends the minutes: by their sign-in, their address or their seat."""
    seats = [meeting.seats[t.seat] for t in meeting.minutes.teams if t.seat in meeting.seats]
    known = meeting.people.get(person)
    email = known.email.casefold() if known else ""
    return any(
        person in (s.aad or None, f"guest:{s.id}")
        or (known and known.seat == s.id)
        or (email and email == s.email.casefold())
        for s in seats
    )


def any_seat(case: Case, command: object) -> str | None:
    """Everybody with a seat, whatever they have not confirmed yet (STY-2.2)."""
    return None if _seated(case) else "not_admitted"


def owner_or_scribe(case: Case, command: OfAction) -> str | None:
    """Chair and note-taker; the owner says how far it is, and no more."""
    if scribe(case, command) is None:
        return None
    seat = case.meeting.seat_of(case.by)
    number = command.number
    mine = seat is not None and any(a.number == number and a.owner_seat == seat.id for a in case.meeting.actions)
    rest = (getattr(command, name) for name in ("what", "owner", "owner_seat", "due"))
    if not mine or any(rest) or getattr(command, "state", None) in (None, ActionState.WITHDRAWN):
        return "chair_or_note_taker"
    return admitted(case, command)


def own_action(case: Case, command: OfAction) -> str | None:
    """The owner, whatever they have not confirmed: what they were given to do is theirs; chair and note-taker."""
    if scribe(case, command) is None:
        return None
    if not _seated(case):
        return "not_admitted"
    action = next((a for a in case.meeting.actions if a.number == command.number), None)
    return None if action is not None and owns(case.meeting, case.by, action) else "not_your_action"


def escalating(case: Case, command: OfEscalation) -> str | None:
    """The chair, and whoever took it to the protocol."""
    mine = any(e.id == command.id and e.by == case.by for e in case.meeting.escalations)
    return admitted(case, command) if mine else chair(case, command)
