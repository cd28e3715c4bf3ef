"""Where the views stand on the scale: one dot for each, no average, no line that decides."""

from __future__ import annotations

from collections import defaultdict

from documents import svg
from documents.model import Picture, Table, trimmed
from meeting.procedure import Scale

_STEP = 52
_MARGIN = 40
_DOT = 8


def spread(scale: Scale, placed: tuple[tuple[str, int], ...]) -> Picture:
    """Return the scale with a dot for each (name, value), and the same as a table by name."""
    at: dict[int, list[str]] = defaultdict(list)
    for name, where in placed:
        at[where].append(name)
    values = range(scale.minimum, scale.maximum + 1)
    anchors = {a.value: a.text for a in scale.anchors}
    rows = tuple((str(v), ", ".join(at[v]), anchors.get(v, "")) for v in values if at[v] or v in anchors)
    danger = scale.minimum if scale.danger_at_minimum else scale.maximum
    words = f"Each dot is one person's place on the scale from {scale.minimum} to {scale.maximum}. "
    words += f"{danger} is the end of most danger. The places are not added up and have no average here."
    table = Table(headers=("Place", "Who", "What this place means"), rows=rows, caption="Places on the scale, by name")
    return Picture(svg=_drawn(scale, at, danger), text=words, table=trimmed(table, *table.headers[1:]))


def _drawn(scale: Scale, at: dict[int, list[str]], danger: int) -> str:
    tallest = max((len(names) for names in at.values()), default=1)
    base = 20 + tallest * (2 * _DOT + 4)
    count = scale.maximum - scale.minimum
    width = 2 * _MARGIN + count * _STEP
    drawn = [svg.line(_MARGIN, base, width - _MARGIN, base)]
    for value in range(scale.minimum, scale.maximum + 1):
        x = _MARGIN + (value - scale.minimum) * _STEP
        drawn += [svg.line(x, base - 4, x, base + 4), svg.words(str(value), x=x, y=base + 20)]
        for place in range(len(at[value])):
            y = base - _DOT - 6 - place * (2 * _DOT + 4)
            drawn.append(svg.element("circle", cx=x, cy=y, r=_DOT, fill="currentColor"))
    anchor = "start" if danger == scale.minimum else "end"
    x = _MARGIN - 12 if danger == scale.minimum else width - _MARGIN + 12
    drawn.append(svg.words("most danger", x=x, y=base + 38, anchor=anchor))
    label = f"Places on the scale from {scale.minimum} to {scale.maximum}"
    return svg.drawing(drawn, width=width, height=base + 48, label=label)
