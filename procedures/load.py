"""From a file's name to a procedure that a meeting can run under."""

from __future__ import annotations

from pathlib import Path

from meeting.procedure import Procedure
from procedures.check import faults_of
from procedures.faults import Faulty
from procedures.files import default_data, path_of, shipped
from procedures.reading import read
from procedures.resolve import resolve

__all__ = ["Faulty", "load", "shipped"]


def load(id_or_path: str | Path) -> Procedure:
    """Return the procedure of a shipped id or a file, its defaults filled in; raises Faulty with every fault."""
    source = read(path_of(id_or_path))
    faults = faults_of(source)
    if faults:
        raise Faulty(faults)
    return resolve(default_data(), source.data)
