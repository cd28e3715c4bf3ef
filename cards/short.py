"""Texts on a card that holds many: a card has 28 KB, and the whole text stands in the minutes."""

from __future__ import annotations

from collections.abc import Iterable

ROOM = 6_000  # characters of people's texts on one card, its buttons and their tickets apart
LEAST = 60
ROW_BUTTONS = 12  # rows of one list with a button: each carries a sealed ticket, and a card has its limit
NAME = 60  # characters of one name in a list
ALIKE = 3  # labels that differ only in whom they are about, until they are told as one


def short(text: str, most: int) -> str:
    """Return a text, or its beginning where it is longer than that."""
    return text if len(text) <= most else f"{text[:most].rstrip()} …"


def share(texts: int) -> int:
    """Return how long each of so many texts may be for all to fit one card."""
    return max(LEAST, ROOM // max(1, texts))


def names(all_of_them: tuple[str, ...]) -> str:
    """Return names as a list that stays one line or two, however long somebody wrote them."""
    shown = ", ".join(short(name, NAME) for name in all_of_them[:8])
    return f"{shown} and {len(all_of_them) - 8} more" if len(all_of_them) > 8 else shown


def together(labels: Iterable[str]) -> tuple[str, ...]:
    """Return labels; three or more that differ only in whom they are about are one: "Date of birth (Ann, Ben, Cy)"."""
    parted = [label.removesuffix(")").partition(" (") if label.endswith(")") else (label, "", "") for label in labels]
    about: dict[str, list[str]] = {}
    for what, _, whom in parted:
        about.setdefault(what, []).append(whom)
    return tuple(dict.fromkeys(_one(what, whom, about[what]) for what, _, whom in parted))


def _one(what: str, whom: str, alike: list[str]) -> str:
    if not whom:
        return what
    return f"{what} ({whom if len(alike) < ALIKE else names(tuple(alike))})"
