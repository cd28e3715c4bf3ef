"""The procedure files under test, and what they say, as text."""

import json
from pathlib import Path

from procedures.check import check
from procedures.faults import Fault
from procedures.files import DEFAULT, HERE, shipped

ROOT = Path(__file__).parents[3]
LEDGER = ROOT / "tests" / "ledger"
EXAMPLE = ROOT / "docs" / "how-to" / "example-authority.yaml"
WRITTEN = (*(HERE / f"{name}.yaml" for name in shipped()), EXAMPLE)
ALL = (*WRITTEN, DEFAULT)


def text_of(name: str) -> str:
    """Return a shipped procedure's file."""
    return (HERE / f"{name}.yaml").read_text(encoding="utf-8")


def ledger(name: str):
    """Return one of the ledger's JSON files."""
    return json.loads((LEDGER / f"{name}.json").read_text(encoding="utf-8"))


def changed(text: str, old: str, new: str) -> str:
    """Return the text with one passage replaced; it must be there once."""
    assert text.count(old) == 1, f"{text.count(old)} times: {old}"
    return text.replace(old, new)


def faults_in(folder: Path, text: str) -> tuple[Fault, ...]:
    """Return the faults of a procedure of this text."""
    path = folder / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return check(path)


def line_of(text: str, passage: str) -> int:
    """Return the line on which a passage begins."""
    return text[: text.index(passage)].count("\n") + 1
