"""Our own drawings as pixels, for programs that show no SVG: lines, boxes, circles, polygons and words, in black."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

from PIL import Image, ImageDraw, ImageFont

from documents.svg import NAMESPACE

SCALE = 3  # pixels for each unit of the drawing: sharp on paper
_INK, _PAPER = (0, 0, 0), (255, 255, 255)
Attributes = Mapping[str, str]
Point = tuple[float, float]


def png_of(svg: str) -> bytes:
    """Return a drawing of `documents.svg` as PNG, dark on white; raises ValueError for a shape that is not drawn there.

    The XML is our own: `documents.svg` made it and escaped every word in it.
    """
    root = ET.fromstring(svg)  # noqa: S314
    size = (math.ceil(float(root.attrib["width"]) * SCALE), math.ceil(float(root.attrib["height"]) * SCALE))
    image = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(image)
    for shape in root:
        name = shape.tag.removeprefix(f"{{{NAMESPACE}}}")
        if name not in _SHAPES:
            raise ValueError(f"no such shape: {name}")
        _SHAPES[name](pen, shape.attrib, shape.text or "")
    made = io.BytesIO()
    image.save(made, "PNG", optimize=True, dpi=(96 * SCALE, 96 * SCALE))
    return made.getvalue()


def _number(given: Attributes, key: str) -> float:
    return float(given.get(key, "0")) * SCALE


def _width(given: Attributes) -> int:
    return max(1, round(float(given.get("stroke-width", "1")) * SCALE))


def _line(pen: ImageDraw.ImageDraw, given: Attributes, _: str) -> None:
    start = (_number(given, "x1"), _number(given, "y1"))
    end = (_number(given, "x2"), _number(given, "y2"))
    for one, other in _dashes(start, end, given.get("stroke-dasharray", "")):
        pen.line((*one, *other), fill=_INK, width=_width(given))


def _dashes(start: Point, end: Point, pattern: str) -> Iterator[tuple[Point, Point]]:
    """Yield the pieces of a line that are drawn; the whole line where it has no dashes."""
    if not pattern:
        yield start, end
        return
    drawn, gap = (float(part) * SCALE for part in pattern.split())
    length = math.dist(start, end)
    at = 0.0
    while at < length:
        until = min(at + drawn, length)
        yield _between(start, end, at / length), _between(start, end, until / length)
        at += drawn + gap


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _box(pen: ImageDraw.ImageDraw, given: Attributes, _: str) -> None:
    left, top = _number(given, "x"), _number(given, "y")
    right, bottom = left + _number(given, "width"), top + _number(given, "height")
    pattern = given.get("stroke-dasharray", "")
    if not pattern:
        pen.rounded_rectangle((left, top, right, bottom), _number(given, "rx"), outline=_INK, width=_width(given))
        return
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    for start, end in pairwise(corners):
        for one, other in _dashes(start, end, pattern):
            pen.line((*one, *other), fill=_INK, width=_width(given))


def _circle(pen: ImageDraw.ImageDraw, given: Attributes, _: str) -> None:
    x, y, r = _number(given, "cx"), _number(given, "cy"), _number(given, "r")
    fill = None if given.get("fill") == "none" else _INK
    pen.ellipse((x - r, y - r, x + r, y + r), outline=_INK, fill=fill, width=_width(given))


def _polygon(pen: ImageDraw.ImageDraw, given: Attributes, _: str) -> None:
    numbers = [float(n) * SCALE for n in re.split(r"[ ,]+", given["points"])]
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))
    pen.line([*corners, *corners[:2]], fill=_INK, width=_width(given), joint="curve")


def _words(pen: ImageDraw.ImageDraw, given: Attributes, text: str) -> None:
    anchor = {"middle": "ms", "end": "rs"}.get(given.get("text-anchor", ""), "ls")
    font = _font(round(float(given.get("font-size", "12")) * SCALE))
    bold = 1 if given.get("font-weight") == "bold" else 0
    at = (_number(given, "x"), _number(given, "y"))
    pen.text(at, text, fill=_INK, font=font, anchor=anchor, stroke_width=bold, stroke_fill=_INK)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


_SHAPES: Mapping[str, Callable[[ImageDraw.ImageDraw, Attributes, str], None]] = {
    "line": _line,
    "rect": _box,
    "circle": _circle,
    "polygon": _polygon,
    "text": _words,
}
