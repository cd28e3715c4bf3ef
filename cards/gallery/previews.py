"""Finds the previews: each module of `cards` that has some offers them as PREVIEWS, by title."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from types import ModuleType

import cards
from cards.kit import Card


def card_modules() -> tuple[ModuleType, ...]:
    """Return the modules that make cards, imported, by name; the kit and this gallery are none."""
    names = sorted(found.name for found in pkgutil.iter_modules(cards.__path__) if not found.ispkg)
    return tuple(importlib.import_module(f"cards.{name}") for name in names)


def previews() -> dict[str, Callable[[], Card]]:
    """Return every preview by its title; raises ValueError where two cards have the same title."""
    made: dict[str, Callable[[], Card]] = {}
    for module in card_modules():
        offered: dict[str, Callable[[], Card]] = dict(getattr(module, "PREVIEWS", {}))
        for title, preview in offered.items():
            if made.setdefault(title, preview) is not preview:
                raise ValueError(f"two previews are called {title!r}; one is in {module.__name__}")
    return dict(sorted(made.items()))
