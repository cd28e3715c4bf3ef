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
    """A module has at most 250 lines, else it holds two subjects and becomes a package with a first page."""
    lines = len((text_of(path) or "").splitlines())
    assert lines <= MODULE_LINES, f"{path} has {lines} lines"


@pytest.mark.parametrize("path", modules(), ids=str)
def test_functions_are_short(path):
    """A function has at most 30 lines, a verb 20."""
    assert long_functions(path) == {}
