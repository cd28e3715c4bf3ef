"""What a meeting says lies nowhere in the clear; it can be erased, and its keys can be changed."""

import gc
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from dialogs.ports import Reachable, Receipt
from meeting.model import MeetingId, Standing
from storage import Erased, Keyring
from storage.schema import entries, meetings, metadata
from tests.contract.little import NOON, PersonCame, StateChanged, deciding, little_store, opened, say, seat, send

CANARIES = ("Maple Canary", "bruise on the canary", "canary@family.example.org", "aad-canary", "canary said")


@pytest.fixture
async def spoken(store):
    """A meeting into which every canary has gone."""
    meeting_id = await opened(store)
    await store.record.commit(meeting_id, say(CANARIES[0]), now=NOON)
    receipt = Receipt(nonce="n1", person="ann", verb="v", said=CANARIES[4])
    await store.record.commit(meeting_id, say(CANARIES[1], send("a")), now=NOON, receipt=receipt)
    came = PersonCame(id="bob", email=CANARIES[2], standing=Standing.SEATED)
    await store.record.commit(meeting_id, deciding(came, seat("s", aad=CANARIES[3])), now=NOON)
    return meeting_id


def everything_stored(intruder) -> bytes:
    """Return all that an intruder can read: every row, and SQLite's files with log and free pages."""
    found: list[bytes] = []
    with intruder.connect() as connection:
        for table in metadata.sorted_tables:
            found += [repr(tuple(row)).encode() for row in connection.execute(select(table))]
            for row in connection.execute(select(table)):
                found += [bytes(value) for value in row if isinstance(value, bytes | memoryview)]
    if intruder.dialect.name == "sqlite":
        found += [path.read_bytes() for path in Path(str(intruder.url.database)).parent.glob("chairside.db*")]
    return b"\n".join(found)


async def test_nothing_lies_in_the_clear(spoken, store, intruder):
    """Neither in rows nor in the database's files and log, nor in any encoding that a search would find."""
    stored = everything_stored(intruder)
    assert b"SM-m1" in stored
    for canary in CANARIES:
        for form in (canary, canary.lower(), canary.encode().hex()):
            assert form.encode() not in stored, canary


async def test_the_same_words_never_look_the_same(store, intruder):
    """Each entry is sealed under a fresh nonce, and each meeting under its own key."""
    for id_ in ("m1", "m2"):
        await opened(store, id_)
        for _ in range(20):
            await store.record.commit(MeetingId(id_), say("the same"), now=NOON)
    with intruder.connect() as connection:
        sealed = connection.execute(select(entries.c.sealed)).scalars().all()
        wrapped = connection.execute(select(meetings.c.wrapped)).scalars().all()
    assert len({bytes(one) for one in sealed}) == len(sealed) == 42
    assert len({bytes(one)[1:13] for one in sealed}) == 42
    assert len({bytes(one) for one in wrapped}) == 2


async def test_an_erased_meeting_cannot_be_read_but_verifies(spoken, store, open_another, intruder):
    """Its key and everything that names its people is gone; the chain over its ciphertext is whole.

    A service that has it in memory does not show it any more either, though another process erased it, and its daily
    work lets go of it.
    """
    keeper = open_another()
    held = weakref.ref((await store.record.read(spoken))[0])
    with intruder.connect() as connection:
        key = bytes(connection.execute(select(meetings.c.wrapped)).scalar_one())
    assert await keeper.erase(spoken, now=NOON)
    for one in (store, keeper, open_another()):
        with pytest.raises(Erased):
            await one.record.read(spoken)
        with pytest.raises(Erased):
            await one.record.commit(spoken, say("x"), now=NOON)
        assert await one.record.of_person("bob") == await one.record.listed() == ()
        assert await one.audit() == ()
    assert held() is not None
    assert await store.let_go() == {spoken}
    gc.collect()
    assert held() is None
    stored = everything_stored(intruder)
    assert key not in stored
    assert b"bob" not in stored
    assert b"ann" not in stored


