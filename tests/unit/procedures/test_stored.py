"""A resolved procedure survives storage exactly."""

import pytest

from procedures.files import shipped
from procedures.load import load
from procedures.stored import content_hash, dump, restore
from tests.unit.procedures.files import EXAMPLE


@pytest.mark.parametrize("name", [*shipped(), EXAMPLE], ids=str)
def test_restoring_gives_back_what_was_stored(name):
    procedure = load(name)
    stored = dump(procedure)
    assert restore(stored) == procedure
    assert dump(restore(stored)) == stored


def test_the_hash_tells_procedures_apart_and_not_loadings():
    hashes = {content_hash(dump(load(name))) for name in shipped() for _ in range(2)}
    assert len(hashes) == len(shipped())


@pytest.mark.parametrize(
    "stored", [b"", b"{}", b"3", b'{"agenda": 1}', b'{"agenda": [{}]}', b'{"agenda": [], "id": 3}']
)
def test_bytes_that_hold_no_procedure_are_refused(stored):
    with pytest.raises(ValueError):  # noqa: PT011 - json's, pydantic's or ours: all of them are ValueErrors
        restore(stored)
