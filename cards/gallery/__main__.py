"""`make gallery`: checks every preview, draws it light, dark and as wide as a telephone, and writes a page of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from cards.gallery.browser import Browser, NoBrowser, find_chromium
from cards.gallery.checks import faults, size
from cards.gallery.page import WAYS, file_name, index
from cards.gallery.previews import previews
from cards.kit import Card

RENDERER = Path(__file__).resolve().parents[2] / "node_modules" / "adaptivecards" / "dist"
HERE = Path(__file__).parent


def main(arguments: list[str] | None = None) -> int:
    """Draw the gallery; return 1 where a card has a fault or nothing could be drawn."""
    parser = argparse.ArgumentParser(prog="python -m cards.gallery", description="Every card as a picture.")
    parser.add_argument("--out", type=Path, default=Path("build/gallery"), help="folder for pictures and page")
    parser.add_argument("--only", default="", help="only cards with this in their title")
    chosen = parser.parse_args(arguments)
    wanted = {title: made for title, made in previews().items() if chosen.only.lower() in title.lower()}
    if not wanted:
        print(f"No card has {chosen.only!r} in its title.")
        return 1
    try:
        told = draw(wanted, chosen.out)
    except NoBrowser as missing:
        print(f"Nothing drawn. {missing}")
        return 1
    wrong = {title: lines for title, lines in told.items() if lines}
    for title, lines in wrong.items():
        print(*(f"{title}: {line}" for line in lines), sep="\n")
    print(f"{len(wanted)} cards, {len(wrong)} with something to look at: {chosen.out / 'index.html'}")
    return 1 if wrong else 0


def draw(wanted: Mapping[str, Callable[[], Card]], folder: Path) -> dict[str, list[str]]:
    """Write the pictures and the page; return what is wrong, by title. Raises NoBrowser."""
    folder.mkdir(parents=True, exist_ok=True)
    told: dict[str, list[str]] = {}
    shown = []
    with _ready() as browser:
        for title, preview in wanted.items():
            made = preview()
            told[title] = [*faults(made), *_drawn(browser, title, made, folder)]
            shown.append((title, size(made), told[title]))
    (folder / "index.html").write_text(index(shown), encoding="utf-8")
    return told


def _drawn(browser: Browser, title: str, made: Card, folder: Path) -> list[str]:
    """Write one card's pictures; return what the renderer says and what runs out of its place."""
    found: list[str] = []
    for way in WAYS:
        browser.call(
            "Emulation.setDeviceMetricsOverride", width=way.width, height=900, deviceScaleFactor=1, mobile=False
        )
        result = browser.run(f"drawCard({json.dumps(made)}, {json.dumps(way.tone)}, {way.width})")
        browser.picture(folder / file_name(title, way), width=way.width, height=result["height"])
        found += [f"renderer: {fault}" for fault in result["faults"]]
        found += [f"{way.name}: {fault}" for fault in result["cut"]]
    return list(dict.fromkeys(found))


def _ready() -> Browser:
    """Return a browser that has the renderer; raises NoBrowser."""
    if not (RENDERER / "adaptivecards.min.js").is_file():
        raise NoBrowser("Microsoft's card renderer is missing: run make setup-node (it needs npm).")
    scripts = [(RENDERER / "adaptivecards.min.js").read_text(encoding="utf-8"), (HERE / "draw.js").read_text("utf-8")]
    css = json.dumps((RENDERER / "adaptivecards.css").read_text(encoding="utf-8"))
    scripts.append(f"document.getElementById('renderer').textContent = {css}; null")
    return Browser(find_chromium(), scripts)


if __name__ == "__main__":
    sys.exit(main())
