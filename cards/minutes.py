"""Writing up what was said aloud, and reading the draft minutes in pages that a card can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from cards import kit
from cards.frame import head
from cards.kit import Card, Element
from cards.times import clock
from meeting.screens.frame import Frame
from meeting.screens.minutes import DebtLine, DebtsScreen, MinutesLine, MinutesScreen

MAX_DEBTS = 20
PAGE = 15_000  # bytes of lines on one page: a card holds 28 KB, with its tickets
_LINE = 130  # bytes of JSON around each line
_LONGEST = 3_500  # characters of one piece of text


def debts_card(screen: DebtsScreen) -> Card:
    """Return what is still to be written up, with a form for each."""
    body = [*head(screen.frame), kit.text("To write up", bold=True, size="medium")]
    if not screen.debts:
        body.append(kit.text("Everything that was said aloud is written up.", colour="good"))
    for debt in screen.debts[:MAX_DEBTS]:
        words = [kit.text(debt.what, bold=True), kit.text(f"{debt.where}, {clock(debt.opened)}", subtle=True)]
        write = kit.button("Write up", "minutes.write", {"debt": debt.id}, free=True)
        body.append(kit.columns(words, [kit.buttons(write)]))
    body.extend(kit.left_out(len(screen.debts) - MAX_DEBTS))
    return kit.card(body, kit.button("Go on with the minutes", "minutes.panel", {}, free=True), speak="To write up")


def pages_of(lines: Iterable[MinutesLine]) -> tuple[tuple[MinutesLine, ...], ...]:
    """Return the lines in pages that fit a card; a long text goes on, on the next page if it must."""
    pages: list[list[MinutesLine]] = [[]]
    room = PAGE
    for line in (piece for one in lines for piece in _pieces(one)):
        size = _LINE + len(line.text.encode()) + len(line.label.encode())
        if size > room and pages[-1]:
            pages.append([])
            room = PAGE
        pages[-1].append(line)
        room -= size
    return tuple(tuple(page) for page in pages)


def _pieces(line: MinutesLine) -> Iterable[MinutesLine]:
    if len(line.text) <= _LONGEST:
        return (line,)
    parts = [line.text[i : i + _LONGEST] for i in range(0, len(line.text), _LONGEST)]
    first = MinutesLine(kind=line.kind, text=parts[0], label=line.label)
    return (first, *(MinutesLine(kind="text", text=part) for part in parts[1:]))


def minutes_card(screen: MinutesScreen, *, verb: str = "minutes.page") -> Card:
    """Return one page of the minutes; `verb` turns the pages."""
    body = [*head(screen.frame), kit.text(screen.title, bold=True, size="medium")]
    body.extend(kit.text(line, subtle=True, size="small") for line in screen.banner)
    if screen.debts:
        body.append(kit.text(f"{screen.debts} still to be written up", colour="warning", bold=True))
    body.extend(kit.page_of(screen.page, screen.pages))
    body.extend(_line(line) for line in screen.lines)
    made: list[Element] = []
    if screen.page < screen.pages:
        made.append(kit.button("Next page", verb, {"page": str(screen.page + 1)}, style="positive", free=True))
    if screen.page > 1:
        made.append(kit.button("Page before", verb, {"page": str(screen.page - 1)}, free=True))
    if screen.frame.scribe:
        if screen.debts:
            made.append(kit.button("Write up", "minutes.open", {}, free=True))
        made.append(kit.button("Go on with the minutes", "minutes.panel", {}, free=True))
    return kit.card(body, *made, speak="Minutes")


def _line(line: MinutesLine) -> Element:
    match line.kind:
        case "heading":
            return {**kit.text(line.text, bold=True, size="medium"), "separator": True}
        case "part":
            return kit.text(line.text, bold=True)
        case "caption":
            return kit.text(line.text, subtle=True)
        case "fact":
            return kit.fact(line.label, line.text)
        case _:
            return kit.text(line.text)


_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", role_label="Note-taker", scribe=True)
_DEBTS = (
    DebtLine(
        id="d1",
        what="Police: information",
        where="Information, Police",
        opened=datetime(2026, 12, 23, 14, 20, tzinfo=UTC),
    ),
)
_LINES = (
    MinutesLine(kind="heading", text="Decision"),
    MinutesLine(kind="part", text="Ada Brook"),
    MinutesLine(kind="fact", label="Outcome", text="Initiate or continue section 47 enquiries"),
    MinutesLine(kind="text", text="No decision is recorded."),
)
_SCREEN = MinutesScreen(
    frame=_FRAME, title="Strategy meeting", banner=("Draft, not authorised.",), lines=_LINES, page=2, pages=3, debts=1
)

PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "minutes.debts": lambda: debts_card(DebtsScreen(frame=_FRAME, debts=_DEBTS)),
    "minutes.read": lambda: minutes_card(_SCREEN),
}
