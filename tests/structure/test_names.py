"""Modules are named by what they are about."""

from pathlib import Path

import meeting
from tests.structure.tree import files

NAMELESS = {"utils", "util", "helpers", "helper", "misc"}


def test_no_module_is_a_drawer():
    """There is no utils.py and no helpers.py: a function has a home by its subject."""
    assert [str(path) for path in files() if path.suffix == ".py" and path.stem in NAMELESS] == []


def test_no_package_is_a_drawer():
    """The same for folders of modules."""
    assert [str(path) for path in files() if path.suffix == ".py" and NAMELESS & set(path.parts[:-1])] == []


def test_the_room_of_rules_lists_its_modules():
    """Its first page names every module once, so that a newcomer knows what lives where."""
    groups = [line.partition(": ")[2].rstrip(".") for line in (meeting.__doc__ or "").splitlines() if line[:2] == "- "]
    named = [name for group in groups for name in group.split(", ")]
    there = [path.stem for path in files() if path.parent == Path("meeting") and path.suffix == ".py"]
    assert sorted(named) == sorted(stem for stem in there if stem != "__init__")
