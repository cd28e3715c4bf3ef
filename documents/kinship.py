"""What the family rows say about who belongs to whom; what they do not say is not known here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from documents.source import Source
from meeting.model import Child
from meeting.steps import family

_WORD = re.compile(r"\w+")
_MALE = re.compile(
    r"(?:step|half|grand|god)?(?:father|dad|brother|son)|grandpa|uncle|nephew|husband|boyfriend|male|man|boy"
)
_FEMALE = re.compile(
    r"(?:step|half|grand|god)?(?:mother|mum|mam|ma|sister|daughter)|gran|nan|nana|aunt|auntie|niece|wife|girlfriend"
    r"|female|woman|girl"
)
_MOTHERS, _FATHERS = frozenset({"mother", "mum", "mam", "mom"}), frozenset({"father", "dad"})
_PARENT = _MOTHERS | _FATHERS | {"parent", "adopter"}
_ADOPTIVE = frozenset({"adoptive", "adopter"})
_NOT_A_PARENT = frozenset({"step", "foster", "grand", "god", "former", "separated", "divorced"})
_SIBLING = re.compile(r"(?:step|half|foster)?(?:brother|sister|sibling)|twin")
_OWNER = re.compile(r"\b(\w+)['’]s?\b")
_ANY_CHILD = frozenset({"all", "both", "child", "children", "each"})
_JOINING = frozenset({"and", "the", "unborn", "baby"})
_SOMEBODYS = re.compile(r"\b\w+['’]s?\b")  # "mother's partner" is no mother
_CHILDREN_OF_CHILDREN = frozenset({"grandson", "granddaughter", "grandchild"})
_GRAND = re.compile(r"grand(?:mother|father|parent|ma|pa|mum|dad)|gran|nan|nana")
_PARTNER = re.compile(r"\b(?:partner|husband|wife|spouse|married|boyfriend|girlfriend|fianc[eé]e?)\b")
_DEAD = re.compile(r"\b(?:deceased|died|dead|late)\b")
_APART = (("divorced", re.compile(r"\bdivorced\b")), ("separated", re.compile(r"\b(?:separated|former|ex)\b")))
_UNKNOWN = re.compile(r"(?:name )?(?:not|un)\s?known|\?*|unnamed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One person of the drawing."""

    name: str
    relation: str
    shape: str  # square, circle, diamond, triangle
    generation: int  # 0 grandparents, 1 adults, 2 children
    home: bool | None  # None: not recorded
    subject: bool = False
    dead: bool = False
    unknown: bool = False  # somebody whose name nobody knows
    responsibility: str = ""  # what is recorded of parental responsibility: "yes", "no", "not established"
    parent_of: tuple[str, ...] = ()  # names of children of the meeting, or of a recorded parent
    adopted: tuple[str, ...] = ()  # names of children of the meeting whose parent by adoption this is


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """Two figures (by their place) who have children together, or are said to be a couple."""

    pair: tuple[int, int]
    children: tuple[int, ...] = ()
    apart: str = ""  # "", "separated" or "divorced"
    adopted: tuple[int, ...] = ()  # children whose parents by adoption the two are


def figures_of(source: Source) -> tuple[Figure, ...]:
    """Return everybody of the family rows and each child of the meeting once, the children first."""
    found = tuple(_figures(source))
    return tuple(_of_a_parent(f, found) if f.generation == 0 else f for f in found)


def unions_of(figures: Sequence[Figure]) -> tuple[Union, ...]:
    """Return the couples: both recorded parents of a child, and whoever is said to be somebody's partner."""
    born = _pairs(figures, [p.parent_of for p in figures])
    adopted = _pairs(figures, [p.adopted for p in figures])
    couples = dict.fromkeys([*born, *adopted])
    for one, figure in enumerate(figures):
        other = _partner(figure, figures)
        if other is not None and other != one:
            couples.setdefault((min(one, other), max(one, other)))
    return tuple(
        Union(
            pair=pair,
            children=tuple(born.get(pair, ())),
            apart=_apart(figures, pair),
            adopted=tuple(adopted.get(pair, ())),
        )
        for pair in couples
    )


def _pairs(figures: Sequence[Figure], parents: Sequence[tuple[str, ...]]) -> dict[tuple[int, int], list[int]]:
    """Return the children of each two who are both said to be their parents, and the only ones."""
    made: dict[tuple[int, int], list[int]] = {}
    for child, figure in enumerate(figures):
        both = [n for n, names in enumerate(parents) if figure.name in names]
        if len(both) == 2 and figure.generation > 0:
            made.setdefault((both[0], both[1]), []).append(child)
    return made


def _apart(figures: Sequence[Figure], pair: tuple[int, int]) -> str:
    said = " ".join(figures[n].relation.casefold() for n in pair)
    return next((word for word, pattern in _APART if pattern.search(said)), "")


