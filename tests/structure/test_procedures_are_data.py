"""A further authority's procedure is a further file: no code asks which procedure it has before it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure.tree import files, modules, tree_of

#: The rooms that run meetings. The rehearsal and the command line name procedures as their users do.
RUNNING = ("bot", "web", "dialogs", "cards", "meeting", "procedures", "documents", "storage")


def is_procedure_id(node: ast.expr) -> bool:
    """Tell whether an expression is `procedure.id`, `meeting.procedure.id`, `procedure_id` and the like."""
    if isinstance(node, ast.Attribute) and node.attr == "id":
        owner = node.value
        name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
        return name.endswith("procedure")
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name == "procedure_id"


def questions(tree: ast.Module) -> Iterator[int]:
    """Yield the lines that compare or match a procedure's id."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            if any(map(is_procedure_id, (node.left, *node.comparators))):
                yield node.lineno
        elif isinstance(node, ast.Match) and is_procedure_id(node.subject):
            yield node.lineno


def shipped_ids() -> set[str]:
    """Return the ids of the procedures in the repository, by their files' names."""
    found = (path for path in files() if path.parts[0] == "procedures" and path.suffix in {".yaml", ".yml"})
    return {path.stem for path in found} - {"default", "core"}


@pytest.mark.parametrize("path", modules(*RUNNING), ids=str)
def test_no_code_asks_for_a_procedures_id(path):
    """`if procedure.id == …` never occurs."""
    assert list(questions(tree_of(path))) == []


@pytest.mark.parametrize("path", modules(*RUNNING), ids=str)
def test_no_code_names_a_shipped_procedure(path: Path):
    """No table or default in the running rooms is keyed by a procedure's id either."""
    strings = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant))
    assert [(node.lineno, node.value) for node in strings if node.value in shipped_ids()] == []
