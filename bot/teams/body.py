"""The body of a POST: its type, its size and its JSON, looked at before anything else."""

import asyncio

from aiohttp import web

from bot.teams.reading import Json
from web import untrusted

LARGEST = 256 * 1024
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
        return untrusted.parse(body)
    except untrusted.Unparsed as error:
        raise BadBody(400, str(error)) from error
