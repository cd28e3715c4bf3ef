"""Many reminders due in one minute, and a sender that is killed while it sends: none is lost, what repeats says so."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from storage import Keyring
from tests.contract.little import Watch, little_store
from tests.faults.reminders_victim import HOUR, IN_FLIGHT, fill

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    """The address of a fresh, empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'chairside.db'}"
    return request.getfixturevalue("postgres_url")


def victim(url: str, keys: Path, nth: int) -> list[str]:
    """Let a sender run until it is killed; return what it told."""
    command = [sys.executable, "-m", "tests.faults.reminders_victim", url, str(keys), str(nth)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == -9, done.stderr
    return done.stdout.splitlines()


async def delivered(url: str, folder: Path, meetings: int, each: int, kills: list[int]) -> None:
    """Kill a sender at these stamps, let the last one finish, and look at what reached whom."""
    keys, watch = folder / "keys.json", Watch()
    store = little_store(url, Keyring.at(keys), now=watch)
    await fill(store, meetings, each)
    store.close()
    told = [line for nth in kills for line in victim(url, keys, nth)]
    watch.seconds = 2 * HOUR
    store = little_store(url, Keyring.at(keys), now=watch)
    try:
        while rows := await store.outbox.claim(now=watch(), limit=IN_FLIGHT, lease_seconds=30):
            for row in rows:
                both = (row, *row.also)
                told += [f"posted {one.meeting} {one.key}{' again' if one.repeat else ''}" for one in both]
                await store.outbox.sent(row, now=watch(), activity=None, chat="c")
        assert await store.post.stuck(now=watch()) == ()
    finally:
        store.close()
    times = Counter(line.removesuffix(" again") for line in told)
    assert set(times) == {f"posted m{n} r{i}" for n in range(meetings) for i in range(each)}, "none is lost"
    first: set[str] = set()
    for line in told:
        name = line.removesuffix(" again")
        assert line != name or name not in first, f"{name} came twice and did not say so"
        first.add(name)
    assert sum(times.values()) - len(times) <= len(kills) * IN_FLIGHT


async def test_reminders_of_one_minute_survive_a_kill(url, tmp_path):
    """200, killed at the 30th stamp."""
    await delivered(url, tmp_path, 10, 20, [30])


@pytest.mark.faults_long
async def test_ten_thousand_reminders_survive_ten_kills(url, tmp_path):
    """10,000 in one minute, with ten kills on the way."""
    await delivered(url, tmp_path, 100, 100, [300] * 10)
