"""Backup, restore, rotation, access and export, by the commands that an operator types, on real databases."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.app import utc_now
from bot.keeping import keep
from bot.settings import Settings
from chairside.main import app
from meeting import machine
from meeting.before.calling_off import Cancel
from meeting.model import Entry, Meeting
from meeting.procedure import Procedure
from meeting.standing import SYSTEM
from storage import Keyring, alone

EXAMPLE = Path("docs/how-to/example-meeting.yaml")
REFERENCE = "SM-3001"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment with one meeting."""
    monkeypatch.setenv("CHAIRSIDE_DATABASE", f"sqlite:///{tmp_path / 'live' / 'c.db'}")
    monkeypatch.setenv("CHAIRSIDE_KEYRING", str(tmp_path / "keys" / "keys.json"))
    assert run("convene", str(EXAMPLE))[0] == 0
    return tmp_path


def run(*words: str) -> tuple[int, str]:
    """Type a command."""
    done = CliRunner().invoke(app, list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_a_backup_comes_back_whole(here: Path) -> None:
    """Taken, lost, restored and verified; the keyring lies apart, and nothing that stands is overwritten unasked."""
    code, said = run("backup", str(here / "backup"), "--keys", str(here / "apart"))
    assert code == 0, said
    (copy,) = (here / "backup").glob("*.db")
    assert (copy.stat().st_mode & 0o777, len(list((here / "apart").iterdir()))) == (0o600, 1)
    assert not list((here / "backup").glob("*key*"))
    assert "stands at" in run("restore", str(copy))[1]
    for file in (here / "live").iterdir():
        file.unlink()
    code, said = run("restore", str(copy))
    assert (code, "every record whole" in said) == (0, True), said
    assert run("audit", "verify")[0] == 0
    code, said = run("restore", str(copy), "--replace")
    assert "What stood there before" in said
    assert run("access", REFERENCE)[0] == 0


def test_a_database_that_a_service_runs_on_is_left_alone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No backup takes its place, no second service begins: either would lose what the first goes on to write."""
    run("backup", str(here / "backup"))
    (copy,) = (here / "backup").glob("*.db")
    for name in ("AUTHORITY", "OPENID_URL"):
        monkeypatch.setenv(f"CHAIRSIDE_{name}", "http://127.0.0.1:9/")
    monkeypatch.setenv("CHAIRSIDE_REHEARSAL", "true")
    live = [file.name for file in (here / "live").iterdir()]
    with alone(Settings().database):
        for words in (("restore", str(copy), "--replace"), ("run",)):
            code, said = run(*words)
            assert (code, "stop it first" in said) == (1, True), said
    assert {file.name for file in (here / "live").iterdir()} == {*live, "c.db.lock"}
    assert run("restore", str(copy), "--replace")[0] == 0


def test_half_a_copy_does_not_lie_among_the_backups(here: Path) -> None:
    """A damaged database is not backed up as if it were whole."""
    live = here / "live" / "c.db"
    with closing(sqlite3.connect(live)) as database, database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'known_as'").fetchone()
    with live.open("r+b") as file:
        file.seek((pages[0] - 1) * 4096)
        file.write(b"rubbish" * 100)
    code, said = run("backup", str(here / "backup"))
    assert (code, "Nothing was backed up" in said) == (1, True), said
    assert not list((here / "backup").iterdir())


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE entries SET at = at + 1 WHERE sequence = 1", "changed"),
        ("DELETE FROM entries WHERE sequence = 1", "missing"),
        ("DELETE FROM meetings; DELETE FROM entries; DELETE FROM outbox; DELETE FROM people_index", "missing"),
    ],
)
def test_a_backup_that_was_changed_takes_nobodys_place(here: Path, change: str, named: str) -> None:
    """An edit, a gap, or a meeting that is gone since the backup's own list: named, and the live database stays."""
    run("backup", str(here / "backup"))
    (copy,) = (here / "backup").glob("*.db")
    with closing(sqlite3.connect(copy)) as database, database:
        database.execute("PRAGMA foreign_keys=off")
        database.executescript(change)
    code, said = run("restore", str(copy), "--replace")
    assert (code, named in said, "Nothing was changed" in said) == (1, True, True), said
    assert run("audit", "verify")[0] == 0


def test_what_cannot_be_restored_or_backed_up_is_said(here: Path) -> None:
    """A file that is none, keys beside the copy, the database's own folder, no keyring, a PostgreSQL."""
    rubbish = here / "rubbish.db"
    rubbish.write_bytes(b"no database" * 99)
    assert "damaged" in run("restore", str(rubbish), "--replace")[1]
    both = str(here / "both")
    assert "apart" in run("backup", both, "--keys", both)[1]
    assert "another folder" in run("backup", str(here / "live"))[1]
    (here / "keys" / "keys.json").rename(here / "lost.json")
    assert "keyring" in run("restore", str(rubbish), "--replace")[1]
    assert "keyring" in run("backup", both)[1]


def test_keys_rotate_and_everything_still_opens(here: Path) -> None:
    """A new key wraps every meeting, the old one is gone, the record verifies and is read.

    A backup from before needs the keyring from before; one that could not be read takes nobody's place.
    """
    run("backup", str(here / "backup"))
    (copy,) = (here / "backup").glob("*.db")
    before = Keyring.at(here / "keys" / "keys.json").ids
    code, said = run("keys", "rotate")
    assert (code, "1 meeting(s)" in said, "1 old key(s)" in said) == (0, True, True), said
    after = Keyring.at(here / "keys" / "keys.json").ids
    assert len(after) == 1
    assert not set(before) & set(after)
    code, said = run("restore", str(copy), "--replace")
    assert (code, "The keyring lacks 1 key(s)" in said) == (1, True), said
    assert not (here / "live" / "c.db.restoring").exists()
    assert run("audit", "verify")[0] == 0
    assert run("access", REFERENCE)[0] == 0


def test_one_meeting_is_exported_whole_and_for_its_owner_only(here: Path) -> None:
    """Minutes, state and readers as files of mode 600; an unknown reference is said."""
    code, said = run("export", REFERENCE, "--out", str(here / "out"))
    assert code == 0, said
    files = {path.name: path for path in (here / "out").iterdir()}
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in files.values())
    record = json.loads(files[f"{REFERENCE}-record.json"].read_text(encoding="utf-8"))
    names = [child["name"] for child in record["children"].values()]
    assert names
    assert all(name in files[f"{REFERENCE}-minutes.txt"].read_text(encoding="utf-8") for name in names)
    assert "data protection officer" in files["READ-FIRST.txt"].read_text(encoding="utf-8")
    assert "no meeting" in run("export", "SM-0000", "--out", str(here / "no"))[1]
    assert "no meeting" in run("access", "SM-0000")[1]


