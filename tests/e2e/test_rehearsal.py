"""The rehearsal plays every case to its end, within what a chair would bear."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from chairside.main import app
from meeting.model import How
from procedures.load import load
from rehearsal.budgets import exceeded
from rehearsal.case import Case, cases
from rehearsal.rehearsing import rehearse_case
from rehearsal.transcript import WIDTH


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.id)
async def test_a_case_runs_its_course(case: Case, tmp_path: Path) -> None:
    """The meeting is closed, its minutes are written, Teams objects to nothing, every budget is kept."""
    told: list[str] = []
    outcome = await rehearse_case(case, load(case.procedure), tmp_path, write=told.append)
    assert outcome.violations == ()
    assert outcome.ran_its_course
    assert exceeded(outcome.budgets) == ()
    html, text = (f.read_text(encoding="utf-8") for f in outcome.files[:2])
    assert {f.suffix for f in outcome.files} >= {".html", ".txt", ".docx"}
    assert (".pdf" in {f.suffix for f in outcome.files}) == (outcome.missing == "")
    assert "fictional" in html.lower()
    assert "FICTIONAL" in text.upper()
    for child in case.data["children"]:
        assert child["name"] in text
        assert not any(child["name"] in line[10 : 10 + WIDTH] for line in told), "a child's name in the chat's column"
    assert outcome.meeting.actions
    assert any(a.how is How.SAID_ALOUD for a in outcome.meeting.answers.values()) == bool(outcome.meeting.debts)


def test_the_command_lists_the_cases() -> None:
    """`chairside rehearse --list` names every case with its procedure."""
    printed = CliRunner().invoke(app, ["rehearse", "--list"])
    assert printed.exit_code == 0
    assert all(case.id in printed.output for case in cases())


def test_an_unknown_case_is_named(tmp_path: Path) -> None:
    """A case that is not there is named, with what to do next."""
    printed = CliRunner().invoke(app, ["rehearse", "--case", "nothing", "--out", str(tmp_path)])
    assert printed.exit_code == 1
    assert "--list" in printed.output
