"""The family as a drawing with the usual symbols, made from the family rows; what they do not say is not drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from documents import svg
from documents.model import Picture, Table, trimmed
from documents.source import Source
from meeting.model import Child
from meeting.steps import family

_CELL, _ROW, _HALF, _MARGIN = 150, 150, 22, 20
_SIDE = 26  # between the household line and whoever lives elsewhere
_WORD = re.compile(r"\w+")
_MALE = re.compile(
    r"(?:step|half|grand|god)?(?:father|dad|brother|son)|grandpa|uncle|nephew|husband|boyfriend|male|man|boy"
)
_FEMALE = re.compile(
    r"(?:step|half|grand|god)?(?:mother|mum|mam|ma|sister|daughter)|gran|nan|nana|aunt|auntie|niece|wife|girlfriend"
    r"|female|woman|girl"
)
_PARENT = frozenset({"mother", "father", "mum", "dad", "parent", "mam", "mom"})
_NOT_BY_BIRTH = frozenset({"step", "foster", "grand", "god", "adoptive", "former"})
_SOMEBODYS = re.compile(r"\w+['’]s?\b")  # "mother's partner" is no mother
_CHILDREN_OF_CHILDREN = frozenset({"grandson", "granddaughter", "grandchild"})

KEY = (
    "Square: male. Circle: female. Diamond: the relation does not say. Triangle: not born yet. Double outline: a child "
    "whom the meeting is about. Dashed line: who lives in the children's home. PR: holds parental responsibility. A "
    "line goes from each person recorded as mother, father or parent to the child. Nothing else is known from the "
    "rows: whether parents are a couple, for instance, is not drawn."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One person of the drawing."""

    name: str
    relation: str
    shape: str  # square, circle, diamond, triangle
    generation: int  # 0 grandparents, 1 adults, 2 children
    home: bool | None  # None: not recorded
    responsible: bool = False
    subject: bool = False
    parent_of: tuple[str, ...] = ()  # names of the children


def genogram(source: Source) -> Picture:
    """Return the family with symbols, household line and parental responsibility, and the same as a table."""
    figures = tuple(_figures(source))
    rows = tuple(_told(f) for f in figures) or (("Nobody is recorded", "", "", "", ""),)
    headers = ("Person", "Symbol", "Home", "Parental responsibility", "Line to")
    table = Table(headers=headers, rows=rows, caption="The genogram in words")
    return Picture(svg=_drawn(figures), text=KEY, table=trimmed(table, "Line to"))


def _told(figure: Figure) -> tuple[str, ...]:
    home = {True: "in the home", False: "elsewhere", None: "not recorded"}[figure.home]
    symbol = f"{figure.shape}, double outline" if figure.subject else figure.shape
    responsible = "yes" if figure.responsible else "not marked"
    return (f"{figure.name} ({figure.relation})", symbol, home, responsible, ", ".join(figure.parent_of))


def _figures(source: Source) -> Iterator[Figure]:
    children = source.children()
    names = tuple(source.shown(c.name) or "Child without a name" for c in children)
    rows = {row: m for row, m in family.members(source.meeting) if source.shows(row)}
    for child, name in zip(children, names, strict=True):
        own = [row for row, m in rows.items() if row == child.id or _same(m.get("name", ""), child.name)]
        yield _subject(source, child, name, rows[own[0]] if own else {})
        rows = {row: m for row, m in rows.items() if row not in own}
    for member in rows.values():
        yield _member(source, member, names)


def _same(one: str, other: str) -> bool:
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()


def _subject(source: Source, child: Child, name: str, row: Mapping[str, str]) -> Figure:
    """Return a child whom the meeting is about; the home is theirs unless their own row says otherwise."""
    relation = source.shown(row.get("relation", "")) or "child of the meeting"
    shape = "triangle" if child.unborn else _shape(relation)
    home = _home(row) if row.get("in_home") else True
    return Figure(name=name, relation=relation, shape=shape, generation=2, home=home, subject=True)


def _member(source: Source, member: Mapping[str, str], names: tuple[str, ...]) -> Figure:
    relation = source.shown(member.get("relation", ""))
    tokens = [token for clause in _clauses(relation) for token in clause[0]]
    young = family.is_child(source.meeting, source.procedure, member) or bool(_CHILDREN_OF_CHILDREN & set(tokens))
    old = not young and any(t.startswith(("grand", "nan")) or t == "gran" for t in tokens)
    return Figure(
        name=source.shown(member.get("name", "")) or "Name not recorded",
        relation=relation or "relation not recorded",
        shape=_shape(relation),
        generation=2 if young else 0 if old else 1,
        home=_home(member),
        responsible=member.get("parental_responsibility") == "yes",
        parent_of=_parent_of(relation, names),
    )


