"""Logs that tell where something broke, and nothing of what was said.

An exception is told by its class and the places that it passed through. Its message and the values of variables stay
out: either may hold words from a meeting (OWASP ASVS 5.0, 16.2.5). That holds for our own loggers and for libraries',
and for what Python itself would print: of an exception that nobody caught, and of a log line that does not fit.
"""

from __future__ import annotations

import copy
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any, TextIO, cast

import structlog

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def configure_logs(level: int = logging.INFO) -> None:
    """Send every log of this process to standard error, in that manner."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _where,
            structlog.processors.LogfmtRenderer(key_order=("timestamp", "level", "event")),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=cast(TextIO, StandardError())),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(Places("timestamp=%(asctime)s level=%(levelname)s event=%(name)s said=%(message)r"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("aiohttp.access", "alembic", "asyncio", "apscheduler", "botbuilder", "urllib3", "msal", "weasyprint"):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    logging.raiseExceptions = False  # else a line that does not fit is printed with its arguments
    _take_hooks()


def _take_hooks() -> None:
    """Log what nobody caught, in the same manner: Python would print its message and the lines of source."""
    log = structlog.get_logger(__name__)
    sys.excepthook = lambda _kind, error, _trace: log.critical("process.ended", exc_info=error)
    threading.excepthook = lambda ended: log.error("thread.ended", exc_info=ended.exc_value)
    sys.unraisablehook = lambda lost: log.error("object.not_ended", exc_info=lost.exc_value)


class StandardError:
    """The error stream as it is now. Where whatever collects it has gone away, lines are lost, and not a press."""

    def write(self, text: str) -> int:
        """Write, if anybody still takes it."""
        with suppress(OSError, ValueError):
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        """Hand over what was written, if anybody still takes it."""
        with suppress(OSError, ValueError):
            sys.stderr.flush()


class Places(logging.Formatter):
    """Formats an exception as the places that it passed through."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; of asyncio's no more than what happened, for it goes on with arguments and results."""
        if record.name == "asyncio":
            record = copy.copy(record)
            record.msg, record.args = re.split(r"[(<\n]", record.getMessage(), maxsplit=1)[0].strip(), ()
        return super().format(record).replace("\n", " | ")

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  (the library's name)
        """Return the places, without source lines' values and without the exception's message."""
        return " | ".join(line.strip() for line in places(ei[1]))


def places(error: BaseException | None) -> Iterator[str]:
    """Yield an exception's class and where it came through, then those that caused it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield type(error).__name__
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _where(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Put the places of an exception in its stead."""
    given: Any = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        event["exception"] = " | ".join(line.strip() for line in places(error))
    return event
