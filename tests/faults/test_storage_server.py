"""PostgreSQL itself is killed: what was acknowledged is there when it is back, and the store finds it again."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from dialogs.ports import Receipt
from meeting.model import MeetingId
from storage import Keyring, Store
from tests.contract.little import NOON, little_store, opened, say, texts
from tests.postgres_cluster import PostgresCluster

MEETING = MeetingId("m1")


@pytest.fixture
def cluster(postgres_programs):
    """A server that keeps everything safe, as in service."""
    with tempfile.TemporaryDirectory(prefix="chairside-pg-", ignore_cleanup_errors=True) as folder:
        cluster = PostgresCluster(folder=Path(folder), programs=postgres_programs)
        cluster.create()
        cluster.start()
        yield cluster
        cluster.stop()


async def press_until_told(store: Store, number: int) -> None:
    """Press as Teams does, again after each failure, until it is acknowledged."""
    receipt = Receipt(nonce=f"{number}", person="ann", verb="v")
    for _ in range(300):
        try:
            await store.record.commit(MEETING, say(f"{number}"), now=NOON, receipt=receipt)
        except DBAPIError:
            await asyncio.sleep(0.1)
        else:
            return
    raise AssertionError("the store did not come back")


async def start_again(cluster: PostgresCluster) -> None:
    """Start a killed server, as soon as the machine has cleared its processes away."""
    for _ in range(20):
        try:
            await asyncio.to_thread(cluster.start)
        except RuntimeError:
            await asyncio.sleep(0.5)
        else:
            return
    raise AssertionError("the server did not start again")


async def outlives(cluster: PostgresCluster, kills: int, folder: Path) -> None:
    """Press on while the server is killed and started; every press is in the record once, in order."""
    store = little_store(cluster.url, Keyring.at(folder / "keys.json"))
    try:
        await opened(store)
        pressed = 0
        for _ in range(kills):
            for _ in range(10):
                await press_until_told(store, pressed := pressed + 1)
            await asyncio.to_thread(cluster.kill)
            pressing = asyncio.create_task(press_until_told(store, pressed := pressed + 1))
            await asyncio.sleep(0.1)
            await start_again(cluster)
            await pressing
        assert texts((await store.record.read(MEETING))[0]) == ["opened", *(str(n + 1) for n in range(pressed))]
        assert await store.audit() == ()
    finally:
        store.close()


async def test_a_killed_server_loses_nothing_acknowledged(cluster, tmp_path):
    """Once."""
    await outlives(cluster, 1, tmp_path)


@pytest.mark.faults_long
async def test_a_server_killed_twenty_times_loses_nothing_acknowledged(cluster, tmp_path):
    """Twenty times."""
    await outlives(cluster, 20, tmp_path)
