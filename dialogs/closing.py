"""Bringing the meeting to its end, and what everybody finds there afterwards."""

from __future__ import annotations

from cards.closing import closing_card
from cards.kit import Card
from cards.times import weekday
from dialogs.asking import view
from dialogs.doors import content
from meeting.screens.closing import closing_screen
from meeting.screens.frame import Look
from meeting.timing.working_days import end_of

MINUTES = "minutes"  # the clock by which the minutes reach everybody


@view("closing.step")
@content
def draw_step(look: Look) -> Card:
    """What is still open and what is announced; once closed, the date of the minutes and one's own actions."""
    clock = look.procedure.clock(MINUTES)
    end = end_of(clock, look.meeting.ended or look.now, look.procedure.working_days) if clock else None
    by = weekday(end) if end else ""
    step = look.procedure.step(look.args["step"])
    return closing_card(closing_screen(look, step, minutes_by=by, minutes_default=clock is not None and not clock.src))
