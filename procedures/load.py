"""From a file's name to a procedure that a meeting can run under."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from meeting.procedure import Procedure
from procedures.reading import Source, read
from procedures.resolve import resolve

HERE = Path(__file__).parent
DEFAULT = HERE / "default.yaml"


def shipped() -> tuple[str, ...]:
    """Return the ids of the procedures that come with the product."""
    return tuple(sorted(path.stem for path in HERE.glob("*.yaml") if path != DEFAULT))


def path_of(id_or_path: str | Path) -> Path:
    """Return the file of a shipped procedure's id, or the path itself."""
    name = str(id_or_path)
    return HERE / f"{name}.yaml" if name in shipped() else Path(name)


def load(id_or_path: str | Path) -> Procedure:
    """Return the procedure of a shipped id or a file."""
    return resolve(default_data(), read(path_of(id_or_path)).data)


@cache
def default_source() -> Source:
    """Return the default file as read, once."""
    return read(DEFAULT)


def default_data() -> dict[str, Any]:
    """Return the default file's data; nobody changes it."""
    data: dict[str, Any] = default_source().data
    return data
