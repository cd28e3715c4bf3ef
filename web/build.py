"""Builds the page's third-party files: Microsoft's card renderer, as npm brought it, pressed once for the network.

`python -m web.build` (part of the set-up) writes them into `web/static/vendor/`; nothing of it is in the repository.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

HERE = Path(__file__).parent
OWN, VENDOR = HERE / "static" / "own", HERE / "static" / "vendor"
MODULES = HERE.parent / "node_modules"
RENDERER = {"adaptivecards.js": "adaptivecards/dist/adaptivecards.min.js"}


class NoRenderer(Exception):
    """Microsoft's card renderer is not here; the message says how it comes."""


def built() -> bool:
    """Tell whether every file is there."""
    return all((VENDOR / name).is_file() for name in RENDERER)


def build(modules: Path = MODULES) -> None:
    """Copy the renderer from npm's folder, with a gzipped twin beside it; raises NoRenderer."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in RENDERER.items():
        try:
            data = (modules / source).read_bytes()
        except FileNotFoundError:
            raise NoRenderer("Microsoft's card renderer is missing: run make setup-node, once.") from None
        lines = data.split(b"\n")
        data = b"\n".join(line for line in lines if not line.startswith(b"//# sourceMappingURL"))
        (VENDOR / f"{name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
        (VENDOR / name).write_bytes(data)


def ensure_built() -> None:
    """Build what is missing; raises NoRenderer."""
    if not built():
        build()


if __name__ == "__main__":
    try:
        build()
    except NoRenderer as missing:
        print(missing, file=sys.stderr)  # noqa: T201  (it is run by make)
        sys.exit(1)
