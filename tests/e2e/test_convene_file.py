"""`chairside convene`: a meeting written down from a file, and files that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from chairside.main import app

EXAMPLE = Path("docs/how-to/example-meeting.yaml")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for database and keys."""
    monkeypatch.setenv("CHAIRSIDE_DATABASE", f"sqlite:///{tmp_path / 'c.db'}")
    monkeypatch.setenv("CHAIRSIDE_KEYRING", str(tmp_path / "keys.json"))
    return tmp_path


def test_the_example_is_convened_and_its_record_verifies(here: Path) -> None:
    """The documented example works and its record is whole; a second time, its reference is taken, in words."""
    done = CliRunner().invoke(app, ["convene", str(EXAMPLE)])
    assert done.exit_code == 0, done.output
    assert "SM-3001" in done.output
    verified = CliRunner().invoke(app, ["audit", "verify"])
    assert verified.exit_code == 0
    assert '"findings": 0' in verified.output
    assert "Nothing is sent yet. These would be invited:" in done.output
    assert "  Police, Paul Grant: this service sends no e-mail: telephone" in done.output
    listed = CliRunner().invoke(app, ["outbox", "list"]).output
    assert listed.startswith("Nothing was put aside, and nothing is late.\nOf all meetings: ")
    file = here / "fewer.yaml"
    seats = [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if "agency: police" not in line]
    file.write_text("\n".join(seats).replace("SM-3001", "SM-3002"), encoding="utf-8")
    assert "\nSuggested and not invited: Police\n" in CliRunner().invoke(app, ["convene", str(file)]).output
    again = CliRunner().invoke(app, ["convene", str(EXAMPLE)])
    assert again.exit_code == 1
    assert "reference: SM-3001 is another meeting's" in again.output


def test_what_is_sent_outside_the_pathway_needs_its_reason(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the reason nothing is kept and its key is named; with it everybody is invited, each by a named way."""
    monkeypatch.setenv("CHAIRSIDE_SMTP_HOST", "mail.council.example")
    monkeypatch.setenv("CHAIRSIDE_SMTP_FROM", "chairside@council.example")
    held = CliRunner().invoke(app, ["convene", str(EXAMPLE), "--send"])
    assert held.exit_code == 1
    assert "outside_pathway: Outside the local pathway: Police; Health. Say here why" in held.output
    probation = (
        "seats:\n  - {id: po, agency: probation, name: Lee Frost, email: lee@probation.example, reason: Asked}\n"
    )
    text = EXAMPLE.read_text(encoding="utf-8").replace("seats:\n", probation)
    file = here / "meeting.yaml"
    file.write_text(f"{text}outside_pathway: Agreed on the telephone\n", encoding="utf-8")
    held = CliRunner().invoke(app, ["convene", str(file), "--send"])
    assert held.exit_code == 1
    assert (
        "before_consent: Consent to contact agencies is not answered yet, and comes before: Probation." in held.output
    )
    file.write_text(f"{file.read_text(encoding='utf-8')}before_consent: The mother is away\n", encoding="utf-8")
    sent = CliRunner().invoke(app, ["convene", str(file), "--send"])
    assert sent.exit_code == 0, sent.output  # nothing was kept before: its reference is free
    assert "Convened: SM-3001. Invited:\n" in sent.output
    assert "  Police, Paul Grant: by e-mail, paul@police.example\n" in sent.output
    assert "Suggested and not invited" not in sent.output


BEGINS, RECEIVED = "starts: in 3 hours", "concern_received: 2 hours ago"


@pytest.mark.parametrize(
    ("wrong", "right", "named"),
    [
        ("procedure: san", "procedure: nowhere", "nowhere"),
        ("reference: SM-3001", "reference: ../../SM-3001", "reference: at most 40 letters"),
        ("procedure: san", "procedure: san\nprocedure: lcs", "'procedure' is given twice"),
        ("note_taker:", "note_takr:", "Did you mean 'note_taker'?"),
        ("procedure: san", "procedure: [san", "Check indentation"),
        ("chair: chair", "chair: nobody", "nobody"),
        ("  HISTORY.event: none", "  HISTRY.event: none", "HISTRY"),
        ("dob: 2019-03-05", "dob: soon", "dob"),
        (BEGINS, "starts: tomorrow", "starts: 'tomorrow' is no time; write it as 2026-11-25T10:00, tomorrow 10:00"),
        (BEGINS, "starts: 2016-11-25T10:00", "starts: That day has passed. Look at the date."),
        (BEGINS, "starts: 2099-11-25T10:00", "starts: That is more than a year ahead. Look at the year."),
        (BEGINS, "starts: 3 hours ago", "starts: The meeting cannot begin before the concern was received"),
        (
            BEGINS,
            "starts: 2027-10-31T01:30",
            "comes twice when the clocks go back; write +01:00 behind it for the first",
        ),
        (BEGINS, "starts: 2027-03-28T01:30", "'2027-03-28T01:30' is left out when the clocks go forward"),
        (RECEIVED, "concern_received: in 1 hour", "concern_received: That time is still to come."),
        (RECEIVED, "concern_received: 2027-10-31T01:30", "answers: '2027-10-31T01:30' comes twice"),
        ("  cause: Bruises that the account given does not explain.\n", "", "answers.cause: missing (Reasonable cause"),
    ],
)
def test_what_cannot_be_used_is_named(here: Path, wrong: str, right: str, named: str) -> None:
    """A file with a slip is refused by the key that is wrong, and nothing is written."""
    text = EXAMPLE.read_text(encoding="utf-8")
    assert wrong in text
    file = here / "meeting.yaml"
    file.write_text(text.replace(wrong, right), encoding="utf-8")
    done = CliRunner().invoke(app, ["convene", str(file)])
    assert done.exit_code == 1
    assert named in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("wrong", "right", "named"),
    [
        (
            "contacts: [{name: Safeguarding midwife, email: safeguarding.midwife@hospital.example}]",
            "contacts: []",
            ("this route has no contacts", "List at least one contact"),
        ),
        (
            "duty.inspector@police.example",
            "duty.inspector@mail.example",
            ("no domain of police", "Use a mailbox of these domains", "police.example"),
        ),
        (
            "duty.inspector@police.example",
            "Duty inspector ppu@police.example",
            ("is no mailbox", "one address alone"),
        ),
        ("        cover_minutes: 30", "        cover_minuts: 30", ("unknown key", "Did you mean 'cover_minutes'?")),
        ("  police:\n    label", "  polise:\n    label", ("'polise' has no domains", "Did you mean 'police'?")),
    ],
)
def test_pathways_that_reach_nobody_are_refused_with_a_remedy(
    tmp_path: Path, wrong: str, right: str, named: tuple[str, ...]
) -> None:
    """A route without contacts and an address outside its agency's domains: named with file and key before any use."""
    text = Path("docs/how-to/example-pathways.yaml").read_text(encoding="utf-8")
    file = tmp_path / "pathways.yaml"
    file.write_text(text, encoding="utf-8")
    assert CliRunner().invoke(app, ["pathways", "check", str(file)]).exit_code == 0
    assert wrong in text
    file.write_text(text.replace(wrong, right), encoding="utf-8")
    done = CliRunner().invoke(app, ["pathways", "check", str(file)])
    said = " ".join(done.output.split())
    assert done.exit_code == 1
    assert all(words in said for words in named), said
    assert "pathways." in said
