"""A log tells where something broke, and nothing of what was said."""

import asyncio
import gc
import io
import logging
import sys
import threading

import pytest
import structlog

from bot.logs import configure_logs

pytestmark = pytest.mark.usefixtures("service_logs")
SAID = "Isla was seen with a bruise"


def broken() -> None:
    """Fail with words of a meeting in a variable, in the message, and in the message of the cause."""
    answer, empty = {"text": SAID}, dict[str, str]()
    try:
        _ = empty[answer["text"]]
    except KeyError as cause:
        raise ValueError(f"cannot use {SAID}") from cause


def test_our_own_log_names_the_places_only(capsys):
    """Class and place are there, for the cause too; no message, no variable."""
    configure_logs()
    try:
        broken()
    except ValueError:
        structlog.get_logger("x").exception("outbox.row_failed", row="7.1")
    written = capsys.readouterr().err
    assert "outbox.row_failed" in written
    assert "row=7.1" in written
    assert "ValueError" in written
    assert "KeyError" in written
    assert "test_logs.py" in written
    assert "bruise" not in written


def test_a_librarys_log_names_the_places_only(capsys):
    """The same for whoever logs in the standard way, at DEBUG too."""
    configure_logs(logging.DEBUG)
    try:
        broken()
    except ValueError:
        logging.getLogger("aiohttp.server").exception("Error handling request")
    written = capsys.readouterr().err
    assert "Error handling request" in written
    assert "test_logs.py" in written
    assert "ValueError" in written
    assert "bruise" not in written


def test_what_nobody_caught_names_the_places_only(capsys):
    """In a task, a callback, a thread, a finaliser, at the process's end; and a line that does not fit is left out."""
    configure_logs(logging.DEBUG)
    asyncio.run(_lost())
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    _Falls()
    gc.collect()
    logging.getLogger("library").warning("%d", SAID)
    try:
        broken()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    written = capsys.readouterr().err
    for told in ("Task exception was never retrieved", "Exception in callback", "thread.ended", "object.not_ended"):
        assert told in written
    assert "process.ended" in written
    assert "bruise" not in written


def test_a_log_that_nobody_takes_any_more_stops_nothing(monkeypatch):
    """Whatever collected the lines went away: lines are lost, and not a press."""

    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stderr", Gone())
    configure_logs()
    structlog.get_logger("x").warning("outbox.row_failed")
    logging.getLogger("library").warning("the same")


def test_each_event_is_one_line(capsys):
    """An exception's places too, whoever logs it: a line is what collectors count."""
    configure_logs()
    for logger in (structlog.get_logger("x"), logging.getLogger("library")):
        try:
            broken()
        except ValueError:
            logger.exception("failed")
    assert len(capsys.readouterr().err.splitlines()) == 2


class _Falls:
    """Something that fails as it goes."""

    def __del__(self) -> None:
        broken()


async def _lost() -> None:
    """Lose a task and a callback that fail."""

    async def fails() -> None:
        broken()

    asyncio.get_running_loop().call_soon(lambda said: broken(), SAID)
    task = asyncio.create_task(fails())
    await asyncio.wait([task])
    del task
    gc.collect()
