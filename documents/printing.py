"""PDFs are printed in a process of their own: it has no network, and one that takes too long is ended."""

from __future__ import annotations

import gc
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, NoReturn

from documents.html import paper_of
from documents.model import Document
from documents.pdf import NoPango, press, printed

SECONDS = 60.0  # for one document; the minutes of twelve agencies take about two
STARTING = 120.0  # seconds, for the process to read WeasyPrint and the machine's fonts; not counted as printing
ROOM = 1 << 17  # words of the first frame, so that those of all calls above it fit behind it, in one piece of memory
_LENGTH = struct.Struct(">cI")
_READY, _DONE, _NO_PANGO, _FAILED = b"r", b"d", b"p", b"x"
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
            try:
                process = self._ready()
                with _ended_after(self._seconds, process):
                    kind, content = _asked(process, page)
            except (EOFError, OSError):
                self._end()
                raise NotPrinted("The process that prints PDFs ended; try again.") from None
        if kind == _DONE:
            return content
        raise NoPango if kind == _NO_PANGO else NotPrinted(content.decode(errors="replace"))

    @property
    def running(self) -> bool:
        """Tell whether a process is kept ready."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """End the process; whoever waits for a document in another thread gets none."""
        if (process := self._process) is not None:
            process.kill()  # before the lock, which is held while a document is printed
        with self._lock:
            self._end()

    def _ready(self) -> subprocess.Popen[bytes]:
        """Return the process, started where there is none, once it has said that it is ready; raises EOFError."""
        if self._process is None or self._process.poll() is not None:
            command = (sys.executable, "-m", "documents.printing")
            self._process = subprocess.Popen(  # noqa: S603  # our own module, no shell
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            assert self._process.stdout is not None
            with _ended_after(STARTING, self._process):
                read(self._process.stdout)
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


@contextmanager
def _ended_after(seconds: float, process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End the process unless what is done meanwhile is done in time; whoever reads from it then meets its end."""
    watch = threading.Timer(seconds, process.kill)
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


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
    """Print what comes in until nothing does; what went wrong is answered by its kind, never by what the page said.

    Garbage is collected between two documents, not while somebody waits for one: it would cost a twentieth of the time.
    """
    with suppress(NoPango):  # each page is then answered so
        press()
    gc.freeze()
    gc.disable()
    write(to, _READY, b"")
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
        gc.collect()


if __name__ == "__main__":
    sys.addaudithook(_no_network)
    # Python keeps frames in pieces of 16 KiB: whatever is called across the end of one asks the system for the next,
    # and gives it back when it returns, up to 15,000 times in a document. A first frame this large makes it one piece.
    serve.__code__ = serve.__code__.replace(co_stacksize=ROOM)
    serve(sys.stdin.buffer, sys.stdout.buffer)
