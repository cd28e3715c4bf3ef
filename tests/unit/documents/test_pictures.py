"""Drawings say what was recorded, no more, and the table beside each says the same."""

from dataclasses import replace
from functools import cache
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from documents.genogram import genogram
from documents.source import source_of
from documents.spread import spread
from meeting.model import Child, ChildId
from meeting.procedure import Anchor, Scale, parts_of
from meeting.steps import record
from tests.unit.documents.pages import NAMESPACES, parsed
from tests.unit.documents.played import TWO, acted, convened, enter, gathered


@cache
def at_the_family(children):
    """Return a meeting that has come to the family's rows; nothing changes it."""
    play = gathered(convened("san", children=children))
    while play.step.id != "FAMILY":
        acted(play)
        play.on()
    return play


def family_of(*members, children=TWO):
    """Return the genogram of these rows, as drawing and as rows by name."""
    play = replace(at_the_family(children), told=[])
    part = parts_of(play.step)[0]
    for member in members:
        given = {"dob": "1990-01-01", "in_home": "no", "parental_responsibility": "no", **member}
        enter(play, "FAMILY", part, record.NEW_ROW, "f", **given)
    picture = genogram(source_of(play.meeting, play.procedure, play.now, None))
    rows = {row[0].partition(" (")[0]: dict(zip(picture.table.headers, row, strict=True)) for row in picture.table.rows}
    return picture, rows


@pytest.mark.parametrize(
    ("relation", "symbol", "line_to"),
    [
        ("mother", "circle", "Ada Brook, Ben Brook"),
        ("father of Ada", "square", "Ada Brook"),
        ("father of Ada and Ben, separated", "square", "Ada Brook, Ben Brook"),
        ("parent of Ada, Ben", "diamond", "Ada Brook, Ben Brook"),
        ("Mother of Ada, stepmother of Ben", "circle", "Ada Brook"),
        ("mother's partner", "diamond", ""),
        ("partner of mother", "diamond", ""),
        ("mother of Ada's father", "circle", ""),
        ("mother of the father", "circle", ""),
        ("step-father", "square", ""),
        ("foster mother", "circle", ""),
        ("maternal grandmother", "circle", "Z"),
        ("half-brother", "square", ""),
        ("family friend", "diamond", ""),
        ("not known", "diamond", ""),
        ("", "diamond", ""),
    ],
)
def test_symbol_and_line_follow_the_relation(relation, symbol, line_to):
    """Another person's word in a relation ("mother's partner") tells neither sex nor parenthood."""
    _, rows = family_of({"name": "Kit Lane", "relation": relation or "not known"}, {"name": "Z", "relation": "mother"})
    assert rows["Kit Lane"]["Symbol"] == symbol
    assert rows["Kit Lane"]["Line to"] == line_to


def test_home_and_responsibility_are_marked():
    picture, rows = family_of(
        {"name": "Cara Brook", "relation": "mother", "in_home": "yes", "parental_responsibility": "yes"},
        {"name": "Dan Frost", "relation": "father", "parental_responsibility": "not established"},
    )
    assert rows["Cara Brook"]["Home"] == "in the home"
    assert rows["Cara Brook"]["Parental responsibility"] == "yes"
    assert rows["Dan Frost"]["Home"] == "elsewhere"
    assert rows["Dan Frost"]["Parental responsibility"] == "not established"
    assert rows["Ada Brook"]["Parental responsibility"] == ""
    assert rows["Ada Brook"]["Symbol"] == "diamond, double outline"
    assert picture.svg.count(">PR<") == 1
    assert picture.svg.count("7 5") == 1


