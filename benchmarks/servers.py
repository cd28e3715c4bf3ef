"""Starts what is measured, each in a process of its own, and waits until it listens."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.meetings import Standing
from benchmarks.teams import APP_ID, TENANT, LittleTeams
from rehearsal.stage import DATABASE, KEYRING

BOTS = Path(__file__).parent / "bots"
ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0  # seconds until a server has to listen


class NotStarted(Exception):
    """A server did not come up; the message holds what it wrote last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One running server."""

    url: str
    pid: int


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@asynccontextmanager
async def started(command: list[str], port: int, *, env: Mapping[str, str] | None = None) -> AsyncIterator[Server]:
    """Run a command until the context ends; raises NotStarted."""
    with tempfile.TemporaryFile() as written:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=written, stderr=written, cwd=ROOT, env={**os.environ, **(env or {})}
        )
        try:
            await _listens(process, port)
        except NotStarted:
            written.seek(0)
            raise NotStarted(f"{' '.join(command)}\n{written.read().decode(errors='replace')[-2000:]}") from None
        try:
            yield Server(url=f"http://127.0.0.1:{port}/api/messages", pid=process.pid)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _listens(process: asyncio.subprocess.Process, port: int) -> None:
    for _ in range(int(PATIENCE * 10)):
        if process.returncode is not None:
            break
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.close()
        return
    raise NotStarted


def bot(name: str, teams: LittleTeams, *more: str, python: Path | None = None) -> tuple[list[str], int]:
    """Return the command of one of the compared bots, and its port."""
    port = free_port()
    return [str(python or sys.executable), str(BOTS / f"{name}.py"), str(port), teams.url, *more], port


def chairside(at: Standing, teams: LittleTeams) -> tuple[list[str], int, dict[str, str]]:
    """Return the command, port and settings of Chairside itself: `chairside run`, on this meeting's database."""
    port = free_port()
    env = {
        "CHAIRSIDE_APP_ID": APP_ID,
        "CHAIRSIDE_APP_PASSWORD": "not-so-secret",
        "CHAIRSIDE_APP_TENANT": TENANT,
        "CHAIRSIDE_TENANTS": f'["{TENANT}"]',
        "CHAIRSIDE_SERVICE_HOSTS": '["127.0.0.1"]',
        "CHAIRSIDE_AUTHORITY": teams.url,
        "CHAIRSIDE_OPENID_URL": f"{teams.url}/openid",
        "CHAIRSIDE_PORT": str(port),
        "CHAIRSIDE_DATABASE": f"sqlite:///{at.folder / DATABASE}",
        "CHAIRSIDE_KEYRING": str(at.folder / KEYRING),
        "CHAIRSIDE_REHEARSAL": "true",
    }
    return [str(Path(sys.executable).parent / "chairside"), "run"], port, env
