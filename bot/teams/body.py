"""The body of a POST: its type, its size and its JSON, looked at before anything else."""

import asyncio
import json
from collections.abc import Iterable
from math import isfinite
from typing import Any, NoReturn

from aiohttp import web

from bot.teams.reading import Json

LARGEST = 256 * 1024
#: No card, answer or activity comes near this depth; deeper ones only exist to exhaust a parser.
DEEPEST = 40
_SLOWEST_SECONDS = 10


class BadBody(Exception):
    """A body that cannot be an activity, with the HTTP status that says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


async def read_activity(request: web.Request) -> Json:
    """The activity in the request; raises `BadBody` with 400, 408, 413 or 415."""
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise BadBody(415, "content_type")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise BadBody(415, "content_encoding")
    if (request.content_length or 0) > LARGEST:
        raise BadBody(413, "size")
    return parse(await _bytes(request))


async def _bytes(request: web.Request) -> bytes:
    content, body = request.content, bytearray()
    try:
        if content.is_eof():  # the usual case: all of it has come already
            body += content.read_nowait()
        else:
            async with asyncio.timeout(_SLOWEST_SECONDS):
                while len(body) <= LARGEST and (chunk := await content.readany()):
                    body += chunk
    except TimeoutError as error:
        raise BadBody(408, "too_slow") from error
    except (web.RequestPayloadError, ConnectionError) as error:
        raise BadBody(400, "cut_off") from error
    if len(body) > LARGEST:
        raise BadBody(413, "size")
    return bytes(body)


def parse(body: bytes) -> Json:
    """The JSON object in the body, shallow enough and free of characters that no store takes; raises `BadBody`."""
    try:
        words = body.decode("utf-8")
        activity = _DECODER.decode(words)
    except (ValueError, RecursionError) as error:
        raise BadBody(400, "json") from error
    if not isinstance(activity, dict):
        raise BadBody(400, "not_an_object")
    if body.count(b"{") + body.count(b"[") > DEEPEST and _too_deep(activity):
        raise BadBody(400, "depth")
    return {_mended(name): _mended(value) for name, value in activity.items()} if "\\u" in words else activity


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _finite(written: str) -> float:
    number = float(written)
    return number if isfinite(number) else _no_number(written)


_DECODER = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)


def _too_deep(activity: Json) -> bool:
    level: list[Any] = [activity]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterable[Any]:
    match value:
        case dict():
            return value.values()
        case list():
            return value
        case _:
            return ()


def _mended(value: Any) -> Any:
    """The same value with halves of surrogate pairs replaced (a client may cut an emoji) and NULs taken out."""
    match value:
        case str():
            return value.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case dict():
            return {_mended(name): _mended(inner) for name, inner in value.items()}
        case list():
            return [_mended(inner) for inner in value]
        case _:
            return value
