"""The way to a calendar file, for somebody in Teams."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.screens.frame import Frame, Look, frame_for


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarScreen:
    """One link, and what it was made for."""

    frame: Frame
    link: str
    kept: str  # meeting, actions
    seat: str


def calendar_screen(look: Look) -> CalendarScreen:
    """Return the link that a press has made."""
    args = look.args
    return CalendarScreen(frame=frame_for(look), link=args["link"], kept=args["kept"], seat=args["seat"])