def _clauses(relation: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield, for each clause, the words that say what somebody is, and those that say of whom."""
    for clause in re.split("[,;/]", _SOMEBODYS.sub(" ", relation.casefold().replace("-", ""))):
        what, _, whom = clause.partition(" of ")
        yield _WORD.findall(what), _WORD.findall(whom)


def _parent_of(relation: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the children whose mother, father or parent somebody is said to be: those named, else all of them."""
    found: dict[str, None] = {}
    for what, whom in _clauses(relation):
        if not _PARENT & set(what) or _NOT_BY_BIRTH & set(what) or any(_sex(word) for word in whom):
            continue
        named = [n for n in names if set(_WORD.findall(n.casefold())[:1]) & set(whom)]
        found |= dict.fromkeys(named or names)
    return tuple(found)


def _home(member: Mapping[str, str]) -> bool | None:
    return {"yes": True, "no": False}.get(member.get("in_home", ""))


def _shape(relation: str) -> str:
    """Return the symbol that the first telling word of a relation calls for."""
    return next((shape for what, _ in _clauses(relation) for word in what if (shape := _sex(word))), "diamond")


def _sex(word: str) -> str:
    """Return the symbol of a word that tells, "" for any other."""
    return "square" if _MALE.fullmatch(word) else "circle" if _FEMALE.fullmatch(word) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    x: float
    y: float


def _drawn(figures: tuple[Figure, ...]) -> str:
    places, columns, rows = _placed(figures)
    inside: list[str] = []
    if any(f.home for f in figures):
        inside.append(_household(figures, places))
    inside += _descent(figures, places)
    for figure, place in zip(figures, places, strict=True):
        inside += _symbol(figure, place)
    width = 2 * _MARGIN + max(columns, 1) * _CELL + _SIDE
    height = 2 * _MARGIN + max(rows, 1) * _ROW
    return svg.drawing(inside, width=width, height=height, label="Genogram; the same follows as a table")


def _placed(figures: tuple[Figure, ...]) -> tuple[list[Place], int, int]:
    """Return where each stands: a line for each generation, the home to the left, and the size in cells."""
    lines = sorted({f.generation for f in figures})
    at_home = {g: [f for f in figures if f.generation == g and f.home] for g in lines}
    wide = max((len(h) for h in at_home.values()), default=0)
    away: dict[int, int] = dict.fromkeys(lines, 0)
    home: dict[int, int] = dict.fromkeys(lines, 0)
    places = []
    for figure in figures:
        g = figure.generation
        if figure.home:
            column, shift = home[g], 0
            home[g] += 1
        else:
            column, shift = wide + away[g], _SIDE if wide else 0
            away[g] += 1
        x = _MARGIN + column * _CELL + _CELL / 2 + shift
        places.append(Place(x=x, y=_MARGIN + lines.index(g) * _ROW + _HALF + 12))
    return places, wide + max(away.values(), default=0), len(lines)


def _household(figures: tuple[Figure, ...], places: list[Place]) -> str:
    inside = [p for f, p in zip(figures, places, strict=True) if f.home]
    left, right = min(p.x for p in inside) - _CELL / 2 + 4, max(p.x for p in inside) + _CELL / 2 - 4
    top, bottom = min(p.y for p in inside) - _HALF - 14, max(p.y for p in inside) + _ROW - _HALF - 36
    size: svg.Attributes = {"x": left, "y": top, "width": right - left, "height": bottom - top, "rx": 14.0}
    dashed: svg.Attributes = {"fill": "none", "stroke": "currentColor", "stroke_width": 1.5, "stroke_dasharray": "7 5"}
    return svg.element("rect", **size, **dashed)


def _descent(figures: tuple[Figure, ...], places: list[Place]) -> Iterator[str]:
    """Yield the lines from parents to children, each parent's on a height of its own."""
    children = {f.name: p for f, p in zip(figures, places, strict=True) if f.subject}
    parents = [(f, p) for f, p in zip(figures, places, strict=True) if f.parent_of]
    for number, (figure, place) in enumerate(parents):
        bus = place.y + _ROW - _HALF - 22 - number % 4 * 5
        below = place.y + _HALF + 56
        for child in (children[n] for n in figure.parent_of if n in children):
            yield svg.line(place.x, below, place.x, bus)
            yield svg.line(place.x, bus, child.x, bus)
            yield svg.line(child.x, bus, child.x, child.y - _HALF)


def _symbol(figure: Figure, place: Place) -> Iterator[str]:
    for inset in (0, 5) if figure.subject else (0,):
        yield _outline(figure.shape, place.x, place.y, _HALF - inset)
    x, y = place.x, place.y + _HALF
    yield svg.words(svg.clipped(figure.name, 20), x=x, y=y + 16, weight="bold")
    yield svg.words(svg.clipped(figure.relation, 22), x=x, y=y + 32, size=11)
    if figure.responsible:
        yield svg.words("PR", x=x, y=y + 48, size=11, weight="bold")


def _outline(shape: str, x: float, y: float, half: float) -> str:
    stroke: svg.Attributes = {"fill": "none", "stroke": "currentColor", "stroke_width": 2.0}
    if shape == "square":
        return svg.element("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, **stroke)
    if shape == "circle":
        return svg.element("circle", cx=x, cy=y, r=half, **stroke)
    corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    if shape == "triangle":
        corners = [(x, y - half), (x + half, y + half), (x - half, y + half)]
    return svg.element("polygon", points=" ".join(f"{a:g},{b:g}" for a, b in corners), **stroke)