async def test_erasing_twice_changes_nothing(spoken, store):
    """And an unknown meeting is a KeyError."""
    assert [await store.erase(spoken, now=NOON), await store.erase(spoken, now=NOON)] == [True, False]
    with pytest.raises(KeyError):
        await store.erase(MeetingId("none"), now=NOON)


async def test_other_meetings_outlive_an_erasure(spoken, store, open_another):
    """Only the one is gone."""
    await opened(store, "m2")
    await store.erase(spoken, now=NOON)
    assert (await open_another().record.read(MeetingId("m2")))[0].reference == "SM-m2"


async def test_a_way_to_somebody_goes_with_the_last_meeting_that_needed_it(spoken, store, open_another, intruder):
    """Where they are met in Teams, and the chat; whoever is in another meeting stays, and who writes again is known."""
    second, keeper = await opened(store, "m2"), open_another()
    ways = {name: Reachable(address=f"29:{name}", service_url="https://smba.example/", tenant="t") for name in "abc"}
    for name, identity in (("a", CANARIES[3]), ("b", CANARIES[2]), ("c", "aad-elsewhere")):
        await store.directory.recognise(ways[name], (identity,))
    await store.directory.remember(replace(ways["a"], address="19:chat"))
    await store.record.commit(spoken, deciding(StateChanged(chat="19:chat")), now=NOON)
    await store.record.commit(second, deciding(seat("s", aad=CANARIES[3])), now=NOON)
    assert await keeper.erase(spoken, now=NOON)
    assert await store.directory.named(CANARIES[3]) == ways["a"]
    assert await store.directory.named(CANARIES[2]) is None
    assert await store.directory.named("aad-elsewhere") == ways["c"]
    assert await store.directory.find("29:b") is await store.directory.find("19:chat") is None
    await store.directory.recognise(ways["b"], (CANARIES[2],))
    assert await keeper.directory.named(CANARIES[2]) == ways["b"]
    assert await keeper.erase(second, now=NOON)
    assert await store.directory.named(CANARIES[3]) is None
    assert b"29:a" not in everything_stored(intruder)


async def test_rotation_wraps_every_key_anew(store, open_another, keyring, intruder):
    """More meetings than one transaction takes; then the old wrapping key is needed by none and can go."""
    old = keyring.newest
    for n in range(230):
        await opened(store, f"m{n}")
    new = keyring.rotate()
    assert await store.retire_keys() == ()
    assert await store.rewrap() == 230
    assert await store.rewrap() == 0
    assert await store.retire_keys() == (old,)
    with intruder.connect() as connection:
        assert connection.execute(select(meetings.c.wrapped_by).distinct()).scalars().all() == [new]
    assert (await open_another().record.read(MeetingId("m7")))[0].reference == "SM-m7"


async def test_a_process_that_runs_learns_of_a_rotation(store, url, keyring, tmp_path, watch):
    """Another process rotated and forgot: this one reads its keyring again, and writes under the new key."""
    first = await opened(store)
    other = little_store(url, Keyring.at(tmp_path / "keys.json"), now=watch)
    other_ring = other._kit.keyring
    new = other_ring.rotate()
    await other.rewrap()
    await other.retire_keys()
    other.close()
    second = await opened(store, "m2")
    assert keyring.newest == new
    for meeting_id in (first, second):
        store._folds.forget(meeting_id)
        assert (await store.record.read(meeting_id))[0].reference == f"SM-{meeting_id}"


async def test_sqlite_files_are_their_owners_alone(store, intruder):
    """Nobody else on the machine can read database, log or keyring."""
    await opened(store)
    if intruder.dialect.name == "sqlite":
        folder = Path(intruder.url.database).parent
        modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir() if path.is_file()}
        assert set(modes) >= {"chairside.db", "chairside.db-wal", "keys.json"}
        assert set(modes.values()) == {0o600}
    else:
        with intruder.connect() as connection:
            assert connection.execute(text("SHOW data_directory_mode")).scalar_one() == "0700"
