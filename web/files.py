"""The page's own files and the card renderer: held in memory, under an address that changes with their content."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiohttp import web

from web.build import OWN, VENDOR, ensure_built

KINDS: Mapping[str, str] = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
#: They hold no word of any meeting, and their address changes with them.
KEPT = "public, max-age=31536000, immutable"
LITTLE = 1024  # bytes that are not worth pressing


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file, as it is and pressed."""

    kind: str
    data: bytes
    pressed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """All files by name; `base` is the address that they lie under."""

    base: str
    named: Mapping[str, File]

    def address(self, name: str) -> str:
        """Return where a file lies; raises KeyError for one that is not there."""
        if name not in self.named:
            raise KeyError(name)
        return f"{self.base}/{name}"

    @property
    def weight(self) -> int:
        """How many bytes a first visit fetches, pressed."""
        return sum(len(file.pressed) for file in self.named.values())


@cache
def files() -> Files:
    """Read every file once; raises web.build.NoRenderer where the set-up was not finished."""
    ensure_built()
    named = {path.name: _file(path) for folder in (OWN, VENDOR) for path in sorted(folder.iterdir()) if _served(path)}
    content = hashlib.sha256()
    for name, file in named.items():
        content.update(name.encode() + b"\0" + file.data)
    return Files(base=f"/static/{content.hexdigest()[:16]}", named=named)


def _served(path: Path) -> bool:
    return path.suffix in KINDS


def _file(path: Path) -> File:
    data, twin = path.read_bytes(), path.with_name(f"{path.name}.gz")
    pressed = twin.read_bytes() if twin.is_file() else gzip.compress(data, 9, mtime=0)
    return File(kind=KINDS[path.suffix], data=data, pressed=pressed if len(data) > LITTLE else data)


def add_files(app: web.Application) -> None:
    """Serve the files; another address than today's is answered 404. Raises web.build.NoRenderer."""
    held = files()

    async def send(request: web.Request) -> web.Response:
        file = held.named.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        headers = {"Cache-Control": KEPT, "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("Accept-Encoding", "") and file.pressed is not file.data:
            headers["Content-Encoding"] = "gzip"
            return web.Response(body=file.pressed, content_type=file.kind, charset="utf-8", headers=headers)
        return web.Response(body=file.data, content_type=file.kind, charset="utf-8", headers=headers)

    app.router.add_get(held.base + "/{name}", send)
