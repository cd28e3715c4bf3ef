"""The chair's small forms about the course of the meeting: adjourn, go on as a professionals meeting, skip, cancel."""

from __future__ import annotations

from dataclasses import replace

from meeting.door.quorum import missing_agencies
from meeting.ids import spoken
from meeting.model import Status
from meeting.procedure import FieldType, Gate, Step
from meeting.registry import Case
from meeting.running import agenda
from meeting.running.gates import obstacles
from meeting.screens.frame import Choice, Look
from meeting.screens.small import SmallForm, asks, small

_UNHEARD = frozenset({"unacknowledged", "not_introduced", "right_meeting"})


def heard_lets_on(look: Look, step: Step) -> bool:
    """Tell whether nothing but people who were not heard yet stands before the chair's next move from this step."""
    if not look.chairs or look.meeting.step != step.id or look.meeting.status is not Status.RUNNING:
        return False
    case = Case(meeting=look.meeting, procedure=look.procedure, by=look.person, now=look.now)
    following = agenda.following(look.meeting, look.procedure)
    standing = obstacles(case, leaving=step, entering=following)
    firm = (o for o in standing if o.gate in (Gate.HARD, Gate.OVERRIDE))
    return following is not None and all(o.code in _UNHEARD for o in firm)


def adjourn_form(look: Look, times: tuple[Choice, ...]) -> SmallForm:
    """Return the form of an adjournment: until when, and why."""
    due = asks(look, "due", "Resume at", FieldType.DATETIME)
    why = asks(look, "reason", "Why", required=False)
    form = small(look, "Adjourn the meeting", "Adjourn", "moves.adjourn", due, why)
    return replace(form, times=times, note="Everything stays as it is. Urgent action stays open to all.")


def convert_form(look: Look, times: tuple[Choice, ...]) -> SmallForm:
    """Return the form of a conversion, with what it means (SAN-1.4)."""
    due = asks(look, "due", "When the quorate discussion is held", FieldType.DATETIME, required=False)
    form = small(look, "Go on as a professionals meeting", "Record it so", "moves.convert", due)
    gone = ", ".join(spoken(a) for a in missing_agencies(look.meeting, look.procedure))
    note = "Views and outcomes on the threshold are withdrawn. Urgent protective action does not wait for this."
    return replace(form, times=times, note=note, facts=(("Missing", gone),) if gone else ())


def skip_form(look: Look) -> SmallForm:
    """Return the form that passes a step over."""
    form = small(look, "Skip this step", "Skip it", "moves.skip", asks(look, "reason", "Why it is passed over"))
    label = agenda.current(look.meeting, look.procedure).label if look.meeting.step else ""
    visit = {"visit": str(look.meeting.visit)}
    return replace(form, facts=(("Step", label),), args=visit, note="The reason goes into the minutes.")


def cancel_form(look: Look) -> SmallForm:
    """Return the form that calls the meeting off."""
    form = small(look, "Cancel the meeting", "Cancel it", "moves.cancel", asks(look, "reason", "Why"))
    return replace(form, note="Everybody invited is told. This cannot be undone.", urgent=True)
