"""A whole meeting leaves no name and no word of it where it does not belong."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from procedures.load import load
from rehearsal.case import find_case
from rehearsal.play import Play
from rehearsal.rehearsing import actors_of
from rehearsal.stage import DATABASE, staged
from rehearsal.teams.journal import Called, Edited, Notified, Posted

#: Words of the case that only screens of admitted people, 1:1 and the minutes may carry.
CANARIES = ("Isla", "Rowan", "Kayleigh", "fracture", "raised voices", "skeletal", "Alder Row")


def stored(folder: Path) -> bytes:
    """Return every byte of the database, its log included."""
    return b"".join(f.read_bytes() for f in folder.glob(f"{DATABASE}*"))


async def test_nothing_confidential_leaves_the_screens(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """No log line, no notification, nothing in the shared chat, no address and no byte of the database tells of it."""
    caplog.set_level(logging.DEBUG)
    case = find_case("injured-infant")
    async with staged(case, load(case.procedure), tmp_path) as stage:
        play = Play(stage=stage, actors=actors_of(stage), scribe=case.data["note_taker"])
        await play.whole()
        journal = list(stage.teams.journal)
        shared = [e.text for e in journal if isinstance(e, Posted | Edited) and e.chat == stage.chat.id]
        phones = [e.text for e in journal if isinstance(e, Notified)]
        paths = [e.path for e in journal if isinstance(e, Called)]
        raw = stored(tmp_path)
    printed = capfd.readouterr()
    logs = printed.out + printed.err + caplog.text
    for canary in CANARIES:
        assert not [t for t in shared if canary in t], canary
        assert not [t for t in phones if canary in t], canary
        assert not [p for p in paths if canary in p], canary
        assert canary not in logs, canary
        assert canary.encode() not in raw, canary
    assert any("Fractur" in text or "fracture" in text for text in play.chair.person.screens(stage.chat))
