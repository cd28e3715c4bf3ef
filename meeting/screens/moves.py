"""The chair's small forms about the course of the meeting: adjourn, go on as a professionals meeting, skip, cancel."""

from __future__ import annotations

from dataclasses import replace

from meeting import agenda
from meeting.procedure import FieldType
from meeting.quorum import missing_agencies
from meeting.screens.frame import Look
from meeting.screens.small import Choice, SmallForm, asks, small


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
    gone = ", ".join(a.replace("_", " ") for a in missing_agencies(look.meeting, look.procedure))
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
