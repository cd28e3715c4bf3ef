"""A service that is asked to stop finishes what it began: answers that are waited for, messages on their way."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from typer.testing import CliRunner

from bot.keeping import keep
from chairside.main import app
from procedures.load import load
from rehearsal.case import find_case
from rehearsal.postbox import postbox
from rehearsal.stage import settings_for, staged
from storage.schema import SENT
from tests.e2e.test_reaching import CHAIR, fail

TOKEN = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in (b'{"alg":"RS256","kid":"new"}', b"{}", b"x"))
ASKS = (
    b"POST /api/messages HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
    b"Authorization: Bearer " + TOKEN + b"\r\n\r\n{}"
)


class Held(asyncio.Event):
    """Lets the mail server wait before it takes a letter, until the dispatcher is told to end."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = asyncio.Event()

    async def wait(self) -> Literal[True]:
        """Wait, once a letter has come."""
        self.reached.set()
        return await super().wait()

    async def released_at_the_end(self) -> None:
        """Let the letter be taken when the dispatcher is being ended."""
        dispatcher = next(task for task in asyncio.all_tasks() if task.get_name() == "dispatcher")
        while not dispatcher.cancelling():  # noqa: ASYNC110  # no event tells
            await asyncio.sleep(0)
        self.set()


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_whoever_waits_for_an_answer_gets_it_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: signal.Signals
) -> None:
    """Whoever asked before the signal is answered, though it takes a while; nobody else is let in; exit code 0."""
    keys = socket.create_server(("127.0.0.1", 0))  # where the keys should come from, and no answer does
    port = _rehearses_in(tmp_path, monkeypatch, keys.getsockname()[1])
    answers: list[bytes] = []

    def visitor() -> None:
        _until(lambda: _open(port).close())
        with _open(port) as waiting:
            waiting.sendall(ASKS)
            _asked_for_health(port)  # what was sent before has come in
            os.kill(os.getpid(), asked)
            _until(lambda: _shut(port))
            keys.close()
            answers.append(waiting.recv(100))

    visiting = threading.Thread(target=visitor)
    visiting.start()
    done = CliRunner().invoke(app, ["run"])
    visiting.join()
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "Stopped."), done.output
    assert answers[0].startswith(b"HTTP/1.1 503 ")


async def test_a_letter_that_is_being_taken_is_waited_for_and_not_sent_again(tmp_path: Path) -> None:
    """The server has it and has not said so yet: it is stamped before the service ends."""
    case = find_case("injured-infant")
    async with postbox() as box:
        box.hold = held = Held()
        async with staged(case, load(case.procedure), tmp_path, post=box) as stage:
            failing = asyncio.create_task(fail(stage, "one"))
            await held.reached.wait()
            failing.cancel()
            releasing = asyncio.create_task(held.released_at_the_end())
            settings = settings_for(stage.teams, tmp_path)
        await releasing
        store = keep(settings)
        rows = [row for row in await store.post.of("SM-2041") if row.attempts]
        store.close()
    assert [(letter["To"], row.state, row.attempts) for letter, row in zip(box.letters, rows, strict=True)] == [
        (CHAIR, SENT, 1)
    ]


def _rehearses_in(folder: Path, monkeypatch: pytest.MonkeyPatch, keys: int) -> int:
    """Have the commands of this process keep their data in a folder, and return the port that they listen on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    monkeypatch.chdir(folder)
    teams = f"http://127.0.0.1:{keys}/"
    for name, value in (("REHEARSAL", "true"), ("AUTHORITY", teams), ("OPENID_URL", teams), ("PORT", str(port))):
        monkeypatch.setenv(f"CHAIRSIDE_{name}", value)
    return port


def _open(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def _asked_for_health(port: int) -> None:
    with _open(port) as one:
        one.sendall(b"GET /health HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        assert one.recv(100)


def _shut(port: int) -> None:
    try:
        _open(port).close()
    except ConnectionRefusedError:
        return
    raise ConnectionError


def _until(act: Callable[[], object]) -> None:
    """Try until it works."""
    waiting = threading.Event()
    for _ in range(3000):
        try:
            act()
        except OSError:
            waiting.wait(0.02)
        else:
            return
    raise AssertionError("it never worked")
