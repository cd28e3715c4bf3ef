"""YAML in: plain data, and the line of each value. Nothing is guessed: only true and false are booleans."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

EMPTY = "the value is empty"
Place = tuple[str | int, ...]  # keys and positions from the top of the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Something that YAML allows, or does not, and this format does not allow."""

    place: Place
    line: int
    wrong: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file as read."""

    path: Path
    data: Any
    lines: dict[Place, int]
    slips: tuple[Slip, ...] = ()

    def line(self, place: Place) -> int:
        """Return the line of this place, or of the nearest thing around it that has one."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


# YAML 1.2 in what matters here: `yes` and `no` are words, times and months are texts. Where libyaml is, which shows
# only at run time, it reads ten times as fast.
_Loader: type[yaml.SafeLoader] = type("_Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {})
_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"(?:true|false)\Z", "tf"),
    ("tag:yaml.org,2002:int", r"-?(?:0|[1-9][0-9]*)\Z", "-0123456789"),
    ("tag:yaml.org,2002:float", r"-?[0-9]+\.[0-9]+\Z", "-0123456789"),
    ("tag:yaml.org,2002:null", r"(?:null|~|)\Z", ["n", "~", ""]),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def read(path: Path) -> Source:
    """Return the data of a YAML file with its lines; faults of the notation itself are in `slips`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return _unread(path, 1, f"the file cannot be read: {error}", "Give the path of a YAML file in UTF-8.")
    return read_text(text, path=path)


def read_text(text: str, *, path: Path) -> Source:
    """Return the data of a YAML text; `path` is where it came from."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "cannot be read as YAML"
        line = mark.line + 1 if mark else 1
        remedy = "Check indentation, colons and quotes at and above this line."
        if mark and text[mark.index : mark.index + 1] == "\t":
            problem, remedy = "a tab stands here", "Indent with blanks."
        return _unread(path, line, f"YAML: {problem}", remedy)
    finally:
        loader.dispose()
    walk = _Walk(loader)
    data = None if node is None else walk.value(node, ())
    return Source(path=path, data=data, lines=walk.lines, slips=tuple(walk.slips))


def _unread(path: Path, line: int, wrong: str, remedy: str) -> Source:
    slip = Slip(place=(), line=line, wrong=wrong, remedy=remedy)
    return Source(path=path, data=None, lines={(): line}, slips=(slip,))


class _Walk:
    """Turns nodes into data and notes where each stood."""

    def __init__(self, loader: yaml.SafeLoader) -> None:
        self._loader = loader
        self._seen: set[int] = set()
        self.lines: dict[Place, int] = {}
        self.slips: list[Slip] = []

    def value(self, node: Node, place: Place) -> Any:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self._seen:
            self._slip(
                place, self.lines[place], "an alias (*) repeats another part", "Write the values out where they belong."
            )
            return None
        self._seen.add(id(node))
        match node:
            case MappingNode():
                return self._mapping(node, place)
            case SequenceNode():
                return [self.value(child, (*place, index)) for index, child in enumerate(node.value)]
            case ScalarNode():
                return self._scalar(node, place)
            case _:
                return None

    def _mapping(self, node: MappingNode, place: Place) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, ScalarNode) else "?"
            here = (*place, key)
            if key in data:
                self._slip(here, key_node.start_mark.line + 1, f"'{key}' is given twice", "Keep one of the two.")
                continue
            self.lines[here] = key_node.start_mark.line + 1
            data[key] = self.value(value_node, here)
        return data

    def _scalar(self, node: ScalarNode, place: Place) -> Hashable | None:
        try:
            value: Hashable = self._loader.construct_object(node)
        except yaml.YAMLError:
            self._slip(place, self.lines[place], f"'{node.tag}' is no kind of value here", "Remove the tag (!…).")
            return None
        if value is None:
            self._slip(place, self.lines[place], EMPTY, "Give one, or remove the key: then the default holds.")
        return value

    def _slip(self, place: Place, line: int, wrong: str, remedy: str) -> None:
        self.slips.append(Slip(place=place, line=line, wrong=wrong, remedy=remedy))
