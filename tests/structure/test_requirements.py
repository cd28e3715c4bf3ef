"""The requirement files pin everything by hash and tell nothing about where it was fetched."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.structure.tree import ROOT, text_of

FILES = ("run.txt", "rehearsal.txt", "dev.txt", "node.txt")
PINNED = re.compile(
    r"[a-z0-9][a-z0-9.-]*(?:\[[a-z0-9,-]+\])?==[\w.!+]+(?: ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?"
)


def named(requirement: str) -> str:
    """Return the plain name of a requirement: `psycopg[binary]>=3` is `psycopg`."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[._-]+", "-", found[0]).lower()


def pins(name: str) -> dict[str, str]:
    """Return what a requirement file pins, by plain name."""
    text = text_of(Path("requirements") / name) or ""
    return {named(found[1]): found[2] for found in re.finditer(r"^(\S+)==([^\s;]+)", text, flags=re.MULTILINE)}


def declared(*extras: str) -> set[str]:
    """Return the plain names that the project file asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return {named(requirement) for requirement in wanted}


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_pin_or_a_hash(name):
    """No option, no address, no comment with a path: only pins and their hashes."""
    lines = (text_of(Path("requirements") / name) or "").splitlines()
    assert lines
    assert [line for line in lines if not PINNED.fullmatch(line)] == []


def test_files_hold_what_the_project_asks_for():
    """After a change of the project file, make lock was run."""
    assert declared() - pins("run.txt").keys() == set()
    assert declared("rehearsal") - pins("rehearsal.txt").keys() == set()


@pytest.mark.parametrize("name", ["run.txt", "rehearsal.txt"])
def test_the_service_runs_what_was_tested(name):
    """The smaller files pin the versions of the development file."""
    assert pins(name).items() <= pins("dev.txt").items()
