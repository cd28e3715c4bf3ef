"""The rows of the table of invitations: who was asked when, and what they said."""

from __future__ import annotations

from collections import Counter

from cards import kit
from cards.invitations_words import COLOURS, COUNTED, STATES, WHEN, WHY_NOT
from cards.kit import Element
from cards.times import moment
from meeting.screens.invitations import SeatLine, TableScreen


def tally(screen: TableScreen) -> str:
    """Return how many seats stand where, once anything was sent."""
    counts = Counter(row.state for row in screen.rows)
    told = ", ".join(f"{counts[state]} {words}" for state, words in COUNTED.items() if counts[state])
    return f"{told}." if any(row.number for row in screen.rows) else ""


def row_of(row: SeatLine) -> Element:
    """Return one seat with what became of its invitation, when, and what is known of it."""
    state = STATES[row.state]
    if row.state in ("attending", "apologies") and row.detail:
        state += f": {row.detail}"
    if row.state == "undelivered" and row.detail in WHY_NOT:
        state += f" ({WHY_NOT[row.detail]})"
    marks = [
        _when(row),
        "on their behalf" if row.behalf else "",
        f"in place of {', '.join(row.asked)}" if row.asked else "",
        "prepared" if row.prepared else "",
        {True: "briefing confirmed", False: "briefing not confirmed", None: ""}[row.briefed],
    ]
    who = f"{row.label}{f', {row.name}' if row.name else ''}"
    told = kit.run(f"{state}. ", colour=COLOURS.get(row.state, ""), bold=True)
    return kit.box([kit.rich(kit.run(f"{who}: ", bold=True), told, kit.run("; ".join(m for m in marks if m)))])


def _when(row: SeatLine) -> str:
    """Return when somebody was asked, and by which way, or when they answered."""
    if row.at is None or row.state not in WHEN:
        return ""
    way = f" by {row.way}" if row.way and row.state == "waiting" else ""
    return f"{WHEN[row.state]}{way} {moment(row.at)}"
