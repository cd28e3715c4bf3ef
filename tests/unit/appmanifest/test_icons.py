"""The committed icons are what the code draws."""

import struct
import zlib

import pytest

from appmanifest.build import COLOUR, ICONS, OUTLINE
from appmanifest.icons import DRAWN, PNG, draw, header, pixels


def opened(content: bytes) -> tuple[bytes, bytes]:
    """Return a PNG's header and its unpacked rows: how it was packed depends on the machine's zlib."""
    assert content.startswith(PNG)
    at, found = len(PNG), {}
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        found[kind] = content[at + 8 : at + 8 + length]
        at += length + 12
    return found[b"IHDR"], zlib.decompress(found[b"IDAT"])


@pytest.mark.parametrize("name", DRAWN)
def test_the_committed_icon_is_what_the_code_draws(name):
    """After a change, python -m appmanifest.icons was run."""
    size, paint = DRAWN[name]
    assert opened((ICONS / name).read_bytes()) == (header(size), pixels(size, paint))


def test_the_sizes_are_those_that_teams_wants():
    assert {name: size for name, (size, _) in DRAWN.items()} == {COLOUR: 192, OUTLINE: 32}


def points(name: str) -> list[bytes]:
    size, paint = DRAWN[name]
    rows = pixels(size, paint)
    step = 1 + 4 * size
    return [rows[at + 1 + 4 * i : at + 5 + 4 * i] for at in range(0, len(rows), step) for i in range(size)]


def test_the_outline_is_white_on_nothing():
    assert {p[:3] for p in points(OUTLINE)} == {b"\xff\xff\xff"}
    assert {p[3] for p in points(OUTLINE)} >= {0, 255}


def test_the_colour_icon_has_no_hole():
    assert {p[3] for p in points(COLOUR)} == {255}


def test_drawing_writes_both(tmp_path):
    draw(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {COLOUR, OUTLINE}