def test_a_key_is_destroyed_only_when_told_and_never_under_a_hold(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dry by default; a hold blocks; then nobody reads it, the chain still verifies, and no name is left."""
    asyncio.run(_cancel())
    assert "kept until" in run("retention", "run")[1]
    monkeypatch.setattr("bot.app.utc_now", lambda: datetime.now(UTC) + timedelta(days=91))
    code, said = run("retention", "run")
    assert (code, "may be destroyed since" in said, "Nothing was changed" in said) == (0, True, True), said
    assert "write `chairside report` of their time before" in said
    assert "give a reason" in run("retention", "hold", REFERENCE, "--reason", "")[1]
    run("retention", "hold", REFERENCE, "--reason", "Court proceedings")
    assert "0 key(s) destroyed" in run("retention", "run", "--destroy")[1]
    run("retention", "release", REFERENCE)
    assert "1 key(s) destroyed" in run("retention", "run", "--destroy")[1]
    assert "was erased on" in run("access", REFERENCE)[1]
    assert "was erased on" in run("export", REFERENCE, "--out", str(here / "out"))[1]
    assert run("audit", "verify")[0] == 0
    assert REFERENCE not in run("retention", "run")[1]
    days = ("--since", "2020-01-01", "--until", "2099-01-01")
    assert "Not counted" not in run("report", *days, "--out", str(here / "figures"))[1]  # it was called off, not held
    with closing(sqlite3.connect(here / "live" / "c.db")) as database, database:
        database.execute("UPDATE meetings SET status = 'closed'")
    told = "Not counted, because their records were destroyed when their time was over: fewer than 5."
    assert told in run("report", *days, "--out", str(here / "figures"))[1]
    assert told in (here / "figures" / "chairside-report.html").read_text(encoding="utf-8")


async def _cancel() -> None:
    store = keep(Settings())
    meeting_id = (await store.kept())[0].id

    def decide(meeting: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
        return machine.decide(meeting, Cancel(reason="x"), by=SYSTEM, procedure=procedure, now=utc_now())

    await store.record.commit(meeting_id, decide, now=utc_now())
    store.close()
