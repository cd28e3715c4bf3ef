"""Why something may not be done: a code, and what is missing. The sentences for people stand in `cards/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from meeting.procedure import Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that stands before a move: how firmly, and where it can be mended."""

    code: str
    gate: Gate
    label: str
    step: str = ""
    part: str = ""
    subject: str = ""


class Refused(Exception):
    """A command was not allowed and nothing was written; `code` picks the sentence, `details` fill it."""

    def __init__(self, code: str, *details: str) -> None:
        super().__init__(code, *details)
        self.code = code
        self.details = details


class NotAllowed(Refused):
    """This person may not do that."""


class Stale(Refused):
    """The form belongs to a step or turn that has moved on; what was typed is kept and offered back."""


class HeldBack(Refused):
    """A gate holds: hard obstacles, or ones that the chair may pass with a reason."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        hard = tuple(o for o in obstacles if o.gate is Gate.HARD)
        super().__init__("hard" if hard else "override", *(o.label for o in hard or obstacles))
        self.obstacles = obstacles
        self.hard = bool(hard)


class FieldErrors(Refused):
    """Answers that cannot be stored: the same form comes back with a word at each field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("fields", *errors.values())
        self.errors = dict(errors)


class KeepOrChange(Refused):
    """Nothing is wrong, but the wording deserves a second look; the author may keep it."""

    def __init__(self, warnings: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__("keep", *(f"{code}: {found}" for _, code, found in warnings))
        self.warnings = warnings  # (field key, code, what was found)


def said(text: str, key: str = "text") -> str:
    """Return a text without its margins; raises FieldErrors where it is blank."""
    if not text.strip():
        raise FieldErrors({key: "required"})
    return text.strip()
