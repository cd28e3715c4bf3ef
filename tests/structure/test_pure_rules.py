"""The rules of a meeting are pure: the standard library only, and of that nothing that looks at the world."""

import ast
import sys

import pytest

from tests.structure.tree import imported, modules, tree_of

#: Standard modules that read a clock, chance, files, the network or other processes, or that write.
WORLDLY = {
    "asyncio",
    "http",
    "io",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "smtplib",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib.request",
}
CLOCK_CALLS = {"now", "today", "utcnow"}
WORLDLY_CALLS = {"input", "open", "print"}


def is_worldly(name: str) -> bool:
    """Tell whether an imported module, or a package that holds it, is on the list."""
    parts = name.split(".")
    return any(".".join(parts[:length]) in WORLDLY for length in range(1, len(parts) + 1))


@pytest.mark.parametrize("path", modules("meeting"), ids=str)
def test_rules_import_the_standard_library_only(path):
    """A rule depends on no package and on no other room."""
    allowed = {*sys.stdlib_module_names, "meeting"}
    assert [(line, name) for line, name in imported(path) if name.split(".")[0] not in allowed] == []


@pytest.mark.parametrize("path", modules("meeting"), ids=str)
def test_rules_do_not_look_at_the_world(path):
    """A rule reads no clock, no chance, no file and no network: `now` is handed in."""
    assert [(line, name) for line, name in imported(path) if is_worldly(name)] == []


@pytest.mark.parametrize("path", modules("meeting"), ids=str)
def test_rules_call_no_clock(path):
    """Nothing in the rules asks for the time or writes anything."""
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    clocks = [n.lineno for n in calls if isinstance(n.func, ast.Attribute) and n.func.attr in CLOCK_CALLS]
    writes = [n.lineno for n in calls if isinstance(n.func, ast.Name) and n.func.id in WORLDLY_CALLS]
    assert (clocks, writes) == ([], [])
