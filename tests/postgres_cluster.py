"""A PostgreSQL server of a test's own: made in a folder, started, stopped, killed."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


def server_programs() -> Path | None:
    """Return the folder that holds initdb and pg_ctl, the newest release first, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def free_port() -> int:
    """Return a port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass(kw_only=True)
class PostgresCluster:
    """A server on 127.0.0.1 with trust authentication: only for tests. `folder` must be reachable for others.

    PostgreSQL refuses to run as root; then Debian's `postgres` account owns the folder and runs the programs.
    """

    folder: Path
    programs: Path
    port: int = field(default_factory=free_port)
    options: Sequence[str] = ()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        """The address of the database `postgres`, as libpq writes it."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        """Make an empty cluster; it is not yet started."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        """Start the server and return once it takes connections."""
        settings = (f"-p {self.port}", "-h 127.0.0.1", f"-k {self.folder}", *self.options)
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.data), "-l", log, "-w", "-t", "30", "-o", " ".join(settings), "start")

    def stop(self) -> None:
        """Stop the server at once but in order; a server that does not run is left alone."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "30", "-m", "fast", "stop")

    def kill(self) -> None:
        """Kill the postmaster as a failing machine would; `start` recovers."""
        pid = int((self.data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
        os.kill(pid, signal.SIGKILL)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=60, check=False)
        if done.returncode:
            msg = f"{program} ended with {done.returncode}: {done.stdout}{done.stderr}"
            raise RuntimeError(msg)
