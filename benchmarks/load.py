"""Sends prepared requests over kept connections and tells how fast they were answered, and what that cost the server.

The client is as thin as it can be, so that it does not measure itself: bytes that were prepared before, one reader a
connection, and only the head and the length of an answer are looked at.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

Good = Callable[[bytes], bool]
_TICKS = os.sysconf("SC_CLK_TCK")


class WrongAnswer(Exception):
    """A server answered something else than what was asked for: its speed means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one run showed: answers a second, times in milliseconds, CPU of the server in milliseconds an answer."""

    rps: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    answers: int

    def rounded(self) -> dict[str, float]:
        """Return the figures as they are written down."""
        return {name: round(value, 3) for name, value in asdict(self).items()}


def request_bytes(url: str, body: bytes, token: str) -> bytes:
    """Return one POST as it goes over the wire."""
    parts = urlsplit(url)
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process has used, with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


async def measured(url: str, pid: int, requests: Sequence[bytes], *, connections: int, good: Good) -> Figures:
    """Send every request once over so many connections; raises WrongAnswer unless each answer is good."""
    waiting = iter(requests)
    before, began = cpu_seconds(pid), time.perf_counter()
    lanes = [_lane(url, waiting, good) for _ in range(connections)]
    times = sorted(t for lane in await asyncio.gather(*lanes) for t in lane)
    took, cpu = time.perf_counter() - began, cpu_seconds(pid) - before
    return Figures(
        rps=len(times) / took,
        p50_ms=1000 * times[len(times) // 2],
        p99_ms=1000 * times[min(len(times) - 1, int(len(times) * 0.99))],
        cpu_ms=1000 * cpu / len(times),
        answers=len(times),
    )


async def _lane(url: str, waiting: Iterable[bytes], good: Good) -> list[float]:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    times: list[float] = []
    try:
        for request in waiting:
            began = time.perf_counter()
            writer.write(request)
            body = await _answer(reader)
            times.append(time.perf_counter() - began)
            if not good(body):
                raise WrongAnswer(body[:400].decode(errors="replace"))
    finally:
        writer.close()
    return times


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """Return the body of the next answer; raises WrongAnswer for any status but 200."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = head.partition(b"content-length:")[2].split(b"\r\n", 1)[0]
    body = await reader.readexactly(int(length))
    if not head.startswith(b"http/1.1 200 "):
        raise WrongAnswer((head[:60] + body[:400]).decode(errors="replace"))
    return body