def _partner(figure: Figure, figures: Sequence[Figure]) -> int | None:
    """Return whose partner somebody is said to be: a parent, or a person by their first name."""
    relation = figure.relation.casefold()
    if not _PARTNER.search(relation) or figure.generation > 1:
        return None
    words = {w.removesuffix("'s").removesuffix("’s") for w in re.findall(r"[\w'’]+", relation)}
    named = [n for n, f in enumerate(figures) if f is not figure and _first(f.name) in words and f.generation < 2]
    if len(named) == 1:
        return named[0]
    for kind, shape in ((_MOTHERS, "circle"), (_FATHERS, "square")):
        parents = [n for n, f in enumerate(figures) if f is not figure and _is_parent(f) and f.shape == shape]
        if kind & words and len(parents) == 1:
            return parents[0]
    return None


def _of_a_parent(figure: Figure, figures: Sequence[Figure]) -> Figure:
    """Return a grandparent with the mother or father whose parent they are said to be, where there is one only."""
    words = set(_WORD.findall(figure.relation.casefold()))
    sides = [s for w, s in (("maternal", "circle"), ("paternal", "square")) if w in words]
    parents = [f.name for f in figures if _is_parent(f) and sides == [f.shape]]
    return replace(figure, parent_of=tuple(parents)) if len(parents) == 1 else figure


def _is_parent(figure: Figure) -> bool:
    return figure.generation == 1 and bool(figure.parent_of or figure.adopted)


def _first(name: str) -> str:
    return next(iter(_WORD.findall(name.casefold())), "")


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
    name = source.shown(member.get("name", ""))
    tokens = {token for what, _ in _clauses(relation) for token in what}
    young = family.is_child(source.meeting, source.procedure, member) or bool(_CHILDREN_OF_CHILDREN & tokens)
    young = young or _is_sibling(relation, names)
    old = not young and any(_GRAND.match(t) for t in tokens)
    return Figure(
        name=name or "Name not recorded",
        relation=relation or "relation not recorded",
        shape=_shape(relation),
        generation=2 if young else 0 if old else 1,
        home=_home(member),
        responsibility=member.get("parental_responsibility", ""),
        dead=_DEAD.search(relation.casefold()) is not None,
        unknown=_UNKNOWN.fullmatch(name.strip().casefold()) is not None,
        parent_of=_parent_of(relation, names, adoptive=False),
        adopted=_parent_of(relation, names, adoptive=True),
    )


def _clauses(relation: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield, for each clause, the words that say what somebody is, and those that say of whom."""
    for clause in re.split("[,;/]", _SOMEBODYS.sub(" ", relation.casefold().replace("-", ""))):
        what, _, whom = clause.partition(" of ")
        yield _WORD.findall(what), _WORD.findall(whom)


def _is_sibling(relation: str, names: tuple[str, ...]) -> bool:
    """Tell whether somebody is a child's brother or sister, of whatever age: "sister", not "sister of the mother"."""
    known = {_first(n) for n in names} | _JOINING | _ANY_CHILD
    for clause in re.split("[,;/]", relation.casefold().replace("-", "")):
        what, _, whom = clause.partition(" of ")
        said = {w for w in _WORD.findall(_SOMEBODYS.sub(" ", what)) if _SIBLING.fullmatch(w)}
        if said and {*_OWNER.findall(clause), *_WORD.findall(whom)} <= known:
            return True
    return False


def _parent_of(relation: str, names: tuple[str, ...], *, adoptive: bool) -> tuple[str, ...]:
    """Return the children whose mother, father or parent somebody is said to be: those named, else all of them.

    By birth as far as the words go, or, if asked, by adoption.
    """
    found: dict[str, None] = {}
    firsts = {_first(n) for n in names}
    before: list[str] = []
    for words, of in _clauses(relation):
        goes_on = not of and set(words) & firsts and set(words) <= firsts | _JOINING  # "mother of Ada, Ben and Cleo"
        what, whom = (before, words) if goes_on else (words, of)
        before = what
        if not _PARENT & set(what) or _NOT_A_PARENT & set(what) or any(_sex(word) for word in whom):
            continue
        if adoptive != bool(_ADOPTIVE & set(what)):
            continue
        found |= dict.fromkeys([n for n in names if _first(n) in whom] or names)
    return tuple(found)


def _home(member: Mapping[str, str]) -> bool | None:
    return {"yes": True, "no": False}.get(member.get("in_home", ""))


def _shape(relation: str) -> str:
    """Return the symbol that the first telling word of a relation calls for."""
    return next((shape for what, _ in _clauses(relation) for word in what if (shape := _sex(word))), "diamond")


def _sex(word: str) -> str:
    """Return the symbol of a word that tells, "" for any other."""
    return "square" if _MALE.fullmatch(word) else "circle" if _FEMALE.fullmatch(word) else ""
