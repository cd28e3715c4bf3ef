"""The keyring: made once, its owner's alone, with new keys before old ones go."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.chain import Tampered
from storage.keyring import Keyring, KeyringError
from storage.sealing import fresh_key


def test_a_keyring_is_made_once(tmp_path):
    """For its owner alone; the next start finds the same keys."""
    path = tmp_path / "etc" / "keys.json"
    first, second = Keyring.at(path), Keyring.at(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert (first.newest, first.chain_key, first.indexed("a")) == (
        second.newest,
        second.chain_key,
        second.indexed("a"),
    )
    assert [one.name for one in path.parent.iterdir()] == ["keys.json"]


def test_processes_that_start_together_share_one_keyring(tmp_path):
    """Whoever is quicker makes it, whole."""
    path = tmp_path / "keys.json"
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: Keyring.at(path), range(8)))
    assert len({ring.chain_key for ring in rings}) == 1


def test_a_wrapped_key_opens_for_its_meeting_only(tmp_path):
    """A row's key cannot be put into another row."""
    ring, key = Keyring.at(tmp_path / "keys.json"), fresh_key()
    by, wrapped = ring.wrap(key, "m1")
    assert ring.unwrap(wrapped, by, "m1") == key
    with pytest.raises(Tampered):
        ring.unwrap(wrapped, by, "m2")


def test_after_a_rotation_the_newest_wraps_and_the_old_ones_open(tmp_path):
    """Also after a restart; chain and index keys stay, or nothing old would verify or be found."""
    ring, key = Keyring.at(tmp_path / "keys.json"), fresh_key()
    old, wrapped = ring.wrap(key, "m1")
    before = (ring.chain_key, ring.ticket_key, ring.indexed("ann"))
    new = ring.rotate()
    for one in (ring, Keyring.at(tmp_path / "keys.json")):
        assert one.unwrap(wrapped, old, "m1") == key
        assert one.wrap(key, "m1")[0] == one.newest == new != old
        assert one.ids == (old, new)
        assert (one.chain_key, one.ticket_key, one.indexed("ann")) == before


def test_who_kept_the_old_keyring_makes_no_guests_codes(tmp_path):
    """After a rotation the codes are others, in a process that runs as well; until then they stay as they are."""
    path = tmp_path / "keys.json"
    runs, another = Keyring.at(path), Keyring.at(path)
    old = runs.code_key
    assert old == another.code_key
    assert old != runs.ticket_key
    another.rotate()
    assert runs.code_key == another.code_key != old


def test_a_forgotten_key_opens_nothing(tmp_path):
    """That makes an erasure final in old backups; the newest one cannot be forgotten."""
    ring = Keyring.at(tmp_path / "keys.json")
    old, wrapped = ring.wrap(fresh_key(), "m1")
    new = ring.rotate()
    ring.forget(old)
    with pytest.raises(KeyringError, match=old):
        ring.unwrap(wrapped, old, "m1")
    with pytest.raises(KeyringError):
        ring.forget(new)


def test_a_keyring_from_the_environment_reads_like_the_file(tmp_path):
    """But it is changed where it is kept."""
    ring = Keyring.at(tmp_path / "keys.json")
    by, wrapped = ring.wrap(b"k" * 32, "m1")
    other = Keyring.from_text((tmp_path / "keys.json").read_text())
    assert other.unwrap(wrapped, by, "m1") == b"k" * 32
    with pytest.raises(KeyringError):
        other.rotate()


def test_a_keyring_that_others_may_read_is_refused(tmp_path):
    """With the remedy."""
    Keyring.at(tmp_path / "keys.json")
    (tmp_path / "keys.json").chmod(0o640)
    with pytest.raises(KeyringError, match="chmod 600"):
        Keyring.at(tmp_path / "keys.json")


def spoilt(change):
    """Return a keyring's JSON after a change."""
    key = "A" * 43 + "="
    data = {"version": 1, "wrapping": [{"id": "1-a", "key": key}], "chain": key, "index": key}
    change(data)
    return json.dumps(data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        spoilt(lambda data: data.pop("chain")),
        spoilt(lambda data: data.update(version=2)),
        spoilt(lambda data: data.update(wrapping=[])),
        spoilt(lambda data: data.update(index="c2hvcnQ=")),
        spoilt(lambda data: data.update(index="not base 64!")),
    ],
)
def test_a_broken_keyring_is_refused_without_showing_it(text):
    """One sentence, no key."""
    with pytest.raises(KeyringError) as raised:
        Keyring.from_text(text)
    assert "AAAA" not in str(raised.value)
