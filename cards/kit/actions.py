"""What is pressed on a card, in rows that a narrow one can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cards.kit.elements import Element

ROW = 36  # characters of buttons, each with its margins, beside one another


def button(
    title: str, verb: str, args: Mapping[str, str] | None = None, *, style: str = "", free: bool = False
) -> Element:
    """Return a button. With `free` it does not wait for required inputs (going back, asking for another form)."""
    made: Element = {"type": "Action.Execute", "title": title, "verb": verb, "data": {"args": dict(args or {})}}
    if style:
        made["style"] = style
    if free:
        made["associatedInputs"] = "none"
    return made


def link(title: str, url: str) -> Element:
    """Return a button that opens an address in the browser."""
    return {"type": "Action.OpenUrl", "title": title, "url": url}


def unfold(title: str, *ids: str) -> Element:
    """Return a button that shows or hides parts of the card, without asking anybody."""
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": list(ids)}


def buttons(*made: Element) -> Element:
    """Return a row of buttons."""
    return {"type": "ActionSet", "actions": list(made)}


def rows(made: Sequence[Element]) -> list[Element]:
    """Return buttons in as many rows as a narrow card needs: what does not fit a row would be cut off."""
    found: list[list[Element]] = []
    room = 0
    for one in made:
        need = len(one["title"]) + 4
        if need > room:
            found.append([])
            room = ROW
        found[-1].append(one)
        room -= need
    return [buttons(*row) for row in found]
