"""A copy of a card as readable plain text: what is written, what can be filled in, what can be pressed."""

from itertools import groupby

from rehearsal.teams.inputs import held
from rehearsal.teams.model import Copy, Json
from rehearsal.teams.view import Button, Field, Piece, pieces


def rendered(copy: Copy) -> str:
    """The visible copy, a line for each text, input or row of buttons."""
    lines = []
    for _, group in groupby(enumerate(pieces(copy)), key=lambda pair: _line_of(*pair)):
        lines.append("  ".join(_shown(copy, each) for _, each in group))
    return "\n".join(line for line in lines if line.strip())


def _line_of(place: int, piece: Piece) -> str:
    if piece.row is not None:
        return f"row {piece.row}"
    return "buttons" if isinstance(piece, Button) else f"line {place}"


def _shown(copy: Copy, piece: Piece) -> str:
    if isinstance(piece, Button):
        return f"<{piece.text}>" if piece.enabled else f"<{piece.text} (greyed out)>"
    return _field(copy, piece) if isinstance(piece, Field) else piece.text


def _field(copy: Copy, field: Field) -> str:
    element, value = field.element, held(copy, field) or ""
    must = " *" if element.get("isRequired") else ""
    if element["type"] == "Input.Toggle":
        mark = "x" if value == element.get("valueOn", "true") else " "
        return f"[{mark}] {element.get('title') or field.text}{must}"
    if element["type"] == "Input.ChoiceSet":
        return f"{field.text}{must}: {_choices(element, value)}"
    return f"{field.text}{must}: [{value or element.get('placeholder', '')}]"


def _choices(element: Json, value: str) -> str:
    chosen = value.split(",") if element.get("isMultiSelect") else [value]
    opening, closing = "[]" if element.get("isMultiSelect") else "()"
    marks = [(choice["title"], "x" if choice["value"] in chosen else " ") for choice in element.get("choices") or ()]
    return "  ".join(f"{opening}{mark}{closing} {title}" for title, mark in marks)
