"""A key of a procedure file drives something: what the author writes is asked for by a rule, a screen or a paper."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.structure.tree import modules, tree_of

DATA = Path("meeting/procedure")
RUNNING = ("bot", "web", "dialogs", "cards", "meeting", "documents", "storage", "chairside", "rehearsal")

#: field: why nothing that runs a meeting asks for it. Keep it short.
UNREAD = {
    "scope": "of a flag: for authors of conditions, the subject of what is asked decides",
}


def is_dataclass(node: ast.ClassDef) -> bool:
    """Tell whether a class is decorated as a dataclass."""
    return any(ast.unparse(one).startswith("dataclass") for one in node.decorator_list)


def keys() -> Iterator[str]:
    """Yield each field of the procedure's data, but for the sources, which document."""
    for path in modules("meeting"):
        if path.parent == DATA:
            made = (node for node in tree_of(path).body if isinstance(node, ast.ClassDef) and is_dataclass(node))
            told = (node for one in made for node in one.body if isinstance(node, ast.AnnAssign))
            names = (node.target.id for node in told if isinstance(node.target, ast.Name))
            yield from (name for name in names if not name.endswith("src"))


def read() -> set[str]:
    """Return every attribute that the running rooms ask for, whatever it is an attribute of."""
    paths = (path for path in modules(*RUNNING) if path.parent != DATA)
    nodes = (node for path in paths for node in ast.walk(tree_of(path)))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}


def test_every_key_of_a_procedure_is_read_where_meetings_run():
    """A name that another class has too may hide one: this finds the plain cases; UNREAD goes as they are mended."""
    asked = read()
    assert {name for name in keys() if name not in asked} == set(UNREAD)
