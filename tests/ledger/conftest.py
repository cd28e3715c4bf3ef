"""Fixtures of the ledger tests: a world that stands at a step, made from a snapshot that is built once a run."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.ledger.snapshots import KEPT, NO_SUCH_STEP, NOT_REACHED, PROOF, restored, the_case, the_procedure
from tests.ledger.world import World

At = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all snapshots, shared by the workers of one run."""
    if KEPT in os.environ:
        return Path(os.environ[KEPT])
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / f"ledger-{os.environ.get(PROOF, 'whole')}"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def at(snapshots: Path, tmp_path: Path) -> At:
    """`async with at("DECISION") as world:`; the meeting stands where that step has just begun."""

    @asynccontextmanager
    async def begin(step: str, *, procedure: str = "san", case: str = "case") -> AsyncIterator[World]:
        built = _built(snapshots, procedure, case, step)
        assert (built / step).exists(), f"{NOT_REACHED} {step}: {_stuck(built)}"
        async with restored(the_case(case), the_procedure(procedure), built / step, tmp_path) as stage:
            world = World(stage=stage)
            yield world
            world.nothing_wrong()

    return begin


def _built(snapshots: Path, procedure: str, case: str, step: str) -> Path:
    """Return the folder of one play's snapshots, building them where this run has not yet.

    Without a statement's data few tests run, and the first that fails ends it: the play goes as far as one asks.
    """
    replayed = PROOF in os.environ and KEPT not in os.environ
    until = step if replayed and step != "CLOSED" else None
    folder = snapshots / "-".join((procedure, case, *([until] if until else [])))
    folder.mkdir(exist_ok=True)
    with (snapshots / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "built").exists():
            code = (
                "from pathlib import Path; from tests.ledger.snapshots import build, the_case, the_procedure; "
                f"build(the_case({case!r}), the_procedure({procedure!r}), Path({str(folder)!r}), until={until!r})"
            )
            env = {k: v for k, v in os.environ.items() if replayed or k != PROOF}
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env)
            assert done.returncode == 0, done.stderr[-3000:]
    return folder


def _stuck(folder: Path) -> str:
    note = folder / "stuck"
    return note.read_text(encoding="utf-8")[:2000] if note.exists() else NO_SUCH_STEP
