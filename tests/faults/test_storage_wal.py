"""A power cut in the middle of SQLite's write-ahead log: up to the last whole commit, everything is there."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from meeting.model import MeetingId
from storage import Keyring
from tests.contract.little import NOON, little_store, opened, say, send, texts

TURNS = 12


class Copies:
    """A database, its log as it grew, and copies of both as a power cut would leave them."""

    def __init__(self, folder: Path) -> None:
        self.keyring = Keyring.at(folder / "keys.json")
        self.database, self.before, self.cut = (folder / name for name in ("chairside.db", "before.db", "cut.db"))

    def log(self) -> bytes:
        """Return the log as it is now."""
        return Path(f"{self.database}-wal").read_bytes()

    def keep(self) -> None:
        """Keep the database as it is without its log."""
        shutil.copy(self.database, self.before)

    def end(self, log: bytes) -> None:
        """Make a database whose log ends here, and check that SQLite finds it whole."""
        for path in self.cut.parent.glob("cut.db*"):
            path.unlink()
        shutil.copy(self.before, self.cut)
        Path(f"{self.cut}-wal").write_bytes(log)
        with closing(sqlite3.connect(self.cut)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def cut_logs(folder: Path, step: int) -> None:
    """Write some turns, then open the database as if its log ended at every `step` bytes."""
    copies, sizes = Copies(folder), []
    store = little_store(f"sqlite:///{copies.database}", copies.keyring)
    meeting_id = await opened(store)
    copies.keep()
    start = copies.log()
    for number in range(TURNS):
        await store.record.commit(meeting_id, say(f"{number}", send(f"{number}")), now=NOON)
        sizes.append(len(copies.log()))
    whole = copies.log()
    assert whole.startswith(start), "the log was begun anew meanwhile"
    store.close()
    for cut in range(len(start), len(whole) + 1, step):
        copies.end(whole[:cut])
        await opens(copies, meeting_id, acknowledged=sum(size <= cut for size in sizes))


async def opens(copies: Copies, meeting_id: MeetingId, acknowledged: int) -> None:
    """Check that the cut database opens and has the acknowledged turns, each with its message."""
    store = little_store(f"sqlite:///{copies.cut}", copies.keyring)
    try:
        assert await store.audit() == ()
        said = texts((await store.record.read(meeting_id))[0])
        assert said == ["opened", *(str(n) for n in range(acknowledged))]
        assert await store.outbox.waiting(now=NOON) == acknowledged
    finally:
        store.close()


async def test_a_log_cut_short_keeps_whole_commits(tmp_path):
    """Cut at a few dozen places, none of them a border of anything."""
    await cut_logs(tmp_path, 7777)


@pytest.mark.faults_long
async def test_a_log_cut_anywhere_keeps_whole_commits(tmp_path):
    """Cut at each 512 bytes."""
    await cut_logs(tmp_path, 512)
