"""Which procedures come with the product, and where the defaults stand."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from procedures.reading import read

HERE = Path(__file__).parent
DEFAULT = HERE / "default.yaml"


def shipped() -> tuple[str, ...]:
    """Return the ids of the procedures that come with the product."""
    return tuple(sorted(path.stem for path in HERE.glob("*.yaml") if path != DEFAULT))


def path_of(id_or_path: str | Path) -> Path:
    """Return the file of a shipped procedure's id, or the path itself."""
    name = str(id_or_path)
    return HERE / f"{name}.yaml" if name in shipped() else Path(name)


@cache
def default_data() -> dict[str, Any]:
    """Return the default file's data, read once; nobody changes it."""
    data: dict[str, Any] = read(DEFAULT).data
    return data
