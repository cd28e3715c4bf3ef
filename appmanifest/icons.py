"""Draws the app's two icons: a chair from its side, and somebody at that side. `python -m appmanifest.icons`.

Shapes are signed distances, in units of the icon's width; a PNG is written with the standard library alone.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from appmanifest.build import ACCENT, COLOUR, ICONS, OUTLINE

Rgba = tuple[int, int, int, int]
WHITE = (255, 255, 255)
LAMP = (245, 190, 88)
#: The chair's strokes: high back, seat, two legs.
STROKES = (
    ((0.30, 0.20), (0.34, 0.56)),
    ((0.34, 0.56), (0.66, 0.56)),
    ((0.34, 0.56), (0.30, 0.82)),
    ((0.66, 0.56), (0.70, 0.82)),
)
SIDE = ((0.60, 0.31), 0.095)
PNG = b"\x89PNG\r\n\x1a\n"


def _to_stroke(x: float, y: float, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the distance of a point from a line between two points."""
    (ax, ay), (bx, by) = start, end
    along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    t = min(max(along, 0.0), 1.0)
    return math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))


def _cover(distance: float, size: int) -> float:
    """Return how much of a pixel lies inside an edge that is this far away."""
    return min(max(0.5 - distance * size, 0.0), 1.0)


def _shapes(x: float, y: float, size: int, width: float) -> tuple[float, float]:
    """Return how much of a pixel the chair covers, and the one at its side."""
    chair = min(_to_stroke(x, y, *stroke) for stroke in STROKES) - width / 2
    (cx, cy), radius = SIDE
    return _cover(chair, size), _cover(math.hypot(x - cx, y - cy) - radius, size)


def _colour(x: float, y: float, size: int) -> Rgba:
    chair, side = _shapes(x, y, size, 0.075)
    ground = tuple(int(ACCENT[i : i + 2], 16) for i in (1, 3, 5))
    mixed = [round(g + (w - g) * chair + (s - g) * side) for g, w, s in zip(ground, WHITE, LAMP, strict=True)]
    return mixed[0], mixed[1], mixed[2], 255


def _outline(x: float, y: float, size: int) -> Rgba:
    return *WHITE, round(255 * max(_shapes(x, y, size, 0.085)))


def pixels(size: int, paint: Callable[[float, float, int], Rgba]) -> bytes:
    """Return a picture's rows as PNG wants them before it packs them: each with filter 0 in front."""
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            rows.extend(paint((column + 0.5) / size, (row + 0.5) / size, size))
    return bytes(rows)


DRAWN: dict[str, tuple[int, Callable[[float, float, int], Rgba]]] = {COLOUR: (192, _colour), OUTLINE: (32, _outline)}


def header(size: int) -> bytes:
    """Return what PNG says of a square picture of 8 bits with transparency."""
    return struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)


def png(size: int, rows: bytes) -> bytes:
    """Return a PNG file."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    return PNG + chunk(b"IHDR", header(size)) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def draw(folder: Path) -> None:
    """Write both icons."""
    for name, (size, paint) in DRAWN.items():
        (folder / name).write_bytes(png(size, pixels(size, paint)))


if __name__ == "__main__":
    draw(ICONS)
