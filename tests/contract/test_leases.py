"""Leases: a row is sent by one worker at a time, and comes back from one that died or slept."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from storage.failpoints import Point
from tests.contract.conftest import emptied
from tests.contract.little import later, little_store, opened, say, send


async def claim(store, watch, seconds, *, limit=10):
    """Claim for thirty seconds what is due at a time."""
    watch.seconds = seconds
    return await store.outbox.claim(now=watch(), limit=limit, lease_seconds=30)


@pytest.fixture
async def asked(store):
    """A meeting with one message to send."""
    meeting_id = await opened(store)
    await store.record.commit(meeting_id, say("x", send("a")), now=later(0))


async def test_a_leased_row_is_nobody_elses(asked, store, open_another, watch):
    """Another process finds nothing while the lease runs, and is told when it ends."""
    other = open_another()
    assert len(await claim(store, watch, 0)) == 1
    assert await claim(other, watch, 29.9) == ()
    assert await other.outbox.next_due() == later(30)


async def test_a_row_whose_worker_died_is_sent_again_as_a_repeat(asked, store, open_another, watch):
    """Its message may have gone out: it is marked, until it is stamped."""
    await claim(store, watch, 0)
    store.close()
    other = open_another()
    (row,) = await claim(other, watch, 30)
    assert (row.repeat, row.attempts) == (True, 2)
    await other.outbox.later(row, at=later(31), error="503")
    (row,) = await claim(other, watch, 31)
    assert row.repeat
    await other.outbox.sent(row, now=watch(), activity="1", chat="c")
    assert await claim(other, watch, 100) == ()


@pytest.mark.parametrize("stamp", ["sent", "later", "dead", "dropped"])
async def test_a_worker_that_slept_past_its_lease_cannot_stamp(asked, store, open_another, watch, stamp):
    """The row belongs to whoever took it over, and remembers that one's message."""
    other = open_another()
    (mine,) = await claim(store, watch, 0)
    (theirs,) = await claim(other, watch, 30)
    if stamp == "sent":
        await store.outbox.sent(mine, now=watch(), activity="mine", chat="c")
    elif stamp == "later":
        await store.outbox.later(mine, at=later(0), error="late")
    elif stamp == "dead":
        await store.outbox.dead(mine, now=watch(), error="late")
    else:
        await store.outbox.dropped(mine, now=watch(), why="late")
    assert await other.outbox.message(mine.meeting, "a") is None
    await other.outbox.sent(theirs, now=watch(), activity="theirs", chat="c")
    assert await store.outbox.message(mine.meeting, "a") == ("c", "theirs")
    assert await claim(other, watch, 100) == ()


async def test_a_late_stamp_counts_while_nobody_took_over(asked, store, watch):
    """A message that went out is not sent again only because its worker was slow."""
    (row,) = await claim(store, watch, 0)
    watch.seconds = 60
    await store.outbox.sent(row, now=watch(), activity="1", chat="c")
    assert await claim(store, watch, 100) == ()


async def test_a_failure_between_sending_and_stamping_repeats_the_message(asked, store, open_another, watch):
    """At least once: losing a reminder would be worse."""

    def fail(here):
        if here is Point.BEFORE_STAMP:
            raise OSError("gone")

    failing = open_another(fail)
    (row,) = await claim(failing, watch, 0)
    with pytest.raises(OSError, match="gone"):
        await failing.outbox.sent(row, now=watch(), activity="1", chat="c")
    (row,) = await claim(store, watch, 30)
    assert row.repeat


async def test_many_workers_send_everything_once(store, open_another, watch):
    """Four workers of two processes, five meetings, sixty messages: each is claimed once, in its chat's order."""
    meetings = [await opened(store, f"m{n}") for n in range(5)]
    for meeting_id in meetings:
        sends = (send(f"{n:02}") for n in range(12))
        await store.record.commit(meeting_id, say("x", *sends), now=later(0))
    sent: list[tuple[str, str]] = []

    async def work(one):
        while await one.outbox.waiting(now=watch()):
            for row in await one.outbox.claim(now=watch(), limit=2, lease_seconds=30):
                await asyncio.sleep(0)
                sent.append((row.meeting, row.key))
                await one.outbox.sent(row, now=watch(), activity="1", chat="c")

    await asyncio.gather(*(work(one) for one in (store, open_another()) * 2))
    assert set(Counter(sent).values()) == {1}
    assert len(sent) == 60
    for meeting_id in meetings:
        assert [key for meeting, key in sent if meeting == meeting_id] == [f"{n:02}" for n in range(12)]


async def blocked(intruder, stamp):
    """Wait until a session of the database waits for a row that somebody else holds; fails once the stamp is over."""
    while not stamp.done():
        with intruder.connect() as looking:
            if looking.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one():
                return
        await asyncio.sleep(0.01)
    raise AssertionError("nothing was waited for")


async def test_a_stamp_waits_for_a_row_that_somebody_holds_and_holds_up_no_other(standing_url, keyring, watch):
    """On PostgreSQL, of stamps written together: what is locked is left out, then waited for; none is lost."""
    url = emptied(standing_url)
    store = little_store(url, keyring, now=watch)
    intruder = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    hold = text("SELECT id FROM outbox WHERE key = :key FOR UPDATE")
    state = text("SELECT state FROM outbox WHERE key = :key")
    try:
        for name in ("busy", "locked", "free"):
            meeting_id = await opened(store, name)
            await store.record.commit(meeting_id, say("x", send(name)), now=later(0))
        rows = {row.key: row for row in await claim(store, watch, 0)}
        await store.record.commit(rows["busy"].meeting, say("x", send("due meanwhile", person="ann")), now=later(0))
        with intruder.connect() as first, intruder.connect() as second, intruder.connect() as looking:
            first.execute(hold, {"key": "busy"})
            second.execute(hold, {"key": "locked"})

            def stamp(key):
                return asyncio.create_task(store.outbox.sent(rows[key], now=watch(), activity=key, chat="c"))

            stamps = [stamp("busy")]
            await blocked(intruder, stamps[0])  # the writer waits; what comes now is written together
            assert [row.key for row in await claim(store, watch, 0)] == ["due meanwhile"]  # by another writer
            stamps += [stamp("locked"), stamp("free")]
            await asyncio.sleep(0)
            first.rollback()
            await stamps[0]
            await blocked(intruder, stamps[1])
            assert looking.execute(state, {"key": "free"}).scalar_one() == "sent"
            second.rollback()
            await asyncio.gather(*stamps)
            looking.rollback()
            assert {key: looking.execute(state, {"key": key}).scalar_one() for key in rows} == dict.fromkeys(
                rows, "sent"
            )
        assert {key: await store.outbox.message(row.meeting, key) for key, row in rows.items()} == {
            key: ("c", key) for key in rows
        }
    finally:
        intruder.dispose()
        store.close()
