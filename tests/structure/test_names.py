"""Modules are named by what they are about."""

from tests.structure.tree import files

NAMELESS = {"utils", "util", "helpers", "helper", "misc"}


def test_no_module_is_a_drawer():
    """There is no utils.py and no helpers.py: a function has a home by its subject."""
    assert [str(path) for path in files() if path.suffix == ".py" and path.stem in NAMELESS] == []


def test_no_package_is_a_drawer():
    """The same for folders of modules."""
    assert [str(path) for path in files() if path.suffix == ".py" and NAMELESS & set(path.parts[:-1])] == []
