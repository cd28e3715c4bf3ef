"""Procedures that nobody wrote, each played to its end: whatever a local document varies, no Python varies with it."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from yaml import safe_dump

from procedures.files import default_data
from procedures.resolve import resolve
from tests.e2e.odd_play import played, upheld
from tests.odd import castings, procedures

PLAYS = settings(
    database=None,
    deadline=None,
    phases=[Phase.generate],  # a play takes seconds: one that fails is told whole, and not made smaller
    suppress_health_check=list(HealthCheck),
)


def play_one(data: st.DataObject) -> None:
    """Draw a procedure and its people, play it, and hold it to what is true of every meeting."""
    written = data.draw(procedures())
    casting = data.draw(castings(written))
    note(safe_dump([written, casting], sort_keys=False, allow_unicode=True))
    with tempfile.TemporaryDirectory() as folder:
        upheld(asyncio.run(played(resolve(default_data(), written), casting, Path(folder))))


@settings(PLAYS, max_examples=3, derandomize=True)
@given(st.data())
def test_an_odd_procedure_is_played_to_its_end(data: st.DataObject) -> None:
    """Draft minutes with every heading in order and every answer; nothing of it in the shared chat; no card refused."""
    play_one(data)


@pytest.mark.faults_long
@pytest.mark.parametrize("ten", range(10))  # many workers share them
@settings(PLAYS, max_examples=10)
@given(data=st.data())
def test_many_odd_procedures_are_played_to_their_end(ten: int, data: st.DataObject) -> None:
    """The same, for as many as there is patience for."""
    del ten
    play_one(data)