def test_couples_are_joined_and_their_children_hang_below_them():
    """Two fathers of two children: each joined with the mother by a line of its own, a separation struck through."""
    cara = {"name": "Cara Brook", "relation": "mother of Ada and Ben", "in_home": "yes"}
    dan = {"name": "Dan Frost", "relation": "father of Ada, separated from mother"}
    eli = {"name": "not known", "relation": "father of Ben"}
    kit = {"name": "Kit Lane", "relation": "mother's partner", "in_home": "yes"}
    old = {"name": "Fay Brook", "relation": "maternal grandmother, died in 2020"}
    picture, rows = family_of(cara, dan, eli, kit, old)
    assert rows["Cara Brook"]["Joined with"] == "Dan Frost (separated), not known, Kit Lane"
    assert rows["Dan Frost"]["Joined with"] == "Cara Brook (separated)"
    assert rows["Kit Lane"]["Joined with"] == "Cara Brook"
    assert rows["Fay Brook"]["Symbol"] == "circle, cross: has died"
    assert picture.svg.count(">?<") == 1
    _, one = family_of(cara, {**dan, "relation": "father of Ada; married to Joan"})
    assert one["Cara Brook"]["Joined with"] == "Dan Frost"
    _, nobody = family_of({**kit, "relation": "partner of mother"})
    assert "Joined with" not in nobody["Kit Lane"]


def test_parents_by_adoption_have_dashed_lines_to_their_child():
    """Two adopters are joined and the child hangs below them by dashes; the mother by birth keeps her own line."""
    ann = {"name": "Ann Lake", "relation": "adoptive mother of Ada", "in_home": "yes"}
    tim = {"name": "Tim Lake", "relation": "adoptive father of Ada", "in_home": "yes"}
    picture, rows = family_of(ann, tim, {"name": "Jo Ray", "relation": "birth mother of Ada"})
    assert rows["Ann Lake"]["Joined with"] == "Tim Lake"
    assert rows["Ann Lake"]["Line to"] == "Ada Brook (by adoption)"
    assert rows["Jo Ray"]["Line to"] == "Ada Brook"
    assert rows["Jo Ray"]["Joined with"] == ""
    assert picture.svg.count('stroke-dasharray="4 4"') == 3
    alone, _ = family_of(ann)
    assert alone.svg.count('stroke-dasharray="4 4"') == 3


@pytest.mark.parametrize(
    ("relation", "line"),
    [
        ("sister", 2),
        ("half-brother of Ada and Ben", 2),
        ("Ada's brother", 2),
        ("foster sister", 2),
        ("mother's sister", 1),
        ("brother of the father", 1),
        ("Joan's sister", 1),
        ("sister of Joan", 1),
    ],
)
def test_a_grown_brother_or_sister_stands_with_the_children(relation, line):
    """Of whatever age, whose brother or sister the child is stands beside the child; an aunt does not."""
    picture, _ = family_of({"name": "Zoe Brook", "relation": relation}, {"name": "Cara Brook", "relation": "mother"})
    root = ET.fromstring(picture.svg)
    heights = {t.text: float(t.get("y", 0)) for t in root.iterfind("svg:text", NAMESPACES)}
    assert heights["Zoe Brook"] == heights["Ada Brook" if line == 2 else "Cara Brook"]


CHILDREN = tuple(
    Child(id=ChildId(f"c{n}"), name=f"{name} Brook-Amankwah")
    for n, name in enumerate(("Ada", "Ben", "Cleo", "Dora", "Eddie", "Fay", "Gwen", "Hal", "Ivy", "Jon", "Kim", "Leo"))
)
TOLD = ("mother", "father of Ada", "father of Ben", "maternal grandmother", "aunt", "half-brother", "step-father")


