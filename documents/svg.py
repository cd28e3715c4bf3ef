"""Small drawings: escaped elements, presentation attributes only, in the colour of the text around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://www.w3.org/2000/svg"
Attribute = str | float
Attributes = Mapping[str, Attribute]


def element(name: str, *inside: str, **attributes: Attribute) -> str:
    """Return one element; `inside` is markup that this module made, underscores in attribute names are hyphens."""
    given = "".join(f" {k.rstrip('_').replace('_', '-')}={quoteattr(_number(v))}" for k, v in attributes.items())
    return f"<{name}{given}>{''.join(inside)}</{name}>"


def _number(value: Attribute) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def words(text: str, *, x: float, y: float, anchor: str = "middle", size: float = 12, weight: str = "normal") -> str:
    """Return a line of text; whatever it holds stays text."""
    given: Attributes = {"text_anchor": anchor, "font_size": size, "font_weight": weight, "fill": "currentColor"}
    return element("text", escape(text), x=x, y=y, **given)


def line(x1: float, y1: float, x2: float, y2: float, *, dash: str = "") -> str:
    """Return a straight line."""
    dashes: Attributes = {"stroke_dasharray": dash} if dash else {}
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke="currentColor", stroke_width=1.5, **dashes)


def drawing(inside: Iterable[str], *, width: float, height: float, label: str) -> str:
    """Return a whole picture that says by its label what it shows."""
    return element(
        "svg",
        *inside,
        xmlns=NAMESPACE,
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
        aria_label=label,
        font_family="sans-serif",
    )


def clipped(text: str, limit: int) -> str:
    """Return the text in at most so many characters; the table beside a picture has it whole."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= limit else f"{one_line[: limit - 1]}…"
