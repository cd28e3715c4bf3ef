"""The scale: its ends in the procedure's own words, and where everybody stands on it, without any mean."""

from __future__ import annotations

from collections.abc import Sequence

from cards import kit
from cards.kit import Element
from meeting.procedure import Scale
from meeting.screens.views import OneView

TALLEST = 12  # marks drawn in one column; more are told in words


def anchors(scale: Scale) -> list[Element]:
    """Return the places that the procedure describes, word for word; the end of danger is named."""
    return [kit.fact(ending(scale, one.value), one.text) for one in scale.anchors]


def ending(scale: Scale, value: int) -> str:
    """Return a place on the scale, with what its end means."""
    danger = scale.minimum if scale.danger_at_minimum else scale.maximum
    safe = scale.maximum if scale.danger_at_minimum else scale.minimum
    return f"{value} (most danger)" if value == danger else f"{value} (safest)" if value == safe else str(value)


def choices(scale: Scale) -> list[tuple[str, str]]:
    """Return (value, title) of each whole number on the scale."""
    return [(str(v), ending(scale, v)) for v in range(scale.minimum, scale.maximum + 1)]


def spread(scale: Scale, views: Sequence[OneView]) -> list[Element]:
    """Return where everybody stands: a column for each place, and the same in words for who cannot see it."""
    at: dict[int, list[OneView]] = {v: [] for v in range(scale.minimum, scale.maximum + 1)}
    for view in views:
        if view.scale in at:
            at[view.scale].append(view)
    if not any(at.values()):
        return []
    row = {"type": "ColumnSet", "spacing": "medium", "columns": [_column(v, who) for v, who in at.items()]}
    danger = scale.minimum if scale.danger_at_minimum else scale.maximum
    left, right = ("most danger", "safest") if danger == scale.minimum else ("safest", "most danger")
    ends = kit.columns(
        [kit.text(f"◂ {scale.minimum} {left}", subtle=True, size="small")],
        [kit.text(f"{right} {scale.maximum} ▸", subtle=True, size="small")],
    )
    words = "; ".join(f"{v}: {', '.join(w.label or w.name for w in who)}" for v, who in at.items() if who)
    return [row, ends, kit.fact("On the scale", words)]


def _column(value: int, who: Sequence[OneView]) -> Element:
    marks = [_mark(initials(one.label or one.name)) for one in who[:TALLEST]]
    if len(who) > TALLEST:
        marks.append(_centred(f"+{len(who) - TALLEST}", subtle=True))
    number = _centred(str(value), bold=bool(who), subtle=not who)
    return {
        "type": "Column",
        "width": "stretch",
        "spacing": "none",
        "verticalContentAlignment": "bottom",
        "items": [*marks, number],
    }


def _mark(letters: str) -> Element:
    """Return one mark: a dot with the seat's letters under it."""
    dot = kit.run("●\n", colour="accent")
    line = kit.rich(dot, kit.run(letters, bold=True, size="small"))
    return {**line, "horizontalAlignment": "center", "spacing": "none"}


def _centred(value: str, *, bold: bool = False, subtle: bool = False) -> Element:
    line = kit.text(value, bold=bold, subtle=subtle, size="small")
    return {**line, "horizontalAlignment": "center", "spacing": "small"}


def initials(name: str) -> str:
    """Return the letters that stand for a seat in the picture: "HV" for Health visitor, "Po" for Police."""
    words = [w for w in name.replace("-", " ").split() if w[0].isalnum()] or ["?"]
    if len(words) > 1:
        return "".join(w[0] for w in words[:2]).upper()
    return words[0] if words[0].isupper() and len(words[0]) <= 3 else words[0][:2].capitalize()
