"""What `make bench` stands on: nothing else runs it between two releases."""

from __future__ import annotations

from pathlib import Path

from benchmarks.meetings import STEP, rehearsed


async def test_a_benchmark_finds_the_meeting_that_it_rehearsed(tmp_path: Path) -> None:
    """The play stops where views are asked, with its people in the meeting that was kept."""
    standing = await rehearsed(tmp_path)
    assert standing.step == STEP
    assert len(standing.people) > 5
    assert standing.chat
