"""Sealing: only the right key opens a value, and only in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.chain import Tampered
from storage.sealing import Seal, fresh_key, place

HERE = place("entries", "m1", 1)


@given(st.binary())
def test_a_sealed_value_opens(content):
    """With its key, in its place."""
    seal = Seal(fresh_key())
    assert seal.open(seal.close(content, HERE), HERE) == content


@pytest.mark.parametrize("there", [place("receipts", "m1", 1), place("entries", "m2", 1), place("entries", "m1", 2)])
def test_it_opens_nowhere_else(there):
    """Another table, meeting or row."""
    seal = Seal(fresh_key())
    with pytest.raises(Tampered):
        seal.open(seal.close(b"x", HERE), there)


@given(st.integers(0, 28), st.integers(0, 7))
def test_a_single_flipped_bit_is_refused(byte, bit):
    """In version, nonce, content or tag."""
    seal = Seal(fresh_key())
    sealed = bytearray(seal.close(b"", HERE))
    sealed[byte] ^= 1 << bit
    with pytest.raises(Tampered):
        seal.open(bytes(sealed), HERE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" * 13, b"\x01" * 28])
def test_what_is_cut_short_is_refused(sealed):
    """As tampering, not as another error."""
    with pytest.raises(Tampered):
        Seal(fresh_key()).open(sealed, HERE)


def test_another_key_does_not_open():
    """Each meeting has its own."""
    with pytest.raises(Tampered):
        Seal(fresh_key()).open(Seal(fresh_key()).close(b"x", HERE), HERE)
