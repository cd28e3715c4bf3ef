"""Modules are named by what they are about."""

import ast
import re
from pathlib import Path

import pytest

from tests.structure.tree import ROOT, files

NAMELESS = {"utils", "util", "helpers", "helper", "misc"}


def test_no_module_is_a_drawer():
    """There is no utils.py and no helpers.py: a function has a home by its subject."""
    assert [str(path) for path in files() if path.suffix == ".py" and path.stem in NAMELESS] == []


def test_no_package_is_a_drawer():
    """The same for folders of modules."""
    assert [str(path) for path in files() if path.suffix == ".py" and NAMELESS & set(path.parts[:-1])] == []


def rooms_of_rules() -> list[Path]:
    """The folders of meeting/ but screens/, whose modules are named as the steps they show."""
    return sorted({path.parent for path in files() if path.parts[0] == "meeting"} - {Path("meeting/screens")})


@pytest.mark.parametrize("folder", rooms_of_rules(), ids=str)
def test_a_folder_of_rules_names_its_modules(folder):
    """Its first page names every module, so that a newcomer knows what lives where."""
    page = ast.get_docstring(ast.parse((ROOT / folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    there = {path.stem for path in files() if path.parent == folder and path.suffix == ".py"} - {"__init__"}
    assert sorted(there - set(re.findall(r"\w+", page))) == []
