"""Several lines of a table pasted at once: how each is understood stands there before any is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cards import kit
from cards.frame import head
from cards.kit import Card, Element
from cards.short import share, short
from meeting.screens.frame import Frame
from meeting.screens.pasting import Fault, PasteScreen

MOST = 12  # lines and faults of one card; the rest is counted


def paste_card(screen: PasteScreen) -> Card:
    """Return the input for lines, and below it what those typed so far would become."""
    body = [*head(screen.frame), kit.text(screen.title, bold=True, size="medium")]
    how = "One line each. Put a semicolon between its parts, or paste rows of a table. In this order, blanks included:"
    body += [kit.text(how, subtle=True), kit.text("; ".join(screen.columns))]
    body += kit.wrong("Lines", screen.error)
    body.append(kit.text_input("lines", "Lines", screen.text, required=True))
    body += [_fault(one) for one in screen.faults[:MOST]]
    room = share(2 * min(len(screen.rows), MOST))
    body += [_row(number, row, room) for number, row in list(screen.rows.items())[:MOST]]
    body += kit.left_out(max(len(screen.rows), len(screen.faults)) - MOST)
    back = kit.button("Back", "invitations.open", {"form": "prepare"}, free=True)
    return kit.card(body, *_presses(screen), back, speak="Paste lines")


def _fault(fault: Fault) -> Element:
    code, _, detail = fault.code.partition(":")
    said = f"it has more than {detail} parts." if code == "parts" else f"{fault.label}: {kit.error_text(code, detail)}"
    return kit.text(f"Line {fault.line}: {said}", colour="attention", bold=True)


def _row(number: int, row: tuple[tuple[str, str], ...], room: int) -> Element:
    told = ". ".join(f"{label}: {value}" for label, value in row)
    return kit.rich(kit.run(f"Line {number}: ", bold=True), kit.run(short(told, room)))


def _presses(screen: PasteScreen) -> list[Element]:
    """Return the press that keeps what was shown, where all of it is understood, and the one that looks first."""
    place = {"step": screen.step, "part": screen.part}
    if not screen.rows or screen.faults or screen.error:
        return [kit.button("Look at them first", "pasting.keep", place, style="positive")]
    count = f"these {len(screen.rows)} lines" if len(screen.rows) > 1 else "this line"
    keep = kit.button(f"Keep {count}", "pasting.keep", {**place, "seen": screen.seen}, style="positive")
    return [keep, kit.button("Look again", "pasting.keep", place)]


_SCREEN = PasteScreen(
    frame=Frame(reference="SM-2026-0042", title="Strategy meeting", role_label="Social worker"),
    title="History: Enquiry, contact, referral or assessment",
    step="HISTORY",
    part="event",
    columns=("Type", "Date", "Outcome"),
    text="Referral; 5 Mar 2026; No further action\nAssessment; 12/6/2026; Closed",
    rows={
        1: (("Type", "referral"), ("Date", "5 Mar 2026"), ("Outcome", "No further action")),
        2: (("Type", "assessment"), ("Date", "12 Jun 2026"), ("Outcome", "Closed")),
    },
    seen="1",
)
_WRONG = replace(_SCREEN, faults=(Fault(line=2, label="Date", code="date"), Fault(line=3, label="", code="parts:3")))

PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "pasting.lines": lambda: paste_card(_SCREEN),
    "pasting.lines, wrong": lambda: paste_card(_WRONG),
}
