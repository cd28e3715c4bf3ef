"""The page that shows the pictures side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way of looking at a card."""

    name: str
    tone: str
    width: int


WAYS = (
    Way(name="light", tone="light", width=480),
    Way(name="dark", tone="dark", width=480),
    Way(name="phone", tone="light", width=320),
)
_STYLE = (
    "body{font:16px sans-serif;margin:2rem;background:#ddd;color:#111}section{margin-bottom:3rem}"
    "figure{display:inline-block;vertical-align:top;margin:0 1rem 1rem 0}img{display:block;max-width:100%}"
    "li{color:#900}"
)


def file_name(title: str, way: Way) -> str:
    """Return the name of a card's picture: "turns-my-turn.dark.png"."""
    return f"{re.sub(r'[^a-z0-9]+', '-', title.lower()).strip('-')}.{way.name}.png"


def index(shown: Iterable[tuple[str, int, Sequence[str]]]) -> str:
    """Return the page; each card by title, with its bytes and what is wrong with it."""
    sections = "\n".join(_section(title, length, told) for title, length, told in shown)
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Chairside: every card</title>'
        f"<style>{_STYLE}</style></head><body><h1>Every card</h1><p>Drawn by Microsoft's renderer in colours near to "
        f"those of Teams; Teams itself draws a little differently, and dates stand as this browser writes them. "
        f"Everybody here is invented.</p>"
        f"{sections}</body></html>\n"
    )


def _section(title: str, length: int, told: Sequence[str]) -> str:
    figures = "".join(
        f'<figure><figcaption>{way.name}, {way.width} px</figcaption><img src="{escape(file_name(title, way))}" '
        f'alt="{escape(title)}, {way.name}"></figure>'
        for way in WAYS
    )
    faults = "".join(f"<li>{escape(line)}</li>" for line in told)
    return f"<section><h2>{escape(title)}</h2><p>{length:,} bytes</p><ul>{faults}</ul>{figures}</section>"