@pytest.mark.parametrize(
    ("children", "told", "counts"),
    [
        pytest.param(TWO, TOLD, range(len(TOLD) + 1), id="two"),
        pytest.param(CHILDREN[:8], TOLD, range(len(TOLD) + 1), id="eight"),
        pytest.param(CHILDREN, (*TOLD, *("half-brother", "half-sister") * 4), (0, 8, 15), id="twelve"),
    ],
)
def test_nobody_stands_on_anybody(children, told, counts):
    """Of two to 27, each has a place of their own: no symbol and no word covers another, all within the drawing.

    On A4, 176 mm wide and 225 mm high, no letter is smaller than 6.2 points; what is too wide is turned, and says so.
    No line goes through words, or through the symbol of somebody else.
    """
    for count in counts:
        members = [
            {"name": f"P{n}", "relation": r, "in_home": ("yes", "no")[n % 2], "parental_responsibility": "yes"}
            for n, r in enumerate(told[:count])
        ]
        picture, _ = family_of(*members, children=children)
        root = ET.fromstring(picture.svg)
        width, height = float(root.get("width", 0)), float(root.get("height", 0))
        shapes = {_middle(s) for s in root if s.get("stroke-width") == "2"}
        assert len(shapes) == count + len(children)
        boxes = [(x - 22, y - 22, x + 22, y + 22) for x, y in shapes] + [_box(t) for t in root if t.text]
        assert not [(a, b) for a, b in combinations(boxes, 2) if _overlap(a, b)]
        assert all(0 < a < c < width and 0 < b < d < height for a, b, c, d in boxes)
        assert 11 * 0.75 * min(1, 176 / 25.4 * 96 / width, 225 / 25.4 * 96 / height) > 6.2  # 11 is the smallest letter
        lines = [tuple(float(one.get(key, 0)) for key in ("x1", "y1", "x2", "y2")) for one in root if one.get("x1")]
        assert not [(a, b) for a in map(_thin, lines) for b in boxes if _overlap(a, b)]
        turned = len({y for _, y in shapes}) > 3
        assert picture.text.startswith("To be read from left to right") is turned
        if len(children) >= 8:
            assert turned


def _box(words):
    """The room of a line of words, in a wide font."""
    size, x, y = (float(words.get(key)) for key in ("font-size", "x", "y"))
    wide = len(words.text) * size * (0.66 if words.get("font-weight") == "bold" else 0.58)
    left = x - wide / 2 if words.get("text-anchor") == "middle" else x
    return left, y - 0.75 * size, left + wide, y + 0.2 * size


def _thin(line):
    """The room of a line without its ends, where it meets a symbol."""
    x1, y1, x2, y2 = line
    return min(x1, x2) + 0.5, min(y1, y2) + 0.5, max(x1, x2) - 0.5, max(y1, y2) - 0.5


def _overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _middle(shape):
    """The middle of a symbol, in whole units."""
    if shape.get("cx"):
        return round(float(shape.get("cx"))), round(float(shape.get("cy")))
    if shape.get("points"):
        corners = [tuple(map(float, p.split(","))) for p in shape.get("points").split()]
        middle = [(min(c) + max(c)) / 2 for c in zip(*corners, strict=True)]
        return round(middle[0]), round(middle[1])
    half = float(shape.get("width")) / 2
    return round(float(shape.get("x")) + half), round(float(shape.get("y")) + half)


def test_child_who_is_also_a_row_is_drawn_once():
    """The row of a child of the meeting tells their symbol and home; nobody appears twice."""
    unborn = Child(id=ChildId("c2"), name="unborn baby of Cara", unborn=True)
    children = (Child(id=ChildId("c1"), name="Ada Brook"), unborn)
    _, rows = family_of({"name": "ada brook", "relation": "daughter", "in_home": "no"}, children=children)
    assert rows["Ada Brook"]["Symbol"] == "circle, double outline"
    assert rows["Ada Brook"]["Home"] == "elsewhere"
    assert rows["unborn baby of Cara"]["Symbol"] == "triangle, double outline"
    assert len(rows) == 2


def test_names_in_a_drawing_stay_text():
    picture, _ = family_of({"name": "<script>x</script>", "relation": "\"'><b>"})
    tree = parsed(f"<!DOCTYPE html><html><head><title>t</title></head><body>{picture.svg}</body></html>")
    assert not [n for n in tree.iter() if str(n.tag).rpartition("}")[2] in ("script", "b")]
    assert any("<script>" in (n.text or "") for n in tree.iterfind(".//svg:text", NAMESPACES))


def test_spread_has_a_dot_for_each_and_no_average():
    """Equal places are stacked; the table names who stands where and what the ends mean."""
    scale = Scale(
        minimum=0,
        maximum=10,
        anchors=(Anchor(value=0, text="most danger"), Anchor(value=10, text="safe")),
        danger_at_minimum=True,
    )
    picture = spread(scale, (("Alex", 3), ("Robin", 3), ("Jo", 10)))
    assert picture.svg.count("<circle") == 3
    assert picture.table.rows == (("0", "", "most danger"), ("3", "Alex, Robin", ""), ("10", "Jo", "safe"))
    assert "average" not in picture.svg
