"""The files of this house, as the structure tests see them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ROOMS = (
    "chairside",
    "bot",
    "web",
    "dialogs",
    "cards",
    "meeting",
    "procedures",
    "documents",
    "storage",
    "rehearsal",
    "appmanifest",
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files() -> tuple[Path, ...]:
    """Return every file that is in the repository or would be added to it, by its path from the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(sorted(path for path in map(Path, filter(None, listed)) if (ROOT / path).is_file()))


@cache
def text_of(path: Path) -> str | None:
    """Return a file's text, or None where it is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def modules(*rooms: str) -> tuple[Path, ...]:
    """Return the Python files of the given rooms, of all rooms where none is given."""
    wanted = rooms or ROOMS
    return tuple(path for path in files() if path.suffix == ".py" and path.parts[0] in wanted)


def functions(path: Path) -> Iterator[tuple[str, Function]]:
    """Yield each function of a module with its qualified name, as in `Class.method`."""

    def below(node: ast.AST, outer: str) -> Iterator[tuple[str, Function]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                name = f"{outer}{child.name}"
                if not isinstance(child, ast.ClassDef):
                    yield name, child
                yield from below(child, f"{name}.")
            else:
                yield from below(child, outer)

    return below(tree_of(path), "")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each module that a module imports, with the line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module
