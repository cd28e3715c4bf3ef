"""Reads a card as a person sees it: which texts, inputs and buttons are visible on this copy, in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from rehearsal.teams.model import Copy, Json
from rehearsal.teams.words import displayed


@dataclass(slots=True)
class Piece:
    """Something on the screen; `around` holds the text of each block it stands in, the innermost first."""

    text: str
    element: Json
    card: str = ""
    around: list[str] = field(default_factory=list)
    row: int | None = None


class Words(Piece):
    """A line to read."""


class Field(Piece):
    """An input; its text is the label."""

    @property
    def id(self) -> str:
        return str(self.element["id"])


@dataclass(slots=True)
class Button(Piece):
    """Something to press; its text is the visible title, `place` where it stands in the card."""

    place: str = ""

    @property
    def enabled(self) -> bool:
        return bool(self.element.get("isEnabled", True))


def pieces(copy: Copy) -> list[Piece]:
    """All that is visible on this copy."""
    return _Reader(copy).card(copy.card, "")


def all_fields(copy: Copy) -> list[Field]:
    """Every input of the card, also those that are hidden or folded away: a client sends those too."""
    return [each for each in _Reader(copy, everything=True).card(copy.card, "") if isinstance(each, Field)]


class _Reader:
    def __init__(self, copy: Copy, *, everything: bool = False) -> None:
        self.copy = copy
        self.everything = everything
        self._rows = count(1)

    def card(self, card: Json, path: str) -> list[Piece]:
        found = self._list(card.get("body"), f"{path}/body", path)
        found += self._actions(card.get("actions"), f"{path}/actions", path)
        return self._tappable(card, found, path, path)

    def _list(self, items: list[Json] | None, place: str, card: str) -> list[Piece]:
        return [each for n, item in enumerate(items or ()) for each in self._element(item, f"{place}/{n}", card)]

    def _element(self, item: Json, place: str, card: str) -> list[Piece]:
        if not (self.everything or self._visible(item)):
            return []
        match item.get("type", ""):
            case "ActionSet":
                return self._actions(item.get("actions"), f"{place}/actions", card)
            case "ColumnSet" | "TableRow":
                return self._row(item, place, card)
            case "Table":
                found = [self._row(each, f"{place}/rows/{n}", card) for n, each in enumerate(item.get("rows") or ())]
                return [each for row in found for each in row]
            case "Container" | "Column" | "TableCell":
                return self._block(item, self._list(item.get("items"), f"{place}/items", card), place, card)
            case kind if kind.startswith("Input."):
                return list(self._input(item, place, card))
            case _:
                return self._tappable(item, list(_lines(item, card)), place, card)

    def _visible(self, item: Json) -> bool:
        return self.copy.shown.get(str(item.get("id")), bool(item.get("isVisible", True)))

    def _row(self, item: Json, place: str, card: str) -> list[Piece]:
        part = "cells" if "cells" in item else "columns"
        cells = [
            self._element({"type": "Column", **each}, f"{place}/{part}/{n}", card)
            for n, each in enumerate(item.get(part) or ())
        ]
        found = [each for cell in cells for each in cell]
        if all(len(cell) <= 1 for cell in cells):
            number = next(self._rows)
            for each in found:
                each.row = number
        return self._block(item, found, place, card)

    def _block(self, item: Json, found: list[Piece], place: str, card: str) -> list[Piece]:
        own = "\n".join(each.text for each in found)
        for each in found:
            each.around.append(own)
        return self._tappable(item, found, place, card)

    def _tappable(self, item: Json, found: list[Piece], place: str, card: str) -> list[Piece]:
        action = item.get("selectAction")
        if not action:
            return found
        title = action.get("title") or " ".join(each.text for each in found if isinstance(each, Words))
        button = Button(title, action, card, place=f"{place}/selectAction")
        button.around.append("\n".join(each.text for each in found))
        return [*found, button]

    def _actions(self, actions: list[Json] | None, place: str, card: str) -> list[Piece]:
        buttons: list[Piece] = []
        unfolded: list[Piece] = []
        for n, action in enumerate(actions or ()):
            here = f"{place}/{n}"
            title = action.get("title") or action.get("tooltip") or ""
            buttons.append(Button(displayed(title), action, card, place=here))
            if action.get("type") == "Action.ShowCard" and (self.everything or here in self.copy.opened):
                unfolded += self.card(action.get("card") or {}, here)
        return [*buttons, *unfolded]

    def _input(self, item: Json, place: str, card: str) -> Iterator[Piece]:
        yield Field(displayed(item.get("label") or item.get("title") or ""), item, card)
        if "inlineAction" in item:
            action = item["inlineAction"]
            yield Button(
                action.get("title") or action.get("tooltip") or "", action, card, place=f"{place}/inlineAction"
            )


def _lines(item: Json, card: str) -> Iterator[Piece]:
    """The readable lines of an element that holds no other elements; a TextRun's words are shown as they are."""
    match item.get("type"):
        case "TextBlock":
            yield Words(displayed(item["text"]), item, card)
        case "RichTextBlock":
            runs = item.get("inlines") or ()
            yield Words("".join(run if isinstance(run, str) else run["text"] for run in runs), item, card)
            for n, run in enumerate(runs):
                if isinstance(run, dict) and "selectAction" in run:
                    action = run["selectAction"]
                    yield Button(action.get("title") or run["text"], action, card, place=f"inlines/{n}")
        case "FactSet":
            for fact in item.get("facts") or ():
                yield Words(f"{displayed(fact['title'])}: {displayed(fact['value'])}", item, card)
        case "Image" if item.get("altText"):
            yield Words(f"(picture: {item['altText']})", item, card)
