"""A headless Chromium, driven through a pair of pipes by its own protocol; the standard library is enough."""

from __future__ import annotations

import base64
import fcntl
import itertools
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

Json = dict[str, Any]
FIRST = 10  # the browser reads from 3 and writes to 4: pipes are moved above those


class NoBrowser(Exception):
    """There is no Chromium here, or it went away; the message says what to do."""


def find_chromium() -> str:
    """Return Chromium's program; raises NoBrowser."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise NoBrowser("Chromium is missing: on Debian, sudo apt-get install chromium")
    return found


class Browser:
    """One page of one browser, for the time of a `with` block."""

    def __init__(self, program: str, scripts: Sequence[str] = ()) -> None:
        self._program, self._scripts = program, scripts
        self._ids = itertools.count(1)
        self._session: Json = {}
        self._rest = b""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="chairside-gallery-", ignore_cleanup_errors=True)
        self._start()
        try:
            target = self.call("Target.createTarget", url="about:blank")["targetId"]
            attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
            self._session = {"sessionId": attached["sessionId"]}
            for script in self._scripts:
                self.run(script)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def _start(self) -> None:
        given, self._to = os.pipe()
        self._from, taken = os.pipe()
        theirs_in, theirs_out = _out_of_the_way(given), _out_of_the_way(taken)
        flags = ["--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--remote-debugging-pipe"]
        flags += [f"--user-data-dir={self._folder.name}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        joined = f'exec "$0" "$@" 3<&{theirs_in} 4>&{theirs_out}'
        self._process = subprocess.Popen(  # noqa: S603  (Chromium, and nothing that anybody typed)
            ["/bin/bash", "-c", joined, self._program, *flags, "about:blank"],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)

    def _stop(self) -> None:
        os.close(self._to)  # the browser ends when its pipe does
        os.close(self._from)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()

    def call(self, method: str, **params: Any) -> Json:  # noqa: ANN401  (the protocol is JSON)
        """Return what the browser answers; raises NoBrowser where it refuses or is gone."""
        number = next(self._ids)
        sent = {"id": number, "method": method, "params": params, **self._session}
        self._write(json.dumps(sent).encode() + b"\0")
        while (answer := self._read()).get("id") != number:
            pass
        if "error" in answer:
            raise NoBrowser(f"Chromium refused {method}: {answer['error']['message']}")
        result: Json = answer["result"]
        return result

    def run(self, script: str) -> Any:  # noqa: ANN401  (a script returns any JSON)
        """Return the value of a script; raises NoBrowser where it fails."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            told = answer["exceptionDetails"]
            raise NoBrowser(f"the drawing failed: {told.get('exception', {}).get('description', told['text'])}")
        return answer["result"].get("value")

    def picture(self, file: Path, *, width: int, height: int) -> None:
        """Write a PNG of the page's upper left part, in CSS pixels."""
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = self.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(shot["data"]))

    def _write(self, message: bytes) -> None:
        remaining = memoryview(message)
        try:
            while remaining:
                remaining = remaining[os.write(self._to, remaining) :]
        except BrokenPipeError:
            raise NoBrowser("Chromium ended by itself.") from None

    def _read(self) -> Json:
        while b"\0" not in self._rest:
            more = os.read(self._from, 1 << 20)
            if not more:
                raise NoBrowser("Chromium ended by itself.")
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        read: Json = json.loads(message)
        return read


def _out_of_the_way(descriptor: int) -> int:
    """Return a copy of a descriptor that is not among the browser's own; the old one is closed."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, FIRST)
    os.close(descriptor)
    return moved
