"""One service at a time on an embedded database, and none while another file takes its place."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.engine import Unopened, Unreadable, file_of

_LOCK = ".lock"


class InUse(Unopened):
    """A service runs on this database; the message says so."""


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Hold an embedded database against every other service; raises InUse, Unreadable, WrongAddress.

    What is held is a file beside it. The system lets go of it when the process ends, however that ends. A server's
    database is shared by as many as there are.
    """
    file = file_of(url)
    if file is None:
        yield
        return
    lock = _opened(file.with_name(file.name + _LOCK))
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(f"A service runs on {file}: stop it first. Several at once need PostgreSQL.") from None
        yield
    finally:
        os.close(lock)


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as wrong:
        raise Unreadable(f"{wrong.filename}: {wrong.strerror}") from wrong
