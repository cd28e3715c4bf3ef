"""The papers tell what is there: commands that exist, decisions in one form, a front page of one screen or two."""

import re
from pathlib import Path

import pytest

from tests.structure.tree import ROOT, files, text_of

PAPERS = tuple(path for path in files() if path.suffix == ".md")
DECISIONS = tuple(path for path in PAPERS if path.parts[:2] == ("docs", "adr"))
PROMISED = {
    "rehearse",
    "rehearse-all",
    "room",
    "gallery",
    "test",
    "ledger",
    "ledger-proof",
    "faults",
    "bench",
}
README_LINES = 150


def targets() -> set[str]:
    """Return the targets of the Makefile that people call."""
    return set(re.findall(r"^([a-z][a-z-]*):", text_of(Path("Makefile")) or "", flags=re.MULTILINE))


def commands(text: str) -> set[str]:
    """Return the make targets that a paper tells people to run: in backquotes or in a console block."""
    return set(re.findall(r"(?:`|^\$? ?)make ([a-z][a-z-]*)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("path", PAPERS, ids=str)
def test_commands_in_papers_exist(path):
    """Whoever follows a paper meets no unknown target."""
    assert commands(text_of(path) or "") - targets() == set()


def test_promised_commands_exist():
    """The commands that the outside depends on are there."""
    assert PROMISED - targets() == set()


def test_front_page_shows_the_two_first_commands():
    """The README leads to a rehearsal and to the tests."""
    assert {"rehearse", "test"} <= commands(text_of(Path("README.md")) or "")


def test_front_page_is_short():
    """The README has at most 150 lines."""
    assert len((text_of(Path("README.md")) or "").splitlines()) <= README_LINES


def test_decisions_are_numbered_without_gaps():
    """docs/adr counts from 0001."""
    numbers = sorted(int(path.name[:4]) for path in DECISIONS)
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=str)
def test_decision_has_its_five_parts(path):
    """Each decision tells context, options, decision, consequences and how it is enforced."""
    headings = re.findall(r"^## (.+)$", text_of(path) or "", flags=re.MULTILINE)
    assert headings == ["Context", "Options", "Decision", "Consequences", "How it is enforced"]


@pytest.mark.parametrize("path", PAPERS, ids=str)
def test_links_lead_somewhere(path):
    """A link to a file of the repository finds it."""
    linked = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text_of(path) or "")
    assert [link for link in linked if not (ROOT / path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAPERS, ids=str)
def test_files_that_a_paper_names_are_there(path):
    """What a paper calls by its room is found there; `<kind>` and `yours` stand for what a reader writes."""
    rooms = "|".join(sorted({one.parts[0] for one in files() if len(one.parts) > 1}))
    named = re.findall(rf"`((?:{rooms})/[\w./<>-]+?)[/.]?`", text_of(path) or "")
    told = [name for name in named if "<" not in name and "yours" not in name]
    assert [name for name in told if not (ROOT / name).exists()] == []
