"""The second look: which words or days deserve one, and the button that keeps them as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cards import kit
from cards.kit import Element

_KEEP = {"day_off": "Keep this day", "single_word": "Keep the name", "differs": "Keep that all agree"}
Warnings = Sequence[tuple[str, str, str]]  # (field key, code, what was found)


def warned(warnings: Warnings) -> list[Element]:
    """Return the second look at wording: which words, and what could be written instead."""
    if not warnings:
        return []
    plain = dict.fromkeys(found for _, code, found in warnings if code == "language")
    told = [f"Please describe the behaviour instead of: {', '.join(plain)}."] if plain else []
    told += [line for _, code, found in warnings if (line := _line(code, found))]
    others = dict.fromkeys(found for _, code, found in warnings if code == "differs")
    told += [f"{', '.join(others)} gave another view. Agreed by all?"] if others else []
    keep = kit.text(f"“{_title(warnings)}” stores it as it stands.", subtle=True)
    return [kit.box([*(kit.text(line, bold=True) for line in told), keep], style="warning")]


def _line(code: str, found: str) -> str:
    """Return the sentence for one warning; for plain language there is one for all of them."""
    kind, _, instead = code.partition(":")
    match kind:
        case "forbidden":
            return f"'{found}' cannot be decided here. You could write: {instead}."
        case "day_off":
            return f"{found}. The next working day is {instead}."
        case "vague":
            return f"'{found}' is no time. Write when, or keep it: reminders go by the date and time."
        case "single_word":
            return f"'{found}' is a single word. Is that the full name?"
        case _:
            return ""


def kept(warnings: Warnings, verb: str, args: Mapping[str, str] | None = None) -> list[Element]:
    """Return the button that stores what deserved a second look as it stands; none where nothing did."""
    return [kit.button(_title(warnings), verb, {**(args or {}), "keep": "yes"})] if warnings else []


def _title(warnings: Warnings) -> str:
    kinds = {code.partition(":")[0] for _, code, _ in warnings}
    only = kinds.pop() if len(kinds) == 1 else ""
    return _KEEP.get(only, "Keep the wording")
