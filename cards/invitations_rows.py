"""The rows of the table of invitations: who was asked when, and what they said."""

from __future__ import annotations

from collections import Counter

from cards import kit
from cards.invitations_words import COLOURS, COUNTED, STATES, WHEN, WHY_NOT
from cards.kit import Element
from cards.times import moment
from meeting.screens.invitations import InvitedLine, TableScreen


def tally(screen: TableScreen) -> str:
    """Return how many seats stand where, once anything was sent."""
    counts = Counter(row.state for row in screen.rows)
    told = ", ".join(f"{counts[state]} {words}" for state, words in COUNTED.items() if counts[state])
    return f"{told}." if any(row.number for row in screen.rows) else ""


def row_of(row: InvitedLine) -> Element:
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
    more = "; ".join(m for m in marks if m)
    told = kit.run(f"{state}; " if more else f"{state}.", colour=COLOURS.get(row.state, ""), bold=True)
    return kit.box([kit.rich(kit.run(f"{who}: ", bold=True), told, kit.run(more))])


def _when(row: InvitedLine) -> str:
    """Return when somebody was asked, and by which way, or when they answered."""
    if row.at is None or row.state not in WHEN:
        return ""
    if row.state == "waiting" and not row.way:
        return f"on its way since {moment(row.at)}"
    way = f" by {row.way}" if row.state == "waiting" else ""
    return f"{WHEN[row.state]}{way} {moment(row.at)}"


def pathway_rows(screen: TableScreen) -> list[Element]:
    """Return whom the local pathway proposes, and why; nobody of them is invited before somebody takes them over."""
    made: list[Element] = []
    for one in screen.pathway:
        take = kit.button("Take after all" if one.left_out else "Take", "drafting.take", {"seat": one.seat}, free=True)
        out = kit.button("Leave out", "invitations.show", {"form": "leave_out", "role": one.seat}, free=True)
        if one.left_out:
            told = kit.rich(kit.run(f"Proposed by the pathway and left out: {one.label}, {one.left_out}"))
        else:
            told = kit.rich(kit.run(f"Proposed by the pathway: {one.label}, {one.name}. ", bold=True), kit.run(one.why))
        made.append(kit.box([told, kit.buttons(take, *([] if one.left_out else [out]))], style="default"))
    if sum(not one.left_out for one in screen.pathway) > 1:
        made.append(kit.buttons(kit.button("Take all proposed", "drafting.take", free=True)))
    return made


def missing_rows(screen: TableScreen) -> list[Element]:
    """Return whom the procedure suggests and nobody has invited, and who was left out and why."""
    made: list[Element] = []
    for one in screen.proposals:
        if one.open:
            line = f"Suggested, nobody invited: {one.label} ({one.why}{f'; {one.note}' if one.note else ''})"
            out = kit.button("Leave out", "invitations.show", {"form": "leave_out", "role": one.key}, free=True)
            made.append(kit.columns([kit.text(line, colour="warning")], [kit.buttons(out)]))
        elif one.left_out:
            made.append(kit.text(f"Left out: {one.label}, {one.left_out}", subtle=True))
    seats = {row.seat: row.label for row in screen.rows}
    met = ((one.label, seats[one.seat]) for one in screen.proposals if one.seat in seats)
    if told := ", ".join(label if label == seat else f"{label} ({seat})" for label, seat in met):
        made.append(kit.text(f"Suggested, and has a seat: {told}", subtle=True))
    return made
