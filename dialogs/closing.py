"""Bringing the meeting to its end, and what everybody finds there afterwards."""

from __future__ import annotations

from cards.closing import closing_card
from cards.kit import Card
from cards.times import day
from dialogs.asking import view
from dialogs.doors import content
from dialogs.dues import promised
from meeting.screens.closing import closing_screen
from meeting.screens.frame import Look

MINUTES = "minutes"  # the clock by which the minutes reach everybody


@view("closing.step")
@content
def draw_step(look: Look) -> Card:
    """What is still open and what is announced; once closed, the date of the minutes and one's own actions."""
    clock, on = look.procedure.clock(MINUTES), promised(look, MINUTES)
    by = f"{on:%a} {day(on)}" if on else ""
    step = look.procedure.step(look.args["step"])
    return closing_card(closing_screen(look, step, minutes_by=by, minutes_default=clock is not None and not clock.src))
