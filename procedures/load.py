"""From a file's name to a procedure that a meeting can run under."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from meeting.procedure import Procedure
from procedures.check import faults_of
from procedures.faults import Faulty
from procedures.files import default_data, path_of, shipped
from procedures.reading import read
from procedures.resolve import resolve

__all__ = ["Faulty", "load", "shipped"]


def load(id_or_path: str | Path) -> Procedure:
    """Return the procedure of a shipped id or a file, its defaults filled in; raises Faulty with every fault.

    A file is read again only once it was written to: checking one takes the better part of 100 ms.
    """
    file = path_of(id_or_path)
    try:
        stands = file.stat()
    except OSError:
        return _checked(file)  # says what is wrong with it
    return _read_once(file.resolve(), stands.st_mtime_ns, stands.st_size)


@lru_cache(maxsize=32)
def _read_once(file: Path, _written: int, _size: int) -> Procedure:
    return _checked(file)


def _checked(file: Path) -> Procedure:
    source = read(file)
    faults = faults_of(source)
    if faults:
        raise Faulty(faults)
    return resolve(default_data(), source.data)
