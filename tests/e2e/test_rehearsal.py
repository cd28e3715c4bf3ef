"""The rehearsal plays every case to its end, within what a chair would bear."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chairside.main import app
from meeting import machine
from meeting.model import How, MeetingId, Status
from meeting.procedure import Procedure
from procedures.load import load
from rehearsal.actor import Stuck
from rehearsal.budgets import Budget, exceeded
from rehearsal.case import Case, cases, find_case
from rehearsal.rehearsing import Outcome, rehearse_case
from rehearsal.transcript import WIDTH

Writer = Callable[[str], None]


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.id)
async def test_a_case_runs_its_course(case: Case, tmp_path: Path) -> None:
    """The meeting is closed, its minutes are written, Teams objects to nothing, every budget is kept.

    In the days after it whoever stays silent is told of by the ladder, and the minutes are authorised and sent.
    """
    told: list[str] = []
    outcome = await rehearse_case(case, load(case.procedure), tmp_path, write=told.append, days=True)
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
    after = "\n".join(told).partition("The days after")[2]
    assert re.search(r"Version \d+, authorised by ", after), after
    assert "The minutes are ready for you" in after
    assert not [name for name in (c["name"] for c in case.data["children"]) if name in after]
    assert any(a.how is How.SAID_ALOUD for a in outcome.meeting.answers.values()) == bool(outcome.meeting.debts)


async def test_a_case_is_played_under_an_authority_that_it_was_not_written_for(tmp_path: Path) -> None:
    """The worked example of docs/how-to runs its course; what it does not ask is named and left out."""
    example = Path(__file__).parents[2] / "docs" / "how-to" / "example-authority.yaml"
    told: list[str] = []
    outcome = await rehearse_case(find_case("followed-home"), load(str(example)), tmp_path, write=told.append)
    assert outcome.ran_its_course
    assert "left out: prepared.FAMILY.fields.c1" in told[0]
    assert "Harbour Road Academy" in outcome.files[1].read_text(encoding="utf-8")


def test_the_command_plays_every_case_and_prints_a_row_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`chairside rehearse --all`: a row with measured of allowed and a verdict; a play that stops is told and fails."""

    async def quick(case: Case, procedure: Procedure, out: Path, *, write: Writer, **_: object) -> Outcome:
        if case.id == "injured-infant":
            raise Stuck("Nobody can go on at IDENTITY")
        write("The transcript.")
        presses = Budget(
            what="The chair's presses", short="presses", measured=46 if case.id == "car-park" else 20, at_most=45
        )
        meeting = replace(machine.unwritten(MeetingId("m")), status=Status.CLOSED)
        return Outcome(meeting=meeting, procedure=procedure, files=(), missing="", budgets=(presses,), violations=())

    monkeypatch.setattr("chairside.rehearsing.rehearse_case", quick)
    printed = CliRunner().invoke(app, ["rehearse", "--all", "--out", str(tmp_path)])
    assert printed.exit_code == 1
    rows = {case.id: next(x for x in printed.output.splitlines() if x.startswith(f"│ {case.id} ")) for case in cases()}
    assert re.search(r"46/45 .* EXCEEDED: presses", rows["car-park"])
    assert re.search(r" lcs .* 20/45 .* kept", rows["followed-home"])
    assert "STOPPED" in rows["injured-infant"]
    assert "injured-infant: Nobody can go on at IDENTITY" in printed.output
    assert (tmp_path / "followed-home" / "transcript.txt").read_text(encoding="utf-8") == "The transcript.\n"


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
