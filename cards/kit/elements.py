"""What is read on a card: lines, headings, boxes, columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cards.times import read_aloud
from meeting.steps.captions import lead

Element = dict[str, Any]
#: Signs that turn the reading direction around: with them a name could be shown as another.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def text(value: str, *, bold: bool = False, subtle: bool = False, size: str = "", colour: str = "") -> Element:
    """Return a line of text in which no markup is read."""
    return rich(run(value, bold=bold, subtle=subtle, size=size, colour=colour))


def run(value: str, *, bold: bool = False, subtle: bool = False, size: str = "", colour: str = "") -> Element:
    """Return a piece of a line, read in the direction in which it is written."""
    piece: Element = {"type": "TextRun", "text": (value if value.isascii() else value.translate(_TURNING)) or " "}
    if bold:
        piece["weight"] = "bolder"
    if subtle:
        piece["isSubtle"] = True
    if size:
        piece["size"] = size
    if colour:
        piece["color"] = colour
    return piece


def rich(*runs: Element) -> Element:
    """Return a line of several pieces."""
    return {"type": "RichTextBlock", "inlines": list(runs)}


def heading(value: str) -> Element:
    """Return a heading for screen readers; only for words of this house or of a procedure."""
    return {"type": "TextBlock", "text": value, "style": "heading", "weight": "bolder", "size": "medium", "wrap": True}


def fact(label: str, value: str) -> Element:
    """Return "label: value"."""
    return {**rich(run(f"{lead(label)} ", bold=True), run(read_aloud(value))), "spacing": "small"}


def facts(pairs: Iterable[tuple[str, str]]) -> list[Element]:
    """Return one line for each pair."""
    return [fact(label, value) for label, value in pairs]


def page_of(page: int, pages: int) -> list[Element]:
    """Return the line that says which page of several this is."""
    return [text(f"Page {page} of {pages}", subtle=True, size="small")] if pages > 1 else []


def left_out(rest: int) -> list[Element]:
    """Return the line that says how many more there are than the card shows."""
    return [text(f"and {rest} more", subtle=True)] if rest > 0 else []


def box(items: Sequence[Element], *, style: str = "emphasis", id: str = "", hidden: bool = False) -> Element:
    """Return a container that sets its items apart."""
    made: Element = {"type": "Container", "style": style, "items": list(items), "spacing": "medium"}
    if id:
        made["id"] = id
    if hidden:
        made["isVisible"] = False
    return made


def columns(*items: Sequence[Element], widths: Sequence[str] = ()) -> Element:
    """Return columns side by side; the first takes the room unless widths are given."""
    wide = widths or ("stretch", *("auto" for _ in items[1:]))
    made = [
        {"type": "Column", "width": width, "items": list(column), "verticalContentAlignment": "center"}
        for width, column in zip(wide, items, strict=True)
    ]
    return {"type": "ColumnSet", "columns": made, "spacing": "small"}
