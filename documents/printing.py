"""PDFs are printed in a process of their own: it has no network, and one that takes too long is ended."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
from typing import IO, NoReturn

from documents.html import paper_of
from documents.model import Document
from documents.pdf import NoPango, printed

SECONDS = 60.0  # for one document; the minutes of twelve agencies take about two
_LENGTH = struct.Struct(">cI")
_DONE, _NO_PANGO, _FAILED = b"d", b"p", b"x"
_NETWORK = frozenset({"socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"})


class NotPrinted(RuntimeError):
    """The process that prints gave no PDF in time, or ended; nothing else is affected."""


class Printer:
    """Prints one document after the other in a process that it keeps ready; safe to use from several threads."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def pdf(self, document: Document) -> bytes:
        """Return the document as a tagged PDF; raises NoPango, and NotPrinted where the process failed."""
        page = paper_of(document).encode()
        with self._lock:
            process = self._ready()
            watch = threading.Timer(self._seconds, process.kill)
            watch.start()
            try:
                kind, content = _asked(process, page)
            except (EOFError, OSError):
                self._end()
                raise NotPrinted("The process that prints PDFs ended; try again.") from None
            finally:
                watch.cancel()
        if kind == _DONE:
            return content
        raise NoPango if kind == _NO_PANGO else NotPrinted(content.decode(errors="replace"))

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = (sys.executable, "-m", "documents.printing")
            self._process = subprocess.Popen(  # noqa: S603  # our own module, no shell
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for end in (self._process.stdin, self._process.stdout):
            if end is not None:
                try:
                    end.close()
                except OSError:
                    continue  # what waited for the process that ended
        self._process = None


def _asked(process: subprocess.Popen[bytes], page: bytes) -> tuple[bytes, bytes]:
    assert process.stdin is not None
    assert process.stdout is not None
    write(process.stdin, _DONE, page)
    return read(process.stdout)


def write(to: IO[bytes], kind: bytes, content: bytes) -> None:
    """Send one message: its kind, its length, its content."""
    to.write(_LENGTH.pack(kind, len(content)) + content)
    to.flush()


def read(source: IO[bytes]) -> tuple[bytes, bytes]:
    """Return the next message; raises EOFError where there is none."""
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    kind, length = _LENGTH.unpack(head)
    content = source.read(length)
    if len(content) < length:
        raise EOFError
    return kind, content


def _no_network(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _NETWORK:
        _refuse(event)


def _refuse(event: str) -> NoReturn:
    raise PermissionError(event)


def serve(source: IO[bytes], to: IO[bytes]) -> None:
    """Print what comes in until nothing does; what went wrong is answered by its kind, never by what the page said."""
    while True:
        try:
            _, page = read(source)
        except EOFError:
            return
        try:
            write(to, _DONE, printed(page.decode()))
        except NoPango:
            write(to, _NO_PANGO, b"")
        except Exception as failure:  # noqa: BLE001  # whatever a page does to the printer, the next one is printed
            write(to, _FAILED, f"The page could not be printed: {type(failure).__name__}.".encode())


if __name__ == "__main__":
    sys.addaudithook(_no_network)
    serve(sys.stdin.buffer, sys.stdout.buffer)
