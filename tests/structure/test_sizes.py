"""Modules, functions and verbs stay small enough to be read at one go.

A function's lines are counted from `def` to its end, without its docstring.
"""

import ast
from pathlib import Path

import pytest

from tests.structure.tree import Function, functions, modules, text_of

MODULE_LINES = 250
FUNCTION_LINES = 30
VERB_LINES = 20

#: Modules that may be longer, and why.
LONG_MODULES: dict[str, str] = {
    "cards/kit.py": "the card kit is read as one table of elements",
    "meeting/model.py": "the shapes of a meeting, data only, are read as one page",
    "meeting/procedure.py": "the shapes of a procedure, data only, are read beside its YAML",
    "procedures/schema.py": "the schema of a procedure is read beside the YAML, top to bottom",
    "storage/schema.py": "the tables are read as one picture",
}

#: Functions (`file:Class.method`) that may be longer, and why.
LONG_FUNCTIONS: dict[str, str] = {}


def lines_of(function: Function) -> int:
    """Return a function's length in lines, without its docstring."""
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if is_docstring else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def is_verb(function: Function) -> bool:
    """Tell whether a function is declared with `@verb(…)`."""
    calls = (node.func for node in function.decorator_list if isinstance(node, ast.Call))
    return any(isinstance(called, ast.Name) and called.id == "verb" for called in calls)


def long_functions(path: Path) -> dict[str, int]:
    """Return the functions of a module that exceed their limit, with their lengths."""
    found = {}
    for name, function in functions(path):
        limit = VERB_LINES if is_verb(function) else FUNCTION_LINES
        if (lines := lines_of(function)) > limit:
            found[f"{path.as_posix()}:{name}"] = lines
    return found


@pytest.mark.parametrize("path", modules(), ids=str)
def test_module_is_short(path):
    """A module has at most 250 lines, else it holds two subjects."""
    lines = len((text_of(path) or "").splitlines())
    assert lines <= MODULE_LINES or path.as_posix() in LONG_MODULES, f"{path} has {lines} lines"


@pytest.mark.parametrize("path", modules(), ids=str)
def test_functions_are_short(path):
    """A function has at most 30 lines, a verb 20."""
    assert {name: lines for name, lines in long_functions(path).items() if name not in LONG_FUNCTIONS} == {}


def test_exceptions_are_still_needed():
    """An entry of LONG_FUNCTIONS goes as soon as the function is short, or gone."""
    long = {name for path in modules() for name in long_functions(path)}
    assert set(LONG_FUNCTIONS) - long == set()
