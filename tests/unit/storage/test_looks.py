"""What is asked of the outbox again and again finds its rows by an index, however many are over."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from meeting.model import MeetingId
from storage import Keyring
from tests.contract.little import NOON, Watch, later, little_store, opened, say, send


@pytest.fixture
def said():
    """Every statement that any connection runs meanwhile, with its values."""
    statements: list[str] = []

    def listen(connection, _record):
        connection.set_trace_callback(statements.append)

    event.listen(Pool, "connect", listen)
    yield statements
    event.remove(Pool, "connect", listen)


async def test_no_look_goes_through_every_row(tmp_path, said):
    """Whether anything is due, when the next is, how many, what was put aside; a claim, its stamp."""
    watch, file = Watch(), tmp_path / "chairside.db"
    store = little_store(f"sqlite:///{file}", Keyring.at(tmp_path / "keys.json"), now=watch)
    try:
        await opened(store)
        asked = say("x", send("reminder", due=later(0)), send("young", due=later(90)))
        await store.record.commit(MeetingId("m1"), asked, now=NOON)
        said.clear()
        (row,) = await store.outbox.claim(now=watch(), limit=5, lease_seconds=60)
        await store.outbox.sent(row, now=watch(), activity="a", chat="c")
        assert await store.outbox.claim(now=watch(), limit=5, lease_seconds=60) == ()
        assert await store.outbox.next_due() == later(90)
        assert await store.outbox.waiting(now=NOON) == 0
        assert await store.post.oldest_late(now=NOON) is None
        assert await store.post.counts() == {"dead": 0, "waiting": 1, "sending": 0}
        assert await store.post.stuck(now=NOON) == ()
    finally:
        store.close()
    looks = [one for one in said if "outbox" in one]
    with closing(sqlite3.connect(file)) as reader:
        steps = [(step[3], one) for one in looks for step in reader.execute(f"EXPLAIN QUERY PLAN {one}")]
    assert len(looks) >= 11
    assert [step for step in steps if step[0].startswith("SCAN outbox") and "USING" not in step[0]] == []
