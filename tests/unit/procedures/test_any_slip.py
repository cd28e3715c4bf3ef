"""Whatever is taken out of a procedure or put into it, the check names it or the procedure still resolves."""

import copy
import random
from pathlib import Path

import pytest

from procedures.check import faults_of
from procedures.files import HERE, default_data, shipped
from procedures.reading import Source, read
from procedures.resolve import resolve

REPLACEMENTS: tuple[object, ...] = (
    None,
    3,
    -1,
    "x",
    "",
    [],
    {},
    ["a"],
    {"a": 1},
    True,
    [[]],
    "s47 and",
    "DECISION",
    "hard",
)


def spoil(data, chance: random.Random) -> None:
    """Take away or replace one value somewhere in the data."""
    node = data
    while True:
        key = chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
        if not (isinstance(node[key], dict | list) and node[key] and chance.random() < 0.8):
            break
        node = node[key]
    if chance.random() < 0.4:
        del node[key]
    else:
        node[key] = copy.deepcopy(chance.choice(REPLACEMENTS))


@pytest.mark.parametrize("name", shipped())
def test_the_check_never_breaks_and_never_passes_what_does_not_resolve(name):
    chance = random.Random(name)
    written = read(HERE / f"{name}.yaml").data
    for _ in range(60):
        data = copy.deepcopy(written)
        spoil(data, chance)
        if not faults_of(Source(path=Path("some.yaml"), data=data, lines={(): 1})):
            assert resolve(default_data(), data).id
