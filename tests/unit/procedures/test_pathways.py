"""The example pathways: whom they propose for what is true of a child, as their page tells it."""

import re
from pathlib import Path

import pytest

from meeting.before.routes import proposed
from meeting.circumstances import CIRCUMSTANCES
from meeting.model import Child, ChildId, Meeting, MeetingId
from procedures.load import load
from procedures.pathways import load_pathways

HOW_TO = Path("docs/how-to")
TOLD = re.findall(r"^\| (.+) \| (.+) \|$", (HOW_TO / "pathways.md").read_text(encoding="utf-8"), re.MULTILINE)
ROWS = {
    tuple(true.split(" + ")): seats.split("; ") for true, seats in TOLD[TOLD.index(("What is true", "Seats")) + 1 :]
}
NAMED = {label: name for name, label in CIRCUMSTANCES.items()}
WITHOUT_SEAT = {"open_case", "order_in_force", "police_involved"}  # whose people the pathways ask anyway


def seats(*true: str) -> list[str]:
    """Return the labels of the seats that are proposed for one child of whom this is true."""
    child = Child(id=ChildId("c1"), name="Ada Brook")
    said = Meeting(
        id=MeetingId("m"),
        reference="SM-1",
        procedure="san",
        procedure_hash="",
        children={child.id: child},
        circumstances=frozenset(NAMED[label] for label in true),
        local=load_pathways(HOW_TO / "example-pathways.yaml").local("north"),
    )
    return [one.seat.label for one in proposed(said, load("san"))]


@pytest.mark.parametrize("true", [row for row in ROWS if row != ("Always",)], ids=" + ".join)
def test_the_page_tells_whom_the_example_proposes(true):
    """Row by row, beside those who are always asked; each contact may be written to (the file is checked elsewhere)."""
    assert seats() == ROWS["Always",]
    assert sorted(seats(*true)) == sorted([*ROWS["Always",], *ROWS[true]])


def test_every_circumstance_of_the_card_that_leads_to_somebody_proposes_them():
    """None of them is asked of a convener for nothing."""
    asked = {NAMED[label] for row in ROWS if row != ("Always",) for label in row}
    assert asked | WITHOUT_SEAT == CIRCUMSTANCES.keys()
