"""Whose clock counts: machines that share a database agree on its time, however wrong their own is."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.contract.little import little_store, opened, say, send

WRONG = timedelta(minutes=5)


def wrong(minutes: float = 0) -> datetime:
    """Return what a clock that is ahead says."""
    return datetime.now(UTC) + WRONG + timedelta(minutes=minutes)


@pytest.fixture
def shared(url, keyring):
    """A store that goes by the database's own clock, where that is another machine's."""
    store = little_store(url, keyring)
    yield store
    store.close()


async def test_a_machine_ahead_of_time_sends_nothing_early(shared, url):
    """With PostgreSQL; an embedded database is on the same machine, and goes by the caller's clock."""
    meeting_id = await opened(shared)
    due = datetime.now(UTC) + timedelta(minutes=2)
    await shared.record.commit(meeting_id, say("x", send("reminder", due=due)), now=wrong())
    rows = await shared.outbox.claim(now=wrong(), limit=10, lease_seconds=30)
    assert len(rows) == (1 if url.startswith("sqlite") else 0)


async def test_a_machine_ahead_of_time_takes_no_lease_over(shared, url):
    """Nor is a message that is wanted now put off by a clock that is wrong."""
    meeting_id = await opened(shared)
    await shared.record.commit(meeting_id, say("x", send("a")), now=wrong())
    right = wrong() if url.startswith("sqlite") else datetime.now(UTC)
    assert len(await shared.outbox.claim(now=right, limit=10, lease_seconds=60)) == 1
    later = wrong(-0.5) if url.startswith("sqlite") else wrong()
    assert await shared.outbox.claim(now=later, limit=10, lease_seconds=60) == ()
