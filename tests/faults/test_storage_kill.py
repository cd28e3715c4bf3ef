"""kill -9 around every durable write: nothing acknowledged is lost, nothing is half written, a message repeats once."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from storage import Keyring, Store
from storage.failpoints import Point
from tests.contract.little import Watch, later, little_store, say, texts
from tests.faults.storage_victim import MEETING, press

ROOT = Path(__file__).parents[2]
HOURS = 3600.0


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    """The address of a fresh, empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'chairside.db'}"
    return request.getfixturevalue("postgres_url")


def killed(url: str, keys: Path, point: Point, nth: int) -> Counter[str]:
    """Let a victim run until it is killed; return what it told."""
    command = [sys.executable, "-m", "tests.faults.storage_victim", url, str(keys), point.value, str(nth)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == -9, done.stderr
    return Counter(done.stdout.splitlines())


async def present(store: Store) -> list[int]:
    """Return the turns that are in the record; there is always the opening before them."""
    try:
        meeting, _ = await store.record.read(MEETING)
    except KeyError:
        return []
    assert texts(meeting)[0] == "opened"
    return [int(text) for text in texts(meeting)[1:]]


async def holds(store: Store, watch: Watch, told: Counter[str]) -> None:
    """Check the store against what its last process told before it died."""
    turns = await present(store)
    acknowledged = [line for line in told if line.startswith("acknowledged")]
    assert turns == list(range(1, len(turns) + 1))
    assert len(acknowledged) <= len(turns) <= len(acknowledged) + 1
    assert await store.audit() == ()
    for number in turns:  # a turn that is there has its receipt, and one that is not may be pressed again
        again = await store.record.commit(MEETING, say("never"), now=later(0), receipt=press(number))
        assert again.repeat == press(number)
    watch.seconds = HOURS
    while rows := await store.outbox.claim(now=watch(), limit=10, lease_seconds=30):
        for row in rows:
            assert row.repeat or not told[f"posted {row.key}"], "a second message says that it is one"
            assert not told[f"stamped {row.key}"]
            told[f"posted {row.key}"] += 1
            await store.outbox.sent(row, now=watch(), activity="late", chat="c")
    posted = {line: times for line, times in told.items() if line.startswith("posted")}
    assert set(posted) == {f"posted {number}" for number in turns}, "a turn and its message are one"
    assert sum(posted.values()) <= len(turns) + 1


async def survives(url: str, folder: Path, point: Point, nth: int) -> None:
    """Kill a victim at a point, open its store again, and go on."""
    keys = folder / "keys.json"
    told = killed(url, keys, point, nth)
    watch = Watch()
    store = little_store(url, Keyring.at(keys), now=watch)
    try:
        await holds(store, watch, told)
        if await present(store):
            turns = await present(store)
            done = await store.record.commit(MEETING, say(f"{len(turns) + 1}"), now=later(HOURS))
            assert done.entries[0].sequence == len(turns) + 2
    finally:
        store.close()


@pytest.mark.parametrize("point", [point for point in Point if point is not Point.IN_MIGRATION])
async def test_a_kill_loses_nothing_acknowledged(url, tmp_path, point):
    """At its third time at each point."""
    await survives(url, tmp_path, point, 3)


async def test_a_kill_while_the_tables_are_made_leaves_none(url, tmp_path):
    """The next start makes them."""
    await survives(url, tmp_path, Point.IN_MIGRATION, 1)


@pytest.mark.faults_long
@pytest.mark.parametrize("nth", range(1, 21))
@pytest.mark.parametrize("point", [point for point in Point if point is not Point.IN_MIGRATION])
async def test_many_kills_lose_nothing_acknowledged(url, tmp_path, point, nth):
    """At each of the first twenty times."""
    await survives(url, tmp_path, point, nth)
